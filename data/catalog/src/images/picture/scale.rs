//! Pictures made smaller.

use std::fmt::Display;

use fast_image_resize::{
    PixelType::U8x4,
    ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use super::{Pixels, Unreadable};
use crate::images::shape::Shape;

/// The part of the picture that the shape keeps, in its size. Lanczos with three lobes: sharp, and without moiré in cloth.
pub(in crate::images) fn scale(pixels: Pixels, shape: &Shape) -> Result<Pixels, Unreadable> {
    if (shape.width, shape.height) == (pixels.width, pixels.height) {
        return Ok(pixels);
    }
    let Pixels { width, height, has_alpha, .. } = pixels;
    let damaged = |error: &dyn Display| Unreadable::Damaged(error.to_string());
    // The library is built for pixels of four bytes alone: each other kind would be as much code again.
    let data = if has_alpha { pixels.data } else { with_fourth_byte(&pixels.data) };
    let source = ImageRef::new(width, height, &data, U8x4).map_err(|error| damaged(&error))?;
    let mut target = Image::new(shape.width, shape.height, U8x4);
    let [left, top, across, down] = shape.part;
    let options = ResizeOptions::new().crop(left, top, across, down).use_alpha(has_alpha);
    Resizer::new().resize(&source, &mut target, &options).map_err(|error| damaged(&error))?;
    let data = target.into_vec();
    let data = if has_alpha { data } else { without_fourth_byte(data) };
    Ok(Pixels { width: shape.width, height: shape.height, data, ..pixels })
}

fn with_fourth_byte(data: &[u8]) -> Vec<u8> {
    let mut wide = vec![u8::MAX; data.len() / 3 * 4];
    for (four, three) in wide.chunks_exact_mut(4).zip(data.chunks_exact(3)) {
        four[..3].copy_from_slice(three);
    }
    wide
}

fn without_fourth_byte(mut data: Vec<u8>) -> Vec<u8> {
    let pixels = data.len() / 4;
    for pixel in 1..pixels {
        data.copy_within(pixel * 4..pixel * 4 + 3, pixel * 3);
    }
    data.truncate(pixels * 3);
    data
}
