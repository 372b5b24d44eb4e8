//! Which part of a picture is shown, and how large.
//!
//! Anybody may ask for any size, and what is made is kept. So sizes go in steps: the side that decides is rounded **up** to the next
//! one, so that a picture is never blurred by being a little too small. Signed addresses would do too, but clients write
//! `width=` behind addresses on their own, and could not sign them. Whole pictures have at most two sizes per step and format. A cut has
//! a free ratio besides; of cuts only so many are kept per picture (see `rendition`).

/// No side is made longer, in pixels.
pub(super) const LONGEST: u32 = 5760;

/// Widths of devices that pages ask for by name; between them there are round numbers.
const DEVICES: [u32; 24] = [
    16, 32, 48, 64, 80, 96, 128, 160, 256, 320, 360, 375, 384, 414, 480, 640, 720, 750, 828, 1080, 1280,
    1536, 1920, 2048,
];

/// Which part stays if the proportions change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crop {
    /// The middle.
    Center,
    /// The upper part.
    Top,
    /// The lower part.
    Bottom,
    /// The left part.
    Left,
    /// The right part.
    Right,
}

impl Crop {
    /// All of them.
    const ALL: [Crop; 5] = [Crop::Center, Crop::Top, Crop::Bottom, Crop::Left, Crop::Right];

    /// As addresses say it.
    pub const fn name(self) -> &'static str {
        match self {
            Crop::Center => "center",
            Crop::Top => "top",
            Crop::Bottom => "bottom",
            Crop::Left => "left",
            Crop::Right => "right",
        }
    }

    /// The part that addresses call so.
    pub fn named(name: &str) -> Option<Crop> {
        Crop::ALL.into_iter().find(|crop| crop.name() == name)
    }
}

/// How large a picture is wished for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// In pixels, at most.
    pub width: Option<u32>,
    /// In pixels, at most.
    pub height: Option<u32>,
    /// What stays if exactly these proportions are wished for; means nothing without both sides.
    pub crop: Option<Crop>,
}

/// What becomes of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The part of the source that stays: left, top, width and height, in its pixels.
    pub part: [f64; 4],
    /// Where that part lies, if it is not all.
    pub crop: Option<Crop>,
}

impl Shape {
    /// The shape of a picture of this width and height that comes closest to what is wished for. Nothing becomes larger than it is.
    pub fn of(width: u32, height: u32, wish: Size) -> Shape {
        match (wish.width, wish.height, wish.crop) {
            (Some(to_width), Some(to_height), Some(crop)) => {
                cut((width, height), (to_width, to_height), crop)
            }
            (None, None, _) => Shape::within(width, height, LONGEST),
            (to_width, to_height, _) => fit((width, height), to_width, to_height),
        }
    }

    /// The whole picture, with no side longer than `most`.
    pub fn within(width: u32, height: u32, most: u32) -> Shape {
        whole((width, height), f64::from(most) / f64::from(width.max(height)))
    }
}

/// The whole picture, so much smaller.
fn whole((width, height): (u32, u32), factor: f64) -> Shape {
    let factor = factor.min(1.0);
    let part = [0.0, 0.0, f64::from(width), f64::from(height)];
    Shape { width: pixels(part[2] * factor), height: pixels(part[3] * factor), part, crop: None }
}

/// The whole picture within a box. The side that meets the box first decides, and goes in steps.
fn fit((width, height): (u32, u32), to_width: Option<u32>, to_height: Option<u32>) -> Shape {
    let factor = |to: u32, from: u32| f64::from(step(to)) / f64::from(from);
    let factors = [to_width.map(|to| factor(to, width)), to_height.map(|to| factor(to, height))];
    let least = factors.into_iter().flatten().fold(1.0, f64::min);
    let longest = f64::from(LONGEST) / f64::from(width.max(height));
    whole((width, height), least.min(longest))
}

/// The part of these proportions; its width goes in steps.
fn cut((width, height): (u32, u32), (to_width, to_height): (u32, u32), crop: Crop) -> Shape {
    let (from_width, from_height) = (f64::from(width), f64::from(height));
    let ratio = f64::from(to_height.max(1)) / f64::from(to_width.max(1));
    let part_width = from_width.min(from_height / ratio);
    let part_height = from_height.min(from_width * ratio);
    let most = part_width.min(f64::from(LONGEST)).min(f64::from(LONGEST) / ratio);
    let to_width = f64::from(step(to_width)).min(most);
    let (spare_width, spare_height) = (from_width - part_width, from_height - part_height);
    let (left, top) = match crop {
        Crop::Left => (0.0, spare_height / 2.0),
        Crop::Right => (spare_width, spare_height / 2.0),
        Crop::Top => (spare_width / 2.0, 0.0),
        Crop::Bottom => (spare_width / 2.0, spare_height),
        Crop::Center => (spare_width / 2.0, spare_height / 2.0),
    };
    // Left of what is as wide as the source is its middle, and so on: the same picture has one name.
    let (along_width, along_height) = (spare_width >= 0.5, spare_height >= 0.5);
    let crop = match crop {
        Crop::Left | Crop::Right if along_width => Some(crop),
        Crop::Top | Crop::Bottom if along_height => Some(crop),
        _ => (along_width || along_height).then_some(Crop::Center),
    };
    let part = [left, top, part_width, part_height];
    Shape { width: pixels(to_width), height: pixels(to_width * ratio), part, crop }
}

