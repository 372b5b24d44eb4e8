//! From the planner's nodes to our steps, with each subgraph's operation made ready on the way.

use std::collections::BTreeSet;

use anyhow::{Context, anyhow, bail};
use hive_router_query_planner::ast::operation::SubgraphFetchOperation;
use hive_router_query_planner::ast::selection_item::SelectionItem;
use hive_router_query_planner::ast::selection_set::SelectionSet;
use hive_router_query_planner::planner::plan_nodes::{
    BatchFetchNode, FetchNode, FetchNodePathSegment, FetchRewrite, FlattenNode, FlattenNodePath,
    FlattenNodePathSegment, PlanNode,
};

use super::{
    Batch, Change, Entities, Fetch, PathStep, Request, Required, Rewrite, RewriteStep, Step, Subgraphs,
};

/// Converts a plan. Fails for kinds of step that our operations never lead to: conditions, defer, subscriptions.
pub(super) fn step(node: PlanNode, subgraphs: &Subgraphs) -> anyhow::Result<Step> {
    Ok(match node {
        PlanNode::Sequence(s) => Step::Sequence(steps(s.nodes, subgraphs)?),
        PlanNode::Parallel(s) => Step::Parallel(steps(s.nodes, subgraphs)?),
        PlanNode::Fetch(f) => Step::Fetch(Fetch {
            request: request(&f.service_name, &f.operation, f.variable_usages, subgraphs)?,
            output: rewrites(f.output_rewrites),
        }),
        PlanNode::Flatten(f) => Step::Entities(flatten(f, subgraphs)?),
        PlanNode::BatchFetch(b) => Step::Entities(batch(b, subgraphs)?),
        PlanNode::Condition(_) => bail!("a condition is left in the plan"),
        PlanNode::Subscription(_) | PlanNode::Defer(_) => {
            bail!("subscriptions and deferred plans are not offered")
        }
    })
}

fn steps(nodes: Vec<PlanNode>, subgraphs: &Subgraphs) -> anyhow::Result<Vec<Step>> {
    nodes.into_iter().map(|node| step(node, subgraphs)).collect()
}

fn request(
    service: &str,
    operation: &SubgraphFetchOperation,
    variables: Option<BTreeSet<String>>,
    subgraphs: &Subgraphs,
) -> anyhow::Result<Request> {
    let subgraph = subgraphs.get(service).with_context(|| format!("there is no subgraph {service}"))?;
    let op = subgraph.prepare(&operation.document_str).map_err(|fault| anyhow!(fault.message))?;
    let items = &operation.document.operation.selection_set.items;
    let keys = items.iter().filter_map(|item| match item {
        SelectionItem::Field(f) => Some(f.alias.clone().unwrap_or_else(|| f.name.clone())),
        _ => None,
    });
    Ok(Request {
        service: service.to_owned(),
        op,
        variables: variables.into_iter().flatten().collect(),
        keys: keys.collect(),
    })
}

fn flatten(node: FlattenNode, subgraphs: &Subgraphs) -> anyhow::Result<Entities> {
    let PlanNode::Fetch(FetchNode {
        service_name,
        operation,
        variable_usages,
        requires,
        input_rewrites,
        output_rewrites,
        ..
    }) = *node.node
    else {
        bail!("something other than a fetch is applied to objects");
    };
    let batch = Batch {
        key: "_entities".to_owned(),
        variable: "representations".to_owned(),
        paths: vec![path(&node.path)],
        requires: requires.as_ref().map(required).unwrap_or_default(),
        input: rewrites(input_rewrites),
        output: rewrites(output_rewrites),
    };
    let request = request(&service_name, &operation, variable_usages, subgraphs)?;
    Ok(Entities { request, batches: vec![batch] })
}

fn batch(node: BatchFetchNode, subgraphs: &Subgraphs) -> anyhow::Result<Entities> {
    let request = request(&node.service_name, &node.operation, node.variable_usages, subgraphs)?;
    let batches = node.entity_batch.aliases.into_iter().map(|alias| Batch {
        key: alias.alias,
        variable: alias.representations_variable_name,
        paths: alias.merge_paths.iter().map(path).collect(),
        requires: required(&alias.requires),
        input: rewrites(alias.input_rewrites),
        output: rewrites(alias.output_rewrites),
    });
    Ok(Entities { request, batches: batches.collect() })
}

fn path(path: &FlattenNodePath) -> Vec<PathStep> {
    let step = |segment: &FlattenNodePathSegment| match segment {
        FlattenNodePathSegment::Field(name) => PathStep::Field(name.clone()),
        FlattenNodePathSegment::List => PathStep::Items,
        FlattenNodePathSegment::TypeCondition(types) => PathStep::If(types.iter().cloned().collect()),
    };
    path.as_slice().iter().map(step).collect()
}

fn required(set: &SelectionSet) -> Vec<Required> {
    let part = |item: &SelectionItem| match item {
        SelectionItem::Field(f) => Some(Required::Field {
            name: f.name.clone(),
            key: f.alias.clone().unwrap_or_else(|| f.name.clone()),
            below: required(&f.selections),
        }),
        SelectionItem::InlineFragment(f) => {
            Some(Required::On { condition: f.type_condition.clone(), below: required(&f.selections) })
        }
        SelectionItem::FragmentSpread(_) => None,
    };
    set.items.iter().filter_map(part).collect()
}

fn rewrites(given: Option<Vec<FetchRewrite>>) -> Vec<Rewrite> {
    let rewrite = |rewrite| match rewrite {
        FetchRewrite::KeyRenamer(r) => {
            Rewrite { path: rewrite_path(r.path), change: Change::Rename(r.rename_key_to) }
        }
        FetchRewrite::ValueSetter(r) => {
            Rewrite { path: rewrite_path(r.path), change: Change::Set(r.set_value_to) }
        }
    };
    given.into_iter().flatten().map(rewrite).collect()
}

fn rewrite_path(path: Vec<FetchNodePathSegment>) -> Vec<RewriteStep> {
    let step = |segment| match segment {
        FetchNodePathSegment::Key(key) => RewriteStep::Key(key),
        FetchNodePathSegment::TypenameEquals(types) => RewriteStep::If(types.into_iter().collect()),
    };
    path.into_iter().map(step).collect()
}
