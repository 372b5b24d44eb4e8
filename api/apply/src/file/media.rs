//! What a store file says of files, and of how the store presents itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// A file of the store. Exactly one of `image`, `video`, `externalVideo`, `model3d` and `file` says what it is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct File {
    /// By which the file is known: a brand names it so, and references as in `file:logo`.
    pub handle: String,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// A picture.
    pub image: Option<Picture>,
    /// A film.
    pub video: Option<Video>,
    /// A film that somebody else shows: its page on YouTube or Vimeo.
    pub external_video: Option<String>,
    /// A model that can be looked at from all sides.
    pub model3d: Option<Model>,
    /// Anything else.
    pub file: Option<Download>,
    /// A picture that stands for what is no picture.
    pub preview: Option<Picture>,
    /// How it is to be presented.
    #[serde(default)]
    pub presentation: Presentation,
    /// Handle of the product among whose pictures a film or a model is shown.
    pub product: Option<String>,
    /// Its place among them, from 1; what is beyond the end stands at the end.
    #[serde(default = "last")]
    pub position: i32,
}

/// What is beyond the end of every product.
fn last() -> i32 {
    1_000
}

/// A picture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Picture {
    /// Where it is.
    pub url: String,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// The picture in some twenty bytes, Base64: its ThumbHash.
    pub thumbhash: Option<String>,
}

/// A film.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Video {
    /// The same film in several formats and sizes.
    pub sources: Vec<VideoSource>,
}

/// A film in one format and size.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VideoSource {
    /// Where it is.
    pub url: String,
    /// Its media type: `video/mp4`.
    pub mime_type: String,
    /// Its short name: `mp4`.
    pub format: String,
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
}

/// A model that can be looked at from all sides.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Model {
    /// The same model in several formats.
    pub sources: Vec<ModelSource>,
}

/// A model in one format.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelSource {
    /// Where it is.
    pub url: String,
    /// Its media type: `model/gltf-binary`.
    pub mime_type: String,
    /// Its short name: `glb`.
    pub format: String,
    /// In bytes.
    pub filesize: i32,
}

/// A file that can only be downloaded.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Download {
    /// Where it is.
    pub url: String,
    /// Its media type: `application/pdf`.
    pub mime_type: Option<String>,
    /// In bytes.
    pub filesize: Option<i32>,
}

/// How a medium is to be presented: settings that mean something to whoever shows it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Presentation {
    /// As a picture.
    pub image: Option<Value>,
    /// In a viewer of models.
    pub model_viewer: Option<Value>,
}

/// What stands for the values of an option of a product, where there is no room for their names.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Swatches {
    /// Handle of the product.
    pub product: String,
    /// Name of the option.
    pub option: String,
    /// What stands for its values, by their names. Values that are not named are left alone.
    pub values: BTreeMap<String, Swatch>,
}

/// A color, a picture, or both.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Swatch {
    /// As in `"#1E90FF"`.
    pub color: Option<String>,
    /// The place of one of the product's pictures, from 1.
    pub image: Option<usize>,
}

/// How the store presents itself.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Brand {
    /// A few words.
    pub slogan: Option<String>,
    /// A few sentences.
    pub short_description: Option<String>,
    /// Handle of the picture that stands for the store.
    pub logo: Option<String>,
    /// The same where room is as wide as it is high.
    pub square_logo: Option<String>,
    /// Handle of a picture for the head of a page.
    pub cover_image: Option<String>,
    /// What the store is shown in.
    pub colors: Colors,
}

/// The colors of a store, the most important pair of each rank first.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Colors {
    /// What catches the eye.
    pub primary: Vec<ColorPair>,
    /// What goes with it.
    pub secondary: Vec<ColorPair>,
}

/// A color and what can be read on it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ColorPair {
    /// The ground, as in `"#1E90FF"`.
    pub background: Option<String>,
    /// What stands on it.
    pub foreground: Option<String>,
}

/// What the store tells buyers that it takes in payment.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Payments {
    /// Payment cards: `VISA`, `MASTERCARD`, `AMERICAN_EXPRESS`, `DINERS_CLUB`, `DISCOVER`, `JCB`.
    pub card_brands: Vec<String>,
    /// Wallets: `APPLE_PAY`, `GOOGLE_PAY`, `ANDROID_PAY`, `SHOPIFY_PAY`.
    pub wallets: Vec<String>,
    /// The account with whoever settles the payments.
    pub account: Option<String>,
}

/// Pages for customers that are not part of the storefront.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CustomerAccounts {
    /// Where customers sign in.
    pub url: Option<String>,
    /// Services by which they can sign in there: `google`.
    pub social_logins: Vec<String>,
    /// Texts of these pages, by key.
    pub texts: BTreeMap<String, String>,
}
