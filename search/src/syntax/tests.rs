//! What people and clients type, and what it means.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::{Build, Comparator, LONGEST, MOST_TERMS, Moment, Query, Term, TooLarge, Value, parse};

fn word(text: &str) -> Query {
    term(None, Comparator::Equal, text, false)
}

fn is(key: &str, text: &str) -> Query {
    term(Some(key), Comparator::Equal, text, false)
}

fn term(key: Option<&str>, comparator: Comparator, text: &str, quoted: bool) -> Query {
    let value = Value { text: text.into(), quoted, prefix: false };
    Query::Term(Term { key: key.map(Into::into), comparator, value })
}

fn read(text: &str) -> Query {
    parse(text).expect("not too large")
}

#[test]
fn neighbours_must_all_match() {
    assert_eq!(read("red mug"), Query::All(vec![word("red"), word("mug")]));
    assert_eq!(read("red AND mug"), read("red mug"));
    assert_eq!(read("  "), Query::All(vec![]));
}

#[test]
fn a_choice_binds_less_than_a_sequence() {
    let expected = Query::Any(vec![Query::All(vec![word("a"), word("b")]), word("c")]);
    assert_eq!(read("a b OR c"), expected);
    assert_eq!(read("(a AND b) OR c"), expected);
    assert_eq!(read("a (b OR c)"), Query::All(vec![word("a"), Query::Any(vec![word("b"), word("c")])]));
}

#[test]
fn negation_has_two_spellings_and_undoes_itself() {
    assert_eq!(read("-tag:old"), Query::Not(Box::new(is("tag", "old"))));
    assert_eq!(read("NOT tag:old"), read("-tag:old"));
    assert_eq!(read("NOT -tag:old"), is("tag", "old"));
    assert_eq!(
        read("-(a OR b) c"),
        Query::All(vec![Query::Not(Box::new(Query::Any(vec![word("a"), word("b")]))), word("c")])
    );
}

