//! What is said of a store, and the row in which it is kept.

use std::collections::BTreeMap;

use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::id::FileId;
use mcom_tables::storefront_settings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a merchant says of the store for those who build its storefront.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Storefront {
    /// How the store presents itself.
    pub brand: Brand,
    /// What payment cards it takes, as in [`CARD_BRANDS`](super::CARD_BRANDS).
    pub card_brands: Vec<String>,
    /// What wallets it takes, as in [`DIGITAL_WALLETS`](super::DIGITAL_WALLETS).
    pub digital_wallets: Vec<String>,
    /// The account with whoever settles its payments.
    pub payments_account: Option<String>,
    /// Services by which customers can sign in there, by their names in programs.
    pub social_logins: Vec<String>,
    /// Where customers sign in, if not in the storefront.
    pub customer_account_url: Option<String>,
    /// Texts of the customers' pages, by key.
    pub customer_account_texts: BTreeMap<String, String>,
}

/// How a store presents itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    /// A few words.
    pub slogan: Option<String>,
    /// A few sentences.
    pub short_description: Option<String>,
    /// A picture of the store that stands for it.
    pub logo: Option<FileId>,
    /// The same where room is as wide as it is high.
    pub square_logo: Option<FileId>,
    /// A picture for the head of a page.
    pub cover_image: Option<FileId>,
    /// What it is shown in.
    pub colors: BrandColors,
}

/// The colors of a store, the most important pair of each rank first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandColors {
    /// What catches the eye.
    #[serde(default)]
    pub primary: Vec<ColorPair>,
    /// What goes with it.
    #[serde(default)]
    pub secondary: Vec<ColorPair>,
}

/// A color and what can be read on it, `#RRGGBB` each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColorPair {
    /// The ground.
    pub background: Option<String>,
    /// What stands on it.
    pub foreground: Option<String>,
}

impl Brand {
    /// The pictures that it names.
    pub(super) fn pictures(&self) -> Vec<i64> {
        [self.logo, self.square_logo, self.cover_image].into_iter().flatten().map(|id| id.0).collect()
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = storefront_settings, check_for_backend(Pg), treat_none_as_null = true)]
pub(super) struct StorefrontRow {
    slogan: Option<String>,
    short_description: Option<String>,
    logo_id: Option<i64>,
    square_logo_id: Option<i64>,
    cover_image_id: Option<i64>,
    colors: Value,
    card_brands: Vec<String>,
    digital_wallets: Vec<String>,
    payments_account: Option<String>,
    social_logins: Vec<String>,
    customer_account_url: Option<String>,
    customer_account_texts: Value,
}

impl StorefrontRow {
    pub(super) fn of(storefront: &Storefront) -> Result<Self> {
        let brand = storefront.brand.clone();
        let number = |id: Option<FileId>| id.map(|id| id.0);
        Ok(StorefrontRow {
            slogan: brand.slogan,
            short_description: brand.short_description,
            logo_id: number(brand.logo),
            square_logo_id: number(brand.square_logo),
            cover_image_id: number(brand.cover_image),
            colors: serde_json::to_value(&brand.colors)?,
            card_brands: storefront.card_brands.clone(),
            digital_wallets: storefront.digital_wallets.clone(),
            payments_account: storefront.payments_account.clone(),
            social_logins: storefront.social_logins.clone(),
            customer_account_url: storefront.customer_account_url.clone(),
            customer_account_texts: serde_json::to_value(&storefront.customer_account_texts)?,
        })
    }

    pub(super) fn read(self) -> Result<Storefront> {
        Ok(Storefront {
            brand: Brand {
                slogan: self.slogan,
                short_description: self.short_description,
                logo: self.logo_id.map(FileId),
                square_logo: self.square_logo_id.map(FileId),
                cover_image: self.cover_image_id.map(FileId),
                colors: serde_json::from_value(self.colors)?,
            },
            card_brands: self.card_brands,
            digital_wallets: self.digital_wallets,
            payments_account: self.payments_account,
            social_logins: self.social_logins,
            customer_account_url: self.customer_account_url,
            customer_account_texts: serde_json::from_value(self.customer_account_texts)?,
        })
    }
}
