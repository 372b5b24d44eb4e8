//! The market's carts. Their lines point at variants of the catalog by id.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::Value;
use mcom_kit::{Args, Cx, Error, Fault, Payload, Record, Refusal, Registry};

use super::storefront::{Money, money};
use crate::page;

struct Stub {
    id: String,
}
mcom_kit::record!(Stub as "ProductVariant" { "id" = id });

struct GiftCard {
    code: String,
    title: String,
}
mcom_kit::record!(GiftCard as "GiftCard" { "code" = code, "title" = title });

struct Cost {
    subtotal: Money,
    total: Money,
}
mcom_kit::record!(Cost as "CartCost" { "subtotalAmount" = subtotal, "totalAmount" = total });

struct Line {
    id: String,
    quantity: i64,
    merchandise: Arc<dyn Record>,
    variant: Option<Stub>,
    cost: Cost,
}
mcom_kit::record!(Line as "CartLine" {
    "id" = id, "quantity" = quantity, "merchandise" = merchandise, "variant" = variant, "cost" = cost,
});
mcom_kit::connection!(LineConnection, LineEdge of Line as "CartLineConnection" "CartLineEdge");

struct Cart {
    id: String,
    note: Option<String>,
    quantity: i64,
    cost: Cost,
    lines: Vec<Arc<Line>>,
}
mcom_kit::record!(Cart as "Cart" { "id" = id, "note" = note, "totalQuantity" = quantity, "cost" = cost });

struct UserError {
    field: Option<Vec<String>>,
    message: String,
    code: Option<String>,
}
mcom_kit::record!(UserError as "CartUserError" { "field" = field, "message" = message, "code" = code });

macro_rules! payload {
    ($($name:ident $type:literal)*) => {$(
        struct $name {
            cart: Option<Arc<Cart>>,
            user_errors: Vec<UserError>,
        }
        mcom_kit::record!($name as $type { "cart" = cart, "userErrors" = user_errors });
        impl Payload for $name {
            fn refused(refusals: Vec<Refusal>) -> Self {
                $name { cart: None, user_errors: refusals.iter().map(user_error).collect() }
            }
        }
    )*};
}
payload! { Created "CartCreatePayload" Added "CartLinesAddPayload" }

fn user_error(refusal: &Refusal) -> UserError {
    UserError { field: Some(vec![]), message: refusal.message.to_string(), code: Some("INVALID".to_owned()) }
}

type Items = Vec<(String, i64)>;
type Stored = HashMap<String, (Option<String>, Items)>;

/// The carts of a market.
pub struct Carts(Mutex<Stored>);

impl Default for Carts {
    fn default() -> Self {
        Carts(Mutex::new(first_carts()))
    }
}

impl Carts {
    /// Forgets what mutations have done.
    pub fn reset(&self) {
        *self.stored() = first_carts();
    }

    fn stored(&self) -> MutexGuard<'_, Stored> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, id: &str) -> Option<Arc<Cart>> {
        self.stored().get(id).map(|(note, items)| cart(id, note.clone(), items))
    }
}

fn first_carts() -> Stored {
    let variant = |product: usize, index: usize| format!("gid://shop/ProductVariant/{product}{index}");
    let mixed = vec![(variant(1, 0), 1), ("gift".into(), 2), (variant(1, 0), 3), (variant(2, 1), 1)];
    HashMap::from([
        ("c24".into(), (None, (0..24).map(|i| (variant(i, i % 2), 1 + i as i64 % 3)).collect())),
        ("mixed".into(), (Some("hi".into()), mixed)),
        ("gone".into(), (None, vec![(variant(1, 0), 1), (variant(13, 2), 2), (variant(4, 2), 1)])),
        ("empty".into(), (None, vec![])),
    ])
}

fn cost(quantity: i64) -> Cost {
    Cost { subtotal: money(100 * quantity), total: money(119 * quantity) }
}