#[test]
fn comparators_and_quotes_are_read_as_clients_send_them() {
    assert_eq!(
        read("updated_at:>='2026-01-01T00:00:00+00:00' AND updated_at:<='2026-02-01'"),
        Query::All(vec![
            term(Some("updated_at"), Comparator::AtLeast, "2026-01-01T00:00:00+00:00", true),
            term(Some("updated_at"), Comparator::AtMost, "2026-02-01", true),
        ])
    );
    assert_eq!(read("price:<10"), term(Some("price"), Comparator::Below, "10", false));
    assert_eq!(read("price:> 10"), term(Some("price"), Comparator::Above, "10", false));
    assert_eq!(read("name:#1001"), is("name", "#1001"));
    assert_eq!(read("path:/collections/old"), is("path", "/collections/old"));
    assert_eq!(read("id:gid://shopify/Product/1"), is("id", "gid://shopify/Product/1"));
    assert_eq!(read("sku:AB-1:2"), is("sku", "AB-1:2"));
    assert_eq!(
        read(r#"title:"dark \"blue\"""#),
        term(Some("title"), Comparator::Equal, "dark \"blue\"", true)
    );
}

#[test]
fn a_star_asks_for_a_beginning_or_for_any_value() {
    let Query::Term(term) = read("filename:foo*") else { panic!("one term") };
    assert!(term.value.prefix && term.value.text == "foo");
    let Query::Term(term) = read("published_at:*") else { panic!("one term") };
    assert!(term.value.is_any());
    let Query::Term(term) = read(r"5\*") else { panic!("one term") };
    assert!(!term.value.prefix && term.value.text == "5*");
}

#[test]
fn lists_are_written_with_commas_unless_quoted() {
    let choices = |text: &str| match read(text) {
        Query::Term(term) => term.value.choices().into_iter().map(str::to_owned).collect::<Vec<_>>(),
        _ => panic!("one term"),
    };
    assert_eq!(choices("status:ACTIVE,DRAFT"), ["ACTIVE", "DRAFT"]);
    assert_eq!(choices("tag:'a, b'"), ["a, b"]);
}

#[test]
fn what_makes_no_sense_is_passed_over() {
    for (odd, plain) in [
        ("a)", "a"),
        ("(a", "a"),
        ("() a", "a"),
        ("AND a OR", "a"),
        ("a -", "a"),
        ("OR OR", ""),
        ("a ) b", "a b"),
        ("- (  ) a", "a"),
    ] {
        assert_eq!(read(odd), read(plain), "{odd}");
    }
    assert_eq!(read("men's 10-inch"), Query::All(vec![word("men's"), word("10-inch")]));
    assert_eq!(read("and or"), Query::All(vec![word("and"), word("or")]));
    assert_eq!(read("it: \"open"), term(Some("it"), Comparator::Equal, "open", true));
}

#[test]
fn large_queries_are_refused_and_deep_ones_are_not_followed() {
    assert_eq!(parse(&"a".repeat(LONGEST + 1)), Err(TooLarge::Long));
    assert_eq!(parse(&"a ".repeat(MOST_TERMS + 1)), Err(TooLarge::Terms));
    assert!(parse(&"(".repeat(LONGEST)).is_ok());
    assert!(parse(&"-".repeat(LONGEST)).is_ok());
}

#[test]
fn dates_stand_for_stretches_of_time() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
    let now = at("2026-06-15T12:00:00Z");
    let moment = |text| Moment::parse(text, now).map(|moment| (moment.start, moment.end));
    assert_eq!(moment("2026"), Some((at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))));
    assert_eq!(moment("2026-02"), Some((at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z"))));
    let day = moment("2026-02-28").expect("a day");
    assert_eq!(day.1 - day.0, TimeDelta::days(1));
    let instant = at("2026-02-28T08:30:00Z");
    for text in
        ["2026-02-28T10:30:00+02:00", "2026-02-28T08:30:00Z", "2026-02-28T08:30:00", "2026-02-28 08:30:00"]
    {
        assert_eq!(moment(text), Some((instant, instant)), "{text}");
    }
    assert_eq!(moment("now"), Some((now, now)));
    for bad in ["", "yesterday", "2026-13", "2026-02-30", "20260", "99999-01-01"] {
        assert_eq!(moment(bad), None, "{bad}");
    }
}

#[test]
fn unknown_terms_let_everything_pass() {
    let build = Build::<String> {
        all: |parts| format!("({})", parts.join("&")),
        any: |parts| format!("({})", parts.join("|")),
        not: |part| format!("!{part}"),
    };
    let known = |term: &Term| (term.key.as_deref() != Some("odd")).then(|| term.value.text.clone());
    let translated = |text| read(text).translate(&build, &known);
    assert_eq!(translated("a -b (c OR d)").as_deref(), Some("(a&!b&(c|d))"));
    assert_eq!(translated("a odd:1").as_deref(), Some("(a)"));
    assert_eq!(translated("-odd:1"), None);
    assert_eq!(translated("a OR odd:1"), None);
    assert_eq!(translated(""), None);
}

#[test]
fn a_day_is_compared_as_a_whole() {
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let limits = |text| match read(text) {
        Query::Term(term) => term.instants(now).map(|limits| {
            limits.into_iter().map(|(by, at)| format!("{by:?} {}", at.format("%d %H"))).collect::<Vec<_>>()
        }),
        _ => None,
    };
    let expect = |text, expected: &[&str]| {
        let found = limits(text).unwrap_or_default();
        assert_eq!(found, expected, "{text}");
    };
    expect("at:2026-03-01", &["AtLeast 01 00", "Below 02 00"]);
    expect("at:<2026-03-01", &["Below 01 00"]);
    expect("at:<=2026-03-01", &["Below 02 00"]);
    expect("at:>2026-03-01", &["AtLeast 02 00"]);
    expect("at:>=2026-03-01", &["AtLeast 01 00"]);
    expect("at:>'2026-03-01T05:00:00Z'", &["Above 01 05"]);
    expect("at:<='2026-03-01T05:00:00Z'", &["AtMost 01 05"]);
    assert_eq!(limits("at:soon"), None);
}

fn terms() -> impl Strategy<Value = Query> {
    let comparators = prop::sample::select(vec![
        Comparator::Equal,
        Comparator::Below,
        Comparator::AtMost,
        Comparator::Above,
        Comparator::AtLeast,
    ]);
    (
        prop::option::of(("[a-z][a-z_]{0,8}", comparators)),
        r#"[a-zA-Z0-9 #:*()'"\\,<=>-]{1,8}"#,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(keyed, text, quoted, prefix)| {
            let (key, comparator) =
                keyed.map_or((None, Comparator::Equal), |(key, comparator)| (Some(key), comparator));
            Query::Term(Term { key, comparator, value: Value { text, quoted, prefix } })
        })
}

fn queries() -> impl Strategy<Value = Query> {
    terms().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Any),
            inner.prop_map(|part| Query::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn anything_can_be_read(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn anything_made_of_operators_can_be_read(text in r#"[()\-"' :<>=*a\\ANDORT]{0,60}"#) {
        let query = read(&text);
        prop_assert_eq!(read(&query.to_string()), query);
    }

    #[test]
    fn what_is_printed_is_read_back(query in queries()) {
        let once = read(&query.to_string());
        prop_assert_eq!(read(&once.to_string()), once);
    }
}
