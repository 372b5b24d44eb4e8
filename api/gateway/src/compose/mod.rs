//! Composition: from the SDL files of a few subgraphs to one supergraph and its public API. Runs when the
//! SDL changes, never while serving; what it writes is committed.

mod assemble;
mod public;
mod supergraph;

pub use assemble::{SdlFile, assemble};

/// What composing yields, as SDL texts ready to be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// With join directives: what the planner reads.
    pub supergraph: String,
    /// Without them: what clients see, validation and introspection read.
    pub public: String,
}

/// Composes `subgraphs` (name, assembled SDL). `directives` declares the directives that clients may put on
/// operations and fragments, and goes into the public SDL only: the gateway alone acts on them.
///
/// Fails with everything that the composer complains about.
pub fn compose(subgraphs: &[(&str, &str)], directives: &str) -> anyhow::Result<Composed> {
    let supergraph = supergraph::compose(subgraphs)?;
    let public = public::render(&supergraph, subgraphs, directives)?;
    Ok(Composed { supergraph, public })
}

#[cfg(test)]
mod tests;
