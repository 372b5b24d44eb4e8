//! How the store presents itself: the sections about its brand, payments and customers' pages, which are kept together.

use mcom_catalog::files::{self, File, FileContent};
use mcom_data::Result;
use mcom_schema::id::{FileId, LARGEST};
use mcom_store::storefront::{self, Brand, BrandColors, ColorPair, Storefront};

use super::files::content;
use crate::{
    file::media,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let file = run.file;
    if file.brand.is_none() && file.payments.is_none() && file.customer_accounts.is_none() {
        return Ok(());
    }
    let before = storefront::get(run.cx).await?;
    let mut wanted = (*before).clone();
    if let Some(section) = &file.brand {
        wanted.brand = brand(run, section).await?;
    }
    if let Some(section) = &file.payments {
        wanted.card_brands = section.card_brands.clone();
        wanted.digital_wallets = section.wallets.clone();
        wanted.payments_account = section.account.clone();
    }
    if let Some(section) = &file.customer_accounts {
        wanted.customer_account_url = section.url.clone();
        wanted.social_logins = section.social_logins.clone();
        wanted.customer_account_texts = section.texts.clone();
    }
    let Some(wanted) = run.heed("", wanted.checked().map_err(Into::into))? else { return Ok(()) };
    if wanted == *before {
        run.keeps();
        return Ok(());
    }
    let action = if *before == Storefront::default() { Action::Create } else { Action::Update };
    if run.does(action, "storefront", "brand, payments and customer accounts") {
        let done = storefront::set(run.cx, &wanted).await;
        run.heed("", done)?;
    }
    Ok(())
}

async fn brand(run: &mut Run<'_>, section: &media::Brand) -> Result<Brand> {
    Ok(Brand {
        slogan: section.slogan.clone(),
        short_description: section.short_description.clone(),
        logo: picture(run, "logo", section.logo.as_ref()).await?,
        square_logo: picture(run, "squareLogo", section.square_logo.as_ref()).await?,
        cover_image: picture(run, "coverImage", section.cover_image.as_ref()).await?,
        colors: BrandColors {
            primary: section.colors.primary.iter().map(pair).collect(),
            secondary: section.colors.secondary.iter().map(pair).collect(),
        },
    })
}

fn pair(pair: &media::ColorPair) -> ColorPair {
    ColorPair { background: pair.background.clone(), foreground: pair.foreground.clone() }
}

/// The picture with this handle; of one that is only planned, a number that nothing has.
async fn picture(run: &mut Run<'_>, field: &str, handle: Option<&String>) -> Result<Option<FileId>> {
    let Some(handle) = handle else { return Ok(None) };
    let all = files::all(run.cx).await?;
    let there = all.iter().find(|file| file.handle.as_ref() == Some(handle));
    let planned = run.file.files.iter().flatten().find(|file| file.handle == *handle && run.wish.dry_run);
    let content = planned.and_then(content).or_else(|| there.map(|file| file.details.content.clone()));
    match content {
        Some(FileContent::Image(_)) => return Ok(Some(there.map_or(FileId(LARGEST), File::id))),
        Some(_) => run.fault(&format!("brand.{field}"), format!("«{handle}» is no picture")),
        None => run.fault(&format!("brand.{field}"), format!("there is no file «{handle}»")),
    }
    Ok(None)
}
