//! Products as buyers elsewhere see them: at other prices, in another language; remembered as long as they are made of the same.

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

use mcom_data::{Cx, Result};
use mcom_schema::id::MarketId;

use super::{Cache, LiveProduct, ProductDocument};

/// From where a product is seen: in which market, and by the code of which language.
pub type Viewpoint = (MarketId, &'static str);
/// What a view is made of. It is the same as long as it is the same in memory.
pub type Part = Arc<dyn Any + Send + Sync>;

/// A product as it is seen from somewhere.
#[derive(Clone)]
pub(crate) struct View {
    made_of: Arc<[Part]>,
    live: Arc<LiveProduct>,
}

impl View {
    fn is_made_of(&self, live: &Arc<LiveProduct>, parts: &[Part]) -> bool {
        let same = |(a, b): (&Part, &Part)| Arc::ptr_eq(a, b);
        let of_product: Part = live.clone();
        self.made_of.len() == parts.len() + 1
            && same((&self.made_of[0], &of_product))
            && self.made_of[1..].iter().zip(parts).all(same)
    }
}

/// The product as `change` makes it, which is asked only if it was not seen from there since one of `parts` changed.
///
/// # Errors
/// `Broken` if this process keeps no catalog.
pub fn seen_from(
    cx: &Cx,
    live: &Arc<LiveProduct>,
    (viewpoint, parts): (Viewpoint, Vec<Part>),
    change: impl FnOnce(&mut ProductDocument),
) -> Result<Arc<LiveProduct>> {
    let cache = cx.shared::<Cache>()?;
    let key = (live.document.id, viewpoint);
    let known = cache.view(cx.tenant().id(), &key);
    if let Some(view) = known.filter(|view| view.is_made_of(live, &parts)) {
        return Ok(view.live);
    }
    let mut document = (*live.document).clone();
    change(&mut document);
    let changed =
        LiveProduct { document: Arc::new(document), stock: live.stock.clone(), face: OnceLock::new() };
    let of_product: Part = live.clone();
    let made_of = [of_product].into_iter().chain(parts).collect();
    let view = View { made_of, live: Arc::new(changed) };
    cache.keep_view(cx.tenant().id(), key, view.clone(), super::cache::parts(&Some(view.live.clone())));
    Ok(view.live)
}
