//! Films that somebody else shows: which one an address means, and where it can be embedded from.

use super::{FileContent, VideoHost};

impl VideoHost {
    /// The name in the APIs.
    pub const fn name(self) -> &'static str {
        match self {
            VideoHost::Vimeo => "VIMEO",
            VideoHost::Youtube => "YOUTUBE",
        }
    }

    /// Where a page shows the film in a frame.
    pub fn embed_url(self, key: &str) -> String {
        match self {
            VideoHost::Vimeo => format!("https://player.vimeo.com/video/{key}"),
            VideoHost::Youtube => format!("https://www.youtube.com/embed/{key}"),
        }
    }
}

/// The film that an address shows; none if it is not known to show one.
pub(super) fn read(url: &str) -> Option<FileContent> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (host, key) = match host {
        "youtu.be" => (VideoHost::Youtube, path),
        "youtube.com" | "m.youtube.com" | "youtube-nocookie.com" => (VideoHost::Youtube, of_youtube(path)?),
        "vimeo.com" => (VideoHost::Vimeo, path),
        "player.vimeo.com" => (VideoHost::Vimeo, path.strip_prefix("video/")?),
        _ => return None,
    };
    let key = key.split(['/', '?', '&', '#']).next().unwrap_or_default();
    let is_key = |c: char| match host {
        VideoHost::Vimeo => c.is_ascii_digit(),
        VideoHost::Youtube => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
    };
    let is_named = (1..=64).contains(&key.len()) && key.chars().all(is_key);
    is_named.then(|| FileContent::ExternalVideo { host, key: key.to_owned(), origin_url: url.to_owned() })
}

/// `watch?v=…`, `embed/…`, `shorts/…`
fn of_youtube(path: &str) -> Option<&str> {
    match path.strip_prefix("watch?") {
        Some(query) => query.split('&').find_map(|pair| pair.strip_prefix("v=")),
        None => ["embed/", "shorts/", "live/"].into_iter().find_map(|place| path.strip_prefix(place)),
    }
}

#[cfg(test)]
mod tests {
    use super::{FileContent, read};

    fn embedded(url: &str) -> Option<String> {
        match read(url)? {
            FileContent::ExternalVideo { host, key, .. } => Some(host.embed_url(&key)),
            _ => None,
        }
    }

    #[test]
    fn every_address_of_a_film_is_embedded_alike() {
        let film = Some("https://www.youtube.com/embed/a-B_9".to_owned());
        for url in [
            "https://www.youtube.com/watch?v=a-B_9",
            "https://youtube.com/watch?t=3&v=a-B_9&list=x",
            "http://m.youtube.com/shorts/a-B_9?feature=share",
            "https://youtu.be/a-B_9?t=3",
            "https://www.youtube-nocookie.com/embed/a-B_9",
        ] {
            assert_eq!(embedded(url), film, "{url}");
        }
        let film = Some("https://player.vimeo.com/video/123".to_owned());
        assert_eq!(embedded("https://vimeo.com/123"), film);
        assert_eq!(embedded("https://player.vimeo.com/video/123?h=1"), film);
    }

    #[test]
    fn other_addresses_show_no_film() {
        for url in [
            "https://example.com/watch?v=a",
            "https://www.youtube.com/",
            "https://www.youtube.com/watch?w=a",
            "https://vimeo.com/about",
            "https://youtu.be/a\"b",
            "youtube.com/watch?v=a",
        ] {
            assert_eq!(embedded(url), None, "{url}");
        }
    }
}
