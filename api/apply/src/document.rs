//! The YAML text of a store file: its values, and where in the text each of them stands.

use std::{collections::HashMap, fmt};

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, YamlData};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Number, Value};

/// Something in the file that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// The way to it, as in `pages.0.title`; empty for the file as a whole.
    pub path: String,
    /// Why.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// Where the values of a file stand.
pub struct Document {
    places: HashMap<String, (usize, usize)>,
}

impl Document {
    /// Reads a file and what it says.
    ///
    /// # Errors
    /// Text that is no YAML, and values that do not fit.
    pub fn read<T: DeserializeOwned>(text: &str) -> Result<(Self, T), Fault> {
        let mut document = Document { places: HashMap::new() };
        let value = document.load(text)?;
        match serde_path_to_error::deserialize(value) {
            Ok(read) => Ok((document, read)),
            Err(error) => Err(document.fault_at(&dotted(error.path()), error.inner().to_string())),
        }
    }

    fn load(&mut self, text: &str) -> Result<Value, Fault> {
        let documents =
            MarkedYaml::load_from_str(text).map_err(|error| at(*error.marker(), "", error.info()))?;
        match documents.as_slice() {
            [] => Ok(Value::Object(Map::new())),
            [one] => self.value(one, ""),
            [_, second, ..] => Err(at(second.span.start, "", "a store file is one document")),
        }
    }

    /// Turns a node into a value and notes where it stands.
    fn value(&mut self, node: &MarkedYaml<'_>, path: &str) -> Result<Value, Fault> {
        let start = node.span.start;
        self.places.insert(path.to_owned(), (start.line(), start.col() + 1));
        let wrong = |message: &str| Err(at(start, path, message));
        match &node.data {
            YamlData::Value(scalar) => scalar_value(scalar).map_or_else(|| wrong("not a number"), Ok),
            YamlData::Sequence(items) => {
                let items = items.iter().enumerate();
                items.map(|(index, item)| self.value(item, &below(path, &index.to_string()))).collect()
            }
            YamlData::Mapping(entries) => {
                let mut object = Map::new();
                for (key, value) in entries {
                    let YamlData::Value(Scalar::String(name)) = &key.data else {
                        return Err(at(key.span.start, path, "a key is text"));
                    };
                    let name = &**name;
                    let value = self.value(value, &below(path, name))?;
                    // The key is where an editor should show what is wrong with an entry.
                    let start = key.span.start;
                    self.places.insert(below(path, name), (start.line(), start.col() + 1));
                    object.insert(name.to_owned(), value);
                }
                Ok(Value::Object(object))
            }
            YamlData::Tagged(..) => wrong("tags are not known here"),
            _ => wrong("not a value"),
        }
    }

    /// Tells what is wrong with the value at `path`, or with the closest one around it that is in the text.
    pub fn fault_at(&self, path: &str, message: impl Into<String>) -> Fault {
        let mut known = path;
        let (line, column) = loop {
            if let Some(place) = self.places.get(known) {
                break *place;
            }
            match known.rsplit_once('.') {
                Some((around, _)) => known = around,
                None if known.is_empty() => break (1, 1),
                None => known = "",
            }
        };
        Fault { line, column, path: path.to_owned(), message: message.into() }
    }
}

/// The way to an entry of what is at `path`.
pub(super) fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn at(place: Marker, path: &str, message: &str) -> Fault {
    let (line, column) = (place.line(), place.col() + 1);
    Fault { line, column, path: path.to_owned(), message: message.to_owned() }
}

fn scalar_value(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(yes) => Value::Bool(*yes),
        Scalar::Integer(number) => Value::Number((*number).into()),
        Scalar::FloatingPoint(number) => Value::Number(Number::from_f64(number.into_inner())?),
        Scalar::String(text) => Value::String(text.to_string()),
    })
}

fn dotted(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let name = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().filter_map(name).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Document, Fault};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Book {
        #[expect(dead_code, reason = "only its type matters")]
        pages: Vec<u32>,
    }

    fn fault(text: &str) -> Fault {
        Document::read::<Book>(text).map(|(_, book)| book).expect_err("it does not fit")
    }

    #[test]
    fn a_fault_names_line_and_column() {
        let wrong = fault("# a book\npages:\n  - 1\n  - two\n");
        assert_eq!((wrong.line, wrong.column, wrong.path.as_str()), (4, 5, "pages.1"));
        let unknown = fault("pages: []\nchapters: 3\n");
        assert_eq!((unknown.line, unknown.column), (2, 1), "{unknown}");
        let twisted = fault("pages:\n  - 1\n - 2\n");
        assert_eq!(twisted.line, 3, "{twisted}");
    }

    #[test]
    fn what_is_not_in_the_text_is_told_where_it_should_be() {
        let (document, _) = Document::read::<Book>("pages:\n  - 1\n").expect("a book");
        let told = document.fault_at("pages.0.title.length", "too long");
        assert_eq!((told.line, told.column), (2, 5));
    }
}
