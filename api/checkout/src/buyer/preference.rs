//! How a buyer would like a cart to be delivered and paid, for storefronts to begin from.

use mcom_sales::carts;

/// What the buyer would like.
pub struct Preferences {
    it: carts::Preferences,
}

mcom_kit::record!(Preferences as "CartPreferences" {
    "delivery" => Preferences::delivery,
    "wallet" = it.wallet,
});

/// How it should be delivered.
pub struct Delivery {
    it: carts::DeliveryPreference,
}

mcom_kit::record!(Delivery as "CartDeliveryPreference" {
    "coordinates" => Delivery::coordinates,
    "deliveryMethod" = it.delivery_method,
    "pickupHandle" = it.pickup_handle,
});

/// Near where it should be picked up.
pub struct Coordinates {
    it: carts::Coordinates,
}

mcom_kit::record!(Coordinates as "CartDeliveryCoordinatesPreference" {
    "countryCode" = it.country_code,
    "latitude" = it.latitude,
    "longitude" = it.longitude,
});

impl Preferences {
    /// Shows what the buyer would like.
    pub(super) fn of(it: carts::Preferences) -> Self {
        Preferences { it }
    }

    fn delivery(&self) -> Option<Delivery> {
        self.it.delivery.clone().map(|it| Delivery { it })
    }
}

impl Delivery {
    fn coordinates(&self) -> Option<Coordinates> {
        self.it.coordinates.clone().map(|it| Coordinates { it })
    }
}
