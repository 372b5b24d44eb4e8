//! The gateway against graphql-js: the same schema, data and queries must give the same data, with keys in the
//! same order, and errors at the same paths.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what cannot be done in a test has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use async_graphql::Variables;
use mcom_data::{Actor, Cx};
use mcom_tests::{market::Market, seeds};
use serde_json::Value;

/// Random queries per seed.
const QUERIES: &str = "300";
/// Seeds, unless the environment says how many.
const SEEDS: u64 = 3;

/// The JavaScript side, with its package installed once.
struct Oracle {
    folder: PathBuf,
    scratch: PathBuf,
}

impl Oracle {
    fn new(test: &str) -> Oracle {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle");
        if !folder.join("node_modules/graphql").is_dir() {
            static INSTALL: std::sync::Mutex<()> = std::sync::Mutex::new(());
            let _one_at_a_time = INSTALL.lock().unwrap();
            if !folder.join("node_modules/graphql").is_dir() {
                let npm = ["ci", "--no-audit", "--no-fund"];
                let done =
                    Command::new("npm").args(npm).current_dir(&folder).status().expect("npm is installed");
                assert!(done.success(), "npm ci failed in tests/oracle");
            }
        }
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("oracle-{test}"));
        fs::create_dir_all(&scratch).unwrap();
        Oracle { folder, scratch }
    }

    fn keep(&self, name: &str, text: &str) -> PathBuf {
        let path = self.scratch.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn node(&self, script: &str, args: &[&str]) -> (bool, String) {
        let done = Command::new("node").arg(script).args(args).current_dir(&self.folder).output();
        let done = done.expect("node is installed");
        let said =
            String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
        (done.status.success(), said)
    }

    /// Lets both sides answer, and panics with the first differences.
    async fn compare(&self, market: &Market, cases: &str) {
        let api = self.keep("api.graphql", market.public);
        let cases_file = self.keep("cases.jsonl", cases);
        let answers = self.keep("answers.jsonl", &answers(market, cases).await);
        let files = [&api, &cases_file, &answers].map(|path| path.to_str().unwrap());
        let (equal, said) = self.node("compare.mjs", &files);
        assert!(equal, "{said}");
        println!("{said}");
    }
}

/// The gateway's answers, one a line.
async fn answers(market: &Market, cases: &str) -> String {
    let mut answers = String::new();
    for case in cases.lines() {
        let case: Value = serde_json::from_str(case).unwrap();
        market.carts.reset();
        let variables = Variables::from_json(case["v"].clone());
        let query = case["q"].as_str().unwrap();
        let answer = match market.gateway.prepare(query, case["op"].as_str(), variables) {
            Ok(prepared) => market.gateway.execute(&prepared, &Cx::offline(Actor::Anonymous), None).await,
            Err(refused) => refused.to_json(),
        };
        answers.push_str(std::str::from_utf8(&answer).unwrap());
        answers.push('\n');
    }
    answers
}

#[tokio::test]
async fn written_cases_are_answered_as_graphql_js_answers_them() {
    let oracle = Oracle::new("written");
    let cases = fs::read_to_string(oracle.folder.join("cases.jsonl")).unwrap();
    oracle.compare(&Market::open(), &cases).await;
}

#[tokio::test]
async fn random_queries_are_answered_as_graphql_js_answers_them() {
    let oracle = Oracle::new("random");
    let market = Market::open();
    let api = oracle.keep("api.graphql", market.public);
    for seed in 1..=seeds(SEEDS) {
        let (written, cases) = oracle.node("fuzz.mjs", &[api.to_str().unwrap(), QUERIES, &seed.to_string()]);
        assert!(written, "{cases}");
        println!("seed {seed}");
        oracle.compare(&market, &cases).await;
    }
}

/// How many of the queries need no engine.
fn hot(market: &Market, cases: &str) -> usize {
    let is_hot = |case: &&str| {
        let case: Value = serde_json::from_str(case).unwrap();
        let variables = Variables::from_json(case["v"].clone());
        let prepared = market.gateway.prepare(case["q"].as_str().unwrap(), case["op"].as_str(), variables);
        prepared.is_ok_and(|prepared| prepared.is_hot())
    };
    cases.lines().filter(is_hot).count()
}

#[tokio::test]
async fn the_hot_path_answers_byte_for_byte_as_the_engines_do() {
    let oracle = Oracle::new("hot");
    let market = Market::open();
    let mut by_engines = Market::open();
    by_engines.gateway = by_engines.gateway.engine_only();
    let api = oracle.keep("api.graphql", market.public);
    let mut skipped = 0;
    for seed in 101..=100 + seeds(SEEDS) {
        let (written, cases) = oracle.node("fuzz.mjs", &[api.to_str().unwrap(), QUERIES, &seed.to_string()]);
        assert!(written, "{cases}");
        skipped += hot(&market, &cases);
        assert_eq!(hot(&by_engines, &cases), 0);
        let (straight, slow) = (answers(&market, &cases).await, answers(&by_engines, &cases).await);
        for ((case, straight), slow) in cases.lines().zip(straight.lines()).zip(slow.lines()) {
            assert_eq!(straight, slow, "seed {seed}: {case}");
        }
    }
    println!("{skipped} queries needed no engine");
    assert!(skipped > 50, "{skipped} queries needed no engine: too few to mean anything");
}

#[tokio::test]
async fn introspection_says_what_graphql_js_would_say() {
    let oracle = Oracle::new("introspection");
    let market = Market::open();
    let (_, case) = oracle.node("introspection.mjs", &["query"]);
    let api = oracle.keep("api.graphql", market.public);
    let answers = oracle.keep("answers.jsonl", &answers(&market, case.trim()).await);
    let (equal, said) = oracle.node("introspection.mjs", &[api.to_str().unwrap(), answers.to_str().unwrap()]);
    assert!(equal, "{said}");
}
