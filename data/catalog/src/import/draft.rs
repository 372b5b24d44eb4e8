//! Drafts: what the rows of one product say, read without looking at the store.

mod image;
mod variant;

use mcom_data::{Error, Result};
use mcom_schema::Currency;

use super::{group::Group, header::Column, row::Row, value};
use crate::products::{ProductInput, ProductStatus, SeoInput};
pub(super) use image::DraftImages;
pub(super) use variant::DraftVariant;

/// A product as the file describes it.
#[derive(Debug)]
pub(super) struct Draft {
    pub input: ProductInput,
    /// Whether it is on the online store; new ones are if the file does not say, others stay as they are.
    pub published: Option<bool>,
    pub option_names: Vec<String>,
    /// Whether the file has columns for options.
    pub has_options: bool,
    /// Those that can be taken, in the order of the file.
    pub variants: Vec<DraftVariant>,
    pub images: DraftImages,
    /// Lines with what could not be taken from them, in the order of the file.
    pub problems: Vec<Problem>,
    /// Lines that were taken, with what their writer should know, in the order of the file.
    pub notices: Vec<Problem>,
}

/// Something on a line that could not be taken, or that its writer should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub line: u64,
    pub reason: String,
}

impl Draft {
    /// Reads the rows of a product; prices are in `currency`.
    pub(super) fn of(group: &Group, currency: Currency) -> Result<Self> {
        let (mut problems, mut notices) = (vec![], vec![]);
        // The row with the title describes the product, wherever it is among its rows.
        let titled = group.rows.iter().find(|row| row.filled(Column::Title).is_some());
        let Some(row) = titled.or(group.rows.first()) else { return Err(Error::bug("a group without rows")) };
        let mut note = |row: &Row, reason: String| problems.push(Problem { line: row.line, reason });
        let mut input = product(group, row);
        input.status = status(row).unwrap_or_else(|(status, reason)| {
            note(row, reason);
            Some(status)
        });
        let mut truth = |what: &str, column| {
            let read = row.filled(column).map(|text| value::truth(what, text)).transpose();
            read.unwrap_or_else(|reason| {
                note(row, reason);
                None
            })
        };
        input.gift_card = truth("gift card", Column::GiftCard);
        let published = truth("published", Column::Published);
        let images = DraftImages::of(&group.rows, &mut note);
        let options = variant::Options::of(&group.rows);
        let mut notice = |row: &Row, reason: String| notices.push(Problem { line: row.line, reason });
        let variants = variant::read(&group.rows, &options, currency, (&mut note, &mut notice));
        problems.sort_by_key(|problem| problem.line);
        let has_options = row.cell(Column::OptionValue(0)).is_some();
        let option_names = options.names;
        Ok(Draft { input, published, option_names, has_options, variants, images, problems, notices })
    }
}

fn product(group: &Group, row: &Row) -> ProductInput {
    let text = |column| row.cell(column).map(str::to_owned);
    let patch = |column| row.cell(column).map(|text| Some(text.to_owned()));
    ProductInput {
        handle: group.handle.clone(),
        title: row.filled(Column::Title).map(str::to_owned),
        description_html: text(Column::Body),
        vendor: text(Column::Vendor),
        product_type: text(Column::ProductType),
        category: row.filled(Column::Category).map(str::to_owned),
        tags: row.cell(Column::Tags).map(|tags| tags.split(',').map(str::to_owned).collect()),
        seo: Some(SeoInput { title: patch(Column::SeoTitle), description: patch(Column::SeoDescription) }),
        ..ProductInput::default()
    }
}

/// The status in the cell. One that is unknown keeps the product off the store.
fn status(row: &Row) -> Result<Option<ProductStatus>, (ProductStatus, String)> {
    let Some(text) = row.filled(Column::Status) else { return Ok(None) };
    ProductStatus::parse(&text.to_ascii_uppercase()).map(Some).ok_or_else(|| {
        (ProductStatus::Draft, format!("status «{text}» is unknown; the product is taken as a draft"))
    })
}

#[cfg(test)]
mod tests {
    use mcom_schema::Currency::EUR;

    use super::Draft;
    use crate::{
        import::{group::Group, row::Rows},
        products::ProductStatus,
    };

    fn draft(file: &str) -> Draft {
        let mut rows = Rows::open(file.as_bytes()).unwrap();
        let rows = std::iter::from_fn(|| rows.next().unwrap()).collect();
        Draft::of(&Group { handle: Some("mug".to_owned()), rows }, EUR).unwrap()
    }

    fn reasons(draft: &Draft) -> Vec<(u64, &str)> {
        draft.problems.iter().map(|problem| (problem.line, problem.reason.as_str())).collect()
    }

    #[test]
    fn variants_and_images_of_several_rows_make_one_product() {
        let draft = draft(
            "Handle,Title,Tags,Option1 Name,Option1 Value,Price,Image Src,Image Position\n\
             mug,Mug,\"a, b\",Color,Red,9.90,https://x.y/2.jpg,2\n\
             mug,,,,Blue,8,,\n\
             mug,,,,,,https://x.y/1.jpg,1\n",
        );
        assert_eq!(draft.option_names, ["Color"]);
        let values: Vec<_> = draft.variants.iter().map(|variant| variant.values.join("/")).collect();
        assert_eq!(values, ["Red", "Blue"]);
        let images: Vec<_> = draft.images.listed.iter().map(|image| image.url.as_str()).collect();
        assert_eq!(images, ["https://x.y/1.jpg", "https://x.y/2.jpg"]);
        assert_eq!(reasons(&draft), []);
    }

    #[test]
    fn what_cannot_be_taken_is_told_with_its_line() {
        let draft = draft(
            "Handle,Title,Status,Option1 Name,Option1 Value,Price,Image Src\n\
             mug,Mug,hidden,Color,Red,9.90,\n\
             mug,,,,Red,1.00,\n\
             mug,,,,Blue,\"12,50\",\n\
             mug,,,,Green,,\n\
             mug,,,,,3.00,\n\
             mug,,,,,,mug.jpg\n\
             mug,,,,,,\n",
        );
        assert_eq!(draft.input.status, Some(ProductStatus::Draft));
        assert_eq!(draft.variants.len(), 2);
        let lines: Vec<u64> = draft.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 3, 4, 6, 7, 8]);
        assert_eq!(draft.notices.iter().map(|notice| notice.line).collect::<Vec<_>>(), [5]);
        assert!(draft.problems[2].reason.contains("12,50"), "{}", draft.problems[2].reason);
    }

    #[test]
    fn a_product_without_options_has_one_variant() {
        let draft = draft("Handle,Title,Variant Price\nmug,Mug,5\nmug,,6\n");
        assert_eq!(draft.variants[0].values, ["Default Title"]);
        assert_eq!(reasons(&draft).len(), 1);
    }
}
