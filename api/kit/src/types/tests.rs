//! Reading SDL and coercing input.

use async_graphql::{PathSegment, Value, value};
use mcom_schema::Scope;

use super::{DefKind, Ty, Types};

const SDL: &str = r#"
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
    directive @access(scopes: [String!]!) on FIELD_DEFINITION | OBJECT
    schema { query: QueryRoot }
    "A thing." type Thing implements Node @key(fields: "id") @key(fields: "sku", resolvable: false) {
        id: ID!
        old: String @deprecated(reason: "Use id.")
    }
    extend type Thing { "In cents." size(unit: Unit = CM): Float @access(scopes: ["read_products"]) }
    interface Node { id: ID! }
    union Any = Thing
    enum Unit { CM INCH }
    type QueryRoot { thing(by: By!): Thing }
    extend type QueryRoot { any: Any }
    input By @oneOf { id: ID sku: String }
    input Box { name: String! width: Float count: Int = 1 tags: [String!] unit: Unit lines: [Line!] }
    input Line { quantity: Int! }
"#;

fn types() -> Types {
    Types::parse(SDL).unwrap()
}

fn coerce(ty: &str, value: Value) -> Result<Value, Vec<String>> {
    let parsed = async_graphql_parser::types::Type::new(ty).unwrap();
    types()
        .coerce(&Ty::of(&parsed), value)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn types_are_gathered_from_all_their_definitions() {
    let types = types();
    assert_eq!((&*types.query, types.mutation.as_deref()), ("QueryRoot", None));
    let thing = types.composite("Thing").unwrap();
    assert_eq!(thing.fields.keys().map(|name| &**name).collect::<Vec<_>>(), ["id", "old", "size"]);
    assert_eq!(thing.keys.iter().map(|key| key.resolvable).collect::<Vec<_>>(), [true, false]);
    assert_eq!(thing.fields["size"].access, [Scope::ReadProducts]);
    assert_eq!(thing.fields["size"].doc.description.as_deref(), Some("In cents."));
    assert_eq!(thing.fields["old"].doc.deprecated.as_deref(), Some("Use id."));
    assert!(types.is_a("Thing", "Node") && types.is_a("Thing", "Any") && !types.is_a("Thing", "QueryRoot"));
    assert!(types.field("QueryRoot", "any").is_some());
    assert!(matches!(types.defs["By"].kind, DefKind::Input { one_of: true, .. }));
}

#[test]
fn one_name_is_one_kind_of_type() {
    assert!(Types::parse("type A { b: Int } input A { b: Int }").is_err());
    assert!(Types::parse("type A {").is_err());
}

#[test]
fn single_values_become_lists_and_numbers_ids() {
    assert_eq!(coerce("[Int!]", Value::from(1)), Ok(value!([1])));
    assert_eq!(coerce("[[Int]]", value!([1, Value::Null])), Ok(value!([[1], Value::Null])));
    assert_eq!(coerce("ID!", Value::from(7)), Ok(Value::from("7")));
    assert_eq!(coerce("Float", Value::from(7)), Ok(Value::from(7)));
    assert_eq!(coerce("Unit", Value::from("CM")), Ok(Value::Enum(async_graphql::Name::new("CM"))));
}

#[test]
fn objects_get_their_defaults_and_keep_absent_fields_absent() {
    assert_eq!(coerce("Box", value!({ "name": "b" })), Ok(value!({ "name": "b", "count": 1 })));
    let null = value!({ "name": "b", "count": Value::Null });
    assert_eq!(coerce("Box", null.clone()), Ok(null));
}

#[test]
fn every_problem_is_told_with_its_place() {
    let problems = coerce(
        "Box!",
        value!({ "width": "wide", "unit": "MILE", "lines": [{ "quantity": 1 }, {}], "colour": "red" }),
    );
    let expected = [
        "colour (Field is not defined on Box)",
        "name (Expected value to not be null)",
        "width (Could not coerce value \"wide\" to Float)",
        "unit (Expected \"MILE\" to be one of: CM, INCH)",
        "lines.1.quantity (Expected value to not be null)",
    ];
    assert_eq!(problems, Err(expected.map(str::to_owned).to_vec()));
    assert_eq!(coerce("Box!", Value::Null), Err(vec!["Expected value to not be null".to_owned()]));
    assert!(coerce("Box", Value::from("b")).is_err());
}

#[test]
fn problems_carry_their_path_in_parts() {
    let ty = Ty::List(Box::new(Ty::Named("Line".into())));
    let problems = types().coerce(&ty, value!([{ "quantity": "x" }])).unwrap_err();
    assert_eq!(problems[0].path, [PathSegment::Index(0), PathSegment::Field("quantity".to_owned())]);
}

#[test]
fn one_of_wants_one_field_that_is_not_null() {
    assert_eq!(coerce("By", value!({ "id": 1 })), Ok(value!({ "id": "1" })));
    for wrong in [value!({}), value!({ "id": "1", "sku": "2" }), value!({ "id": Value::Null })] {
        assert!(coerce("By", wrong.clone()).is_err(), "{wrong}");
    }
}
