//! The demo catalog with its collections and texts, in a store of a test's own.

use std::fs::{self, File};

use mcom::apply::{self, Wish};
use mcom_catalog::import::{self, Progress, Remark, Totals};
use mcom_data::Cx;

use crate::root;

struct Quiet;

impl Progress for Quiet {
    fn refused(&mut self, _remark: &Remark) {}
    fn noticed(&mut self, _remark: &Remark) {}
    fn advanced(&mut self, _totals: &Totals) {}
}

/// Fills the store with what `mcom demo` ships.
pub async fn fill(cx: &Cx) {
    let catalog = File::open(root().join("examples/catalogs/demo.csv")).expect("the demo catalog is there");
    import::run(cx, catalog, &mut Quiet).await.expect("it can be imported");
    let texts =
        fs::read_to_string(root().join("examples/stores/demo.yaml")).expect("the demo's texts are there");
    apply::apply(cx, &texts, Wish::default()).await.expect("they can be applied").expect("they fit");
}
