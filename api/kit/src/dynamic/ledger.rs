//! What the engine cannot carry in its answer: faults with their extensions, and the places of nulls in lists of objects.

use std::sync::{Mutex, PoisonError};

use async_graphql::{PathSegment, Value, dynamic::ResolverContext};

use crate::{
    Fault,
    subgraph::{Answer, Failure},
};

/// The notes of one call.
#[derive(Default)]
pub(super) struct Ledger(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    failures: Vec<Noted>,
    gaps: Vec<Gaps>,
}

struct Noted {
    failure: Failure,
    /// From this depth of the path on, indices count as in the final answer; before it as in the engine's.
    exact_from: usize,
}

/// A list from which entries were left out, as the engine answers nothing at all for a list with a null object.
struct Gaps {
    list: Vec<PathSegment>,
    /// Places in the final list, ascending.
    places: Vec<usize>,
}

/// The response path of the field that is being answered.
pub(super) fn path(context: &ResolverContext<'_>) -> Vec<PathSegment> {
    context.ctx.set_error_path(async_graphql::ServerError::new("", None)).path
}

impl Ledger {
    /// A field failed.
    pub(super) fn fail(&self, path: Vec<PathSegment>, fault: Fault) {
        self.note(Noted { failure: Failure::at(path, fault), exact_from: usize::MAX });
    }

    /// An entry of the list at `list` failed; `place` counts as in the final list.
    pub(super) fn fail_entry(&self, list: &[PathSegment], place: usize, fault: Fault) {
        let mut path = list.to_vec();
        path.push(PathSegment::Index(place));
        self.note(Noted { failure: Failure::at(path, fault), exact_from: list.len() });
    }

    /// Entries were left out of the list at `list`.
    pub(super) fn leave_out(&self, list: Vec<PathSegment>, places: Vec<usize>) {
        self.lock(|notes| notes.gaps.push(Gaps { list, places }));
    }

    /// The answer with its nulls back in place.
    pub(super) fn close(&self, mut data: Value, unexpected: Vec<Failure>) -> Answer {
        let mut notes = self.lock(std::mem::take);
        notes
            .failures
            .extend(unexpected.into_iter().map(|failure| Noted { failure, exact_from: usize::MAX }));
        // Deepest first, while the indices of the lists around are still those of the engine.
        notes.gaps.sort_by_key(|gaps| std::cmp::Reverse(gaps.list.len()));
        for gaps in &notes.gaps {
            gaps.fill(&mut data);
            notes.failures.iter_mut().for_each(|noted| gaps.shift(noted));
        }
        Answer { data, errors: notes.failures.into_iter().map(|noted| noted.failure).collect() }
    }

    fn note(&self, noted: Noted) {
        self.lock(|notes| notes.failures.push(noted));
    }

    fn lock<T>(&self, work: impl FnOnce(&mut Notes) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Gaps {
    fn fill(&self, data: &mut Value) {
        let Some(Value::List(items)) = reach(data, &self.list) else { return };
        for place in &self.places {
            if *place <= items.len() {
                items.insert(*place, Value::Null);
            }
        }
    }

    fn shift(&self, noted: &mut Noted) {
        let depth = self.list.len();
        if depth >= noted.exact_from || !noted.failure.path.starts_with(&self.list) {
            return;
        }
        if let Some(PathSegment::Index(index)) = noted.failure.path.get_mut(depth) {
            for place in &self.places {
                if *index >= *place {
                    *index += 1;
                }
            }
        }
    }
}

fn reach<'a>(data: &'a mut Value, path: &[PathSegment]) -> Option<&'a mut Value> {
    path.iter().try_fold(data, |value, segment| match (segment, value) {
        (PathSegment::Field(name), Value::Object(fields)) => fields.get_mut(name.as_str()),
        (PathSegment::Index(index), Value::List(items)) => items.get_mut(*index),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Value, value};

    use super::Ledger;
    use crate::Fault;

    fn at(path: &[&str]) -> Vec<PathSegment> {
        let segment = |part: &&str| match part.parse() {
            Ok(index) => PathSegment::Index(index),
            Err(_) => PathSegment::Field((*part).to_owned()),
        };
        path.iter().map(segment).collect()
    }

    #[test]
    fn nulls_come_back_and_errors_behind_them_move() {
        let ledger = Ledger::default();
        ledger.leave_out(at(&["a"]), vec![0, 2]);
        ledger.fail(at(&["a", "1", "x"]), Fault::new("X", "behind both"));
        ledger.fail_entry(&at(&["a"]), 2, Fault::new("X", "the second gap itself"));
        let answer = ledger.close(value!({ "a": [{ "x": 1 }, { "x": Value::Null }] }), vec![]);
        assert_eq!(
            answer.data,
            value!({ "a": [Value::Null, { "x": 1 }, Value::Null, { "x": Value::Null }] })
        );
        let paths: Vec<_> = answer.errors.into_iter().map(|failure| failure.path).collect();
        assert_eq!(paths, [at(&["a", "3", "x"]), at(&["a", "2"])]);
    }

    #[test]
    fn lists_in_lists_are_put_right_from_the_inside_out() {
        let ledger = Ledger::default();
        ledger.leave_out(at(&["a"]), vec![0]);
        ledger.leave_out(at(&["a", "0", "b"]), vec![1]);
        ledger.fail(at(&["a", "0", "b", "1", "y"]), Fault::new("X", "deep"));
        let answer = ledger.close(value!({ "a": [{ "b": [{ "y": 1 }, { "y": 2 }] }] }), vec![]);
        assert_eq!(
            answer.data,
            value!({ "a": [Value::Null, { "b": [{ "y": 1 }, Value::Null, { "y": 2 }] }] })
        );
        assert_eq!(answer.errors[0].path, at(&["a", "1", "b", "2", "y"]));
    }
}
