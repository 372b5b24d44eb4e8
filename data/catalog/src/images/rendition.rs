//! Renditions: a kept picture in another size or format, made when it is first asked for and kept beside it.
//!
//! What they may cost is bounded: whole pictures by the steps that sizes go in (see `shape`), cuts by [`MOST_CUTS`] of one picture –
//! what is asked for beyond that is made again each time –, memory and computing by the hands of the `workshop`.

use std::sync::Arc;

use mcom_data::{
    Cx, Error, Result,
    objects::{ObjectKey, Objects, Received},
};

use super::{
    Format, StoredFile, Workshop, picture,
    shape::{Shape, Size},
};

/// Raised when the same wish makes other bytes, so that what is kept and what is made do not mix.
const RECIPE: u32 = 1;
/// So many cuts of a picture are kept, about: processes that count at the same time may keep a few more.
const MOST_CUTS: usize = 256;

/// One size and format of a picture. The same wish for the same picture always gives the same one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rendition {
    size: Size,
    shape: Shape,
    format: Format,
}

/// How a picture is wished for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// How large.
    pub size: Size,
    /// In which format.
    pub format: Option<Format>,
}

/// The content of a rendition.
pub enum Content {
    /// It was kept; all of it or a part.
    Kept(Received),
    /// It was made just now, or a moment ago.
    Made(Arc<Vec<u8>>),
    /// It cannot be made: the picture moves, or cannot be decoded. It is shown as it is.
    AsItIs,
}

impl Rendition {
    /// What becomes of this file: the wish, or WebP for those who take it. `None` if the file is shown as it is.
    pub fn of(file: &StoredFile, wish: Wish, takes_webp: bool) -> Option<Rendition> {
        let source = Format::of(&file.content_type)?;
        let (width, height) = (u32::try_from(file.width?).ok()?, u32::try_from(file.height?).ok()?);
        let format = match wish.format {
            Some(Format::Gif) | None if takes_webp => Format::WebP,
            Some(Format::Gif) | None => source,
            Some(format) => format,
        };
        let shape = Shape::of(width, height, wish.size);
        let is_whole = wish.size.width.or(wish.size.height).is_none();
        let shrinks = (shape.width, shape.height) != (width, height);
        // Whoever wishes for nothing gets the file, unless it is better as WebP; so does whoever wishes for what it is.
        let is_file = format == source && (is_whole || !shrinks);
        let is_too_large = is_whole && shrinks;
        let made = Rendition { size: wish.size, shape, format };
        (!is_file && !is_too_large).then_some(made)
    }

    /// Its format. There are no new GIFs.
    pub fn format(&self) -> Format {
        if self.format == Format::Gif { Format::Png } else { self.format }
    }

    /// Tells it from every other rendition of its picture.
    pub fn name(&self) -> String {
        let Shape { width, height, crop, .. } = self.shape;
        let crop = crop.map(|crop| format!("-{}", crop.name())).unwrap_or_default();
        format!("{RECIPE}-{width}x{height}{crop}.{}", self.format().extension())
    }

    fn is_cut(&self) -> bool {
        self.shape.crop.is_some()
    }

    /// Makes it of the picture's file. The shape is found anew: what the picture says of itself counts, not what was noted of it.
    fn make(&self, file: &[u8]) -> Result<Vec<u8>, picture::Unreadable> {
        let (source, width, height) = picture::size(file)?;
        if picture::moves(file, source) {
            return Err(picture::Unreadable::Damaged("it moves".to_owned()));
        }
        let pixels = picture::decode(file)?;
        picture::encode(picture::scale(pixels, &Shape::of(width, height, self.size))?, self.format())
    }
}

