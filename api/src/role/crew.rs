//! Who answers each part: this process, or others by its role.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use mcom_data::{
    Services,
    role_token::{PublicKey, Signer, Verifier},
};
use mcom_kit::Subgraph;

use super::{Layout, Part, Role};
use crate::{
    assembly,
    config::RolesConfig,
    gateway::{
        Gateway,
        remote::{Host, Peers, Remote},
    },
    http::PublicApi,
};

/// The answerers of every part that a process needs.
pub struct Crew {
    layout: Layout,
    peers: HashMap<Role, Arc<Peers>>,
    signer: Option<Arc<Signer>>,
    believed: Vec<PublicKey>,
    patience: Duration,
    /// Parts of this process. A second of computing for the Admin API, so they are built once, when they are first needed.
    built: Mutex<HashMap<Part, Arc<dyn Subgraph>>>,
}

impl Crew {
    /// The crew of a layout. Nobody is asked and nothing is built yet.
    pub fn gather(layout: Layout, config: &RolesConfig) -> Crew {
        let peers = |role: &Role| (*role, Peers::new(role.name(), config.addresses(*role)));
        Crew {
            peers: layout.elsewhere.iter().map(peers).collect(),
            signer: config.signing_key().map(|key| Arc::new(Signer::new(key))),
            believed: config.public_keys.clone(),
            patience: config.patience,
            built: Mutex::default(),
            layout,
        }
    }

    /// What this process does.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The other processes that are asked, by role.
    pub fn peers(&self) -> Vec<Arc<Peers>> {
        self.layout.elsewhere.iter().filter_map(|role| self.peers.get(role).cloned()).collect()
    }

    /// The gateway of an API over its parts, wherever they are.
    ///
    /// # Errors
    /// If the schemas and the code do not agree.
    pub fn gateway(&self, api: PublicApi) -> anyhow::Result<Gateway> {
        assembly::gateway_over(api, |part| self.subgraph(part))
    }

    /// The parts of this process, to be asked by gateways in others.
    ///
    /// # Errors
    /// If the schemas and the code do not agree.
    pub fn host(&self, services: Arc<Services>) -> anyhow::Result<Host> {
        let part = |part: &Part| Ok((part.name().to_owned(), self.own(*part)?));
        let parts = self.layout.here.iter().map(part).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Host::new(parts, Arc::new(Verifier::new(self.believed.clone())), services))
    }

    fn subgraph(&self, part: Part) -> anyhow::Result<Arc<dyn Subgraph>> {
        if self.layout.here.contains(&part) {
            return self.own(part);
        }
        let peers =
            self.peers.get(&part.role()).with_context(|| format!("nobody answers {}", part.name()))?;
        let signer = self.signer.clone().context("calls cannot be signed without MCOM_ROLE_KEY")?;
        Ok(Arc::new(Remote::new(part.name(), peers.clone(), signer, self.patience)))
    }

    fn own(&self, part: Part) -> anyhow::Result<Arc<dyn Subgraph>> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(subgraph) = built.get(&part) {
            return Ok(subgraph.clone());
        }
        let subgraph = part.build()?;
        built.insert(part, subgraph.clone());
        Ok(subgraph)
    }
}
