//! Random queries with failing fields, nulls in lists and entities that are gone: the market of the oracle, once in this process and
//! once with its subgraphs behind HTTP.

use std::{path::Path, process::Command, sync::Arc};

use async_graphql::Variables;
use mcom_data::{Actor, Cx};
use mcom_kit::Subgraph;
use mcom_tests::{market::Market, mirror, seeds};
use serde_json::Value;

/// Random queries per seed.
const QUERIES: &str = "300";

/// The market, and whose subgraphs it asks: its own, or twins behind HTTP.
async fn distant(services: &Cx) -> Market {
    let mut subgraphs: Vec<(&'static str, Arc<dyn Subgraph>)> = vec![];
    let collected = std::sync::Mutex::new(&mut subgraphs);
    let market = Market::open_with(&|name, subgraph| {
        collected.lock().unwrap().push((name, subgraph.clone()));
        subgraph
    });
    let mut twins: Vec<(&'static str, Arc<dyn Subgraph>)> = vec![];
    for (name, subgraph) in subgraphs {
        twins.push((name, Arc::new(mirror::serve(name, subgraph, services.services()).await)));
    }
    market.over(twins)
}

async fn answer(market: &Market, case: &Value, cx: &Cx) -> String {
    market.carts.reset();
    let variables = Variables::from_json(case["v"].clone());
    let prepared = market.gateway.prepare(case["q"].as_str().unwrap(), case["op"].as_str(), variables);
    let bytes = match prepared {
        Ok(prepared) => market.gateway.execute(&prepared, cx, None).await,
        Err(refused) => refused.to_json(),
    };
    String::from_utf8(bytes).unwrap()
}

fn random(market: &Market, seed: u64) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle");
    let api = Path::new(env!("CARGO_TARGET_TMPDIR")).join("split-market.graphql");
    std::fs::write(&api, market.public).unwrap();
    let made = Command::new("node")
        .args(["fuzz.mjs", api.to_str().unwrap(), QUERIES, &seed.to_string()])
        .current_dir(folder)
        .output()
        .expect("node is installed");
    assert!(
        made.status.success(),
        "{}: run the test oracle once, it installs what this needs",
        String::from_utf8_lossy(&made.stderr)
    );
    String::from_utf8(made.stdout).unwrap()
}

async fn compare(near: &Market, far: &Market, cx: &Cx, cases: &str) -> usize {
    let mut failing = 0;
    for case in cases.lines() {
        let case: Value = serde_json::from_str(case).unwrap();
        let here = answer(near, &case, cx).await;
        assert_eq!(answer(far, &case, cx).await, here, "{case}");
        failing += usize::from(here.starts_with("{\"errors\""));
    }
    failing
}

#[tokio::test]
async fn the_oracles_queries_are_answered_over_http_to_the_byte() {
    let cx = Cx::offline(Actor::Anonymous);
    let (near, far) = (Market::open(), distant(&cx).await);
    let written = include_str!("../../oracle/cases.jsonl");
    let mut failing = compare(&near, &far, &cx, written).await;
    for seed in 1..=seeds(2) {
        failing += compare(&near, &far, &cx, &random(&near, seed)).await;
    }
    assert!(failing > 50, "hardly anything failed, so that errors were not compared");
}
