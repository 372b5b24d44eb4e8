//! Whether the processes that a gateway asks are there, and believe it.

use serde_json::Value;

use super::Findings;
use crate::{cli::ready::look, config::RolesConfig, role::Role};

pub(super) async fn check(findings: &mut Findings, config: &RolesConfig) {
    let asked = [Role::Storefront, Role::Checkout, Role::Admin].map(|role| (role, config.addresses(role)));
    if asked.iter().all(|(_, addresses)| addresses.is_empty()) {
        return findings.fine("roles", "no subgraph is asked in another process");
    }
    let Some(key) = config.signing_key() else {
        return findings.wrong(
            "roles",
            "MCOM_ROLE_KEY is not set: a gateway could not sign what it asks. Make one with `mcom keys new`",
        );
    };
    for (role, addresses) in asked {
        for address in addresses {
            let (name, id) = (role.name(), key.public().id());
            match look(address).await {
                Ok(told) if !believes(&told, id) => findings.wrong(
                    "roles",
                    format!("{name} at {address} does not know the key of this gateway: add {} to its MCOM_ROLE_PUBLIC_KEYS", key.public().text()),
                ),
                Ok(told) if told["ready"] == true => {
                    findings.fine("roles", format!("{name} at {address} is ready and knows the key"));
                }
                Ok(told) => findings.wrong("roles", format!("{name} at {address} is not ready: {told}")),
                Err(error) => findings.wrong(
                    "roles",
                    format!("{name} at {address} does not answer ({error:#}): start it with `mcom serve --roles {name}`"),
                ),
            }
        }
    }
}

fn believes(told: &Value, key: &str) -> bool {
    told["keys"].as_array().is_some_and(|keys| keys.iter().any(|id| id == key))
}
