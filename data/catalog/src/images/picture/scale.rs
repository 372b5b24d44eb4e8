//! Pictures made smaller.

use fast_image_resize::{
    PixelType, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use super::{Pixels, Unreadable};
use crate::images::shape::Shape;

/// The part of the picture that the shape keeps, in its size. Lanczos with three lobes: sharp, and without moiré in cloth.
pub(in crate::images) fn scale(pixels: Pixels, shape: &Shape) -> Result<Pixels, Unreadable> {
    if (shape.width, shape.height) == (pixels.width, pixels.height) {
        return Ok(pixels);
    }
    let kind = if pixels.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
    let damaged = |error: &dyn std::fmt::Display| Unreadable::Damaged(error.to_string());
    let source = ImageRef::new(pixels.width, pixels.height, &pixels.data, kind);
    let source = source.map_err(|error| damaged(&error))?;
    let mut target = Image::new(shape.width, shape.height, kind);
    let [left, top, width, height] = shape.part;
    let options = ResizeOptions::new().crop(left, top, width, height).use_alpha(pixels.has_alpha);
    Resizer::new().resize(&source, &mut target, &options).map_err(|error| damaged(&error))?;
    Ok(Pixels { width: shape.width, height: shape.height, data: target.into_vec(), ..pixels })
}
