//! What a role token says. Everything that a context holds beside the process's services has to travel here.

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_schema::{Scope, id::CustomerId};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Cx, Error, Locale, Origin, RequestId, Result, Services, Tenant, idempotency::Ticket,
    tenant::TenantClaims,
};

/// The names of the registered claims are those of RFC 7519.
#[derive(Serialize, Deserialize)]
pub(super) struct Claims {
    aud: String,
    exp: i64,
    /// SHA-256 of the call's body.
    pub(super) body: String,
    request: Arc<str>,
    tenant: TenantClaims,
    actor: Caller,
    locale: Locale,
    origin: Origin,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    idempotency: Option<Ticket>,
}

/// The actors that come through a gateway.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Caller {
    Anonymous,
    Storefront { token: i64 },
    Customer(CustomerId),
    App { token: i64, scopes: Vec<String> },
}

impl Claims {
    pub(super) fn of(cx: &Cx, audience: &str, body: String) -> Result<Claims> {
        Ok(Claims {
            aud: audience.to_owned(),
            exp: (cx.now() + super::LIFE).timestamp(),
            body,
            request: cx.request().0.clone(),
            tenant: cx.tenant().claims(),
            actor: Caller::of(cx.actor())?,
            locale: cx.locale().clone(),
            origin: cx.origin(),
            address: cx.address(),
            idempotency: cx.ticket().cloned(),
        })
    }

    pub(super) fn expires(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.exp, 0).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    pub(super) fn into_cx(self, services: Arc<Services>) -> Cx {
        let tenant = Tenant::of_token(self.tenant);
        let cx = Cx::new(services, tenant, self.actor.actor(), RequestId(self.request))
            .in_locale(self.locale)
            .reached_at(self.origin);
        let cx = match self.address {
            Some(address) => cx.asked_from(address),
            None => cx,
        };
        match self.idempotency {
            Some(ticket) => cx.holding(ticket),
            None => cx,
        }
    }
}

impl Caller {
    fn of(actor: &Actor) -> Result<Caller> {
        Ok(match actor {
            Actor::Anonymous => Caller::Anonymous,
            Actor::Storefront { token } => Caller::Storefront { token: *token },
            Actor::Customer(id) => Caller::Customer(*id),
            Actor::App { token, scopes } => {
                let scopes = scopes.iter().map(|scope| scope.name().to_owned()).collect();
                Caller::App { token: *token, scopes }
            }
            Actor::Worker { .. } | Actor::Operator => {
                return Err(Error::bug(format!("{actor} may do everything, which no token may say")));
            }
        })
    }

    /// A scope that this version does not know opens nothing.
    fn actor(self) -> Actor {
        match self {
            Caller::Anonymous => Actor::Anonymous,
            Caller::Storefront { token } => Actor::Storefront { token },
            Caller::Customer(id) => Actor::Customer(id),
            Caller::App { token, scopes } => {
                Actor::App { token, scopes: scopes.iter().filter_map(|name| Scope::parse(name)).collect() }
            }
        }
    }
}
