//! What a store file says.

pub mod bundles;
pub mod collections;
pub mod fields;
pub mod markets;
pub mod media;
pub mod places;
pub mod plans;
pub mod sales;
pub mod taxes;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use mcom_schema::Look;
use schemars::JsonSchema;
use serde::Deserialize;

/// What a merchant sets. Sections that are left out are left alone.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoreFile {
    /// The schema of this file, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The store itself.
    pub shop: Option<Shop>,
    /// Logos, films, models, documents.
    pub files: Option<Vec<media::File>>,
    /// Where products stand in a taxonomy, by their handles: names from the general to the special one, as in `Apparel > Shirts`.
    pub categories: Option<BTreeMap<String, String>>,
    /// Products that are shown together.
    pub collections: Option<Vec<collections::Collection>>,
    /// What stands for values of options.
    pub swatches: Option<Vec<media::Swatches>>,
    /// How the store presents itself.
    pub brand: Option<media::Brand>,
    /// What the store tells buyers that it takes in payment.
    pub payments: Option<media::Payments>,
    /// Pages for customers that are not part of the storefront.
    pub customer_accounts: Option<media::CustomerAccounts>,
    /// The store's terms.
    pub policies: Option<Policies>,
    /// Texts that stand by themselves.
    pub pages: Option<Vec<Page>>,
    /// Blogs with their articles.
    pub blogs: Option<Vec<Blog>>,
    /// Where addresses lead that are no longer used.
    pub redirects: Option<Vec<Redirect>>,
    /// Lists of links.
    pub menus: Option<Vec<Menu>>,
    /// Where goods are, and where buyers pick them up.
    pub locations: Option<Vec<places::Location>>,
    /// In which other ways products are sold than once and at once.
    pub selling_plans: Option<Vec<plans::SellingPlanGroup>>,
    /// How many pieces of variants are sold at once, and what they then cost.
    pub quantities: Option<Vec<plans::Quantities>>,
    /// Variants that are sold as so many pieces of others.
    pub bundles: Option<Vec<bundles::Bundle>>,
    /// Which taxes are charged where.
    pub taxes: Option<taxes::Taxes>,
    /// Where the store sells, in which currencies and languages.
    pub markets: Option<Vec<markets::Market>>,
    /// What is taken off prices.
    pub discounts: Option<Vec<sales::Discount>>,
    /// Money that people have with the store.
    pub gift_cards: Option<Vec<sales::GiftCard>>,
    /// Kinds of things that the merchant makes up.
    pub metaobject_definitions: Option<Vec<fields::MetaobjectDefinition>>,
    /// Things of such kinds.
    pub metaobjects: Option<Vec<fields::Metaobject>>,
    /// Fields that are added to things.
    pub metafield_definitions: Option<Vec<fields::MetafieldDefinition>>,
    /// What these fields hold.
    pub metafields: Option<Vec<fields::Metafields>>,
    /// What is written in other languages.
    pub translations: Option<Vec<markets::Translation>>,
}

/// The store itself.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Shop {
    /// What it says about itself, for search engines.
    pub description: Option<String>,
}

/// The store's terms, HTML each.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policies {
    /// How the merchant is reached.
    pub contact_information: Option<String>,
    /// Who the merchant is.
    pub legal_notice: Option<String>,
    /// What is done with buyers' data.
    pub privacy_policy: Option<String>,
    /// What can be sent back, and how.
    pub refund_policy: Option<String>,
    /// How and when goods are sent.
    pub shipping_policy: Option<String>,
    /// How subscriptions are cancelled.
    pub subscription_policy: Option<String>,
    /// On which terms the goods are sold.
    pub terms_of_sale: Option<String>,
    /// On which terms the store is used.
    pub terms_of_service: Option<String>,
}

/// What search engines are told.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Seo {
    /// What the result is headed with.
    pub title: Option<String>,
    /// What stands below it.
    pub description: Option<String>,
}

/// A text that stands by itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Page {
    /// The readable part of its address, by which the page is known.
    pub handle: String,
    /// Its name.
    pub title: String,
    /// The text, HTML.
    #[serde(default)]
    pub body: String,
    /// What search engines are told.
    #[serde(default)]
    pub seo: Seo,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// Whether it can be seen.
    #[serde(default = "yes")]
    pub published: bool,
    /// From when on; if it is left out: from when it was first applied.
    pub published_at: Option<DateTime<Utc>>,
}

/// What articles are gathered in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Blog {
    /// The readable part of its address, by which the blog is known.
    pub handle: String,
    /// Its name.
    pub title: String,
    /// What search engines are told.
    #[serde(default)]
    pub seo: Seo,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// What is published in it; if it is left out, the articles are left alone.
    pub articles: Option<Vec<Article>>,
}

/// What is published in a blog.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Article {
    /// The readable part of its address, by which the article is known in its blog.
    pub handle: String,
    /// Its name.
    pub title: String,
    /// Who wrote it.
    pub author: Author,
    /// The text, HTML.
    #[serde(default)]
    pub body: String,
    /// What lists show of it, HTML.
    pub excerpt: Option<String>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its picture.
    pub image: Option<Image>,
    /// What search engines are told.
    #[serde(default)]
    pub seo: Seo,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// Whether it can be seen.
    #[serde(default = "yes")]
    pub published: bool,
    /// From when on; if it is left out: from when it was first applied.
    pub published_at: Option<DateTime<Utc>>,
    /// What readers say about it; if it is left out, the comments are left alone.
    pub comments: Option<Vec<Comment>>,
}

/// Who wrote an article.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Author {
    /// First name.
    pub first_name: String,
    /// Last name.
    #[serde(default)]
    pub last_name: String,
    /// Where the author is reached.
    #[serde(default)]
    pub email: String,
    /// A few words about the author.
    pub bio: Option<String>,
}

/// A picture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Where it is.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// The picture in some twenty bytes, Base64: its ThumbHash.
    pub thumbhash: Option<String>,
}

impl Image {
    /// How it looks before it is there.
    pub fn look(&self) -> Look {
        Look { width: self.width, height: self.height, thumbhash: self.thumbhash.clone() }
    }
}

/// What a reader says about an article.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Comment {
    /// Who wrote it.
    pub author: String,
    /// Where the author is reached.
    pub email: String,
    /// The text, HTML.
    pub body: String,
    /// Whether it is shown.
    #[serde(default = "yes")]
    pub published: bool,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Where an address leads that is no longer used.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Redirect {
    /// The address that is no longer used: a path of the store.
    pub path: String,
    /// Where it leads: a path of the store, or anywhere.
    pub target: String,
}

/// A list of links.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Menu {
    /// Its name in programs, by which the menu is known.
    pub handle: String,
    /// Its name for people.
    pub title: String,
    /// Its entries.
    #[serde(default)]
    pub items: Vec<MenuItem>,
}

/// A link.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MenuItem {
    /// What stands there.
    pub title: String,
    /// Where it leads: `home`, `catalog`, `collections`, `search` or `account`; a thing, as in `page:about`, `collection:mugs`,
    /// `product:red-mug`, `blog:news`, `article:news/hello`, `metaobject:maker/ada` or `policy:refund-policy`; a path of the store or an address.
    pub link: String,
    /// Of collections: only products labelled with these.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The entries folded under it, two levels at most.
    #[serde(default)]
    pub items: Vec<MenuItem>,
}

fn yes() -> bool {
    true
}
