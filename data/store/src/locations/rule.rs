//! What a location must say of itself, and how far places are from each other.

use mcom_data::{Error, Result};
use mcom_schema::{Refusal, country, refuse};

use super::row::LocationAddress;

/// Of names and of what is said about pickup, in characters.
const LONGEST: usize = 255;
/// The mean radius of the earth, in metres.
const EARTH_METRES: f64 = 6_371_008.8;

/// A place on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// In degrees north.
    pub latitude: f64,
    /// In degrees east.
    pub longitude: f64,
}

/// What a location shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct LocationInput {
    /// Its name, by which it is known.
    pub name: String,
    /// Where it is, in words.
    pub address: LocationAddress,
    /// Where it is on the map.
    pub point: Option<Point>,
    /// Whether its stock may be sold online.
    pub fulfills_online_orders: bool,
    /// Whether buyers pick up there.
    pub pickup: bool,
    /// When goods are ready, in the merchant's words.
    pub pickup_time: Option<String>,
}

impl LocationInput {
    /// The same as it is kept.
    ///
    /// # Errors
    /// Refuses names that are blank or too long, places that are not on the map, and countries that there are not.
    pub fn check(&self) -> Result<Self> {
        let faults: Vec<Refusal> =
            [self.wrong_name(), self.wrong_country(), self.wrong_point(), self.wrong_time()]
                .into_iter()
                .flatten()
                .collect();
        if faults.is_empty() {
            Ok(LocationInput { name: self.name.trim().to_owned(), ..self.clone() })
        } else {
            Err(Error::Refused(faults))
        }
    }

    fn wrong_name(&self) -> Option<Refusal> {
        match self.name.trim().chars().count() {
            0 => Some(refuse("name", "BLANK", "Name can't be blank")),
            1..=LONGEST => None,
            _ => Some(refuse("name", "TOO_LONG", format!("Name has at most {LONGEST} characters"))),
        }
    }

    fn wrong_country(&self) -> Option<Refusal> {
        let code = self.address.country_code.as_deref()?;
        let unknown = || refuse("address.countryCode", "INVALID", format!("«{code}» is no country"));
        country::name(code).is_none().then(unknown)
    }

    fn wrong_point(&self) -> Option<Refusal> {
        let point = self.point?;
        let is_on_map = point.latitude.abs() <= 90.0 && point.longitude.abs() <= 180.0;
        (!is_on_map).then(|| refuse("latitude", "INVALID", "There is no such place on the map"))
    }

    fn wrong_time(&self) -> Option<Refusal> {
        let characters = self.pickup_time.as_ref()?.chars().count();
        let wrong = || refuse("pickup.time", "INVALID", format!("It has 1 to {LONGEST} characters"));
        (!(1..=LONGEST).contains(&characters)).then(wrong)
    }
}

impl Point {
    /// How far it is to another place along the surface of a round earth, in metres.
    pub fn metres_to(self, other: Point) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let up = (to - from) / 2.0;
        let across = (other.longitude - self.longitude).to_radians() / 2.0;
        let chord = up.sin().powi(2) + from.cos() * to.cos() * across.sin().powi(2);
        2.0 * EARTH_METRES * chord.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::{LocationInput, Point};
    use crate::locations::LocationAddress;

    #[test]
    fn places_are_as_far_apart_as_on_a_globe() {
        let bonn = Point { latitude: 50.7374, longitude: 7.0982 };
        let cologne = Point { latitude: 50.9375, longitude: 6.9603 };
        let metres = bonn.metres_to(cologne);
        assert!((23_900.0..24_500.0).contains(&metres), "{metres}");
        assert!(bonn.metres_to(bonn).abs() < 0.001);
        let antipode = Point { latitude: -50.7374, longitude: -172.9018 };
        assert!((bonn.metres_to(antipode) - 20_015_000.0).abs() < 5_000.0);
    }

    #[test]
    fn all_that_is_wrong_with_a_location_is_told() {
        let input = LocationInput {
            name: " ".into(),
            address: LocationAddress { country_code: Some("XX".into()), ..LocationAddress::default() },
            point: Some(Point { latitude: 91.0, longitude: 0.0 }),
            fulfills_online_orders: true,
            pickup: true,
            pickup_time: Some(String::new()),
        };
        let Err(mcom_data::Error::Refused(refusals)) = input.check() else { panic!("it is refused") };
        let fields: Vec<String> = refusals.iter().map(|refusal| refusal.field.join(".")).collect();
        assert_eq!(fields, ["name", "address.countryCode", "latitude", "pickup.time"]);
    }
}
