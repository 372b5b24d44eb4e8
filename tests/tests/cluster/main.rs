//! Two gateways, two of each subgraph and three workers behind a balancer: shoppers go on shopping while any one of the processes is
//! killed or replaced.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod books;
mod crowd;
mod shopper;

use std::time::Duration;

use mcom_tests::{
    Database, Shop,
    balancer::Balancer,
    cluster::{Cluster, Plan},
    till,
};
use tokio::{sync::Mutex, time::sleep};

use crowd::{Crowd, Lines};

/// Neither test leaves room for the other.
static MACHINE: Mutex<()> = Mutex::const_new(());

const PLAN: Plan = Plan { gateways: 2, subgraphs: 2, workers: 3 };
/// More than anybody buys.
const PIECES: i64 = 100_000;
/// How long shoppers go on before and after each blow.
const CALM: Duration = Duration::from_millis(700);

/// A shop, its processes, and those who shop.
struct Town {
    shop: Shop,
    cluster: Cluster,
    crowd: Crowd,
    /// Shoppers know no other address.
    _balancer: Balancer,
}

impl Town {
    async fn open(lines: Lines) -> Town {
        let database = Database::own().await;
        // Shoppers that share a token would be refused for their number.
        let unlimited = "update plans set requests_per_second = 10000000, request_burst = 100000000";
        database.superuser().await.batch_execute(unlimited).await.expect("plans can be changed");
        let shop = Shop::open_in(database, 4).await;
        let mug = till::goods(&shop.admin(), "12.50", PIECES).await;
        let cluster = Cluster::start(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database, PLAN).await;
        let balancer = Balancer::before(&cluster.addresses("gateway")).await;
        let crowd = Crowd::gather(&shop, mug, lines, (balancer.address(), cluster.provider())).await;
        Town { shop, cluster, crowd, _balancer: balancer }
    }

    /// Everybody goes home with what they paid for, and the books agree.
    async fn close(self) {
        let orders = self.crowd.go_home().await;
        assert!(orders.len() >= 5, "only {} orders were placed", orders.len());
        books::settle(&self.shop).await;
        books::compare(&self.shop, &self.cluster.ledger().await, PIECES, &orders).await;
        println!("{} orders, all of them in the three books", orders.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_was_under_way_at_a_killed_process_fails_and_no_book_is_wrong() {
    let _alone = MACHINE.lock().await;
    let mut town = Town::open(Lines::Single).await;
    for (index, name) in town.cluster.names().into_iter().enumerate() {
        sleep(CALM).await;
        town.crowd.before_blow();
        town.cluster.kill(index);
        town.crowd.after_blow();
        sleep(CALM).await;
        town.cluster.again(index).await;
        let (asked, failed) = town.crowd.check_failures(&name);
        println!(
            "{name} killed: {failed} of {asked} requests so far failed, all of them under way at a kill"
        );
    }
    town.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_process_can_be_replaced_without_a_failed_request() {
    let _alone = MACHINE.lock().await;
    let mut town = Town::open(Lines::Kept).await;
    for (index, name) in town.cluster.names().into_iter().enumerate() {
        sleep(CALM / 2).await;
        town.cluster.stop(index).await;
        town.cluster.again(index).await;
        let (asked, failed) = town.crowd.check_failures(&name);
        assert_eq!(failed, 0);
        println!("{name} replaced: {asked} requests so far, none failed");
    }
    town.close().await;
}
