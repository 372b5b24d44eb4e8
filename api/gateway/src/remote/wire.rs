//! Calls and answers as they cross from one process to another.

use async_graphql::{Name, PathSegment, Value, Variables, indexmap::IndexMap};
use mcom_data::Cx;
use mcom_kit::{Answer, Extensions, Failure};
use mcom_schema::SearchRemark;

use super::codec;

/// Told first, so that processes of versions that speak differently do not misread each other.
const VERSION: u8 = 1;

/// A call as bytes: the operation's text and its variables.
pub(super) fn call(text: &str, variables: &Variables) -> Vec<u8> {
    let variables = variables.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    bytes(&Value::List(vec![Value::String(text.to_owned()), Value::Object(variables)]))
}

/// The operation's text and the variables of a call; `None` if it is none.
pub(super) fn read_call(bytes: &[u8]) -> Option<(String, Variables)> {
    let [Value::String(text), Value::Object(given)] = read(bytes)? else { return None };
    let mut variables = Variables::default();
    variables.extend(given);
    Some((text, variables))
}

/// An answer as bytes, with what the context noted for the caller on the way.
pub(super) fn answer(answer: Answer, cx: &Cx) -> Vec<u8> {
    let failures = answer.errors.into_iter().map(failure).collect();
    let remarks = serde_json::to_string(&cx.remarks()).unwrap_or_default();
    bytes(&Value::List(vec![answer.data, Value::List(failures), Value::String(remarks)]))
}

/// An answer of another process; what it noted for the caller is noted in `cx`. `None` if it is none.
pub(super) fn read_answer(bytes: &[u8], cx: &Cx) -> Option<Answer> {
    let [data, Value::List(failures), Value::String(remarks)] = read(bytes)? else { return None };
    let errors = failures.into_iter().map(read_failure).collect::<Option<Vec<_>>>()?;
    let remarks: Vec<SearchRemark> = serde_json::from_str(&remarks).ok()?;
    remarks.into_iter().for_each(|remark| cx.remark(Some(remark)));
    Some(Answer { data, errors })
}

fn bytes(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(1_024);
    out.push(VERSION);
    codec::write(value, &mut out);
    out
}

fn read<const N: usize>(bytes: &[u8]) -> Option<[Value; N]> {
    let (&VERSION, rest) = bytes.split_first()? else { return None };
    let Value::List(parts) = codec::read(rest)? else { return None };
    parts.try_into().ok()
}

fn failure(failure: Failure) -> Value {
    let segment = |segment| match segment {
        PathSegment::Field(name) => Value::String(name),
        PathSegment::Index(index) => Value::Number(index.into()),
    };
    let path = failure.path.into_iter().map(segment).collect();
    let extensions: IndexMap<Name, Value> =
        failure.extensions.into_iter().map(|(name, value)| (Name::new(name), value)).collect();
    Value::List(vec![Value::String(failure.message), Value::List(path), Value::Object(extensions)])
}

fn read_failure(value: Value) -> Option<Failure> {
    let Value::List(parts) = value else { return None };
    let parts: [Value; 3] = parts.try_into().ok()?;
    let [Value::String(message), Value::List(path), Value::Object(extensions)] = parts else { return None };
    let segment = |segment| match segment {
        Value::String(name) => Some(PathSegment::Field(name)),
        Value::Number(index) => Some(PathSegment::Index(usize::try_from(index.as_u64()?).ok()?)),
        _ => None,
    };
    let path = path.into_iter().map(segment).collect::<Option<Vec<_>>>()?;
    let extensions: Extensions =
        extensions.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    Some(Failure { message, path, extensions })
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Variables, value};
    use mcom_data::Actor;
    use mcom_kit::{Answer, Cx, Failure, Fault};
    use mcom_schema::{SearchRemark, SearchWarning};
    use serde_json::json;

    use super::{answer, call, read_answer, read_call};

    #[test]
    fn a_call_arrives_as_it_was_sent() {
        let variables = Variables::from_json(json!({ "first": 3, "filter": { "price": 1.1 } }));
        let (text, arrived) = read_call(&call("{ shop { name } }", &variables)).unwrap();
        assert_eq!((text.as_str(), arrived), ("{ shop { name } }", variables));
    }

    #[tokio::test]
    async fn an_answer_arrives_with_its_failures_and_remarks() {
        let (there, here) = (Cx::offline(Actor::Anonymous), Cx::offline(Actor::Anonymous));
        let warning = SearchWarning {
            field: "x".to_owned(),
            message: "unknown".to_owned(),
            code: "invalid_field".into(),
        };
        there.remark(Some(SearchRemark {
            field: "products".into(),
            query: "x:1".to_owned(),
            warnings: vec![warning],
        }));
        let path = vec![PathSegment::Field("a".to_owned()), PathSegment::Index(2)];
        let failure = Failure::at(path, Fault::new("NOT_FOUND", "no").with("retryable", true));
        let sent = Answer { data: value!({ "a": [1, 2] }), errors: vec![failure] };
        let arrived = read_answer(&answer(sent.clone(), &there), &here).unwrap();
        assert_eq!((arrived.data, arrived.errors), (sent.data, sent.errors));
        assert_eq!(here.remarks(), there.remarks());
    }

    #[tokio::test]
    async fn what_another_version_says_is_not_misread() {
        let mut other = answer(Answer::default(), &Cx::offline(Actor::Anonymous));
        other[0] += 1;
        assert!(read_answer(&other, &Cx::offline(Actor::Anonymous)).is_none());
        assert!(read_call(&other).is_none());
    }
}
