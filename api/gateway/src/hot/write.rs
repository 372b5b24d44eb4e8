//! From records to the bytes of an answer.

use async_graphql::{Value, Variables};
use futures_util::future::BoxFuture;
use mcom_kit::record::{Prop, Record};
use mcom_kit::types::Ty;
use mcom_kit::{Args, Cx, Selection};

use super::{Answer, Arguments, Field};
use crate::complete::text;

/// Something failed: the engine has to answer.
pub struct Departed;
type Written = Result<(), Departed>;

/// One answering of a query.
#[derive(Clone, Copy)]
pub struct Writer<'r> {
    pub cx: &'r Cx,
    pub variables: &'r Variables,
}

impl<'r> Writer<'r> {
    /// Writes the root object, one field after the other.
    pub async fn root(&self, out: &mut Vec<u8>, fields: &[Field]) -> Written {
        out.push(b'{');
        for (index, field) in fields.iter().enumerate() {
            begin(out, index, field);
            match &field.answer {
                Answer::TypeName(name) => out.extend_from_slice(name),
                Answer::From { answerer, arguments, selection } => {
                    let asked = self.asked(answerer, arguments, selection)?;
                    let prop = answerer.load(self.cx, None, asked).await.map_err(|_| Departed)?;
                    self.value_or_wait(out, prop, field).await?;
                }
            }
        }
        out.push(b'}');
        Ok(())
    }

    /// Writes an object of which something has to be waited for.
    fn wait<'w>(
        &'w self,
        out: &'w mut Vec<u8>,
        record: &'w dyn Record,
        fields: &'w [Field],
    ) -> BoxFuture<'w, Written> {
        Box::pin(async move {
            out.push(b'{');
            for (index, field) in fields.iter().enumerate() {
                begin(out, index, field);
                match &field.answer {
                    Answer::From { answerer, arguments, selection } if answerer.loads() => {
                        let asked = self.asked(answerer, arguments, selection)?;
                        let loaded = answerer.load(self.cx, Some(record), asked).await;
                        self.value_or_wait(out, loaded.map_err(|_| Departed)?, field).await?;
                    }
                    Answer::From { answerer, arguments, selection } if field.waits => {
                        let asked = self.asked(answerer, arguments, selection)?;
                        let prop = answerer.answer(self.cx, record, asked).map_err(|_| Departed)?;
                        self.value_or_wait(out, prop, field).await?;
                    }
                    _ => self.field(out, record, field)?,
                }
            }
            out.push(b'}');
            Ok(())
        })
    }

    async fn value_or_wait(&self, out: &mut Vec<u8>, prop: Prop<'_>, field: &Field) -> Written {
        let waits_below = field.below.iter().flat_map(|(_, fields)| fields).any(|field| field.waits);
        if !waits_below {
            return self.value(out, prop, &field.ty, field);
        }
        match prop {
            Prop::One(record) => self.wait(out, record, below(field, record)?).await,
            Prop::Own(record) => self.wait(out, &*record, below(field, &*record)?).await,
            Prop::Null => self.value(out, prop, &field.ty, field),
            _ => Err(Departed),
        }
    }

    fn object(&self, out: &mut Vec<u8>, record: &dyn Record, fields: &[Field]) -> Written {
        out.push(b'{');
        for (index, field) in fields.iter().enumerate() {
            begin(out, index, field);
            self.field(out, record, field)?;
        }
        out.push(b'}');
        Ok(())
    }

    fn field(&self, out: &mut Vec<u8>, record: &dyn Record, field: &Field) -> Written {
        match &field.answer {
            Answer::TypeName(name) => {
                out.extend_from_slice(name);
                Ok(())
            }
            Answer::From { answerer, arguments, selection } => {
                let asked = self.asked(answerer, arguments, selection)?;
                let prop = answerer.answer(self.cx, record, asked).map_err(|_| Departed)?;
                self.value(out, prop, &field.ty, field)
            }
        }
    }

    fn asked(
        &self,
        answerer: &mcom_kit::dynamic::Answerer,
        arguments: &Arguments,
        selection: &Selection,
    ) -> Result<(Args, Selection), Departed> {
        let args = match arguments {
            Arguments::Fixed(args) => args.clone(),
            Arguments::Written(written) => {
                answerer.arguments(written, self.variables).map_err(|_| Departed)?
            }
        };
        Ok((args, selection.clone()))
    }

    fn value(&self, out: &mut Vec<u8>, prop: Prop<'_>, ty: &Ty, field: &Field) -> Written {
        match (ty, prop) {
            (Ty::NonNull(_), Prop::Null) => return Err(Departed),
            (Ty::NonNull(inner), prop) => return self.value(out, prop, inner, field),
            (_, Prop::Null) => out.extend_from_slice(b"null"),
            (Ty::List(item), Prop::Seq(items)) => {
                let items = (0..items.len()).map(|index| items.at(index));
                self.list(out, items, item, field)?;
            }
            (Ty::List(item), Prop::Many(items)) => self.list(out, items.into_iter(), item, field)?,
            (Ty::List(_), _) => return Err(Departed),
            (Ty::Named(_), prop) => self.single(out, prop, field)?,
        }
        Ok(())
    }

    fn list<'p>(
        &self,
        out: &mut Vec<u8>,
        items: impl Iterator<Item = Prop<'p>>,
        item: &Ty,
        field: &Field,
    ) -> Written {
        out.push(b'[');
        for (index, prop) in items.enumerate() {
            if index > 0 {
                out.push(b',');
            }
            self.value(out, prop, item, field)?;
        }
        out.push(b']');
        Ok(())
    }

    fn single(&self, out: &mut Vec<u8>, prop: Prop<'_>, field: &Field) -> Written {
        match prop {
            Prop::Str(text) => text::string(text, out),
            Prop::Text(text) => text::string(&text, out),
            Prop::Bool(flag) => out.extend_from_slice(if flag { b"true" } else { b"false" }),
            // What does not fit `Int` is a failure.
            Prop::Int(number) if i32::try_from(number).is_ok() => text::whole(number, out),
            Prop::Float(number) if number.is_finite() => text::scalar(&Value::from(number), out),
            Prop::Json(json) => {
                text::scalar(&Value::from_json(json.clone()).map_err(|_| Departed)?, out);
            }
            Prop::One(record) => self.object(out, record, below(field, record)?)?,
            Prop::Own(record) => self.object(out, &*record, below(field, &*record)?)?,
            _ => return Err(Departed),
        }
        Ok(())
    }
}

/// A comma, if something comes before, and the key.
fn begin(out: &mut Vec<u8>, index: usize, field: &Field) {
    if index > 0 {
        out.push(b',');
    }
    out.extend_from_slice(&field.json_key);
}

/// What is selected on an object of the record's type.
fn below<'f>(field: &'f Field, record: &dyn Record) -> Result<&'f [Field], Departed> {
    let found = match &*field.below {
        [(_, only)] => Some(only),
        several => several.iter().find(|(name, _)| **name == *record.type_name()).map(|(_, fields)| fields),
    };
    found.map(Vec::as_slice).ok_or(Departed)
}
