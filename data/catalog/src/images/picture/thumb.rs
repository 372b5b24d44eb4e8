//! A picture in some twenty bytes, to be shown until the picture is there.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Pixels, Unreadable, scale::scale};
use crate::images::shape::Shape;

/// The hash is of a picture with no more pixels than this in either direction.
const SIDE: u32 = 100;

/// The picture's ThumbHash in Base64.
pub(in crate::images) fn thumbhash(pixels: Pixels) -> Result<String, Unreadable> {
    let shape = Shape::within(pixels.width, pixels.height, SIDE);
    let small = scale(pixels, &shape)?;
    let rgba: Vec<u8> = match small.has_alpha {
        true => small.data,
        false => small.data.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
    };
    let side = |pixels: u32| usize::try_from(pixels).unwrap_or_default();
    Ok(STANDARD.encode(thumbhash::rgba_to_thumb_hash(side(small.width), side(small.height), &rgba)))
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::{Pixels, thumbhash};

    #[test]
    fn a_hash_tells_the_proportions_and_the_color() {
        let pixels = |width: u32, height: u32| {
            let data = [200u8, 30, 30].repeat((width * height) as usize);
            Pixels { width, height, has_alpha: false, data, profile: None }
        };
        let hash = STANDARD.decode(thumbhash(pixels(400, 200)).unwrap()).unwrap();
        let ratio = thumbhash::thumb_hash_to_approximate_aspect_ratio(&hash).unwrap();
        assert!((1.5..2.5).contains(&ratio), "{ratio}");
        let (red, green, ..) = thumbhash::thumb_hash_to_average_rgba(&hash).unwrap();
        assert!(red > 0.7 && green < 0.2, "{red} {green}");
        assert!(thumbhash(pixels(1, 3000)).is_ok());
    }
}
