//! The SDL that clients see: the supergraph without its join machinery.

use anyhow::{Context, bail};
use graphql_tools::parser::schema::{Definition, Document, TypeDefinition, parse_schema};
use hive_router_query_planner::consumer_schema::ConsumerSchema;

use super::assemble::{BUILT_IN, name, undefined};

/// The public SDL of a supergraph, with the API's own directives and the types that only they use.
///
/// The composer's own rendering of an API forgets `implements`, hence the detour by the planner's.
pub(super) fn render(
    supergraph: &str,
    subgraphs: &[(&str, &str)],
    directives: &str,
) -> anyhow::Result<String> {
    let document = parse_schema::<String>(supergraph).context("the supergraph does not parse")?.into_static();
    let consumer = ConsumerSchema::new_from_supergraph(&document);
    let mut definitions: Vec<_> =
        consumer.document.definitions.iter().filter(|d| is_public(d)).cloned().collect();
    for definition in &mut definitions {
        if let Definition::TypeDefinition(TypeDefinition::Object(object)) = definition {
            object.fields.retain(|f| !f.name.starts_with("__"));
        }
    }
    specify(&mut definitions, subgraphs)?;
    for definition in own(directives)? {
        let repeated = match &definition {
            Definition::TypeDefinition(d) => {
                definitions.iter().any(|x| matches!(x, Definition::TypeDefinition(x) if name(x) == name(d)))
            }
            _ => false,
        };
        if !repeated {
            definitions.push(definition);
        }
    }
    let missing = missing(&definitions);
    if !missing.is_empty() {
        bail!("types that directives use and nobody defines: {}", missing.join(", "));
    }
    Ok(Document { definitions }.to_string())
}

fn missing(definitions: &[Definition<'static, String>]) -> Vec<String> {
    let (mut types, mut arguments) = (Vec::new(), Vec::new());
    for definition in definitions {
        match definition {
            Definition::TypeDefinition(d) => types.push(d),
            Definition::DirectiveDefinition(d) => arguments.extend(&d.arguments),
            Definition::SchemaDefinition(_) | Definition::TypeExtension(_) => {}
        }
    }
    undefined(&types, &arguments)
}

fn own(directives: &str) -> anyhow::Result<Vec<Definition<'static, String>>> {
    if directives.trim().is_empty() {
        return Ok(Vec::new());
    }
    let document = parse_schema::<String>(directives).context("the directives do not parse")?;
    Ok(document.into_static().definitions)
}

/// The composer drops `@specifiedBy`, which clients can ask for.
fn specify(
    definitions: &mut [Definition<'static, String>],
    subgraphs: &[(&str, &str)],
) -> anyhow::Result<()> {
    for (name, sdl) in subgraphs {
        let document = parse_schema::<String>(sdl).with_context(|| format!("subgraph {name}"))?.into_static();
        for definition in document.definitions {
            let Definition::TypeDefinition(TypeDefinition::Scalar(scalar)) = definition else { continue };
            let Some(specified) = scalar.directives.into_iter().find(|d| d.name == "specifiedBy") else {
                continue;
            };
            for public in definitions.iter_mut() {
                if let Definition::TypeDefinition(TypeDefinition::Scalar(known)) = public
                    && known.name == scalar.name
                    && known.directives.is_empty()
                {
                    known.directives.push(specified.clone());
                }
            }
        }
    }
    Ok(())
}

fn is_public(definition: &Definition<'static, String>) -> bool {
    match definition {
        Definition::TypeDefinition(d) => !name(d).starts_with("__") && !BUILT_IN.contains(&name(d)),
        Definition::SchemaDefinition(_) => true,
        Definition::DirectiveDefinition(_) | Definition::TypeExtension(_) => false,
    }
}
