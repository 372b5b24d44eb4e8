//! Functions as they are written become functions that an engine can call: parent found, arguments read, errors in words.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::function::{FieldFn, Function, LoadFn, MutateFn, QueryFn, Run};
use crate::{
    Args, Cx, Fault,
    answer::Site,
    args::FromArgs,
    record::{Given, Kind, Prop, Record, Shaped},
    selection::Selection,
};

pub(super) fn field<P, A, F>(name: &'static str, function: F) -> Function
where
    P: Shaped,
    A: FromArgs,
    F: for<'a> FieldFn<'a, P, A>,
{
    let run = now(move |cx, parent, args, selection| {
        let site = Site { cx, field: name };
        Ok(function.answer(site, parent_as(parent)?, &A::take(args, selection)?)?.give())
    });
    Function {
        kind: <F as FieldFn<'static, P, A>>::Given::KIND,
        selection: A::SELECTION,
        probe: A::probe,
        run,
    }
}

pub(super) fn load<P, A, F>(name: &'static str, function: F) -> Function
where
    P: Shaped,
    A: FromArgs,
    F: for<'a> LoadFn<'a, P, A>,
{
    let run = later(move |cx, parent, args, selection| {
        let site = Site { cx, field: name };
        match parent_as(parent).and_then(|parent| Ok((parent, A::take(args, selection)?))) {
            Ok((parent, args)) => function.load(site, parent, args),
            Err(fault) => Box::pin(std::future::ready(Err(fault))),
        }
    });
    Function {
        kind: <F as LoadFn<'static, P, A>>::Given::KIND,
        selection: A::SELECTION,
        probe: A::probe,
        run,
    }
}

pub(super) fn query<A, F>(name: &'static str, function: F) -> Function
where
    A: FromArgs,
    F: for<'a> QueryFn<'a, A>,
{
    let run = later(move |cx, _root, args, selection| match A::take(args, selection) {
        Ok(args) => function.query(Site { cx, field: name }, args),
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    });
    Function { kind: <F as QueryFn<'static, A>>::Given::KIND, selection: A::SELECTION, probe: A::probe, run }
}

pub(super) fn mutation<A, F>(name: &'static str, function: F) -> Function
where
    A: FromArgs,
    F: for<'a> MutateFn<'a, A>,
{
    let run = later(move |cx, _root, args, selection| match A::take(args, selection) {
        Ok(args) => {
            let work = function.mutate(Site { cx, field: name }, args);
            Box::pin(async move { work.await.map(Given::give) })
        }
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    });
    // A payload field is nullable in the contract, so that one failed mutation leaves the others standing.
    Function {
        kind: Kind::Optional(&<<F as MutateFn<'static, A>>::Payload as Given<'static>>::KIND),
        selection: A::SELECTION,
        probe: A::probe,
        run,
    }
}

fn parent_as<P: Shaped>(parent: &dyn Record) -> Result<&P, Fault> {
    parent.downcast().ok_or_else(|| {
        let found = parent.type_name();
        Fault::new("INTERNAL_SERVER_ERROR", format!("A record of {} was expected, not of {found}", P::TYPE))
    })
}

fn now<F>(run: F) -> Run
where
    F: for<'a> Fn(&'a Cx, &'a dyn Record, Args, Selection) -> Result<Prop<'a>, Fault> + Send + Sync + 'static,
{
    Run::Now(Arc::new(run))
}

fn later<F>(run: F) -> Run
where
    F: for<'a> Fn(&'a Cx, &'a dyn Record, Args, Selection) -> BoxFuture<'a, Result<Prop<'static>, Fault>>
        + Send
        + Sync
        + 'static,
{
    Run::Later(Arc::new(run))
}
