//! What a store file says of fields that the merchant adds to things, and of things of kinds that the merchant makes up.

use std::collections::BTreeMap;

use mcom_store::metafields::OwnerKind;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// A field that is added to a kind of things.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetafieldDefinition {
    /// To which things it is added.
    pub owner: OwnerName,
    /// What keeps keys of different uses apart; clients that name none read `$app`.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What its values are: `single_line_text_field`, `list.product_reference`.
    pub r#type: String,
    /// What its values are held against: `min`, `max`, `regex`, `choices`.
    #[serde(default)]
    pub validations: BTreeMap<String, Value>,
    /// Whether buyers may read it.
    #[serde(default = "super::yes")]
    pub storefront: bool,
    /// Whether buyers may narrow products down by it: texts of one line, whole numbers and truths of products and variants.
    #[serde(default)]
    pub filter: bool,
}

/// The kinds of things that fields are added to.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OwnerName {
    /// Articles.
    Article,
    /// Blogs.
    Blog,
    /// Carts.
    Cart,
    /// Collections.
    Collection,
    /// Customers.
    Customer,
    /// Locations.
    Location,
    /// Markets.
    Market,
    /// Orders.
    Order,
    /// Pages.
    Page,
    /// Products.
    Product,
    /// The store itself.
    Shop,
    /// Variants.
    Variant,
}

impl From<OwnerName> for OwnerKind {
    fn from(name: OwnerName) -> Self {
        match name {
            OwnerName::Article => OwnerKind::Article,
            OwnerName::Blog => OwnerKind::Blog,
            OwnerName::Cart => OwnerKind::Cart,
            OwnerName::Collection => OwnerKind::Collection,
            OwnerName::Customer => OwnerKind::Customer,
            OwnerName::Location => OwnerKind::Location,
            OwnerName::Market => OwnerKind::Market,
            OwnerName::Order => OwnerKind::Order,
            OwnerName::Page => OwnerKind::Page,
            OwnerName::Product => OwnerKind::Product,
            OwnerName::Shop => OwnerKind::Shop,
            OwnerName::Variant => OwnerKind::Variant,
        }
    }
}

/// What the added fields of one thing hold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metafields {
    /// The thing: `shop`, or as in `product:red-mug`, `variant:red-mug/SKU-1`, `collection:mugs`, `page:about`, `blog:news`, `article:news/hello`,
    /// `customer:ada@example.com`, `order:#1001`, `location:Workshop`.
    pub owner: String,
    /// What its fields hold, by namespace and key: `details.care`. References are written like owners, or as in `metaobject:maker/ada` and, for
    /// the second picture of a product, `image:red-mug/2`; files as in `file:logo`.
    pub values: BTreeMap<String, Value>,
}

/// A kind of things that the merchant makes up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetaobjectDefinition {
    /// Its name in programs, by which the kind is known.
    pub r#type: String,
    /// Its name for people.
    pub name: String,
    /// What such things are for.
    pub description: Option<String>,
    /// Their fields, in order.
    pub fields: Vec<MetaobjectField>,
    /// The field that names a thing in lists.
    pub display_name_key: Option<String>,
    /// Whether things can be drafts, which buyers do not see.
    #[serde(default)]
    pub publishable: bool,
    /// Where pages about such things are, if there are some.
    pub pages: Option<MetaobjectPages>,
    /// Whether buyers may read such things.
    #[serde(default = "super::yes")]
    pub storefront: bool,
}

/// A field of such things.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetaobjectField {
    /// Its name in programs.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What its values are: `single_line_text_field`, `list.product_reference`.
    pub r#type: String,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
    /// What its values are held against: `min`, `max`, `regex`, `choices`.
    #[serde(default)]
    pub validations: BTreeMap<String, Value>,
}

/// Pages about things of a kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetaobjectPages {
    /// Where they are: `makers` in `/pages/makers/ada`.
    pub url_handle: String,
    /// The field that heads a page in the results of search engines.
    pub title_key: Option<String>,
    /// The field that is shown below it.
    pub description_key: Option<String>,
}

/// A thing of a kind that the merchant makes up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metaobject {
    /// Its kind.
    pub r#type: String,
    /// The readable part of its address, by which the thing is known in its kind.
    pub handle: String,
    /// What its fields hold, by key; references are written as in metafields.
    pub fields: BTreeMap<String, Value>,
    /// Whether it can be seen, where things of its kind can be drafts.
    #[serde(default = "super::yes")]
    pub published: bool,
}
