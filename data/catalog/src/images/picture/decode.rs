//! From a file's bytes to pixels, with bounds on what a few bytes can make of themselves.

use std::io::Cursor;

use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageReader, Limits,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use super::{Pixels, Unreadable};
use crate::images::Format;

/// A decoded picture takes up to eight bytes per pixel for a moment.
pub(super) const MOST_PIXELS: u64 = 40_000_000;
/// What a decoder may allocate, in bytes: all pixels with eight bits per color, or half of them with sixteen.
const MOST_MEMORY: u64 = MOST_PIXELS * 4;

/// Format, width and height as it is shown, from the first bytes.
pub(in crate::images) fn size(bytes: &[u8]) -> Result<(Format, u32, u32), Unreadable> {
    let format = format(bytes).ok_or(Unreadable::NoPicture)?;
    let mut decoder = decoder(bytes, format)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Unreadable::NoPicture);
    }
    if turns(decoder.orientation()?) { Ok((format, height, width)) } else { Ok((format, width, height)) }
}

/// The pixels as they are shown: turned as the camera was held.
pub(in crate::images) fn decode(bytes: &[u8]) -> Result<Pixels, Unreadable> {
    let mut decoder = decoder(bytes, format(bytes).ok_or(Unreadable::NoPicture)?)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(Unreadable::TooLarge);
    }
    let orientation = decoder.orientation()?;
    let profile = decoder.icc_profile()?.filter(|profile| matters(profile));
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    let (width, height, has_alpha) = (image.width(), image.height(), image.color().has_alpha());
    let data = if has_alpha { image.into_rgba8().into_raw() } else { image.into_rgb8().into_raw() };
    Ok(Pixels { width, height, has_alpha, data, profile })
}

/// Whether it has several frames.
pub(in crate::images) fn moves(bytes: &[u8], format: Format) -> bool {
    let content = || Cursor::new(bytes);
    match format {
        Format::Jpeg => false,
        Format::Png => PngDecoder::new(content()).and_then(|png| png.is_apng()).unwrap_or(false),
        Format::WebP => WebPDecoder::new(content()).is_ok_and(|webp| webp.has_animation()),
        Format::Gif => GifDecoder::new(content())
            .is_ok_and(|gif| gif.into_frames().take(2).filter(Result::is_ok).count() == 2),
    }
}

fn format(bytes: &[u8]) -> Option<Format> {
    match image::guess_format(bytes).ok()? {
        image::ImageFormat::Jpeg => Some(Format::Jpeg),
        image::ImageFormat::Png => Some(Format::Png),
        image::ImageFormat::Gif => Some(Format::Gif),
        image::ImageFormat::WebP => Some(Format::WebP),
        _ => None,
    }
}

/// A decoder that stays within the bounds, or none for a picture that is too large.
fn decoder(bytes: &[u8], format: Format) -> Result<impl ImageDecoder + '_, Unreadable> {
    let format = match format {
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::Png => image::ImageFormat::Png,
        Format::Gif => image::ImageFormat::Gif,
        Format::WebP => image::ImageFormat::WebP,
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unreadable::TooLarge);
    }
    Ok(decoder)
}

fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
}

/// Whether colors look different without this profile: it is of the colors that the pixels have, and not sRGB, which is
/// what everybody assumes.
fn matters(profile: &[u8]) -> bool {
    let says = |word: &[u8]| profile.windows(word.len()).any(|part| part == word);
    profile.get(16..20) == Some(b"RGB ") && !says(b"sRGB") && !says(b"s\0R\0G\0B")
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};

    use super::{Format, Unreadable, decode, matters, size};

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut file = vec![];
        let gray = vec![99; (width * height * 3) as usize];
        JpegEncoder::new(&mut file).write_image(&gray, width, height, ExtendedColorType::Rgb8).unwrap();
        file
    }

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        let mut file = jpeg(3, 2);
        assert_eq!(size(&file), Ok((Format::Jpeg, 3, 2)));
        file.truncate(100);
        assert!(matches!(size(&file), Err(Unreadable::Damaged(_))));
        for other in [&b"<svg onload='x'/>"[..], b"<html>", b"%PDF-1.7", b""] {
            assert_eq!(size(other), Err(Unreadable::NoPicture), "{other:?}");
        }
    }

    #[test]
    fn a_picture_is_shown_as_the_camera_was_held() {
        let turned = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut file = vec![];
        let mut encoder = JpegEncoder::new(&mut file);
        encoder.set_exif_metadata(turned.to_vec()).unwrap();
        encoder.write_image(&[99; 8 * 4 * 3], 8, 4, ExtendedColorType::Rgb8).unwrap();
        assert_eq!(size(&file), Ok((Format::Jpeg, 4, 8)));
        let pixels = decode(&file).unwrap();
        assert_eq!((pixels.width, pixels.height), (4, 8));
    }

    #[test]
    fn few_bytes_cannot_become_many() {
        let mut bomb = jpeg(8, 8);
        let frame = bomb.windows(2).position(|marker| marker == b"\xff\xc0").unwrap();
        bomb[frame + 5..frame + 9].fill(0xff);
        assert_eq!(size(&bomb), Err(Unreadable::TooLarge));
        assert_eq!(decode(&bomb).err(), Some(Unreadable::TooLarge));
    }

    #[test]
    fn a_profile_that_says_what_is_assumed_anyway_does_not_matter() {
        let profile = |space: &[u8], name: &[u8]| [&[0; 16][..], space, &[0; 8], name].concat();
        assert!(matters(&profile(b"RGB ", b"Display P3")));
        assert!(!matters(&profile(b"RGB ", b"sRGB IEC61966-2.1")));
        assert!(!matters(&profile(b"CMYK", b"FOGRA39")));
        assert!(!matters(b""));
    }
}
