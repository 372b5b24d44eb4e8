//! Documents made from a schema as clients see it, so that no field is forgotten when one is added.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::Answer;

/// What a client learns of a schema by introspection.
pub struct Schema {
    types: HashMap<String, Type>,
    query: String,
    mutation: String,
}

/// Asks for all of it.
pub const INTROSPECTION: &str = "{ __schema { queryType { name } mutationType { name } types { kind name
    fields(includeDeprecated: true) { name type { ...T } args { name defaultValue type { ...T } } }
    inputFields { name defaultValue type { ...T } } possibleTypes { name } enumValues { name } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    kind: String,
    name: String,
    fields: Option<Vec<Field>>,
    input_fields: Option<Vec<Argument>>,
    possible_types: Option<Vec<Named>>,
    enum_values: Option<Vec<Named>>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// A field of an object.
#[derive(Deserialize, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    #[serde(rename = "type")]
    of: Reference,
    args: Vec<Argument>,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Argument {
    name: String,
    #[serde(rename = "type")]
    of: Reference,
    default_value: Option<String>,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Reference {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<Reference>>,
}

impl Reference {
    fn name(&self) -> &str {
        match &self.of_type {
            Some(inner) => inner.name(),
            None => self.name.as_deref().unwrap_or_default(),
        }
    }

    fn text(&self) -> String {
        match (self.kind.as_str(), &self.of_type) {
            ("NON_NULL", Some(inner)) => format!("{}!", inner.text()),
            ("LIST", Some(inner)) => format!("[{}]", inner.text()),
            _ => self.name().to_owned(),
        }
    }
}

impl Argument {
    fn is_required(&self) -> bool {
        self.of.kind == "NON_NULL" && self.default_value.is_none()
    }
}

/// Chooses the value of a leaf in an input, by the names of its argument and of its type (`ID`, `String`, …). None: what is usual,
/// or nothing where nothing is needed.
pub type Choice<'a> = &'a mut dyn FnMut(&str, &str) -> Option<Value>;

impl Schema {
    /// The schema in an answer to [`INTROSPECTION`].
    ///
    /// # Panics
    /// If the answer is none.
    pub fn read(answer: &Answer) -> Schema {
        let name =
            |of: &str| answer.data(&format!("/__schema/{of}/name")).as_str().expect("a name").to_owned();
        let types: Vec<Type> = serde_json::from_value(answer.data("/__schema/types").clone())
            .expect("introspection has its shape");
        Schema {
            query: name("queryType"),
            mutation: name("mutationType"),
            types: types.into_iter().map(|found| (found.name.clone(), found)).collect(),
        }
    }

    /// The root fields for reading.
    pub fn queries(&self) -> &[Field] {
        self.fields(&self.query)
    }

    /// The root fields for writing.
    pub fn mutations(&self) -> &[Field] {
        self.fields(&self.mutation)
    }

    /// Every field that reading can reach without an argument that must be given, as `Product.title`.
    pub fn readable(&self) -> Vec<String> {
        let mut known = vec![self.query.as_str()];
        let mut names = vec![];
        let mut next = 0;
        while let Some(of) = known.get(next).copied() {
            next += 1;
            let members =
                self.types.get(of).and_then(|found| found.possible_types.as_deref()).unwrap_or_default();
            let mut reached: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
            for field in self.fields(of) {
                // Root fields are called with whatever they need.
                if of == self.query || !field.args.iter().any(Argument::is_required) {
                    reached.push(field.of.name());
                    if members.is_empty() {
                        names.push(format!("{of}.{}", field.name));
                    }
                }
            }
            reached.retain(|name| !known.contains(name));
            reached.sort_unstable();
            reached.dedup();
            known.extend(reached);
        }
        names.sort_unstable();
        names
    }

    /// The types that an interface or a union stands for.
    pub fn members(&self, of: &str) -> Vec<&str> {
        let known = self.types.get(of).and_then(|found| found.possible_types.as_deref());
        known.unwrap_or_default().iter().map(|member| member.name.as_str()).collect()
    }

    fn fields(&self, of: &str) -> &[Field] {
        self.types.get(of).and_then(|found| found.fields.as_deref()).unwrap_or_default()
    }

    /// A document that calls one root field with all its arguments as variables and selects everything down to `depth`.
    pub fn document(&self, field: &Field, depth: usize) -> String {
        let kind =
            if self.mutations().iter().any(|known| known.name == field.name) { "mutation" } else { "query" };
        let declared: Vec<_> =
            field.args.iter().map(|arg| format!("${}: {}", arg.name, arg.of.text())).collect();
        let passed: Vec<_> = field.args.iter().map(|arg| format!("{0}: ${0}", arg.name)).collect();
        let wrap = |list: Vec<String>| {
            if list.is_empty() { String::new() } else { format!("({})", list.join(", ")) }
        };
        let selection = self.selection(field.of.name(), depth, "");
        format!("{kind}{} {{ {}{} {selection} }}", wrap(declared), field.name, wrap(passed))
    }

    /// Everything of a type down to `depth`, as far as it needs no argument.
    fn selection(&self, of: &str, depth: usize, alias: &str) -> String {
        let Some(found) = self.types.get(of) else { return String::new() };
        match found.kind.as_str() {
            "OBJECT" => {
                let fields = self.fields(of).iter().filter_map(|field| self.selected(field, depth, alias));
                format!("{{ __typename {} }}", fields.collect::<Vec<_>>().join(" "))
            }
            "INTERFACE" | "UNION" => {
                let members = found.possible_types.iter().flatten();
                // Members may disagree about a field of the same name: each answers under names of its own.
                let members = members.map(|member| {
                    let name = &member.name;
                    format!("... on {name} {}", self.selection(name, depth, &format!("{alias}{name}_")))
                });
                format!("{{ __typename {} }}", members.collect::<Vec<_>>().join(" "))
            }
            _ => String::new(),
        }
    }

    fn selected(&self, field: &Field, depth: usize, alias: &str) -> Option<String> {
        if field.args.iter().any(Argument::is_required) {
            return None;
        }
        let is_leaf =
            self.types.get(field.of.name()).is_none_or(|of| matches!(of.kind.as_str(), "SCALAR" | "ENUM"));
        if depth == 0 && !is_leaf {
            return None;
        }
        let is_list = field.args.iter().any(|arg| arg.name == "first");
        let few = if is_list { "(first: 2)" } else { "" };
        // The layers of a connection are one step.
        let is_layer = matches!(field.name.as_str(), "nodes" | "edges" | "node" | "pageInfo");
        let deeper = if is_layer { depth } else { depth.saturating_sub(1) };
        let alias = if alias.is_empty() { String::new() } else { format!("{alias}{}: ", field.name) };
        let below = self.selection(field.of.name(), deeper, "");
        Some(format!("{alias}{}{few} {below}", field.name))
    }

    /// Variables for a root field: what is required, and of the rest what holds an id or is chosen.
    pub fn variables(&self, field: &Field, choose: Choice<'_>) -> Value {
        self.object(&field.args, 0, choose)
    }

    /// Whether an argument of this field, or something in it, is of this type.
    pub fn takes(&self, field: &Field, leaf: &str) -> bool {
        field.args.iter().any(|arg| self.holds(arg.of.name(), leaf, 0))
    }

    fn object(&self, arguments: &[Argument], depth: usize, choose: Choice<'_>) -> Value {
        let mut object = Map::new();
        for argument in arguments {
            let name = argument.of.name();
            let chosen = if name == "ID" { None } else { choose(&argument.name, name) };
            let holds_id = depth < 5 && self.holds(name, "ID", depth);
            if argument.is_required() || holds_id {
                object.insert(argument.name.clone(), self.value(argument, &argument.of, depth, choose));
            } else if let Some(chosen) = chosen {
                object.insert(argument.name.clone(), chosen);
            }
        }
        if arguments.iter().any(|argument| argument.name == "first") {
            object.insert("first".to_owned(), json!(2));
        }
        Value::Object(object)
    }

    fn holds(&self, of: &str, leaf: &str, depth: usize) -> bool {
        let inputs = self.types.get(of).and_then(|found| found.input_fields.as_deref()).unwrap_or_default();
        of == leaf || (depth < 5 && inputs.iter().any(|input| self.holds(input.of.name(), leaf, depth + 1)))
    }

    fn value(&self, argument: &Argument, of: &Reference, depth: usize, choose: Choice<'_>) -> Value {
        match (of.kind.as_str(), &of.of_type) {
            ("NON_NULL", Some(inner)) => self.value(argument, inner, depth, choose),
            ("LIST", Some(inner)) => json!([self.value(argument, inner, depth, choose)]),
            _ => self.leaf(argument, of.name(), depth, choose),
        }
    }

    fn leaf(&self, argument: &Argument, name: &str, depth: usize, choose: Choice<'_>) -> Value {
        let found = self.types.get(name);
        if let Some(inputs) = found.and_then(|found| found.input_fields.as_deref()) {
            return self.object(inputs, depth + 1, choose);
        }
        if let Some(first) = found.and_then(|found| found.enum_values.as_ref()?.first()) {
            return json!(first.name);
        }
        choose(&argument.name, name).unwrap_or_else(|| match name {
            "Int" | "Float" | "UnsignedInt64" => json!(1),
            "Boolean" => json!(true),
            "Decimal" | "Money" => json!("1.00"),
            "DateTime" => json!("2026-01-01T00:00:00Z"),
            "URL" => json!("https://img.example/a.png"),
            _ => json!("x"),
        })
    }
}
