//! A job of another store cannot be claimed by hand.
//! error: E0451

use mcom_data::job::Claim;

pub fn forge() -> Claim {
    Claim {
        tenant_id: 7,
        id: 1,
        kind: String::new(),
        payload: Default::default(),
        attempts: 1,
        locked_by: String::new(),
        tenant: None,
    }
}
