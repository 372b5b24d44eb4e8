//! Albums: pictures at hand, that are taken instead of being fetched.

use std::{fs, path::PathBuf};

/// Pictures at hand, by the names that their addresses end with.
pub struct Album(Source);

enum Source {
    Folder(PathBuf),
    Shipped(&'static [(&'static str, &'static [u8])]),
}

impl Album {
    /// The pictures in a folder, by the names of their files.
    pub fn folder(path: PathBuf) -> Self {
        Album(Source::Folder(path))
    }

    /// Pictures that are part of the program, by name.
    pub const fn shipped(pictures: &'static [(&'static str, &'static [u8])]) -> Self {
        Album(Source::Shipped(pictures))
    }

    /// The picture that an address means, if it is here. A file that cannot be read is not here.
    pub fn content(&self, url: &str) -> Option<Vec<u8>> {
        let name = name(url)?;
        match &self.0 {
            Source::Folder(folder) => fs::read(folder.join(name)).ok(),
            Source::Shipped(pictures) => {
                let (_, content) = pictures.iter().find(|(known, _)| *known == name)?;
                Some(content.to_vec())
            }
        }
    }
}

/// What an address ends with, if it can be the name of a file and leads nowhere else.
fn name(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let (_, name) = path.rsplit_once('/')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (is_name && !name.starts_with('.') && name.contains('.')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Album, name};

    #[test]
    fn an_address_ends_with_a_name() {
        assert_eq!(name("https://x.example/a/mug.webp?v=1#top"), Some("mug.webp"));
        for wrong in [
            "https://x.example/a/",
            "https://x.example/..",
            "mug.webp",
            "https://x/a%2fb.png",
            "https://x/.env",
        ] {
            assert_eq!(name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_in_the_album_is_not_here() {
        let album = Album::shipped(&[("mug.webp", b"mug")]);
        assert_eq!(album.content("https://x.example/mug.webp"), Some(b"mug".to_vec()));
        assert_eq!(album.content("https://x.example/jug.webp"), None);
    }
}
