//! Where a store's products are: aliases say which index is searched, and which one is being built.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use mcom_schema::id::StoreId;
use serde_json::{Value, json};

use super::{mapping, wire::Wire};
use crate::engine::Unavailable;

/// For so long a process may not know of a change of the aliases. Whoever changes them waits twice as long before relying on it.
pub(super) const KNOWN_FOR: Duration = Duration::from_secs(1);

type Aliases = Arc<HashMap<String, String>>;

/// The aliases of all stores.
pub(super) struct Places {
    family: String,
    known: Mutex<Option<(Instant, Aliases)>>,
}

/// Where one store's products are.
pub(super) struct Place {
    /// The index that is searched.
    pub(super) searched: String,
    /// The index that is being built for this store.
    pub(super) built: Option<String>,
}

impl Place {
    /// Every index that has to hear of a change.
    pub(super) fn written(&self) -> Vec<&str> {
        [Some(&self.searched), self.built.as_ref()].into_iter().flatten().map(String::as_str).collect()
    }
}

impl Places {
    pub(super) fn new(prefix: &str) -> Self {
        Places { family: format!("{prefix}-{}", mapping::LAYOUT), known: Mutex::default() }
    }

    /// The alias of the index that most stores share.
    pub(super) fn shared(&self) -> String {
        format!("{}-shared", self.family)
    }

    /// The alias of a store's own index.
    pub(super) fn own(&self, store: StoreId) -> String {
        format!("{}-store-{}", self.family, store.0)
    }

    /// The alias of the index that is being built in the stead of another.
    pub(super) fn next(alias: &str) -> String {
        format!("{alias}-next")
    }

    pub(super) async fn of(&self, wire: &Wire, store: StoreId) -> Result<Place, Unavailable> {
        let aliases = self.aliases(wire).await?;
        let own = self.own(store);
        let built = aliases.get(&Places::next(&own)).cloned();
        if let Some(searched) = aliases.get(&own).or_else(|| aliases.get(&self.shared())).cloned() {
            return Ok(Place { searched, built });
        }
        let searched = format!("{}-shared-1", self.family);
        let mut index = mapping::index();
        index["aliases"] = json!({ self.shared(): {} });
        wire.create(&searched, &index).await?;
        self.forget();
        Ok(Place { searched, built })
    }

    /// The aliases are to be looked up again.
    pub(super) fn forget(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn aliases(&self, wire: &Wire) -> Result<Aliases, Unavailable> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, aliases)) = known.filter(|(at, _)| at.elapsed() < KNOWN_FOR) {
            return Ok(aliases);
        }
        let asked = Instant::now();
        let aliases = Arc::new(read(&wire.get(&format!("/{}-*/_alias", self.family)).await?));
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((asked, aliases.clone()));
        Ok(aliases)
    }
}

/// Index by alias.
fn read(answer: &Value) -> HashMap<String, String> {
    let mut aliases = HashMap::new();
    for (index, about) in answer.as_object().into_iter().flatten() {
        for alias in about["aliases"].as_object().into_iter().flat_map(|aliases| aliases.keys()) {
            aliases.insert(alias.clone(), index.clone());
        }
    }
    aliases
}
