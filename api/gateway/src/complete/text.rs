//! JSON text of single values.

use async_graphql::Value;
use serde::Serialize;

/// A string with quotes and escapes.
pub fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut start = 0;
    let bytes = text.as_bytes();
    for (index, &byte) in bytes.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[start..index]);
        start = index + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0C => out.extend_from_slice(b"\\f"),
            _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

/// A whole number.
pub fn whole(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// A leaf value.
pub fn scalar(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => string(text, out),
        Value::Enum(name) => string(name, out),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => whole(number, out),
            // As JavaScript prints numbers: 1 and not 1.0.
            (None, Some(float)) if float.fract() == 0.0 && float.abs() < 1e15 => {
                whole(float as i64, out);
            }
            _ => out.extend_from_slice(number.to_string().as_bytes()),
        },
        other => json(other, out),
    }
}

/// Anything else that has a JSON form; what cannot be written is null.
pub(super) fn json(value: &impl Serialize, out: &mut Vec<u8>) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}
