//! Markets as buyers see them.

use std::sync::Arc;

use mcom_kit::{Cx, Error};
use mcom_schema::id::MarketId;
use mcom_store::{
    markets,
    metafields::{Owner, OwnerKind},
    settings,
};

use crate::metafield::HasMetafields;

/// A market.
pub struct Market {
    it: Arc<markets::Market>,
    id: String,
}

mcom_kit::record!(Market as "Market" { "handle" = it.handle, "id" = id });

impl Market {
    /// Shows a market.
    pub(super) fn of(it: Arc<markets::Market>) -> Self {
        Market { id: it.id.gid(), it }
    }
}

/// The open markets with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[MarketId]) -> Result<Vec<Option<Arc<Market>>>, Error> {
    let settings = settings::get(cx).await?;
    let find = |id: &MarketId| Some(Arc::new(Market::of(settings.markets.find(*id)?.clone())));
    Ok(ids.iter().map(find).collect())
}

impl HasMetafields for Market {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Market, id: self.it.id.0 }
    }
}
