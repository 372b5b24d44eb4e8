//! What a file is, by its bytes and not by what it is called.

use super::{
    Format,
    picture::{self, Unreadable},
};

/// A picture as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Its format.
    pub format: Format,
    /// As it is shown, in pixels.
    pub width: i32,
    /// As it is shown, in pixels.
    pub height: i32,
    /// Its ThumbHash in Base64; none if it is damaged behind its first bytes. Browsers show what there is of it.
    pub thumbhash: Option<String>,
}

/// Looks at a whole file.
pub(super) fn examine(bytes: &[u8]) -> Result<Examined, Unreadable> {
    let (format, width, height) = picture::size(bytes)?;
    let pixels = |count: u32| i32::try_from(count).map_err(|_| Unreadable::TooLarge);
    let thumbhash = match picture::decode(bytes).and_then(picture::thumbhash) {
        Ok(hash) => Some(hash),
        Err(Unreadable::Damaged(_)) => None,
        Err(why) => return Err(why),
    };
    Ok(Examined { format, width: pixels(width)?, height: pixels(height)?, thumbhash })
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

    use super::{Examined, Format, Unreadable, examine};

    #[test]
    fn what_begins_like_a_picture_is_taken_without_a_thumbhash() {
        let mut file = vec![];
        let noise: Vec<u8> = (0..60 * 40 * 3u32).map(|n| (n * n % 251) as u8).collect();
        PngEncoder::new(&mut file).write_image(&noise, 60, 40, ExtendedColorType::Rgb8).unwrap();
        let found = Examined { format: Format::Png, width: 60, height: 40, thumbhash: None };
        let whole = examine(&file).unwrap();
        assert!(whole.thumbhash.is_some());
        assert_eq!(Examined { thumbhash: None, ..whole }, found);
        file.truncate(file.len() / 2);
        assert_eq!(examine(&file), Ok(found));
        assert_eq!(examine(b"<svg/>"), Err(Unreadable::NoPicture));
    }
}
