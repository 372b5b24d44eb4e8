//! Who is asking.

use std::fmt;

use mcom_schema::{Scope, id::CustomerId};

/// The party on whose behalf a request or job runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular: a request without a token.
    Anonymous,
    /// A storefront, known by its token; acts for whoever browses it.
    Storefront {
        /// Id of the access token.
        token: i64,
    },
    /// A signed-in customer.
    Customer(CustomerId),
    /// An app or script with an Admin API token.
    App {
        /// Id of the access token.
        token: i64,
        /// What the token may do.
        scopes: Vec<Scope>,
    },
    /// A background job.
    Worker {
        /// The job's kind.
        job: String,
    },
    /// Somebody at the machine itself, using the command line.
    Operator,
}

impl Actor {
    /// Whether this actor may do what needs `scope`. Workers and operators may do everything inside their tenant.
    pub fn may(&self, scope: Scope) -> bool {
        match self {
            Actor::App { scopes, .. } => scopes.iter().any(|held| held.allows(scope)),
            Actor::Worker { .. } | Actor::Operator => true,
            Actor::Anonymous | Actor::Storefront { .. } | Actor::Customer(_) => false,
        }
    }
}

/// The form that is kept in the log and the audit trail.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Anonymous => f.write_str("anonymous"),
            Actor::Storefront { token } => write!(f, "storefront:{token}"),
            Actor::Customer(id) => write!(f, "customer:{id}"),
            Actor::App { token, .. } => write!(f, "app:{token}"),
            Actor::Worker { job } => write!(f, "worker:{job}"),
            Actor::Operator => f.write_str("operator"),
        }
    }
}
