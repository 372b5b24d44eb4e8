//! Pictures of a store file that are at hand: they are kept by the store, and shown from there.

use anyhow::Context;
use mcom_catalog::images::StoredFile;
use mcom_data::Cx;

use super::file::{Image, StoreFile, media::Picture};
use mcom_objects::Shelf;

/// A place of the file where a picture stands.
enum Place<'f> {
    Image(&'f mut Image),
    Picture(&'f mut Picture),
}

impl Place<'_> {
    fn url(&self) -> &str {
        match self {
            Place::Image(image) => &image.url,
            Place::Picture(picture) => &picture.url,
        }
    }

    /// Lets it be shown from what is kept of it.
    fn show(&mut self, kept: StoredFile) {
        let (url, width, height, thumbhash) = match self {
            Place::Image(it) => (&mut it.url, &mut it.width, &mut it.height, &mut it.thumbhash),
            Place::Picture(it) => (&mut it.url, &mut it.width, &mut it.height, &mut it.thumbhash),
        };
        *url = kept.path();
        (*width, *height, *thumbhash) = (kept.width, kept.height, kept.thumbhash);
    }
}

/// Keeps the pictures that are at hand, and lets the file name what is kept. Whoever only asks what would change keeps nothing.
///
/// # Errors
/// Which picture is not taken and why, or if storage or database do not answer.
pub(super) async fn keep(
    cx: &Cx,
    file: &mut StoreFile,
    shelf: &Shelf<'_>,
    is_asked: bool,
) -> anyhow::Result<()> {
    for mut place in places(file) {
        let kept = shelf.kept(cx, place.url(), is_asked).await;
        let kept = kept.with_context(|| format!("the picture {}", place.url()))?;
        kept.into_iter().for_each(|kept| place.show(kept));
    }
    Ok(())
}

fn places(file: &mut StoreFile) -> impl Iterator<Item = Place<'_>> {
    let files = file.files.iter_mut().flatten();
    let pictures = files.flat_map(|file| [file.image.as_mut(), file.preview.as_mut()]).flatten();
    let articles = file.blogs.iter_mut().flatten().flat_map(|blog| blog.articles.iter_mut().flatten());
    let collections = file.collections.iter_mut().flatten().filter_map(|it| it.image.as_mut());
    let images = articles.filter_map(|article| article.image.as_mut()).chain(collections);
    pictures.map(Place::Picture).chain(images.map(Place::Image))
}
