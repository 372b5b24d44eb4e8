//! Whether a cart can be bought as it is.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use mcom_kit::{Args, Cx, Error, Record, Refusal, Registry};
use mcom_sales::{carts, checkout::Prepared};

use super::cart::Cart;

/// It can.
pub struct Ready {
    cart: Arc<Cart>,
}

mcom_kit::record!(Ready as "CartStatusReady" { "cart" = cart });

/// Something is missing.
pub struct NotReady {
    cart: Arc<Cart>,
    errors: Vec<OperationError>,
}

mcom_kit::record!(NotReady as "CartStatusNotReady" { "cart" = cart, "errors" = errors });

/// What is missing.
pub struct OperationError(Refusal);

mcom_kit::record!(OperationError as "CartOperationError" {
    "code" => OperationError::code,
    "message" => OperationError::message,
});

/// The store is too busy to tell.
pub struct Throttled {
    cart_id: String,
    poll_after: DateTime<Utc>,
}

mcom_kit::record!(Throttled as "CartThrottled" { "pollAfter" = poll_after });

pub(super) fn register(registry: &mut Registry) {
    registry.record::<Ready>().record::<NotReady>();
    registry.on::<Throttled>().load("cart", cart);
}

/// The cart, if there is time for it by now.
async fn cart(cx: &Cx, throttled: &Throttled, _: Args) -> Result<Option<Arc<Cart>>, Error> {
    match carts::read(cx, &throttled.cart_id).await {
        Err(Error::Busy) => Ok(None),
        read => Ok(read?.map(Cart::of)),
    }
}

/// Shows whether the cart can be bought.
///
/// # Errors
/// What kept it from being looked at, unless that was lack of time.
pub(super) fn show(
    cx: &Cx,
    cart_id: String,
    prepared: Result<Prepared, Error>,
) -> Result<Arc<dyn Record>, Error> {
    Ok(match prepared {
        Ok(Prepared::Ready(view)) => Arc::new(Ready { cart: Cart::of(view) }),
        Ok(Prepared::NotReady(view, missing)) => {
            let errors = missing.into_iter().map(OperationError).collect();
            Arc::new(NotReady { cart: Cart::of(view), errors })
        }
        Err(Error::Busy) => Arc::new(Throttled { cart_id, poll_after: soon(cx) }),
        Err(error) => return Err(error),
    })
}

/// When a busy store should be asked again.
pub(super) fn soon(cx: &Cx) -> DateTime<Utc> {
    cx.now() + Duration::seconds(1)
}

impl OperationError {
    fn code(&self) -> &str {
        &self.0.code
    }

    fn message(&self) -> &str {
        &self.0.message
    }
}