/// A rendition of a kept picture, or the part of it that a Range header asks for if it is kept already.
///
/// # Errors
/// `Busy` if too many are being made; `NotFound` if the storage lost the picture; `Broken` if it does not answer.
pub async fn rendition(
    cx: &Cx,
    file: &StoredFile,
    rendition: &Rendition,
    range: Option<&str>,
) -> Result<Content> {
    let (objects, workshop) = (cx.shared::<Objects>()?, cx.shared::<Workshop>()?);
    let (tenant, name) = (cx.tenant().id(), rendition.name());
    let lost = || Error::bug(format!("a file or rendition with a strange name: {} {name}", file.hash));
    let key = ObjectKey::rendition(tenant, &file.hash, &name).ok_or_else(lost)?;
    if let Some(made) = workshop.lately(&key).await {
        return Ok(made.map_or(Content::AsItIs, Content::Made));
    }
    if let Some(kept) = objects.get(&key, range).await? {
        return Ok(Content::Kept(kept));
    }
    let source = ObjectKey::file(tenant, &file.hash).ok_or_else(lost)?;
    let work = Work { rendition: *rendition, source, key, objects };
    Ok(workshop.once(work).await?.map_or(Content::AsItIs, Content::Made))
}

/// A rendition that is to be made.
pub(super) struct Work {
    rendition: Rendition,
    source: ObjectKey,
    /// Where it will be kept.
    pub key: ObjectKey,
    objects: Arc<Objects>,
}

impl Work {
    /// Makes the rendition and keeps it. `None` if it cannot be made.
    pub async fn done(self) -> Result<Option<Arc<Vec<u8>>>> {
        let Work { rendition, source, key, objects } = self;
        let found = objects.get(&source, None).await?.ok_or(Error::NotFound("file"))?;
        let file = found.bytes().await.map_err(|error| Error::broken(error.without_url()))?;
        let made = tokio::task::spawn_blocking(move || rendition.make(&file)).await;
        let made = match made {
            Ok(Ok(made)) => Arc::new(made),
            Ok(Err(why)) => {
                tracing::info!(picture = %source, %why, "a picture is shown as it is");
                return Ok(None);
            }
            // A decoder that met what it had not foreseen. It will not foresee it the next time.
            Err(error) => {
                tracing::warn!(picture = %source, %error, "a picture cannot be decoded");
                return Ok(None);
            }
        };
        // Whoever asks gets it, even if the storage is full.
        if let Err(error) = keep(&objects, &key, &rendition, &made).await {
            tracing::warn!(picture = %key, %error, "a rendition could not be kept");
        }
        Ok(Some(made))
    }
}

async fn keep(objects: &Objects, key: &ObjectKey, rendition: &Rendition, made: &[u8]) -> Result<()> {
    if rendition.is_cut() && objects.count(&key.siblings(), MOST_CUTS).await? >= MOST_CUTS {
        return Ok(());
    }
    objects.put(key, rendition.format().content_type(), made.to_vec()).await
}

#[cfg(test)]
mod tests {
    use super::{Format, Rendition, Wish};
    use crate::images::{Crop, Size, StoredFile};

    fn file(content_type: &str) -> StoredFile {
        StoredFile {
            hash: "ab".repeat(32),
            content_type: content_type.to_owned(),
            bytes: 1,
            width: Some(1600),
            height: Some(1200),
            thumbhash: None,
        }
    }

    fn name(content_type: &str, wish: Wish, takes_webp: bool) -> Option<String> {
        Rendition::of(&file(content_type), wish, takes_webp).map(|rendition| rendition.name())
    }

    #[test]
    fn whoever_wishes_for_what_there_is_gets_the_file() {
        let nothing = Wish::default();
        assert_eq!(name("image/jpeg", nothing, false), None);
        assert_eq!(name("image/webp", nothing, true), None);
        assert_eq!(name("image/jpeg", nothing, true).as_deref(), Some("1-1600x1200.webp"));
        let large = Wish { size: Size { width: Some(5000), ..Size::default() }, format: None };
        assert_eq!(name("image/png", large, false), None);
        assert_eq!(name("application/pdf", large, true), None);
        let format = Wish { format: Some(Format::Jpeg), ..nothing };
        assert_eq!(name("image/jpeg", format, true), None, "what was said counts, not what would be taken");
    }

    #[test]
    fn a_name_tells_size_cut_and_format() {
        let size = Size { width: Some(300), height: Some(300), crop: Some(Crop::Left) };
        let wish = Wish { size, format: None };
        assert_eq!(name("image/gif", wish, false).as_deref(), Some("1-300x300-left.png"));
        let wish = Wish { size, format: Some(Format::Jpeg) };
        assert_eq!(name("image/gif", wish, true).as_deref(), Some("1-300x300-left.jpg"));
    }
}
