//! The store that is nowhere is not for sale.
//! error: E0624

use mcom_data::Tenant;

pub fn nowhere() -> Tenant {
    Tenant::nowhere()
}
