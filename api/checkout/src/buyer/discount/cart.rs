//! What discounts take off a cart, its lines and its delivery groups.

use std::sync::Arc;

use mcom_kit::{Record, Registry};
use mcom_sales::{
    carts::CartView,
    discounts::{AppliedDiscount, DiscountClass, DiscountValue},
};
use mcom_schema::Money;

use super::Face;

/// What one discount takes off something.
#[derive(Clone)]
struct Part {
    face: Face,
    amount: Money,
}

/// How a discount applies, in its older form: of a fixed amount it tells the part that it stands beside.
pub struct CartDiscountApplication {
    part: Part,
}

mcom_kit::record!(CartDiscountApplication as "CartDiscountApplication" {
    "allocationMethod" => CartDiscountApplication::method,
    "targetSelection" => CartDiscountApplication::selection,
    "targetType" => CartDiscountApplication::target,
    "value" => CartDiscountApplication::value,
});

impl CartDiscountApplication {
    fn method(&self) -> &'static str {
        self.part.face.method()
    }

    fn selection(&self) -> &'static str {
        self.part.face.selection()
    }

    fn target(&self) -> &'static str {
        self.part.face.target()
    }

    fn value(&self) -> Arc<dyn Record> {
        match self.part.face.it().value {
            DiscountValue::Amount { .. } => Arc::new(self.part.amount),
            DiscountValue::Percentage { .. } => self.part.face.value(),
        }
    }
}

/// Declares what discounts of one kind take off, and how they apply.
macro_rules! kinds {
    ($($part:ident as $part_name:literal, $whole:ident as $whole_name:literal, $name:literal by $named:ident;)*) => {$(
        #[doc = concat!("What a discount takes off something: `", $part_name, "`.")]
        pub struct $part(Part);

        mcom_kit::record!($part as $part_name {
            $name => $part::$named,
            "discountApplication" => $part::application,
            "discountedAmount" => $part::amount,
            "sourceDiscountApplication" => $part::source,
            "targetType" => $part::target,
        });

        impl $part {
            fn $named(&self) -> &str {
                self.0.face.$named()
            }

            fn application(&self) -> CartDiscountApplication {
                CartDiscountApplication { part: self.0.clone() }
            }

            fn amount(&self) -> Money {
                self.0.amount
            }

            fn source(&self) -> Arc<dyn Record> {
                application(self.0.face.clone())
            }

            fn target(&self) -> &'static str {
                self.0.face.target()
            }
        }

        #[doc = concat!("How a discount applies to a cart: `", $whole_name, "`.")]
        pub struct $whole(Face);

        mcom_kit::record!($whole as $whole_name {
            $name => $whole::$named,
            "allocationMethod" => $whole::method,
            "targetSelection" => $whole::selection,
            "targetType" => $whole::target,
            "totalAllocatedAmount" => $whole::total,
            "value" => $whole::value,
        });

        impl $whole {
            fn $named(&self) -> &str {
                self.0.$named()
            }

            fn method(&self) -> &'static str {
                self.0.method()
            }

            fn selection(&self) -> &'static str {
                self.0.selection()
            }

            fn target(&self) -> &'static str {
                self.0.target()
            }

            fn total(&self) -> Money {
                self.0.total()
            }

            fn value(&self) -> Arc<dyn Record> {
                self.0.value()
            }
        }
    )*};
}

kinds! {
    CodePart as "CartCodeDiscountAllocation", CodeWhole as "CartCodeDiscountApplication", "code" by code;
    AutomaticPart as "CartAutomaticDiscountAllocation", AutomaticWhole as "CartAutomaticDiscountApplication", "title" by title;
    CustomPart as "CartCustomDiscountAllocation", CustomWhole as "CartCustomDiscountApplication", "title" by title;
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .record::<CodePart>()
        .record::<AutomaticPart>()
        .record::<CustomPart>()
        .record::<CodeWhole>()
        .record::<AutomaticWhole>()
        .record::<CustomWhole>();
}

/// What is taken off the whole cart, a part for each of its lines, as clients count on; and off sending it.
pub(in super::super) fn of_cart(cart: &CartView) -> Vec<Arc<dyn Record>> {
    let parts = |face: Face| {
        let amounts: Vec<i64> = match face.it().class {
            DiscountClass::Product => vec![],
            DiscountClass::Order => (0..cart.lines.len()).map(|place| face.it().off_line(place)).collect(),
            DiscountClass::Shipping => vec![face.it().total_minor()],
        };
        amounts.into_iter().map(move |minor| allocation(face.clone(), minor))
    };
    Face::each(&cart.discounts, cart.cost.total.currency).flat_map(parts).collect()
}

/// What discounts take off one thing in the cart, which `part` tells in minor units.
pub(in super::super) fn of_part(
    cart: &CartView,
    part: impl Fn(&AppliedDiscount) -> i64,
) -> Vec<Arc<dyn Record>> {
    let all = Face::each(&cart.discounts, cart.cost.total.currency);
    let taken = all.map(|face| (part(face.it()), face)).filter(|(minor, _)| *minor > 0);
    taken.map(|(minor, face)| allocation(face, minor)).collect()
}

fn allocation(face: Face, minor: i64) -> Arc<dyn Record> {
    let part = Part { amount: face.money(minor), face };
    if part.face.it().code.is_some() { Arc::new(CodePart(part)) } else { Arc::new(AutomaticPart(part)) }
}

/// Every discount of the cart.
pub(in super::super) fn applications(cart: &CartView) -> Vec<Arc<dyn Record>> {
    Face::each(&cart.discounts, cart.cost.total.currency).map(application).collect()
}

fn application(face: Face) -> Arc<dyn Record> {
    if face.it().code.is_some() { Arc::new(CodeWhole(face)) } else { Arc::new(AutomaticWhole(face)) }
}
