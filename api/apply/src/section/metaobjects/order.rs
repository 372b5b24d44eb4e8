//! In which order things are made that refer to each other.

use std::collections::HashMap;

use serde_json::Value;

use crate::{file::fields::Metaobject, target};

/// The places of things in the file, those that others refer to before these; or the place of one that refers to itself in the end.
pub(super) fn order(section: &[Metaobject]) -> Result<Vec<usize>, usize> {
    let name = |(index, it): (usize, &Metaobject)| ((it.r#type.clone(), it.handle.clone()), index);
    let mut walk = Walk {
        section,
        places: section.iter().enumerate().map(name).collect(),
        done: vec![State::Waiting; section.len()],
        order: vec![],
    };
    for index in 0..section.len() {
        walk.visit(index)?;
    }
    Ok(walk.order)
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Waiting,
    UnderWay,
    Done,
}

struct Walk<'a> {
    section: &'a [Metaobject],
    places: HashMap<(String, String), usize>,
    done: Vec<State>,
    order: Vec<usize>,
}

impl Walk<'_> {
    fn visit(&mut self, index: usize) -> Result<(), usize> {
        match self.done[index] {
            State::Done => return Ok(()),
            State::UnderWay => return Err(index),
            State::Waiting => self.done[index] = State::UnderWay,
        }
        for value in self.section[index].fields.values() {
            let names = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
            for (kind, handle) in names.iter().filter_map(Value::as_str).filter_map(target::metaobject) {
                if let Some(other) = self.places.get(&(kind.to_owned(), handle.to_owned())).copied() {
                    self.visit(other)?;
                }
            }
        }
        self.done[index] = State::Done;
        self.order.push(index);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Metaobject, order};

    fn things(refers: &[&[usize]]) -> Vec<Metaobject> {
        let thing = |(index, to): (usize, &&[usize])| {
            let names: Vec<String> = to.iter().map(|other| format!("metaobject:maker/m{other}")).collect();
            let told =
                json!({ "type": "maker", "handle": format!("m{index}"), "fields": { "friends": names } });
            serde_json::from_value(told).unwrap()
        };
        refers.iter().enumerate().map(thing).collect()
    }

    #[test]
    fn what_is_referred_to_comes_first() {
        assert_eq!(order(&things(&[&[2], &[0], &[]])), Ok(vec![2, 0, 1]));
        assert_eq!(order(&things(&[&[1], &[2], &[0]])), Err(0));
        assert_eq!(order(&things(&[&[0]])), Err(0));
    }
}
