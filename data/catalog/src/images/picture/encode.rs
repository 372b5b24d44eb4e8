//! From pixels to a file's bytes.

use image::{
    ExtendedColorType, ImageEncoder,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::{Pixels, Unreadable};
use crate::images::Format;

/// From here on the eye sees no more and the file grows fast; the two scales are not the same.
const WEBP_QUALITY: f32 = 80.0;
const JPEG_QUALITY: u8 = 84;

/// The file. JPEG knows no transparency: it gets white paper. There is no new GIF; PNG is what it should have been.
pub(in crate::images) fn encode(pixels: Pixels, format: Format) -> Result<Vec<u8>, Unreadable> {
    match format {
        Format::WebP => webp(&pixels),
        Format::Jpeg => jpeg(&opaque(pixels)),
        Format::Png | Format::Gif => png(&pixels),
    }
}

fn webp(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    let Pixels { width, height, data, .. } = pixels;
    let encoder = if pixels.has_alpha {
        webpx::Encoder::new_rgba(data, *width, *height)
    } else {
        webpx::Encoder::new_rgb(data, *width, *height)
    };
    let encoder = encoder.quality(WEBP_QUALITY);
    let encoder = match &pixels.profile {
        Some(profile) => encoder.icc_profile(profile),
        None => encoder,
    };
    encoder.encode(webpx::Unstoppable).map_err(|error| Unreadable::Damaged(error.to_string()))
}

fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    let mut file = vec![];
    write(JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY), pixels)?;
    Ok(file)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    let mut file = vec![];
    write(PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive), pixels)?;
    Ok(file)
}

fn write(mut encoder: impl ImageEncoder, pixels: &Pixels) -> Result<(), Unreadable> {
    if let Some(profile) = &pixels.profile {
        // Without a place for it the colors are a little off, which is better than no picture.
        encoder.set_icc_profile(profile.clone()).unwrap_or_default();
    }
    let color = if pixels.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    Ok(encoder.write_image(&pixels.data, pixels.width, pixels.height, color)?)
}

/// The picture on white.
fn opaque(pixels: Pixels) -> Pixels {
    if !pixels.has_alpha {
        return pixels;
    }
    let on_white = |color: u8, alpha: u8| {
        let (color, alpha) = (u16::from(color), u16::from(alpha));
        u8::try_from((color * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let (whole, _) = pixels.data.as_chunks::<4>();
    let data = whole.iter().flat_map(|[r, g, b, alpha]| [r, g, b].map(|color| on_white(*color, *alpha)));
    Pixels { data: data.collect(), has_alpha: false, ..pixels }
}

#[cfg(test)]
mod tests {
    use super::{Format, Pixels, encode};
    use crate::images::picture::decode;

    fn checked(has_alpha: bool) -> Pixels {
        let pixel: &[u8] = if has_alpha { &[255, 0, 0, 0] } else { &[255, 0, 0] };
        Pixels { width: 8, height: 8, has_alpha, data: pixel.repeat(64), profile: None }
    }

    #[test]
    fn what_is_encoded_is_a_picture_of_that_format() {
        for (format, first) in
            [(Format::WebP, &b"RIFF"[..]), (Format::Jpeg, b"\xff\xd8\xff"), (Format::Png, b"\x89PNG")]
        {
            for has_alpha in [false, true] {
                let file = encode(checked(has_alpha), format).unwrap();
                assert!(file.starts_with(first), "{format:?}");
                let back = decode(&file).unwrap();
                assert_eq!((back.width, back.height), (8, 8));
                assert_eq!(back.has_alpha, has_alpha && format != Format::Jpeg, "{format:?}");
            }
        }
    }

    #[test]
    fn what_is_transparent_is_white_in_a_jpeg() {
        let file = encode(checked(true), Format::Jpeg).unwrap();
        assert!(decode(&file).unwrap().data.iter().all(|color| *color > 250));
    }

    #[test]
    fn a_profile_goes_along() {
        let profile = [&[0; 16][..], b"RGB ", &[7; 500]].concat();
        for format in [Format::WebP, Format::Jpeg, Format::Png] {
            let pixels = Pixels { profile: Some(profile.clone()), ..checked(false) };
            let file = encode(pixels, format).unwrap();
            assert_eq!(decode(&file).unwrap().profile, Some(profile.clone()), "{format:?}");
        }
    }
}
