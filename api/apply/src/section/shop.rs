//! The store itself.

use mcom_data::Result;
use mcom_store::settings;

use crate::run::{Action, Run};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.shop else { return Ok(()) };
    let wanted = section.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if settings::get(run.cx).await?.description.as_deref() == wanted {
        run.keeps();
        return Ok(());
    }
    let checked = settings::description(wanted).map_err(Into::into);
    if run.heed("shop", checked)?.is_some() && run.does(Action::Update, "shop", "description") {
        settings::describe(run.cx, wanted).await?;
    }
    Ok(())
}