fn line(cart: &str, index: usize, variant: &str, quantity: i64) -> Arc<Line> {
    let is_gift = variant == "gift";
    let merchandise: Arc<dyn Record> = if is_gift {
        Arc::new(GiftCard { code: format!("G{index}"), title: "Gift".into() })
    } else {
        Arc::new(Stub { id: variant.into() })
    };
    let variant = (!is_gift).then(|| Stub { id: variant.into() });
    Arc::new(Line { id: format!("{cart}/L{index}"), quantity, merchandise, variant, cost: cost(quantity) })
}

fn cart(id: &str, note: Option<String>, items: &Items) -> Arc<Cart> {
    let quantity = items.iter().map(|(_, quantity)| quantity).sum();
    let lines = items.iter().enumerate().map(|(index, (variant, n))| line(id, index, variant, *n)).collect();
    Arc::new(Cart { id: id.into(), note, quantity, cost: cost(quantity), lines })
}

fn items(lines: &[Value]) -> Items {
    let item = |line: &Value| {
        let line = line.clone().into_json().unwrap_or_default();
        (
            line["merchandiseId"].as_str().unwrap_or_default().to_owned(),
            line["quantity"].as_i64().unwrap_or(1),
        )
    };
    lines.iter().map(item).collect()
}

fn lines(_: &Cx, cart: &Cart, args: &Args) -> Result<LineConnection, Fault> {
    Ok(page!(LineConnection, LineEdge, &cart.lines, args))
}

async fn find(carts: Arc<Carts>, args: Args) -> Result<Option<Arc<Cart>>, Fault> {
    Ok(args.str("id").and_then(|id| carts.read(id)))
}

async fn create(carts: Arc<Carts>, args: Args) -> Result<Created, Error> {
    let input = match args.get("input") {
        Some(Value::Object(input)) => input.clone(),
        _ => Default::default(),
    };
    let note = match input.get("note") {
        Some(Value::String(note)) => Some(note.clone()),
        _ => None,
    };
    let wanted = match input.get("lines") {
        Some(Value::List(lines)) => items(lines),
        _ => vec![],
    };
    let id = format!("new{}", carts.stored().keys().filter(|k| k.starts_with("new")).count());
    carts.stored().insert(id.clone(), (note, wanted));
    Ok(Created { cart: carts.read(&id), user_errors: vec![] })
}

async fn add(carts: Arc<Carts>, args: Args) -> Result<Added, Error> {
    let id = args.str("cartId").unwrap_or_default();
    let refused = |field: Vec<String>, message: &str, code: &str| {
        vec![UserError { field: Some(field), message: message.to_owned(), code: Some(code.to_owned()) }]
    };
    if carts.read(id).is_none() {
        return Ok(Added {
            cart: None,
            user_errors: refused(vec!["cartId".into()], "Not found", "NOT_FOUND"),
        });
    }
    let wanted = items(args.list("lines"));
    if let Some(index) = wanted.iter().position(|(_, quantity)| *quantity < 1) {
        let field = vec!["lines".into(), index.to_string(), "quantity".into()];
        let user_errors = refused(field, "Quantity must be positive", "INVALID");
        return Ok(Added { cart: carts.read(id), user_errors });
    }
    if let Some((_, held)) = carts.stored().get_mut(id) {
        held.extend(wanted);
    }
    Ok(Added { cart: carts.read(id), user_errors: vec![] })
}

pub(super) fn registry(carts: Arc<Carts>) -> Registry {
    let (find_in, create_in, add_in) = (carts.clone(), carts.clone(), carts);
    let mut registry = Registry::default();
    registry
        .query("cart", move |_: &Cx, args: Args| find(find_in.clone(), args))
        .mutation("cartCreate", move |_: &Cx, args: Args| create(create_in.clone(), args))
        .mutation("cartLinesAdd", move |_: &Cx, args: Args| add(add_in.clone(), args));
    registry.on::<Cart>().field("lines", lines);
    registry.on::<Stub>();
    registry.record::<GiftCard>();
    registry
}
