//! How a store presents itself, what it says that it takes in payment, and where its customers sign in.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_store::storefront::{self, ColorPair};

use super::{PaymentSettings, Shop};
use crate::media::{self, MediaImage};

/// How a store presents itself.
pub struct Brand {
    it: storefront::Brand,
    colors: BrandColors,
    logo: Option<Arc<MediaImage>>,
    square_logo: Option<Arc<MediaImage>>,
    cover_image: Option<Arc<MediaImage>>,
}

mcom_kit::record!(Brand as "Brand" {
    "colors" = colors,
    "coverImage" = cover_image,
    "logo" = logo,
    "shortDescription" = it.short_description,
    "slogan" = it.slogan,
    "squareLogo" = square_logo,
});

/// The colors of a store.
pub struct BrandColors {
    primary: Vec<BrandColorGroup>,
    secondary: Vec<BrandColorGroup>,
}

mcom_kit::record!(BrandColors as "BrandColors" { "primary" = primary, "secondary" = secondary });

/// A color and what can be read on it.
pub struct BrandColorGroup {
    it: ColorPair,
}

mcom_kit::record!(BrandColorGroup as "BrandColorGroup" {
    "background" = it.background,
    "foreground" = it.foreground,
});

/// A text with its name in programs.
pub struct Translation {
    key: String,
    value: String,
}

mcom_kit::record!(Translation as "Translation" { "key" = key, "value" = value });

/// A service by which customers can sign in.
pub struct SocialLoginProvider {
    handle: String,
}

mcom_kit::record!(SocialLoginProvider as "SocialLoginProvider" { "handle" = handle });

pub(super) fn register(registry: &mut Registry) {
    let shop = registry.on::<Shop>().load("brand", brand).load("customerAccountUrl", account_url);
    shop.load("customerAccountTranslations", account_texts).load("socialLoginProviders", social_logins);
    let payment = registry.on::<PaymentSettings>().load("acceptedCardBrands", card_brands);
    payment.load("supportedDigitalWallets", wallets).load("shopifyPaymentsAccountId", account);
}

/// What the merchant said of it; nothing if that is nothing.
async fn brand(cx: &Cx, _: &Shop, _: Args) -> Result<Option<Brand>, Error> {
    let it = storefront::get(cx).await?.brand.clone();
    if it == storefront::Brand::default() {
        return Ok(None);
    }
    let named = [it.logo, it.square_logo, it.cover_image];
    let [logo, square_logo, cover_image] = media::pictures(cx, named).await?;
    let pairs =
        |pairs: &[ColorPair]| pairs.iter().map(|it| BrandColorGroup { it: it.clone() }).collect::<Vec<_>>();
    let colors = BrandColors { primary: pairs(&it.colors.primary), secondary: pairs(&it.colors.secondary) };
    Ok(Some(Brand { colors, logo, square_logo, cover_image, it }))
}

async fn account_url(cx: &Cx, _: &Shop, _: Args) -> Result<Option<String>, Error> {
    Ok(storefront::get(cx).await?.customer_account_url.clone())
}

async fn account_texts(cx: &Cx, _: &Shop, _: Args) -> Result<Option<Vec<Translation>>, Error> {
    let told = storefront::get(cx).await?;
    let texts = told.customer_account_texts.iter();
    let texts: Vec<_> =
        texts.map(|(key, value)| Translation { key: key.clone(), value: value.clone() }).collect();
    Ok(Some(texts).filter(|texts| !texts.is_empty()))
}

async fn social_logins(cx: &Cx, _: &Shop, _: Args) -> Result<Vec<SocialLoginProvider>, Error> {
    let told = storefront::get(cx).await?;
    Ok(told.social_logins.iter().map(|handle| SocialLoginProvider { handle: handle.clone() }).collect())
}

async fn card_brands(cx: &Cx, _: &PaymentSettings, _: Args) -> Result<Vec<String>, Error> {
    Ok(storefront::get(cx).await?.card_brands.clone())
}

async fn wallets(cx: &Cx, _: &PaymentSettings, _: Args) -> Result<Vec<String>, Error> {
    Ok(storefront::get(cx).await?.digital_wallets.clone())
}

async fn account(cx: &Cx, _: &PaymentSettings, _: Args) -> Result<Option<String>, Error> {
    Ok(storefront::get(cx).await?.payments_account.clone())
}
