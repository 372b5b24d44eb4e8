//! The supergraph that the planner reads, out of what the composer renders.

use anyhow::{Context, anyhow};
use graphql_tools::parser::schema::{
    Definition, Directive, Document, ObjectType, Type, TypeDefinition, Value, parse_schema,
};

/// The federation directives that SDL files may use.
const LINK: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag"])"#;

type Schema = Document<'static, String>;
type Object = ObjectType<'static, String>;

/// Composes the subgraphs and mends what the planner cannot read.
pub(super) fn compose(subgraphs: &[(&str, &str)]) -> anyhow::Result<String> {
    let mut ingested = graphql_composition::Subgraphs::default();
    for (name, sdl) in subgraphs {
        ingested
            .ingest_str(
                &format!("{}\n{LINK}", without_access(sdl)?),
                name,
                Some(&format!("http://{name}.internal")),
            )
            .map_err(|e| anyhow!("subgraph {name}: {e}"))?;
    }
    let graph = graphql_composition::compose(&mut ingested)
        .into_result()
        .map_err(|d| anyhow!("composition failed:\n{}", d.iter_messages().collect::<Vec<_>>().join("\n")))?;
    let rendered = graphql_composition::render_federated_sdl(&graph).context("rendering the supergraph")?;
    let mut document = parse(&rendered)?;
    join_roots(&mut document);
    rename_root(&mut document);
    Ok(document.to_string())
}

fn parse(sdl: &str) -> anyhow::Result<Schema> {
    Ok(parse_schema::<String>(sdl).context("the SDL does not parse")?.into_static())
}

/// `@access` is between the SDL and its subgraph; the composer would refuse a directive that it does not know.
fn without_access(sdl: &str) -> anyhow::Result<String> {
    let mut document = parse(sdl)?;
    for definition in &mut document.definitions {
        if let Definition::TypeDefinition(TypeDefinition::Object(object)) = definition {
            object.directives.retain(|d| d.name != "access");
            object.fields.iter_mut().for_each(|f| f.directives.retain(|d| d.name != "access"));
        }
    }
    Ok(document.to_string())
}

/// The composer leaves `@join__type` off the root types; without it the planner finds no way in.
fn join_roots(document: &mut Schema) {
    let graphs = graphs(document);
    for root in objects(document).filter(|o| o.name == "Query" || o.name == "Mutation") {
        if root.directives.iter().any(|d| d.name == "join__type") {
            continue;
        }
        let joined: Vec<&String> =
            graphs.iter().filter(|g| root.name == "Query" || answers(root, g)).collect();
        for graph in joined {
            root.directives.push(Directive {
                position: root.position,
                name: "join__type".to_owned(),
                arguments: vec![("graph".to_owned(), Value::Enum(graph.clone()))],
            });
        }
    }
}

fn objects(document: &mut Schema) -> impl Iterator<Item = &mut Object> {
    document.definitions.iter_mut().filter_map(|d| match d {
        Definition::TypeDefinition(TypeDefinition::Object(o)) => Some(o),
        _ => None,
    })
}

fn graphs(document: &Schema) -> Vec<String> {
    let members = document.definitions.iter().find_map(|d| match d {
        Definition::TypeDefinition(TypeDefinition::Enum(e)) if e.name == "join__Graph" => Some(&e.values),
        _ => None,
    });
    members.into_iter().flatten().map(|v| v.name.clone()).collect()
}

fn answers(root: &Object, graph: &str) -> bool {
    let here = |d: &Directive<'static, String>| {
        d.arguments.iter().any(|(n, v)| n == "graph" && matches!(v, Value::Enum(g) if g == graph))
    };
    root.fields.iter().any(|f| f.directives.iter().any(here))
}

/// The composer calls the root `Query`; the contract calls it `QueryRoot`.
fn rename_root(document: &mut Schema) {
    let mut declared = false;
    for definition in &mut document.definitions {
        if let Definition::SchemaDefinition(schema) = definition {
            schema.query = Some("QueryRoot".to_owned());
            declared = true;
        }
    }
    let mut mutation = false;
    for object in objects(document) {
        mutation |= object.name == "Mutation";
        if object.name == "Query" {
            "QueryRoot".clone_into(&mut object.name);
        }
        object.fields.iter_mut().for_each(|f| rename(&mut f.field_type));
    }
    if !declared {
        let schema = graphql_tools::parser::schema::SchemaDefinition {
            query: Some("QueryRoot".to_owned()),
            mutation: mutation.then(|| "Mutation".to_owned()),
            ..Default::default()
        };
        document.definitions.insert(0, Definition::SchemaDefinition(schema));
    }
}

fn rename(ty: &mut Type<'static, String>) {
    match ty {
        Type::NamedType(name) if name == "Query" => "QueryRoot".clone_into(name),
        Type::NamedType(_) => {}
        Type::ListType(inner) | Type::NonNullType(inner) => rename(inner),
    }
}
