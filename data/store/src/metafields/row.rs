//! Rows of definitions and values, and what a merchant says of them.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::{Error, Result};
use mcom_schema::id::{MetafieldDefinitionId, MetafieldId};
use mcom_tables::{metafield_definitions, metafields};
use serde_json::Value;

use super::{
    owner::{Owner, OwnerKind},
    value::{Validation, ValueType},
};

/// A field that a merchant added to a kind of things.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = metafield_definitions, check_for_backend(Pg))]
pub struct DefinitionRow {
    /// The definition's number.
    pub id: i64,
    /// What the merchant set.
    #[diesel(embed)]
    pub values: DefinitionValues,
}

impl DefinitionRow {
    /// The definition.
    pub fn id(&self) -> MetafieldDefinitionId {
        MetafieldDefinitionId(self.id)
    }
}

/// The columns of a definition that a merchant sets.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = metafield_definitions, check_for_backend(Pg), treat_none_as_null = true)]
pub struct DefinitionValues {
    pub(super) owner_type: String,
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    pub(super) value_type: String,
    pub(super) validations: Value,
    /// Whether buyers may read it.
    pub is_public: bool,
    /// Whether buyers may narrow products down by it.
    pub is_filterable: bool,
}

impl DefinitionValues {
    /// To what kind of things it was added.
    ///
    /// # Errors
    /// `Broken` for kinds that this version does not know.
    pub fn owner(&self) -> Result<OwnerKind> {
        let unknown = || Error::bug(format!("{} is no type of owner", self.owner_type));
        OwnerKind::parse(&self.owner_type).ok_or_else(unknown)
    }

    /// Of which type its values are.
    ///
    /// # Errors
    /// `Broken` for types that this version does not know.
    pub fn value_type(&self) -> Result<ValueType> {
        ValueType::parse(&self.value_type)
            .ok_or_else(|| Error::bug(format!("{} is no type of value", self.value_type)))
    }

    /// What its values are held against.
    ///
    /// # Errors
    /// `Broken` if they cannot be read.
    pub fn validations(&self) -> Result<Vec<Validation>> {
        Ok(serde_json::from_value(self.validations.clone())?)
    }
}

/// What a field shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionInput {
    /// To what kind of things it is added.
    pub owner: OwnerKind,
    /// What keeps keys of different uses apart: 2 to 255 letters, digits, hyphens and underscores.
    pub namespace: String,
    /// Its name in programs: 2 to 64 of the same.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The name of its values' type: `list.product_reference`.
    pub value_type: String,
    /// What its values are held against.
    pub validations: Vec<Validation>,
    /// Whether buyers may read it.
    pub is_public: bool,
    /// Whether buyers may narrow products down by it. Products that are in the search index already are found by it once they change,
    /// or after a rebuild.
    pub is_filterable: bool,
}

/// What a field holds for one thing.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = metafields, check_for_backend(Pg))]
pub struct MetafieldRow {
    /// The value's number.
    pub id: i64,
    pub(super) owner_type: String,
    pub(super) owner_id: i64,
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// The name of its type.
    pub value_type: String,
    /// The value, in the form of its type.
    pub value: String,
    /// When it was first set.
    pub created_at: DateTime<Utc>,
    /// When it was last set.
    pub updated_at: DateTime<Utc>,
}

impl MetafieldRow {
    /// The value.
    pub fn id(&self) -> MetafieldId {
        MetafieldId(self.id)
    }

    /// What it belongs to.
    ///
    /// # Errors
    /// `Broken` for kinds that this version does not know.
    pub fn owner(&self) -> Result<Owner> {
        let unknown = || Error::bug(format!("{} is no type of owner", self.owner_type));
        let kind = OwnerKind::parse(&self.owner_type).ok_or_else(unknown)?;
        Ok(Owner { kind, id: self.owner_id })
    }
}

/// A value that buyers may read.
#[derive(Debug, Clone, PartialEq)]
pub struct Metafield {
    /// The value.
    pub row: MetafieldRow,
    /// What it belongs to.
    pub owner: Owner,
    /// What its definition says it is for.
    pub description: Option<String>,
    /// Of which type it is.
    pub value_type: ValueType,
}

/// A value that its owner keeps itself, as a cart does.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// The name of its type.
    pub value_type: String,
    /// The value, in the form of its type.
    pub value: String,
    /// When it was first set.
    pub created_at: DateTime<Utc>,
    /// When it was last set.
    pub updated_at: DateTime<Utc>,
}

impl Metafield {
    /// A value that its owner keeps itself and shows; none if this version does not know its type.
    pub fn kept_by(kind: OwnerKind, kept: Kept) -> Option<Self> {
        let (owner, value_type) = (Owner::unnumbered(kind), ValueType::parse(&kept.value_type)?);
        let Kept { namespace, key, value_type: name, value, created_at, updated_at } = kept;
        let row = MetafieldRow {
            id: 0,
            owner_type: kind.name().to_owned(),
            owner_id: owner.id,
            namespace,
            key,
            value_type: name,
            value,
            created_at,
            updated_at,
        };
        Some(Metafield { row, owner, description: None, value_type })
    }
}

/// What a field shall hold for one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct MetafieldInput {
    /// What it belongs to.
    pub owner: Owner,
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// The name of its type; that of its definition if it is left out.
    pub value_type: Option<String>,
    /// The value.
    pub value: String,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = metafields, check_for_backend(Pg))]
pub struct MetafieldValues {
    pub(super) owner_type: &'static str,
    pub(super) owner_id: i64,
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// The name of its type.
    pub value_type: String,
    /// The value, in the form of its type.
    pub value: String,
}
