//! Random writes while the worker is killed again and again: in the end index and tables agree.

use std::time::Duration;

use mcom_catalog::products;
use mcom_schema::id::ProductId;
use mcom_tests::{
    Database, Shop,
    deployment::{Deployment, Part},
    dice::Dice,
    variable,
};
use mcom_workers::index::{self, Difference};
use tokio::time::{Instant, interval, sleep};

use crate::{
    fair,
    following::{rename, sell_out},
};

/// Words that products are renamed with.
const WORDS: [&str; 6] = ["amber", "birch", "cedar", "dune", "ember", "fjord"];

/// How many writes: many if somebody has the time.
fn writes() -> u64 {
    if variable("MCOM_LONG").is_some() { 10_000 } else { 300 }
}

async fn write(shop: &Shop, dice: &mut Dice, alive: &mut Vec<ProductId>) {
    let at = dice.below(alive.len() as u64) as usize;
    match dice.below(20) {
        0 if alive.len() > 10 => {
            products::delete(&shop.admin(), alive.swap_remove(at)).await.unwrap();
        }
        1..3 => sell_out(shop, alive[at]).await,
        _ => {
            let title = format!("{} {}", dice.one_of(&WORDS), dice.one_of(&WORDS));
            rename(shop, alive[at], &title).await;
        }
    }
}

async fn differences(shop: &Shop) -> Vec<Difference> {
    let mut differences = vec![];
    let walk = index::verify(&shop.admin(), &mut |_| {}, &mut |one| differences.push(one)).await;
    walk.unwrap();
    differences
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_agrees_with_the_tables_after_writes_and_crashes() {
    let shop = fair::stocked(Shop::open_in(Database::own().await, 4).await).await;
    let deployment = Deployment::start(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database).await;
    let writing = async {
        let mut dice = Dice::new(3);
        let rows =
            shop.rows("select product_id from product_documents where tenant_id = $1 order by 1").await;
        let mut alive: Vec<ProductId> = rows.iter().map(|row| ProductId(row.get(0))).collect();
        for _ in 0..writes() {
            write(&shop, &mut dice, &mut alive).await;
        }
    };
    let killing = async {
        let mut blows = interval(Duration::from_millis(1500));
        loop {
            blows.tick().await;
            deployment.kill(Part::Worker);
        }
    };
    tokio::select! {
        () = writing => {}
        () = killing => {}
    }
    let began = Instant::now();
    loop {
        let differ = differences(&shop).await;
        if differ.is_empty() {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(90), "{} differ: {differ:?}", differ.len());
        sleep(Duration::from_millis(200)).await;
    }
}
