//! Values as bytes. Not JSON: that knows no enums, and floats come back from it changed in the last bit.
//!
//! A value is a tag and what belongs to it; lengths are numbers of seven bits a byte, the lowest first.

use async_graphql::{Name, Value, indexmap::IndexMap};
use hyper::body::Bytes;
use serde_json::Number;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const UNSIGNED: u8 = 4;
const FLOAT: u8 = 5;
const STRING: u8 = 6;
const ENUM: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const OBJECT: u8 = 10;

/// No value is nested deeper; documents are not either.
const DEEPEST: usize = 200;

/// Writes a value.
pub(super) fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(NULL),
        Value::Boolean(false) => out.push(FALSE),
        Value::Boolean(true) => out.push(TRUE),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_bytes(STRING, text.as_bytes(), out),
        Value::Enum(name) => write_bytes(ENUM, name.as_bytes(), out),
        Value::Binary(bytes) => write_bytes(BINARY, bytes, out),
        Value::List(items) => {
            out.push(LIST);
            write_length(items.len(), out);
            items.iter().for_each(|item| write(item, out));
        }
        Value::Object(fields) => {
            out.push(OBJECT);
            write_length(fields.len(), out);
            for (name, value) in fields {
                write_length(name.len(), out);
                out.extend_from_slice(name.as_bytes());
                write(value, out);
            }
        }
    }
}

fn write_number(number: &Number, out: &mut Vec<u8>) {
    let (tag, bits) = match (number.as_i64(), number.as_u64()) {
        (Some(int), _) => (INT, int.cast_unsigned()),
        (None, Some(unsigned)) => (UNSIGNED, unsigned),
        (None, None) => (FLOAT, number.as_f64().unwrap_or_default().to_bits()),
    };
    out.push(tag);
    out.extend_from_slice(&bits.to_le_bytes());
}

fn write_bytes(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    write_length(bytes.len(), out);
    out.extend_from_slice(bytes);
}

fn write_length(mut length: usize, out: &mut Vec<u8>) {
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
}

/// Reads the one value that these bytes are; `None` if they are not exactly one.
pub(super) fn read(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader { left: bytes };
    let value = reader.value(DEEPEST)?;
    reader.left.is_empty().then_some(value)
}

struct Reader<'b> {
    left: &'b [u8],
}

impl<'b> Reader<'b> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        Some(match *self.take(1)?.first()? {
            NULL => Value::Null,
            FALSE => Value::Boolean(false),
            TRUE => Value::Boolean(true),
            INT => Value::Number(self.bits()?.cast_signed().into()),
            UNSIGNED => Value::Number(self.bits()?.into()),
            FLOAT => Value::Number(Number::from_f64(f64::from_bits(self.bits()?))?),
            STRING => Value::String(self.text()?.to_owned()),
            ENUM => Value::Enum(Name::new(self.text()?)),
            BINARY => {
                let length = self.length()?;
                Value::Binary(Bytes::copy_from_slice(self.take(length)?))
            }
            LIST => {
                let length = self.length()?;
                let mut items = Vec::with_capacity(length.min(self.left.len()));
                for _ in 0..length {
                    items.push(self.value(depth)?);
                }
                Value::List(items)
            }
            OBJECT => {
                let length = self.length()?;
                let mut fields = IndexMap::with_capacity(length.min(self.left.len()));
                for _ in 0..length {
                    fields.insert(Name::new(self.text()?), self.value(depth)?);
                }
                Value::Object(fields)
            }
            _ => return None,
        })
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, left) = self.left.split_at_checked(length)?;
        self.left = left;
        Some(taken)
    }

    fn bits(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn length(&mut self) -> Option<usize> {
        let mut length = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = *self.take(1)?.first()?;
            length |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(length);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Name, Value, value};
    use serde_json::Number;

    use super::{DEEPEST, LIST, read, write};

    fn bytes(value: &Value) -> Vec<u8> {
        let mut out = vec![];
        write(value, &mut out);
        out
    }

    #[test]
    fn values_come_back_to_the_last_bit() {
        let float = |float| Value::Number(Number::from_f64(float).unwrap());
        let long = Value::String("ä".repeat(20_000));
        let whole = value!({
            "b": [Value::Null, true, false, -1, i64::MAX],
            "a": { "": "text", "big": u64::MAX, "long": long },
        });
        let more = [
            float(0.1 + 0.2),
            float(1.0),
            float(-0.0),
            float(f64::MIN_POSITIVE),
            Value::Enum(Name::new("RED")),
        ];
        for value in more.into_iter().chain([whole]) {
            let back = read(&bytes(&value)).unwrap();
            assert_eq!(format!("{back:?}"), format!("{value:?}"));
        }
    }

    #[test]
    fn half_a_value_and_more_than_one_are_none() {
        let whole = bytes(&value!({ "a": ["text", 1] }));
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_none(), "{length}");
        }
        assert!(read(&[whole.clone(), vec![0]].concat()).is_none());
        assert!(read(&[LIST, 0xff, 0xff, 0xff, 0xff, 0x0f]).is_none(), "a length without its items");
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let nested = |depth: usize| [[LIST, 1].repeat(depth), vec![0]].concat();
        assert!(read(&nested(DEEPEST - 1)).is_some());
        assert!(read(&nested(100_000)).is_none());
    }
}
