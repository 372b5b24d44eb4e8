//! Values of records and functions, as the engine wants them.

use std::sync::Arc;

use async_graphql::{
    PathSegment, Value,
    dynamic::{FieldValue, ResolverContext},
};

use super::{
    ledger::path,
    slot::{Slot, cx, ledger},
};
use crate::{
    Fault, access,
    record::{Prop, Record},
    registry::Held,
};

pub(super) struct Convert<'c, 'a> {
    pub context: &'c ResolverContext<'a>,
    pub slot: &'c Slot,
}

impl<'a> Convert<'_, 'a> {
    /// The value of the field; `None` for null.
    ///
    /// # Errors
    /// A number that does not fit its type, or an object that the caller may not see.
    pub(super) fn value(&self, prop: Prop<'a>) -> Result<Option<FieldValue<'a>>, Fault> {
        self.within(prop, &|| vec![])
    }

    /// A value at a place below the field; `at` is the way there, made only when it is needed.
    fn within(
        &self,
        prop: Prop<'a>,
        at: &dyn Fn() -> Vec<PathSegment>,
    ) -> Result<Option<FieldValue<'a>>, Fault> {
        match prop {
            Prop::Seq(items) => {
                let mut items = (0..items.len()).map(|index| items.at(index));
                Ok(Some(self.list(&mut items, at)))
            }
            Prop::Many(items) => Ok(Some(self.list(&mut items.into_iter(), at))),
            other => self.single(other),
        }
    }

    fn single(&self, prop: Prop<'a>) -> Result<Option<FieldValue<'a>>, Fault> {
        Ok(Some(match prop {
            Prop::Null => return Ok(None),
            Prop::Str(text) => FieldValue::value(text),
            Prop::Text(text) => FieldValue::value(text),
            Prop::Bool(flag) => FieldValue::value(flag),
            Prop::Int(number) => FieldValue::value(int(number)?),
            Prop::Float(number) => FieldValue::value(float(number)?),
            Prop::Json(json) => FieldValue::value(Value::from_json(json.clone()).unwrap_or_default()),
            Prop::One(record) => {
                self.record(record.type_name(), FieldValue::borrowed_any(record.as_any()))?
            }
            Prop::Own(record) => self.owned(record)?,
            Prop::Seq(_) | Prop::Many(_) => {
                return Err(Fault::new("INTERNAL_SERVER_ERROR", "A list where one value was expected"));
            }
        }))
    }

    /// An owned record, of whatever type the field allows.
    pub(super) fn owned(&self, record: Arc<dyn Record>) -> Result<FieldValue<'a>, Fault> {
        self.record(record.type_name(), FieldValue::owned_any(Held(record)))
    }

    fn record(&self, name: &'static str, value: FieldValue<'a>) -> Result<FieldValue<'a>, Fault> {
        if !self.slot.is_abstract {
            return Ok(value);
        }
        access::check(cx(self.context), self.slot.guards.type_scopes(name), &self.slot.name)?;
        Ok(value.with_type(name))
    }

    /// A list. Objects that are null are left out and noted, as are entries that fail.
    fn list(
        &self,
        items: &mut dyn Iterator<Item = Prop<'a>>,
        at: &dyn Fn() -> Vec<PathSegment>,
    ) -> FieldValue<'a> {
        let mut values = Vec::with_capacity(items.size_hint().0);
        let mut gaps = vec![];
        for (place, item) in items.enumerate() {
            // Further in, places count as the engine counts: without what is left out.
            let index = values.len();
            let value = self.within(item, &|| [at(), vec![PathSegment::Index(index)]].concat());
            let value = value.unwrap_or_else(|fault| {
                ledger(self.context).fail_entry(&self.below(at), place, fault);
                None
            });
            match value {
                Some(value) => values.push(value),
                None if self.slot.is_composite => gaps.push(place),
                None => values.push(FieldValue::NULL),
            }
        }
        if !gaps.is_empty() {
            ledger(self.context).leave_out(self.below(at), gaps);
        }
        FieldValue::list(values)
    }

    fn below(&self, at: &dyn Fn() -> Vec<PathSegment>) -> Vec<PathSegment> {
        [path(self.context), at()].concat()
    }
}

/// `Int` has 32 bits, whatever the database has.
fn int(number: i64) -> Result<i64, Fault> {
    match i32::try_from(number) {
        Ok(_) => Ok(number),
        Err(_) => Err(Fault::new(
            "INTERNAL_SERVER_ERROR",
            format!("Int cannot represent non 32-bit signed integer value: {number}"),
        )),
    }
}

fn float(number: f64) -> Result<f64, Fault> {
    if number.is_finite() {
        return Ok(number);
    }
    Err(Fault::new("INTERNAL_SERVER_ERROR", format!("Float cannot represent non numeric value: {number}")))
}
