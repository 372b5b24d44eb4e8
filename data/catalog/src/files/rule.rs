//! Which files are taken.

use mcom_data::Result;
use mcom_schema::{Handle, Refusal, refuse};

use super::{FileContent, FileDetails, FileInput, FileValues, ModelSource, VideoSource, video};
use crate::{images, products::address};

/// As the published API has it.
const LONGEST_ALT: usize = 512;
/// Films and models come in a few formats and sizes.
const MOST_SOURCES: usize = 20;

/// Films: how their addresses end, and their media types.
const FILMS: [(&str, &str); 4] = [
    ("mp4", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("m3u8", "application/x-mpegURL"),
];
/// Models: how their addresses end, and their media types.
const MODELS: [(&str, &str); 2] = [("glb", "model/gltf-binary"), ("usdz", "model/vnd.usdz+zip")];

impl FileInput {
    /// The columns that this means.
    ///
    /// # Errors
    /// Refuses names and descriptions that are too long, addresses that lead nowhere, and pictures and documents among what is shown
    /// of a product, which has pictures of its own.
    pub fn checked(&self) -> Result<FileValues> {
        let alt = alt(self.alt.as_deref())?;
        check(&self.details)?;
        if self.shown.is_some() && !is_film(&self.details.content) {
            let told = "Only films and 3D models are shown among the pictures of a product";
            return Err(refuse("product", "INVALID", told).into());
        }
        if self.shown.is_some_and(|(_, position)| position < 1) {
            return Err(refuse("position", "INVALID", "Places are counted from 1").into());
        }
        Ok(FileValues {
            handle: Some(Handle::parse(&self.handle)?.into()),
            product_id: self.shown.map(|(product, _)| product.0),
            position: self.shown.map(|(_, position)| position),
            alt,
            details: serde_json::to_value(&self.details)?,
        })
    }
}

/// Whether it can be shown among the pictures of a product.
fn is_film(content: &FileContent) -> bool {
    !matches!(content, FileContent::Image(_) | FileContent::File { .. })
}

/// What an app adds to a product, by the kind of medium that it names and an address.
pub(crate) fn added(
    kind: &str,
    url: &str,
    words: Option<&str>,
) -> Result<(Option<String>, FileDetails), Refusal> {
    let url = address(url).ok_or_else(|| refuse("originalSource", "INVALID", "The URL is invalid"))?;
    let named = |known: &[(&str, &str)]| {
        let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let found = known.iter().find(|(format, _)| path.ends_with(&format!(".{format}")));
        let (format, mime_type) = found.or_else(|| known.first())?;
        Some(((*format).to_owned(), (*mime_type).to_owned()))
    };
    let unknown = || refuse("mediaContentType", "INVALID", "There is no such kind of media");
    let content = match kind {
        "VIDEO" => {
            let (format, mime_type) = named(&FILMS).ok_or_else(unknown)?;
            let source = VideoSource { url: url.clone(), mime_type, format, width: 0, height: 0 };
            FileContent::Video { sources: vec![source] }
        }
        "MODEL_3D" => {
            let (format, mime_type) = named(&MODELS).ok_or_else(unknown)?;
            FileContent::Model3d {
                sources: vec![ModelSource { url: url.clone(), mime_type, format, filesize: 0 }],
            }
        }
        "EXTERNAL_VIDEO" => external(&url)?,
        _ => return Err(unknown()),
    };
    let details = FileDetails { content, preview: None, presentation: super::Presentation::default() };
    Ok((alt(words)?, details))
}

impl FileContent {
    /// The film that an address of YouTube or Vimeo shows.
    ///
    /// # Errors
    /// Refuses other addresses.
    pub fn external(url: &str) -> Result<Self, Refusal> {
        external(url)
    }
}

fn external(url: &str) -> Result<FileContent, Refusal> {
    let told = "Only films of YouTube and Vimeo can be embedded";
    video::read(url).ok_or_else(|| refuse("originalSource", "INVALID", told))
}

/// Words without outer spaces.
fn alt(words: Option<&str>) -> Result<Option<String>, Refusal> {
    let words = words.map(str::trim).filter(|words| !words.is_empty());
    if words.is_some_and(|words| words.chars().count() > LONGEST_ALT) {
        return Err(refuse("alt", "TOO_LONG", format!("At most {LONGEST_ALT} characters")));
    }
    Ok(words.map(str::to_owned))
}

fn check(details: &FileDetails) -> Result<(), Refusal> {
    let urls: Vec<&str> = match &details.content {
        FileContent::Image(_) => vec![],
        FileContent::Video { sources } => sources.iter().map(|source| source.url.as_str()).collect(),
        FileContent::ExternalVideo { origin_url, .. } => vec![origin_url],
        FileContent::Model3d { sources } => sources.iter().map(|source| source.url.as_str()).collect(),
        FileContent::File { url, .. } => vec![url],
    };
    let picture = match &details.content {
        FileContent::Image(picture) => Some(picture),
        _ => None,
    };
    if picture.is_none() && !(1..=MOST_SOURCES).contains(&urls.len()) {
        return Err(refuse("sources", "INVALID", format!("There are 1 to {MOST_SOURCES} sources")));
    }
    let mut pictures = picture.into_iter().chain(&details.preview).map(|picture| picture.url.as_str());
    let misled = pictures.find(|url| images::address(url).as_deref() != Some(*url));
    match misled.or_else(|| urls.into_iter().find(|url| address(url).as_deref() != Some(*url))) {
        Some(url) => Err(refuse("url", "INVALID", format!("«{url}» is not an address on the web"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::ProductId;

    use super::{FileContent, FileDetails, FileInput, added};
    use crate::files::{Picture, Presentation};

    fn logo(url: &str) -> FileInput {
        let content =
            FileContent::Image(Picture { url: url.to_owned(), width: None, height: None, thumbhash: None });
        let details = FileDetails { content, preview: None, presentation: Presentation::default() };
        FileInput { handle: "logo".to_owned(), shown: None, alt: None, details }
    }

    #[test]
    fn a_file_lies_on_the_web() {
        assert!(logo("https://x.example/logo.svg").checked().is_ok());
        for wrong in ["javascript:alert(1)", "/logo.svg", "https://x.example/a b.svg"] {
            assert!(logo(wrong).checked().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_product_shows_films_and_models_only() {
        let shown = Some((ProductId(1), 1));
        assert!(FileInput { shown, ..logo("https://x.example/logo.svg") }.checked().is_err());
        let details = added("VIDEO", "https://x.example/a.mp4", None).unwrap().1;
        let film = FileInput { shown, details, ..logo("https://x.example/logo.svg") };
        assert!(film.checked().is_ok());
        assert!(FileInput { shown: Some((ProductId(1), 0)), ..film }.checked().is_err());
    }

    #[test]
    fn an_address_tells_the_format() {
        let (alt, film) = added("VIDEO", "https://x.example/a.WEBM?v=1", Some(" A loom ")).unwrap();
        assert_eq!(alt.as_deref(), Some("A loom"));
        let FileContent::Video { sources } = film.content else { panic!("no film") };
        assert_eq!((sources[0].format.as_str(), sources[0].mime_type.as_str()), ("webm", "video/webm"));
        let model = added("MODEL_3D", "https://x.example/a.usdz", None).unwrap().1;
        assert_eq!(model.content.media_type(), Some("MODEL_3D"));
        assert!(added("EXTERNAL_VIDEO", "https://x.example/a.mp4", None).is_err());
        assert!(added("SMELL", "https://x.example/a.mp4", None).is_err());
        assert!(added("VIDEO", "file:///a.mp4", None).is_err());
    }
}
