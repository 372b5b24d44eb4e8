//! How a picture is wished for in its address: behind the question mark, or, as clients have it that know no better, in the name of the
//! file: `{hash}_300x200_crop_top.jpg`. What makes no sense is passed over, `v=` too: a picture is better than none.

use mcom_catalog::images::{Crop, Format, Size, Wish};
use poem::{Request, http::header};

/// A file and the wish.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// What may be the hash of a file.
    pub hash: &'a str,
    /// How it is wished for.
    pub wish: Wish,
}

impl Address<'_> {
    /// Reads the last part of the path and the query; `None` if the path names no file.
    pub fn parse<'a>(name: &'a str, query: &str) -> Option<Address<'a>> {
        let stem = match name.split_once('.') {
            Some((stem, extension)) => Format::named(extension).map(|_| stem)?,
            None => name,
        };
        let (hash, size) = stem.split_once('_').unwrap_or((stem, ""));
        let mut wish = Wish { size: in_name(size), format: None };
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "width" => wish.size.width = side(value).or(wish.size.width),
                "height" => wish.size.height = side(value).or(wish.size.height),
                "crop" => wish.size.crop = Crop::named(value).or(wish.size.crop),
                "format" => wish.format = Format::named(value).or(wish.format),
                _ => {}
            }
        }
        Some(Address { hash, wish })
    }
}

/// `300x200_crop_top`, each side may be missing.
fn in_name(text: &str) -> Size {
    let (sides, crop) =
        text.split_once("_crop_").map_or((text, None), |(sides, crop)| (sides, Crop::named(crop)));
    let (width, height) = sides.split_once('x').unwrap_or_default();
    Size { width: side(width), height: side(height), crop }
}

fn side(text: &str) -> Option<u32> {
    // More than a u32 is as good as endless.
    let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX)).filter(|side| *side > 0)
}

/// Whether the caller says that it shows WebP. «Everything» does not count: programs say that too.
pub(super) fn takes_webp(request: &Request) -> bool {
    let accepted = request.headers().get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|one| {
        let (kind, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty());
        kind.trim().eq_ignore_ascii_case("image/webp") && !refused
    })
}

#[cfg(test)]
mod tests {
    use mcom_catalog::images::{Crop, Format, Size, Wish};
    use poem::Request;

    use super::{Address, takes_webp};

    /// Width, height, crop and format.
    type Wished = (Option<u32>, Option<u32>, Option<Crop>, Option<Format>);

    fn wish(name: &str, query: &str) -> Option<Wished> {
        let Wish { size: Size { width, height, crop }, format } = Address::parse(name, query)?.wish;
        Some((width, height, crop, format))
    }

    #[test]
    fn a_wish_is_behind_the_question_mark_or_in_the_name() {
        assert_eq!(wish("ab", ""), Some((None, None, None, None)));
        assert_eq!(wish("ab.png", "v=17&width=300&crop=top"), Some((Some(300), None, Some(Crop::Top), None)));
        let all = Some((Some(300), Some(200), Some(Crop::Left), Some(Format::WebP)));
        assert_eq!(wish("ab_300x200_crop_left.jpg", "format=webp"), all);
        assert_eq!(wish("ab_x200.jpg", "width=99999999999"), Some((Some(u32::MAX), Some(200), None, None)));
        assert_eq!(Address::parse("ab_300x.jpg", "").unwrap().hash, "ab");
    }

    #[test]
    fn nonsense_is_passed_over() {
        for query in
            ["width=0&height=-1", "width=&crop=inside", "&&=&x", "width=3.5&format=tiff", "width=%31"]
        {
            assert_eq!(wish("ab", query), Some((None, None, None, None)), "{query}");
        }
        assert_eq!(wish("ab.exe", ""), None);
        assert_eq!(wish("ab.jpg.jpg", ""), None);
    }

    #[test]
    fn webp_is_for_those_who_name_it() {
        let takes = |accept: &str| takes_webp(&Request::builder().header("accept", accept).finish());
        assert!(takes("image/avif,image/webp,image/*;q=0.8"));
        assert!(takes("image/webp;q=0.5"));
        for other in ["*/*", "image/*", "image/webp;q=0", "image/webp;q=0.0", "image/webp2"] {
            assert!(!takes(other), "{other}");
        }
    }
}
