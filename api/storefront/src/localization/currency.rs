//! Currencies of markets.

/// A currency.
#[derive(Clone, Copy)]
pub struct Currency(pub(super) mcom_schema::Currency);

mcom_kit::record!(Currency as "Currency" {
    "isoCode" => Currency::code,
    "name" => Currency::name,
    "symbol" => Currency::symbol,
});

impl Currency {
    fn code(&self) -> &'static str {
        self.0.code()
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn symbol(&self) -> &'static str {
        self.0.symbol()
    }
}
