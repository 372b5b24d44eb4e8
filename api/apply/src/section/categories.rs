//! Where products stand in a taxonomy.

use mcom_catalog::products::{self, ProductInput, category};
use mcom_data::Result;

use crate::run::{Action, Run};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.categories else { return Ok(()) };
    for (handle, told) in section {
        let path = format!("categories.{handle}");
        let Some(product) = products::by_handle(run.cx, handle).await? else {
            run.fault(&path, format!("there is no product «{handle}»"));
            continue;
        };
        let wanted = match category::read(told) {
            Ok(wanted) => wanted,
            Err(refusal) => {
                run.fault(&path, refusal.message);
                continue;
            }
        };
        if product.row.category == wanted {
            run.keeps();
        } else if run.does(Action::Update, "category", handle) {
            let input = ProductInput { category: Some(told.clone()), ..ProductInput::default() };
            let done = products::update(run.cx, product.row.id(), &input, &[]).await;
            run.heed(&path, done)?;
        }
    }
    Ok(())
}
