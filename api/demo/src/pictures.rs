//! The pictures that the program ships for its demo catalog and its demo store file.

use mcom_catalog::images;
use mcom_data::{Cx, objects::Objects};

use mcom_objects::{Album, Fetcher, Limits, Network};

use super::Say;

/// Drawn for the demo, by the names that addresses in its catalog and store file end with.
const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pictures.rs"));

/// What is shipped.
pub const fn album() -> Album {
    Album::shipped(SHIPPED)
}

/// Puts the pictures of products into the storage, as `mcom import --with-images` does; nothing is asked of the network. Answers with
/// how many are new there.
pub(super) async fn hang(cx: &Cx, storage: &Objects, say: &mut Say<'_>) -> anyhow::Result<u64> {
    if images::count_awaited(cx).await? == 0 {
        return Ok(0);
    }
    let fetcher = Fetcher::new(Network::nothing(), Limits::default())?.beside(Some(album()));
    let pictures = mcom_objects::fetch_all(cx, (&fetcher, storage), |_| ()).await?;
    for (url, reason) in &pictures.failed {
        say(format!("picture not shown from here: {url}: {reason}"));
    }
    Ok(pictures.fetched)
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, album};
    use crate::{CATALOG, TEXTS};

    /// Every picture that the shipped files name, and no other, is shipped.
    #[test]
    fn the_shipped_pictures_are_those_of_the_shipped_files() {
        let ends = |end: char| matches!(end, ',' | '"' | ' ' | '\n' | '\r' | '}');
        let mut named: Vec<&str> = [CATALOG, TEXTS]
            .iter()
            .flat_map(|text| text.match_indices("https://").map(|(at, _)| &text[at..]))
            .filter_map(|rest| rest.split(ends).next().filter(|url| url.ends_with(".webp")))
            .collect();
        named.sort_unstable();
        named.dedup();
        assert!(named.iter().all(|url| album().content(url).is_some()), "{named:?}");
        assert_eq!(named.len(), SHIPPED.len());
        let bytes: usize = SHIPPED.iter().map(|(_, content)| content.len()).sum();
        assert!(bytes < 800 * 1024, "{bytes} bytes are too many to carry along");
    }
}
