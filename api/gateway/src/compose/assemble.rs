//! One subgraph's SDL out of its domain files and of the shared types that it refers to.
//!
//! A domain file may extend types of its neighbours (`extend type QueryRoot { … }`). A shared definition is
//! taken in when something refers to it, and then what it refers to itself; the rest stays out, so that a
//! subgraph is not asked to answer for types that it never returns.

use std::collections::HashSet;

use anyhow::{Context, bail};
use graphql_tools::parser::schema::{
    Definition, Directive, Document, InputValue, ObjectType, SchemaDefinition, Type, TypeDefinition,
    TypeExtension, parse_schema,
};

type Def = TypeDefinition<'static, String>;
type Ext = TypeExtension<'static, String>;

/// The scalars that need no definition.
pub(super) const BUILT_IN: [&str; 5] = ["String", "ID", "Int", "Float", "Boolean"];

/// A file of SDL: its name is for messages, its text is what counts.
#[derive(Debug, Clone)]
pub struct SdlFile {
    /// Where it was read, relative to the SDL folder.
    pub name: String,
    /// The SDL.
    pub text: String,
}

/// Merges the domain files of a subgraph and adds the shared definitions that they need.
///
/// Fails when a file does not parse, a type is defined twice, or an extension has nothing to extend.
pub fn assemble(own: &[SdlFile], shared: &[SdlFile]) -> anyhow::Result<String> {
    let (mut definitions, extensions) = read(own)?;
    for extension in extensions {
        extend(&mut definitions, extension)?;
    }
    let (library, _) = read(shared)?;
    adopt(&mut definitions, library);
    let missing = undefined(&definitions.iter().collect::<Vec<_>>(), &[]);
    if !missing.is_empty() {
        bail!("types that are used and nowhere defined: {}", missing.join(", "));
    }
    Ok(print(definitions))
}

fn read(files: &[SdlFile]) -> anyhow::Result<(Vec<Def>, Vec<Ext>)> {
    let (mut definitions, mut extensions) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for file in files {
        let document = parse_schema::<String>(&file.text)
            .with_context(|| format!("{} does not parse", file.name))?
            .into_static();
        for definition in document.definitions {
            match definition {
                Definition::TypeDefinition(d) => {
                    if !seen.insert(name(&d).to_owned()) {
                        bail!("{}: {} is defined twice; write `extend` in one place", file.name, name(&d));
                    }
                    definitions.push(d);
                }
                Definition::TypeExtension(e) => extensions.push(e),
                // The roots have fixed names, and directives are declared per API.
                Definition::SchemaDefinition(_) | Definition::DirectiveDefinition(_) => {}
            }
        }
    }
    Ok((definitions, extensions))
}

/// The name of a definition.
pub(super) fn name(definition: &Def) -> &str {
    match definition {
        TypeDefinition::Scalar(t) => &t.name,
        TypeDefinition::Object(t) => &t.name,
        TypeDefinition::Interface(t) => &t.name,
        TypeDefinition::Union(t) => &t.name,
        TypeDefinition::Enum(t) => &t.name,
        TypeDefinition::InputObject(t) => &t.name,
    }
}

fn extend(definitions: &mut Vec<Def>, extension: Ext) -> anyhow::Result<()> {
    let target = match &extension {
        TypeExtension::Scalar(e) => &e.name,
        TypeExtension::Object(e) => &e.name,
        TypeExtension::Interface(e) => &e.name,
        TypeExtension::Union(e) => &e.name,
        TypeExtension::Enum(e) => &e.name,
        TypeExtension::InputObject(e) => &e.name,
    };
    if (target == "QueryRoot" || target == "Mutation") && !definitions.iter().any(|d| name(d) == target) {
        definitions.push(TypeDefinition::Object(ObjectType::new(target.clone())));
    }
    let Some(definition) = definitions.iter_mut().find(|d| name(d) == target) else {
        bail!("`extend` of {target}, which no file of the subgraph defines");
    };
    match (definition, extension) {
        (TypeDefinition::Object(d), TypeExtension::Object(e)) => {
            d.implements_interfaces.extend(e.implements_interfaces);
            d.directives.extend(e.directives);
            d.fields.extend(e.fields);
        }
        (TypeDefinition::Interface(d), TypeExtension::Interface(e)) => d.fields.extend(e.fields),
        (TypeDefinition::Union(d), TypeExtension::Union(e)) => d.types.extend(e.types),
        (TypeDefinition::Enum(d), TypeExtension::Enum(e)) => d.values.extend(e.values),
        (TypeDefinition::InputObject(d), TypeExtension::InputObject(e)) => d.fields.extend(e.fields),
        (d, _) => bail!("`extend` of {} has another kind than its definition", name(d)),
    }
    Ok(())
}

