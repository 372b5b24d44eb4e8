//! Documents made of the schema by chance, with arguments that make sense and such that make none: nothing is an internal error, and no
//! document takes many statements.

use std::collections::HashMap;

use async_graphql::{
    Variables,
    parser::{
        parse_schema,
        types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};
use mcom::http::PublicApi;
use mcom_tests::{chosen_seeds, dice::Dice, server, variable};
use serde_json::Value;

use crate::stall::Stall;

/// Documents of one seed.
const DOCUMENTS: u64 = 200;
/// No root field takes more statements, whatever is asked of it.
const STATEMENTS: u32 = 10;
/// Words that programs stumble over, as they are written in documents.
const WORDS: [&str; 16] = [
    "",
    "\\u0000",
    " ",
    "x",
    "shirt",
    "<script>alert(1)</script>",
    "'; drop table products; --",
    "%_\\\\%",
    "\\u202Eabc",
    "ÅÄÖ 服装 👕",
    "tag:x OR (price:>",
    "-NOT (((",
    "title:'",
    "2026-13-45T99:99:99Z",
    "1e999",
    "eyJsYXN0X2lkIjoxfQ==",
];
const NUMBERS: [&str; 8] = ["0", "1", "2", "-1", "7", "250", "251", "2147483647"];
const DECIMALS: [&str; 5] = ["1.00", "-5", "0", "99999999999999999999.99", "NaN"];
const INSTANTS: [&str; 3] = ["2026-01-01T00:00:00Z", "0000-00-00", "x"];
const IDS: [&str; 7] = [
    "gid://shopify/Product/99999999999999999999",
    "gid://shopify/Product/-5",
    "gid://shopify/Nothing/1",
    "gid://shopify/Cart/x?key=y",
    "gid://shopify/ProductVariant/1/2/3",
    "12",
    "",
];

/// Writes documents.
struct Author {
    types: HashMap<String, TypeKind>,
    dice: Dice,
    /// Ids of things that there are.
    known: Vec<String>,
}

impl Author {
    fn new(dice: Dice, known: Vec<String>) -> Author {
        let sdl = include_str!("../../../schema/sdl/api/storefront.graphql");
        let parsed = parse_schema(sdl).expect("the public schema is one");
        let types = parsed.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(found) => Some((found.node.name.to_string(), found.node.kind)),
            _ => None,
        });
        Author { types: types.collect(), dice, known }
    }

    /// A document, and how many root fields it has.
    fn document(&mut self) -> (String, u32) {
        let (keyword, root) = match self.dice.below(4) {
            0 => ("mutation", "Mutation"),
            _ => ("query", "QueryRoot"),
        };
        let fields = self.fields(root);
        let count = if keyword == "query" { 1 + self.dice.below(2) } else { 1 };
        let mut chosen = String::new();
        for number in 0..count {
            let field = self.dice.one_of(&fields).clone();
            chosen += &format!(" f{number}: {}", self.field(&field, 3));
        }
        (format!("{keyword} {{{chosen} }}"), u32::try_from(count).expect("few"))
    }

    fn fields(&self, of: &str) -> Vec<FieldDefinition> {
        let fields = match self.types.get(of) {
            Some(TypeKind::Object(found)) => &found.fields,
            Some(TypeKind::Interface(found)) => &found.fields,
            _ => return vec![],
        };
        fields.iter().map(|field| field.node.clone()).collect()
    }

    fn field(&mut self, field: &FieldDefinition, depth: u32) -> String {
        let arguments = field.arguments.iter().map(|argument| argument.node.clone()).collect::<Vec<_>>();
        let given = self.given(&arguments, 0);
        let given = if given.is_empty() { given } else { format!("({given})") };
        let below = self.selection(name_of(&field.ty.node), depth);
        format!("{}{given}{below}", field.name.node)
    }

    /// Some of what a type tells.
    fn selection(&mut self, of: &str, depth: u32) -> String {
        match self.types.get(of) {
            Some(TypeKind::Union(found)) => {
                let members: Vec<String> =
                    found.members.iter().map(|member| member.node.to_string()).collect();
                let member = self.dice.one_of(&members).clone();
                format!(" {{ __typename ... on {member}{} }}", self.selection(&member, depth))
            }
            Some(TypeKind::Object(_) | TypeKind::Interface(_)) => {
                let mut chosen = " { __typename".to_owned();
                for (number, field) in self.fields(of).iter().enumerate() {
                    let is_leaf = self.is_leaf(name_of(&field.ty.node));
                    // The layers of a list are one step.
                    let is_layer = matches!(field.name.node.as_str(), "nodes" | "edges" | "node");
                    if (is_leaf || depth > 0) && (is_layer || self.dice.below(3) == 0) {
                        let depth = if is_layer { depth } else { depth.saturating_sub(1) };
                        chosen += &format!(" a{number}: {}", self.field(field, depth));
                    }
                }
                chosen + " }"
            }
            _ => String::new(),
        }
    }

    fn is_leaf(&self, of: &str) -> bool {
        let composite = |kind: &TypeKind| {
            matches!(kind, TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_))
        };
        !self.types.get(of).is_some_and(composite)
    }

    /// Arguments or the fields of an input: what is required, and some of the rest.
    fn given(&mut self, arguments: &[InputValueDefinition], depth: u32) -> String {
        let mut given = vec![];
        for argument in arguments {
            let is_required = !argument.ty.node.nullable && argument.default_value.is_none();
            // Most lists would be refused without the size of a page.
            let is_page = argument.name.node == "first";
            if is_required || is_page || (depth < 3 && self.dice.below(3) == 0) {
                given.push(format!("{}: {}", argument.name.node, self.value(&argument.ty.node, depth)));
            }
        }
        given.join(", ")
    }

    fn value(&mut self, ty: &Type, depth: u32) -> String {
        if ty.nullable && self.dice.below(12) == 0 {
            return "null".to_owned();
        }
        match &ty.base {
            BaseType::List(inner) => {
                let count = if depth < 3 { self.dice.below(3) } else { 0 };
                let items: Vec<String> = (0..count).map(|_| self.value(inner, depth + 1)).collect();
                format!("[{}]", items.join(", "))
            }
            BaseType::Named(name) => self.leaf(name, depth),
        }
    }

    fn leaf(&mut self, name: &str, depth: u32) -> String {
        match self.types.get(name) {
            Some(TypeKind::Enum(found)) => {
                let values: Vec<String> =
                    found.values.iter().map(|value| value.node.value.to_string()).collect();
                self.dice.one_of(&values).clone()
            }
            Some(TypeKind::InputObject(found)) => {
                let fields: Vec<InputValueDefinition> =
                    found.fields.iter().map(|field| field.node.clone()).collect();
                format!("{{{}}}", self.given(&fields, depth + 1))
            }
            _ => match name {
                "Int" | "Float" => (*self.dice.one_of(&NUMBERS)).to_owned(),
                "Boolean" => (*self.dice.one_of(&["true", "false"])).to_owned(),
                "ID" if self.dice.below(3) > 0 => format!("{:?}", self.dice.one_of(&self.known)),
                "ID" => format!("\"{}\"", self.dice.one_of(&IDS)),
                "Decimal" => format!("\"{}\"", self.dice.one_of(&DECIMALS)),
                "DateTime" => format!("\"{}\"", self.dice.one_of(&INSTANTS)),
                _ => format!("\"{}\"", self.dice.one_of(&WORDS)),
            },
        }
    }
}