fn pixels(count: f64) -> u32 {
    // No side is longer than the source's, which is a u32; the cast saturates.
    count.round().max(1.0) as u32
}

/// The smallest step that is not less.
fn step(side: u32) -> u32 {
    let round = match side {
        0..=1000 => 50,
        1001..=2000 => 100,
        _ => 200,
    };
    let device = DEVICES.into_iter().find(|device| *device >= side);
    let round = side.max(1).saturating_add(round - 1) / round * round;
    device.map_or(round, |device| device.min(round)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Crop, LONGEST, Shape, Size, step};

    fn shape(source: (u32, u32), width: Option<u32>, height: Option<u32>, crop: Option<Crop>) -> Shape {
        Shape::of(source.0, source.1, Size { width, height, crop })
    }

    fn sides(shape: Shape) -> (u32, u32) {
        (shape.width, shape.height)
    }

    #[test]
    fn sizes_go_in_few_steps() {
        let steps: BTreeSet<u32> = (0..10_000).map(step).collect();
        assert!(steps.len() < 80, "{}", steps.len());
        assert_eq!(
            [0, 1, 16, 17, 100, 201, 600, 1001, 3000, 4100, 9999].map(step),
            [16, 16, 16, 32, 100, 250, 600, 1080, 3000, 4200, LONGEST]
        );
    }

    #[test]
    fn a_whole_picture_is_bounded_by_the_side_that_decides() {
        let source = (1600, 1200);
        assert_eq!(sides(shape(source, Some(400), None, None)), (400, 300));
        assert_eq!(sides(shape(source, None, Some(300), None)), (400, 300));
        assert_eq!(sides(shape(source, Some(400), Some(150), None)), (200, 150));
        assert_eq!(sides(shape(source, Some(399), None, None)), (400, 300), "rounded up");
        assert_eq!(sides(shape(source, Some(5000), None, None)), source, "never enlarged");
        assert_eq!(
            sides(shape(source, Some(400), None, Some(Crop::Top))),
            (400, 300),
            "one side cuts nothing"
        );
        assert_eq!(sides(shape((30_000, 1), None, None, None)), (LONGEST, 1));
    }

    #[test]
    fn a_cut_keeps_the_proportions_that_were_asked_for() {
        let square = shape((1600, 1200), Some(200), Some(200), Some(Crop::Right));
        assert_eq!((sides(square), square.part), ((200, 200), [400.0, 0.0, 1200.0, 1200.0]));
        let wide = shape((1600, 1200), Some(800), Some(200), Some(Crop::Top));
        assert_eq!((sides(wide), wide.part), ((800, 200), [0.0, 0.0, 1600.0, 400.0]));
        let huge = shape((1600, 1200), Some(4000), Some(4000), Some(Crop::Center));
        assert_eq!(sides(huge), (1200, 1200), "never enlarged");
        let top = shape((1600, 1200), Some(200), Some(200), Some(Crop::Top));
        assert_eq!((top.crop, top.part), (Some(Crop::Center), [200.0, 0.0, 1200.0, 1200.0]));
        assert_eq!(shape((1600, 1200), Some(400), Some(300), Some(Crop::Left)).crop, None);
    }

    proptest! {
        #[test]
        fn nothing_leaves_the_source(
            source in (1u32..40_000, 1u32..40_000),
            asked in (proptest::option::of(0u32..9000), proptest::option::of(0u32..9000)),
            crop in proptest::option::of(proptest::sample::select(&Crop::ALL[..])),
        ) {
            let shape = shape(source, asked.0, asked.1, crop);
            let [left, top, width, height] = shape.part;
            prop_assert!(left >= 0.0 && top >= 0.0 && width > 0.0 && height > 0.0);
            prop_assert!(left + width <= f64::from(source.0) + 1e-6);
            prop_assert!(top + height <= f64::from(source.1) + 1e-6);
            prop_assert!((1..=source.0.min(LONGEST)).contains(&shape.width));
            prop_assert!((1..=source.1.min(LONGEST)).contains(&shape.height));
        }
    }
}
