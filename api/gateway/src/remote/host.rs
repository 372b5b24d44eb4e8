//! The asked side: subgraphs of this process, answering gateways that can prove to be one.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Services,
    role_token::{Rejected, Verifier},
};
use mcom_kit::{Call, Fault, Op, Subgraph};

use super::wire;
use crate::cache::TextCache;

/// How many operations are kept ready for each subgraph, and how many bytes they may take together.
const OPS: (usize, usize) = (4_096, 32 << 20);

/// Subgraphs that can be asked from outside the process.
pub struct Host {
    subgraphs: HashMap<String, Hosted>,
    verifier: Arc<Verifier>,
    services: Arc<Services>,
}

struct Hosted {
    subgraph: Arc<dyn Subgraph>,
    ops: TextCache<Op>,
}

/// Why a call was not carried out. Nothing has happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// The subgraph is answered elsewhere.
    #[error("this process does not answer that subgraph")]
    Elsewhere,
    /// There is no token, or none that is taken.
    #[error("the role token is not taken: {}", .0.map_or_else(|| "there is none".to_owned(), |why| why.to_string()))]
    Unproven(Option<Rejected>),
    /// It is no call.
    #[error("this is no call: {0}")]
    Unreadable(String),
}

impl Host {
    /// Lets these subgraphs, by name, be asked by those whom `verifier` believes.
    pub fn new(
        subgraphs: Vec<(String, Arc<dyn Subgraph>)>,
        verifier: Arc<Verifier>,
        services: Arc<Services>,
    ) -> Host {
        let hosted = |subgraph| Hosted { subgraph, ops: TextCache::new(OPS.0, OPS.1) };
        let subgraphs = subgraphs.into_iter().map(|(name, subgraph)| (name, hosted(subgraph))).collect();
        Host { subgraphs, verifier, services }
    }

    /// Carries out a call.
    ///
    /// # Errors
    /// Why it was not begun.
    pub async fn answer(&self, name: &str, token: Option<&str>, body: &[u8]) -> Result<Vec<u8>, Declined> {
        let hosted = self.subgraphs.get(name).ok_or(Declined::Elsewhere)?;
        let token = token.ok_or(Declined::Unproven(None))?;
        let cx = self.verifier.verify(&self.services, token, name, body);
        let cx = cx.map_err(|why| Declined::Unproven(Some(why)))?;
        tracing::Span::current().record("tenant.id", cx.tenant().id().get());
        let unreadable = || Declined::Unreadable("its bytes make no sense".to_owned());
        let (text, variables) = wire::read_call(body).ok_or_else(unreadable)?;
        let op = hosted.op(&text).map_err(|fault| Declined::Unreadable(fault.message))?;
        let answer = hosted.subgraph.call(Call { op: &op, variables, cx: &cx }).await;
        cx.finish().await;
        Ok(wire::answer(answer, &cx))
    }
}

impl Hosted {
    fn op(&self, text: &str) -> Result<Arc<Op>, Fault> {
        if let Some(op) = self.ops.get(text) {
            return Ok(op);
        }
        let op = Arc::new(self.subgraph.prepare(text)?);
        // A tree is some twenty times as large as its text.
        self.ops.put(text, op.clone(), 1_024 + text.len() * 20);
        Ok(op)
    }
}
