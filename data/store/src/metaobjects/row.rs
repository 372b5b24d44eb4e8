//! Rows of definitions and of the things themselves, and what a merchant says of them.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::id::{MetaobjectDefinitionId, MetaobjectId};
use mcom_tables::{metaobject_definitions, metaobjects};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::metafields::Validation;

/// A kind of things that a merchant made up.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = metaobject_definitions, check_for_backend(Pg))]
pub struct MetaobjectDefinitionRow {
    /// The definition's number.
    pub id: i64,
    /// What the merchant set.
    #[diesel(embed)]
    pub values: MetaobjectDefinitionValues,
}

impl MetaobjectDefinitionRow {
    /// The definition.
    pub fn id(&self) -> MetaobjectDefinitionId {
        MetaobjectDefinitionId(self.id)
    }
}

/// The columns of a definition that a merchant sets.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = metaobject_definitions, check_for_backend(Pg), treat_none_as_null = true)]
pub struct MetaobjectDefinitionValues {
    /// Its name in programs.
    pub type_name: String,
    /// Its name for people.
    pub name: String,
    /// What such things are for.
    pub description: Option<String>,
    pub(super) fields: Value,
    /// The field that names a thing in lists.
    pub display_name_key: Option<String>,
    /// Whether things are drafts until they are made active.
    pub is_publishable: bool,
    /// The field that heads a thing's page in the results of search engines.
    pub seo_title_key: Option<String>,
    /// The field that is shown below it.
    pub seo_description_key: Option<String>,
    /// Where pages about things are, if there are some: `makers` in `/pages/makers/ada`.
    pub url_handle: Option<String>,
    /// Whether buyers may read it.
    pub is_public: bool,
}

impl MetaobjectDefinitionValues {
    /// The fields of such things, in the merchant's order.
    ///
    /// # Errors
    /// `Broken` if they cannot be read.
    pub fn fields(&self) -> Result<Vec<FieldDefinition>> {
        Ok(serde_json::from_value(self.fields.clone())?)
    }
}

/// A field of such things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldDefinition {
    /// Its name in programs.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The name of its type: `list.product_reference`.
    pub value_type: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// What its values are held against.
    pub validations: Vec<Validation>,
}

/// What a kind of things shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MetaobjectDefinitionInput {
    /// Its name in programs: 3 to 255 letters, digits, hyphens and underscores.
    pub type_name: String,
    /// Its name for people.
    pub name: String,
    /// What such things are for.
    pub description: Option<String>,
    /// Their fields, in order.
    pub fields: Vec<FieldDefinition>,
    /// The field that names a thing in lists.
    pub display_name_key: Option<String>,
    /// Whether things are drafts until they are made active.
    pub is_publishable: bool,
    /// The field that heads a thing's page in the results of search engines.
    pub seo_title_key: Option<String>,
    /// The field that is shown below it.
    pub seo_description_key: Option<String>,
    /// Where pages about things are, if there are some.
    pub url_handle: Option<String>,
    /// Whether buyers may read it.
    pub is_public: bool,
}

/// A kind of things, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its number.
    pub id: i64,
    /// What the merchant set.
    pub values: MetaobjectDefinitionValues,
    /// Their fields, in order.
    pub fields: Vec<FieldDefinition>,
}

/// A thing of a kind that a merchant made up.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = metaobjects, check_for_backend(Pg))]
pub struct MetaobjectRow {
    /// The thing's number.
    pub id: i64,
    pub(super) definition_id: i64,
    /// What the merchant set.
    #[diesel(embed)]
    pub values: MetaobjectValues,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl MetaobjectRow {
    /// The thing.
    pub fn id(&self) -> MetaobjectId {
        MetaobjectId(self.id)
    }
}

/// The columns of a thing that a merchant sets.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = metaobjects, check_for_backend(Pg))]
pub struct MetaobjectValues {
    /// The readable part of its address, unique in its kind.
    pub handle: String,
    /// What lists call it.
    pub display_name: String,
    pub(super) fields: Value,
    /// Whether it can be seen; drafts cannot.
    pub is_active: bool,
}

impl MetaobjectValues {
    /// What a field holds, in the form of its type.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.fields.get(key)?.as_str()
    }
}

/// A thing that buyers may read.
#[derive(Debug, Clone, PartialEq)]
pub struct Metaobject {
    /// The thing.
    pub row: MetaobjectRow,
    /// Its kind.
    pub definition: Arc<Definition>,
}

/// What a thing shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MetaobjectInput {
    /// The readable part of its address; made of its name if there is none.
    pub handle: Option<String>,
    /// What its fields hold, by key; those left out hold nothing.
    pub fields: BTreeMap<String, String>,
    /// Whether it can be seen, where kinds have drafts.
    pub is_active: bool,
}
