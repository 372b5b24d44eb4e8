//! What a picture is, by its first bytes and not by what it is called.

use imagesize::ImageType;

/// Media type, width and height of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) content_type: &'static str,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// More pixels than this in one direction are a trap for whoever decodes them.
const LARGEST: usize = 30_000;

/// What these bytes are, if they are a picture of a kind that every browser shows.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let content_type = match imagesize::image_type(bytes).ok()? {
        ImageType::Jpeg => "image/jpeg",
        ImageType::Png => "image/png",
        ImageType::Gif => "image/gif",
        ImageType::Webp => "image/webp",
        _ => return None,
    };
    let size = imagesize::blob_size(bytes).ok()?;
    let pixels = |count: usize| (1..=LARGEST).contains(&count).then(|| i32::try_from(count).ok()).flatten();
    Some(Kind { content_type, width: pixels(size.width)?, height: pixels(size.height)? })
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        let gif = b"GIF89a\x03\x00\x02\x00\x00\x00\x00;";
        assert_eq!(kind(gif), Some(Kind { content_type: "image/gif", width: 3, height: 2 }));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x04\x08\x02\0\0\0";
        assert_eq!(kind(png), Some(Kind { content_type: "image/png", width: 5, height: 4 }));
        for other in [&b"<svg onload='x'/>"[..], b"<html>", b"GIF89a\0\0\0\0\0\0", b""] {
            assert_eq!(kind(other), None);
        }
    }
}
