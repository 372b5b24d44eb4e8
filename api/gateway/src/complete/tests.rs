use async_graphql::{PathSegment, Value, value};
use mcom_kit::{Failure, Fault};

use super::complete;
use crate::compile::{Compiled, compile};
use crate::document::{choose, read};
use crate::limit::Limits;
use crate::schema::Schema;

const SDL: &str = r#"
schema { query: QueryRoot }
type QueryRoot { cart: Cart total: Int! }
type Cart { note: String lines: [Line!]! gifts: [Line] }
type Line { title: String! weight: Float variant: Variant price: Int }
type Variant { sku: String! }
"#;

fn compiled(query: &str) -> Compiled {
    let schema = Schema::read(SDL).unwrap();
    let document = read(query, &schema, &Limits::default()).unwrap();
    compile(&schema, &document, choose(&document, None).unwrap()).unwrap()
}

fn failure(path: &[&str], message: &str) -> Failure {
    let segment = |s: &&str| match s.parse() {
        Ok(index) => PathSegment::Index(index),
        Err(_) => PathSegment::Field((*s).to_owned()),
    };
    Failure::at(path.iter().map(segment).collect(), Fault::new("X", message))
}

fn answer(query: &str, data: &Value, failures: Vec<Failure>) -> String {
    String::from_utf8(complete(&compiled(query), data, failures, None)).unwrap()
}

#[test]
fn keys_come_in_the_order_of_the_document() {
    let data = value!({ "t": 1, "cart": { "note": "a\"\n", "lines": [] } });
    let text = answer("{ cart { lines { title } n: __typename note } t: total }", &data, vec![]);
    assert_eq!(text, r#"{"data":{"cart":{"lines":[],"n":"Cart","note":"a\"\n"},"t":1}}"#);
}

#[test]
fn errors_come_before_data_with_location_path_and_extensions() {
    let text = answer(
        "{ cart { note } }",
        &value!({ "cart": { "note": null } }),
        vec![failure(&["cart", "note"], "no")],
    );
    let error = r#"{"message":"no","locations":[{"line":1,"column":10}],"path":["cart","note"],"extensions":{"code":"X"}}"#;
    assert_eq!(text, format!(r#"{{"errors":[{error}],"data":{{"cart":{{"note":null}}}}}}"#));
}

#[test]
fn a_null_bubbles_to_the_nearest_nullable_parent() {
    let data = value!({ "cart": { "lines": [{ "title": "a" }, { "title": null }], "gifts": [{ "title": "a" }, { "title": null }] } });
    let text =
        answer("{ cart { lines { title } } }", &data, vec![failure(&["cart", "lines", "1", "title"], "no")]);
    assert!(
        text.contains(r#""path":["cart","lines",1,"title"]"#) && text.ends_with(r#""data":{"cart":null}}"#),
        "{text}"
    );
    let text =
        answer("{ cart { g: gifts { title } } }", &value!({ "cart": { "g": data_gifts(&data) } }), vec![]);
    assert!(text.ends_with(r#""data":{"cart":{"g":[{"title":"a"},null]}}}"#), "{text}");
    assert!(text.contains("Cannot return null for non-nullable field Line.title."), "{text}");
}

fn data_gifts(data: &Value) -> Value {
    let Value::Object(root) = data else { panic!("an object") };
    let Some(Value::Object(cart)) = root.get("cart") else { panic!("a cart") };
    cart["gifts"].clone()
}

#[test]
fn a_null_at_the_root_takes_all_data() {
    let text = answer("{ cart { note } total }", &value!({ "cart": null }), vec![failure(&["total"], "no")]);
    assert!(text.ends_with(r#""data":null}"#), "{text}");
}

#[test]
fn fields_that_an_object_lacks_because_it_failed_carry_its_error() {
    let data = value!({ "cart": { "lines": [{ "price": null, "variant": { "id": 1 } }] } });
    let failed = vec![failure(&["cart", "lines", "0", "variant"], "away")];
    let text = answer("{ cart { lines { price variant { sku } } } }", &data, failed);
    assert!(
        text.contains(r#""message":"away""#) && text.contains(r#""path":["cart","lines",0,"variant","sku"]"#),
        "{text}"
    );
    assert!(text.ends_with(r#"{"lines":[{"price":null,"variant":null}]}}}"#), "{text}");
    assert_eq!(text.matches("message").count(), 1, "a price that is null is no error: {text}");
}

#[test]
fn numbers_are_written_as_javascript_writes_them() {
    let data = value!({ "cart": { "lines": [{ "weight": 1.0 }, { "weight": 0.5 }, { "weight": 3 }] } });
    let text = answer("{ cart { lines { weight } } }", &data, vec![]);
    assert!(text.contains(r#"[{"weight":1},{"weight":0.5},{"weight":3}]"#), "{text}");
}
