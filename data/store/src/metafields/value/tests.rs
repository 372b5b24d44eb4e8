use mcom_schema::Currency;

use super::{Validation, ValueType};

fn rules(told: &[(&str, &str)]) -> Vec<Validation> {
    let rule =
        |(name, value): &(&str, &str)| Validation { name: (*name).to_owned(), value: (*value).to_owned() };
    told.iter().map(rule).collect()
}

fn value_type(name: &str) -> ValueType {
    ValueType::parse(name).unwrap_or_else(|| panic!("there is no type {name}"))
}

/// The value, or the code of its refusal.
fn checked(of: &str, text: &str, told: &[(&str, &str)]) -> String {
    let told = rules(told);
    value_type(of).check_rules(&told).unwrap();
    let checked = value_type(of).check(text, &told, Currency::EUR);
    checked.unwrap_or_else(|refusal| refusal.code.into_owned())
}

const REFERS: &str = "metaobject_definition_type";
const REFERS_TO_ANY: &str = "metaobject_definition_types";
const SCALE: &[(&str, &str)] = &[("scale_min", "1"), ("scale_max", "5")];

#[test]
fn each_type_keeps_its_values_in_one_form() {
    for (of, text, kept) in [
        ("single_line_text_field", " Red ", "Red"),
        ("multi_line_text_field", "a\nb", "a\nb"),
        ("number_integer", "-007", "-7"),
        ("number_decimal", "5", "5.0"),
        ("number_decimal", "-12.3400", "-12.34"),
        ("boolean", "true", "true"),
        ("date", "2026-03-01", "2026-03-01"),
        ("date_time", "2026-03-01T12:30:00+02:00", "2026-03-01T10:30:00Z"),
        ("date_time", "2026-03-01T12:30", "2026-03-01T12:30:00Z"),
        ("color", "#FF0033", "#ff0033"),
        ("language", "pt-BR", "pt-BR"),
        ("id", "A-1", "A-1"),
        ("url", "mailto:a@example.com", "mailto:a@example.com"),
        ("json", r#"{ "a": [1, 2] }"#, r#"{"a":[1,2]}"#),
        ("money", r#"{"amount": 5.9, "currency_code": "EUR"}"#, r#"{"amount":"5.90","currency_code":"EUR"}"#),
        ("link", r#"{"url":"https://x.org/"}"#, r#"{"text":"","url":"https://x.org/"}"#),
        ("weight", r#"{"value": 2.5, "unit": "KILOGRAMS"}"#, r#"{"value":2.5,"unit":"kg"}"#),
        ("volume", r#"{"unit": "us_gal", "value": "3"}"#, r#"{"value":3.0,"unit":"us_gal"}"#),
        ("dimension", r#"{"value": 12, "unit": "cm"}"#, r#"{"value":12.0,"unit":"cm"}"#),
        (
            "rich_text_field",
            r#"{"type":"root","children":[{"type":"heading","level":2,"children":[{"type":"text","value":"Hi"}]}]}"#,
            r#"{"type":"root","children":[{"type":"heading","level":2,"children":[{"type":"text","value":"Hi"}]}]}"#,
        ),
        ("product_reference", "gid://mcom/Product/7", "gid://shopify/Product/7"),
        ("list.number_decimal", r#"[1, "2.50"]"#, "[1.0,2.5]"),
        ("list.single_line_text_field", r#"["a", "b\"c"]"#, r#"["a","b\"c"]"#),
        ("list.weight", r#"[{"value":1,"unit":"g"}]"#, r#"[{"value":1.0,"unit":"g"}]"#),
        ("list.page_reference", r#"["gid://shopify/Page/1"]"#, r#"["gid://shopify/Page/1"]"#),
    ] {
        assert_eq!(checked(of, text, &[]), kept, "{of} {text}");
        assert_eq!(checked(of, kept, &[]), kept, "{of}: what is kept is kept as it is");
    }
    let rating = r#"{"scale_min":"1.0","scale_max":"5.0","value":"4.5"}"#;
    assert_eq!(checked("rating", r#"{"value":"4.5","scale_min":"1","scale_max":5}"#, SCALE), rating);
}

#[test]
fn what_is_not_of_a_type_is_refused() {
    for (of, text, code) in [
        ("single_line_text_field", "a\nb", "INVALID_VALUE"),
        ("single_line_text_field", "  ", "BLANK"),
        ("multi_line_text_field", "a\0b", "INVALID_VALUE"),
        ("multi_line_text_field", "", "BLANK"),
        ("number_integer", "1.5", "INVALID_VALUE"),
        ("number_integer", "9007199254740992", "INVALID_VALUE"),
        ("number_decimal", "1e3", "INVALID_VALUE"),
        ("number_decimal", "1.0000000001", "INVALID_VALUE"),
        ("number_decimal", "12345678901234", "INVALID_VALUE"),
        ("boolean", "yes", "INVALID_VALUE"),
        ("date", "2026-02-30", "INVALID_VALUE"),
        ("date_time", "2026-03-01", "INVALID_VALUE"),
        ("color", "red", "INVALID_VALUE"),
        ("color", "#fff", "INVALID_VALUE"),
        ("language", "English", "INVALID_VALUE"),
        ("id", &"x".repeat(256), "TOO_LONG"),
        ("url", "javascript:alert(1)", "INVALID_VALUE"),
        ("url", "https://", "INVALID_VALUE"),
        ("json", "{", "INVALID_VALUE"),
        ("money", r#"{"amount":"5.00","currency_code":"USD"}"#, "INCLUSION"),
        ("money", r#"{"amount":"5.001","currency_code":"EUR"}"#, "INVALID_VALUE"),
        ("link", r#"{"text":"x"}"#, "INVALID_VALUE"),
        ("weight", r#"{"value":1,"unit":"cm"}"#, "INVALID_VALUE"),
        ("volume", r#"{"unit":"l"}"#, "INVALID_VALUE"),
        ("dimension", "12 cm", "INVALID_VALUE"),
        ("rich_text_field", r#"{"type":"root"}"#, "INVALID_VALUE"),
        ("rich_text_field", r#"{"type":"root","children":[{"type":"script"}]}"#, "INVALID_VALUE"),
        ("product_reference", "gid://shopify/Page/7", "INVALID_VALUE"),
        ("product_reference", "red-mug", "INVALID_VALUE"),
        ("list.color", "#ff0033", "INVALID_VALUE"),
        ("list.color", r##"["#ff0033", "red"]"##, "INVALID_VALUE"),
        ("json", &format!("[{}]", "1,".repeat(70_000)), "TOO_LONG"),
    ] {
        assert_eq!(checked(of, text, &[]), code, "{of} {text:.80}");
    }
    let off_the_scale = r#"{"value":"6","scale_min":"1","scale_max":"5"}"#;
    assert_eq!(checked("rating", off_the_scale, SCALE), "INCLUSION");
    assert_eq!(checked("rating", r#"{"value":"6","scale_min":"1","scale_max":"9"}"#, SCALE), "INVALID_VALUE");
}

#[test]
fn rules_narrow_a_type_down() {
    for (of, rule, good, bad, code) in [
        ("single_line_text_field", ("min", "3"), "abc", "ab", "TOO_SHORT"),
        ("single_line_text_field", ("max", "3"), "abc", "abcd", "TOO_LONG"),
        ("single_line_text_field", ("regex", "^[a-z]+$"), "abc", "ABC", "INVALID_VALUE"),
        ("single_line_text_field", ("choices", r#"["S","M"]"#), "M", "XL", "INCLUSION"),
        ("number_integer", ("min", "3"), "3", "2", "TOO_SHORT"),
        ("number_decimal", ("max", "3.5"), "3.5", "3.51", "TOO_LONG"),
        ("number_decimal", ("max_precision", "1"), "3.5", "3.51", "INVALID_VALUE"),
        ("date", ("min", "2026-01-01"), "2026-01-01", "2025-12-31", "TOO_SHORT"),
        (
            "date_time",
            ("max", "2026-01-01T00:00:00Z"),
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:01Z",
            "TOO_LONG",
        ),
        (
            "weight",
            ("max", r#"{"value":1,"unit":"kg"}"#),
            r#"{"value":1000.0,"unit":"g"}"#,
            r#"{"value":2.3,"unit":"lb"}"#,
            "TOO_LONG",
        ),
        ("url", ("allowed_domains", r#"["x.org"]"#), "https://x.org/a", "https://y.org/", "INCLUSION"),
        ("list.number_integer", ("list.min", "2"), "[1,2]", "[1]", "TOO_SHORT"),
        ("list.number_integer", ("list.max", "2"), "[1,2]", "[1,2,3]", "TOO_LONG"),
        ("list.number_integer", ("max", "2"), "[1,2]", "[3]", "TOO_LONG"),
    ] {
        assert_eq!(checked(of, good, &[rule]), good, "{of} {rule:?}");
        assert_eq!(checked(of, bad, &[rule]), code, "{of} {rule:?}");
    }
}

#[test]
fn rules_that_mean_nothing_are_refused() {
    for (of, told) in [
        ("boolean", &[("min", "1")][..]),
        ("number_integer", &[("min", "a")]),
        ("single_line_text_field", &[("regex", "(")]),
        ("single_line_text_field", &[("choices", "S, M")]),
        ("single_line_text_field", &[("min", "1"), ("min", "2")]),
        ("number_integer", &[("list.min", "1")]),
        ("rating", &[("scale_min", "1")]),
        ("metaobject_reference", &[]),
        ("mixed_reference", &[(REFERS, "maker")]),
    ] {
        assert!(value_type(of).check_rules(&rules(told)).is_err(), "{of} {told:?}");
    }
    assert!(value_type("mixed_reference").check_rules(&rules(&[(REFERS_TO_ANY, r#"["maker"]"#)])).is_ok());
    assert!(value_type("list.metaobject_reference").check_rules(&rules(&[(REFERS, "maker")])).is_ok());
}

#[test]
fn every_type_is_found_by_its_name_and_no_other_is() {
    for of in ValueType::all() {
        assert_eq!(ValueType::parse(&of.to_string()), Some(of));
    }
    assert_eq!(ValueType::all().count(), 51);
    for name in ["list.boolean", "list.list.color", "string", "list.", ""] {
        assert_eq!(ValueType::parse(name), None, "{name}");
    }
}

#[test]
fn references_are_told_in_order() {
    let gids = |of: &str, value: &str| -> Vec<String> {
        value_type(of).references(value).into_iter().map(super::Referenced::gid).collect()
    };
    let two = r#"["gid://shopify/Product/2","gid://shopify/Product/1"]"#;
    assert_eq!(gids("list.product_reference", two), ["gid://shopify/Product/2", "gid://shopify/Product/1"]);
    assert_eq!(gids("file_reference", "gid://shopify/MediaImage/3"), ["gid://shopify/MediaImage/3"]);
    assert!(gids("single_line_text_field", "gid://shopify/Product/2").is_empty());
}