fn name_of(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => name_of(inner),
    }
}

/// A store that has some of what is asked for, and its ids.
async fn furnished() -> (Stall, Vec<String>) {
    let stall = Stall::open().await;
    let shirt = stall.shirt("Shirt").await;
    let collection = stall.collection("Shirts", &[shirt]).await;
    let mut known = vec![shirt.gid(), collection.gid()];
    known.extend(stall.variants(shirt).await);
    let cart = stall.get("mutation { cartCreate { cart { id } } }").await;
    known.push(crate::stall::text(cart.at("/cartCreate/cart/id")).to_owned());
    (stall, known)
}

#[tokio::test]
async fn no_document_is_an_internal_error_or_takes_many_statements() {
    let gateway = server::gateway(PublicApi::Storefront);
    let seeds = chosen_seeds(if variable("MCOM_LONG").is_some() { 50 } else { 2 });
    let (mut executed, mut most) = (0, 0);
    for seed in seeds {
        let (stall, known) = furnished().await;
        let mut author = Author::new(Dice::new(seed), known);
        for _ in 0..DOCUMENTS {
            let (document, roots) = author.document();
            let Ok(prepared) = gateway.prepare(&document, None, Variables::default()) else { continue };
            let cx = stall.shop.buyer();
            let body = gateway.execute(&prepared, &cx, None).await;
            cx.finish().await;
            let answer: Value = serde_json::from_slice(&body).expect("an answer is JSON");
            let told = answer["errors"].to_string();
            assert!(!told.contains("INTERNAL_SERVER_ERROR"), "seed {seed}: {document}\n{told}");
            let taken = cx.statements();
            assert!(taken <= STATEMENTS * roots, "seed {seed}: {taken} statements: {document}");
            (executed, most) = (executed + 1, most.max(taken));
        }
    }
    println!("{executed} documents, {most} statements at most");
    assert!(executed > DOCUMENTS / 4, "only {executed} documents could be executed");
}
