//! What an app adds to what is shown of a product: pictures, films and models.

use chrono::{DateTime, Utc};
use mcom_data::{Result, TenantConn};
use mcom_schema::{Refusal, refuse};

use super::{CreateMediaInput, query, query::NewMedia, rule::address};
use crate::files::{self, FileDetails};

/// What is to be added.
#[derive(Debug, Default)]
pub(crate) struct NewShown {
    pictures: Vec<NewMedia>,
    /// Each with its place in the list, from 0.
    films: Vec<(usize, Option<String>, FileDetails)>,
}

impl NewShown {
    /// Reads what was sent.
    pub(crate) fn read(media: &[CreateMediaInput]) -> Result<Self, Refusal> {
        let mut new = NewShown::default();
        for (index, input) in media.iter().enumerate() {
            let place = index.to_string();
            let told = |refusal: Refusal| refusal.under(["media", place.as_str()]);
            if matches!(input.media_content_type.as_str(), "IMAGE" | "") {
                let invalid = || refuse("originalSource", "INVALID", "Image URL is invalid");
                let url = address(&input.original_source).ok_or_else(invalid).map_err(told)?;
                new.pictures.push(NewMedia { url, alt: input.alt.clone().filter(|alt| !alt.is_empty()) });
            } else {
                let (kind, url) = (&input.media_content_type, &input.original_source);
                let (alt, details) = files::added(kind, url, input.alt.as_deref()).map_err(told)?;
                new.films.push((index, alt, details));
            }
        }
        Ok(new)
    }

    /// Adds it after what is shown already.
    pub(crate) async fn add(&self, db: &mut TenantConn, product: i64, now: DateTime<Utc>) -> Result<()> {
        if self.pictures.is_empty() && self.films.is_empty() {
            return Ok(());
        }
        let before = query::last_image(db, product).await?;
        query::add_media(db, product, &self.pictures, before).await?;
        if self.films.is_empty() {
            return Ok(());
        }
        let there = files::query::of_products(db, &[product]).await?;
        let films = there.get(&product).map_or(0, Vec::len);
        let place =
            |index: usize| before.saturating_add(i32::try_from(films + index + 1).unwrap_or(i32::MAX));
        let films: Vec<_> =
            self.films.iter().map(|(index, alt, it)| (place(*index), alt.clone(), it.clone())).collect();
        files::query::add(db, product, &films, now).await
    }
}

#[cfg(test)]
mod tests {
    use super::{CreateMediaInput, NewShown};

    fn input(kind: &str, url: &str) -> CreateMediaInput {
        CreateMediaInput { original_source: url.to_owned(), alt: None, media_content_type: kind.to_owned() }
    }

    #[test]
    fn films_keep_their_place_among_the_pictures() {
        let new = NewShown::read(&[
            input("IMAGE", "https://x.example/a.jpg"),
            input("VIDEO", "https://x.example/b.mp4"),
            input("", "https://x.example/c.jpg"),
            input("EXTERNAL_VIDEO", "https://youtu.be/abc"),
        ])
        .unwrap();
        assert_eq!(new.pictures.len(), 2);
        assert_eq!(new.films.iter().map(|(index, ..)| *index).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn a_refusal_names_the_entry() {
        let refused = NewShown::read(&[
            input("IMAGE", "https://x.example/a.jpg"),
            input("EXTERNAL_VIDEO", "https://x.example/b"),
        ]);
        assert_eq!(refused.unwrap_err().field, ["media", "1", "originalSource"]);
    }
}
