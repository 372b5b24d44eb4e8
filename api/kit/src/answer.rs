//! The only place that turns the errors of the data rooms into GraphQL.

use std::fmt::Display;

use async_graphql::Value;
use mcom_schema::Refusal;

use crate::{Cx, Error, Fault, record::Shaped};

/// Where the access scopes are explained to developers.
const SCOPES_EXPLAINED: &str = "https://shopify.dev/api/usage/access-scopes";

/// Where an error happened.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// Who asked.
    pub cx: &'a Cx,
    /// The field, or the type of an entity.
    pub field: &'a str,
}

/// An error that a function may answer with.
pub trait ToFault: Sized + Send {
    /// In words for the client; what the client may not read is logged and masked.
    fn to_fault(self, site: &Site<'_>) -> Fault;

    /// The refusals, if the error is nothing but those.
    ///
    /// # Errors
    /// The error itself, if it is something else.
    fn refusals(self) -> Result<Vec<Refusal>, Self> {
        Err(self)
    }
}

/// Why a mutation was not carried out: told at the top of the answer, or by the rooms of data.
#[derive(Debug)]
pub enum Declined {
    /// There is no place for it in the payload.
    Fault(Fault),
    /// Refusals among these become `userErrors`.
    Error(Error),
}

impl From<Fault> for Declined {
    fn from(fault: Fault) -> Self {
        Declined::Fault(fault)
    }
}

impl From<Error> for Declined {
    fn from(error: Error) -> Self {
        Declined::Error(error)
    }
}

impl ToFault for Declined {
    fn to_fault(self, site: &Site<'_>) -> Fault {
        match self {
            Declined::Fault(fault) => fault,
            Declined::Error(error) => error.to_fault(site),
        }
    }

    fn refusals(self) -> Result<Vec<Refusal>, Self> {
        match self {
            Declined::Fault(_) => Err(self),
            Declined::Error(error) => error.refusals().map_err(Declined::Error),
        }
    }
}

/// What a mutation answers. Declared with [`payload!`](crate::payload!).
pub trait Payload: Shaped {
    /// Nothing was changed, and why.
    fn refused(refusals: Vec<Refusal>) -> Self;
}

impl ToFault for Fault {
    fn to_fault(self, _site: &Site<'_>) -> Fault {
        self
    }
}

impl ToFault for Error {
    fn to_fault(self, site: &Site<'_>) -> Fault {
        match self {
            Error::NotFound(kind) => Fault::new("NOT_FOUND", format!("{kind} not found")),
            Error::Refused(refusals) => refused(&refusals),
            Error::Forbidden(scope) => access_denied(site.field, scope),
            Error::SignedOut => {
                let message = format!("Access denied for {} field. An access token is required.", site.field);
                Fault::new("ACCESS_DENIED", message)
            }
            Error::Conflict(kind) => {
                Fault::new("CONFLICT", format!("The {kind} was changed by somebody else in the meantime"))
                    .with("retryable", true)
            }
            Error::Busy => {
                Fault::new("BUSY", "Too much to do at the moment, please try again").with("retryable", true)
            }
            Error::TooOften(what) => {
                Fault::new("THROTTLED", format!("{what} limit exceeded. Please try again later."))
            }
            Error::Broken(cause) => broken(site, &cause),
        }
    }

    fn refusals(self) -> Result<Vec<Refusal>, Self> {
        match self {
            Error::Refused(refusals) => Ok(refusals),
            other => Err(other),
        }
    }
}

/// A mistake of ours: logged with all that is known, told without any of it.
pub(crate) fn broken(site: &Site<'_>, cause: &anyhow::Error) -> Fault {
    let request = site.cx.request();
    tracing::error!(request.id = %request, graphql.field = site.field, error = format!("{cause:#}"), "a field failed");
    let message = format!("Something went wrong on our side. Name request {request} when you ask for help.");
    Fault::new("INTERNAL_SERVER_ERROR", message).with("requestId", request.to_string())
}

/// The caller may not have this field without an access scope.
pub fn access_denied(field: &str, scope: impl Display) -> Fault {
    let required = format!("`{scope}` access scope.");
    Fault::new("ACCESS_DENIED", format!("Access denied for {field} field. Required access: {required}"))
        .with("documentation", SCOPES_EXPLAINED)
        .with("requiredAccess", required)
}

/// Arguments of a query that were refused; those of a mutation become `userErrors` instead.
fn refused(refusals: &[Refusal]) -> Fault {
    let said = refusals.iter().map(|refusal| refusal.message.as_str()).collect::<Vec<_>>().join(", ");
    let fields = refusals.iter().map(|refusal| Value::String(refusal.field.join("."))).collect();
    Fault::arguments(said).with("arguments", Value::List(fields))
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;
    use mcom_data::Actor;
    use mcom_schema::{Scope, refuse};

    use super::{Site, ToFault};
    use crate::{Cx, Error};

    fn code(error: Error) -> String {
        let cx = Cx::offline(Actor::Anonymous);
        let fault = error.to_fault(&Site { cx: &cx, field: "products" });
        fault.code().unwrap_or_default().to_owned()
    }

    #[tokio::test]
    async fn every_error_has_its_code() {
        assert_eq!(code(Error::NotFound("product")), "NOT_FOUND");
        assert_eq!(
            code(Error::Refused(vec![refuse("first", "INVALID", "too many")])),
            "INVALID_FIELD_ARGUMENTS"
        );
        assert_eq!(code(Error::Forbidden(Scope::ReadProducts)), "ACCESS_DENIED");
        assert_eq!(code(Error::SignedOut), "ACCESS_DENIED");
        assert_eq!(code(Error::Conflict("cart")), "CONFLICT");
        assert_eq!(code(Error::Busy), "BUSY");
        assert_eq!(code(Error::TooOften("Login attempt")), "THROTTLED");
        assert_eq!(code(Error::bug("the disk is on fire")), "INTERNAL_SERVER_ERROR");
    }

    #[tokio::test]
    async fn what_broke_is_not_told() {
        let cx = Cx::offline(Actor::Anonymous);
        let fault = Error::bug("the disk is on fire").to_fault(&Site { cx: &cx, field: "shop" });
        assert!(!fault.message.contains("disk"));
        assert_eq!(fault.extensions.get("requestId"), Some(&Value::from("offline")));
    }

    #[tokio::test]
    async fn a_denial_names_the_scope() {
        let cx = Cx::offline(Actor::Anonymous);
        let fault = Error::Forbidden(Scope::ReadOrders).to_fault(&Site { cx: &cx, field: "orders" });
        assert_eq!(
            fault.message,
            "Access denied for orders field. Required access: `read_orders` access scope."
        );
        assert_eq!(fault.extensions.get("requiredAccess"), Some(&Value::from("`read_orders` access scope.")));
    }
}