/// Moves from `library` into `definitions` what is referred to, until nothing is missing.
fn adopt(definitions: &mut Vec<Def>, library: Vec<Def>) {
    let mut known: HashSet<String> = definitions.iter().map(|d| name(d).to_owned()).collect();
    let mut wanted = HashSet::new();
    definitions.iter().for_each(|d| references(d, &mut wanted));
    let mut rest = library;
    loop {
        let (found, left): (Vec<Def>, Vec<Def>) =
            rest.into_iter().partition(|d| wanted.contains(name(d)) && !known.contains(name(d)));
        if found.is_empty() {
            return;
        }
        for definition in found {
            known.insert(name(&definition).to_owned());
            references(&definition, &mut wanted);
            definitions.push(definition);
        }
        rest = left;
    }
}

/// The types that definitions and further arguments refer to and nobody defines, by name.
pub(super) fn undefined(definitions: &[&Def], arguments: &[&InputValue<'static, String>]) -> Vec<String> {
    let mut wanted = HashSet::new();
    definitions.iter().for_each(|d| references(d, &mut wanted));
    wanted.extend(arguments.iter().map(|a| named(&a.value_type).to_owned()));
    let is_known = |n: &str| BUILT_IN.contains(&n) || definitions.iter().any(|d| name(d) == n);
    let mut missing: Vec<String> = wanted.into_iter().filter(|n| !is_known(n)).collect();
    missing.sort();
    missing
}

fn references(definition: &Def, out: &mut HashSet<String>) {
    match definition {
        TypeDefinition::Object(t) => {
            out.extend(t.implements_interfaces.iter().cloned());
            t.fields.iter().for_each(|f| {
                out.insert(named(&f.field_type).to_owned());
                inputs(&f.arguments, out);
            });
        }
        TypeDefinition::Interface(t) => {
            out.extend(t.implements_interfaces.iter().cloned());
            t.fields.iter().for_each(|f| {
                out.insert(named(&f.field_type).to_owned());
                inputs(&f.arguments, out);
            });
        }
        TypeDefinition::Union(t) => out.extend(t.types.iter().cloned()),
        TypeDefinition::InputObject(t) => inputs(&t.fields, out),
        TypeDefinition::Scalar(_) | TypeDefinition::Enum(_) => {}
    }
}

fn inputs(values: &[InputValue<'static, String>], out: &mut HashSet<String>) {
    out.extend(values.iter().map(|v| named(&v.value_type).to_owned()));
}

fn named<'t>(ty: &'t Type<'static, String>) -> &'t str {
    match ty {
        Type::NamedType(name) => name,
        Type::ListType(inner) | Type::NonNullType(inner) => named(inner),
    }
}

fn print(definitions: Vec<Def>) -> String {
    let has = |root: &str| definitions.iter().any(|d| name(d) == root).then(|| root.to_owned());
    let mut schema =
        SchemaDefinition { query: has("QueryRoot"), mutation: has("Mutation"), ..Default::default() };
    schema.directives = Vec::<Directive<'static, String>>::new();
    let mut all = vec![Definition::SchemaDefinition(schema)];
    all.extend(definitions.into_iter().map(Definition::TypeDefinition));
    Document { definitions: all }.to_string()
}
