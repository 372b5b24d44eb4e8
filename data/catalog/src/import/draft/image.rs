//! The images that the rows of a product name.

use crate::{
    import::{header::Column, row::Row},
    products::{address, query::NewMedia},
};

/// A product's images as the file lists them.
#[derive(Debug, Default)]
pub(in super::super) struct DraftImages {
    /// Whether the file has a column for images; if not, those in the store stay.
    pub are_known: bool,
    /// Whether the file has a column for what they show; if not, the words in the store stay.
    pub has_alt: bool,
    /// Each once, by position; those without one come last. Images that only a variant names follow.
    pub listed: Vec<NewMedia>,
}

impl DraftImages {
    pub(super) fn of(rows: &[Row], note: &mut impl FnMut(&Row, String)) -> Self {
        let mut found: Vec<(u32, NewMedia)> = vec![];
        for row in rows {
            let Some(text) = row.filled(Column::ImageUrl) else { continue };
            let Some(url) = address(text) else {
                note(row, format!("image «{text}» is not an address on the web"));
                continue;
            };
            let position = row.filled(Column::ImagePosition).and_then(|text| text.parse().ok());
            let alt = row.filled(Column::ImageAlt).map(str::to_owned);
            if !found.iter().any(|(_, known)| known.url == url) {
                found.push((position.unwrap_or(u32::MAX), NewMedia { url, alt }));
            }
        }
        found.sort_by_key(|(position, _)| *position);
        let mut listed: Vec<NewMedia> = found.into_iter().map(|(_, image)| image).collect();
        for row in rows {
            let Some(text) = row.filled(Column::VariantImage) else { continue };
            match address(text) {
                Some(url) if listed.iter().any(|known| known.url == url) => {}
                Some(url) => listed.push(NewMedia { url, alt: None }),
                None => note(row, format!("the variant's image «{text}» is not an address on the web")),
            }
        }
        let has = |column| rows.first().is_some_and(|row| row.cell(column).is_some());
        DraftImages { are_known: has(Column::ImageUrl), has_alt: has(Column::ImageAlt), listed }
    }
}
