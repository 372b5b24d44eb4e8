//! More fields for objects that are known already: one call for all of them, each distinct object once.

use std::collections::HashMap;

use async_graphql::{PathSegment, Value};
use mcom_kit::{Answer, Failure};

use super::{Run, tree};
use crate::planner::{Batch, Entities};

/// The objects of one batch: what is sent, and which places wait for which answer.
struct Targets<'b> {
    batch: &'b Batch,
    /// Path of an object and index of its representation.
    places: Vec<(Vec<PathSegment>, usize)>,
}

impl Run<'_> {
    /// Asks for the fields of all objects of all batches and merges the answers where the objects are.
    pub(super) async fn entities(&self, entities: &Entities) {
        let (mut sent, mut waiting) = (Vec::new(), Vec::new());
        for batch in &entities.batches {
            let (representations, targets) = self.representations(batch);
            sent.push((batch.variable.as_str(), representations));
            waiting.push(targets);
        }
        if sent.iter().all(|(_, representations)| representations.is_empty()) {
            return;
        }
        let mut answer = self.call(&entities.request, sent).await;
        for targets in &waiting {
            self.merge(&mut answer, targets);
        }
        self.blame(answer.errors, &waiting);
    }

    fn representations<'b>(&self, batch: &'b Batch) -> (Vec<Value>, Targets<'b>) {
        let state = self.state();
        let (mut representations, mut known, mut places) = (Vec::new(), HashMap::new(), Vec::new());
        for path in &batch.paths {
            let mut found = Vec::new();
            tree::collect(self.types, &state.data, path, &mut Vec::new(), &mut found);
            for (place, object) in found {
                let Some(required) = tree::required(self.types, &batch.requires, object) else { continue };
                let mut value = Value::Object(required);
                for rewrite in &batch.input {
                    tree::rewrite(self.types, rewrite, &mut value);
                }
                let index = *known.entry(value.to_string()).or_insert_with(|| {
                    representations.push(value);
                    representations.len() - 1
                });
                places.push((place, index));
            }
        }
        (representations, Targets { batch, places })
    }

    fn merge(&self, answer: &mut Answer, targets: &Targets<'_>) {
        let Value::Object(fields) = &mut answer.data else { return };
        let Some(Value::List(entities)) = fields.get_mut(targets.batch.key.as_str()) else { return };
        for entity in entities.iter_mut() {
            for rewrite in &targets.batch.output {
                tree::rewrite(self.types, rewrite, entity);
            }
        }
        let mut uses = vec![0_usize; entities.len()];
        targets.places.iter().for_each(|(_, i)| uses.iter_mut().skip(*i).take(1).for_each(|n| *n += 1));
        let mut state = self.state();
        for (place, index) in &targets.places {
            let (Some(entity), Some(left)) = (entities.get_mut(*index), uses.get_mut(*index)) else {
                continue;
            };
            *left -= 1;
            // The last place takes the answer, the others a copy.
            let value = if *left == 0 { std::mem::take(entity) } else { entity.clone() };
            if let Some(object) = tree::reach(&mut state.data, place) {
                tree::merge(object, value);
            }
        }
    }

    /// Moves errors from `_entities` to the objects that they are about; an error of the whole call is about all.
    fn blame(&self, errors: Vec<Failure>, waiting: &[Targets<'_>]) {
        let mut state = self.state();
        for failure in errors {
            let (key, index, rest) = match failure.path.as_slice() {
                [PathSegment::Field(key), PathSegment::Index(index), rest @ ..] => {
                    (Some(key), Some(*index), rest)
                }
                [PathSegment::Field(key), ..] => (Some(key), None, &[][..]),
                _ => (None, None, &[][..]),
            };
            for targets in waiting.iter().filter(|t| key.is_none_or(|key| t.batch.key == *key)) {
                let about = targets.places.iter().filter(|(_, i)| index.is_none_or(|index| index == *i));
                for (place, _) in about {
                    let path = place.iter().chain(rest).cloned().collect();
                    state.errors.push(Failure { path, ..failure.clone() });
                }
            }
        }
    }
}
