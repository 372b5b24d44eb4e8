//! What a bundle may consist of.

use mcom_data::Result;
use mcom_schema::{
    Refusal,
    id::{ProductId, VariantId},
    refuse,
};

use super::Component;

/// A bundle has no more components.
pub const MOST_COMPONENTS: usize = 30;
/// Nor more pieces of one.
const MOST_PIECES: i64 = 1_000_000;

/// What is to become of a bundle. What is taken out goes first, then quantities change, then components are added at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleUpdate {
    /// The bundle.
    pub variant: Option<VariantId>,
    /// Instead of it: a product that has no other variant than the bundle.
    pub product: Option<ProductId>,
    /// Components that it does not have yet.
    pub create: Vec<Component>,
    /// Components that it has, with their new quantities.
    pub update: Vec<Component>,
    /// Components to be taken out.
    pub remove: Vec<VariantId>,
    /// Takes all of them out: with nothing added it is no bundle any more.
    pub remove_all: bool,
}

impl BundleUpdate {
    /// Whether a variant that was no bundle before could become this one.
    ///
    /// # Errors
    /// Refuses what it could not consist of.
    pub fn check(&self, bundle: VariantId) -> Result<()> {
        self.apply(bundle, &[])?;
        Ok(())
    }

    /// The components of `bundle`, which had those `before`.
    ///
    /// # Errors
    /// Refuses what the bundle cannot consist of.
    pub(super) fn apply(&self, bundle: VariantId, before: &[Component]) -> Result<Vec<Component>, Refusal> {
        let mut after = if self.remove_all { vec![] } else { before.to_vec() };
        for (index, id) in self.remove.iter().enumerate() {
            let path = format!("productVariantRelationshipsToRemove.{index}");
            let place = after.iter().position(|known| known.variant_id == *id);
            after.remove(place.ok_or_else(|| no_component(&path))?);
        }
        for (index, wanted) in self.update.iter().enumerate() {
            let path = format!("productVariantRelationshipsToUpdate.{index}");
            counted(&path, wanted.quantity)?;
            let known = after.iter_mut().find(|known| known.variant_id == wanted.variant_id);
            known.ok_or_else(|| no_component(&path))?.quantity = wanted.quantity;
        }
        for (index, wanted) in self.create.iter().enumerate() {
            let path = format!("productVariantRelationshipsToCreate.{index}");
            counted(&path, wanted.quantity)?;
            joins(&path, bundle, wanted.variant_id, &after)?;
            after.push(*wanted);
        }
        if after.len() > MOST_COMPONENTS {
            let message = format!("A bundle has at most {MOST_COMPONENTS} components");
            return Err(refuse("", "EXCEEDED_PRODUCT_VARIANT_RELATIONSHIP_LIMIT", message));
        }
        Ok(after)
    }
}

fn joins(path: &str, bundle: VariantId, wanted: VariantId, there: &[Component]) -> Result<(), Refusal> {
    let path = format!("{path}.id");
    if wanted == bundle {
        return Err(refuse(&path, "CIRCULAR_REFERENCE", "A bundle cannot be a component of itself"));
    }
    if there.iter().any(|known| known.variant_id == wanted) {
        let message = "The variant is a component of the bundle already";
        return Err(refuse(&path, "DUPLICATE_PRODUCT_VARIANT_RELATIONSHIP", message));
    }
    Ok(())
}

fn no_component(path: &str) -> Refusal {
    refuse(path, "PRODUCT_VARIANTS_NOT_COMPONENTS", "The variant is not a component of the bundle")
}

fn counted(path: &str, quantity: i64) -> Result<(), Refusal> {
    if (1..=MOST_PIECES).contains(&quantity) {
        return Ok(());
    }
    let message = format!("A bundle has 1 to {MOST_PIECES} pieces of a component");
    Err(refuse(&format!("{path}.quantity"), "INVALID_QUANTITY", message))
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::VariantId;

    use super::{BundleUpdate, Component, MOST_COMPONENTS};

    const BUNDLE: VariantId = VariantId(1);

    fn component(id: i64, quantity: i64) -> Component {
        Component { variant_id: VariantId(id), quantity }
    }

    fn told(update: &BundleUpdate) -> (String, String) {
        let refusal = update.apply(BUNDLE, &[component(2, 1)]).unwrap_err();
        (refusal.code.into_owned(), refusal.field.join("."))
    }

    #[test]
    fn components_go_change_and_come_in_this_order() {
        let update = BundleUpdate {
            create: vec![component(2, 5)],
            update: vec![component(3, 4)],
            remove: vec![VariantId(2)],
            ..BundleUpdate::default()
        };
        let after = update.apply(BUNDLE, &[component(2, 1), component(3, 1)]).unwrap();
        assert_eq!(after, [component(3, 4), component(2, 5)]);
        let none = BundleUpdate { remove_all: true, ..BundleUpdate::default() };
        assert_eq!(none.apply(BUNDLE, &after), Ok(vec![]));
    }

    #[test]
    fn what_cannot_be_is_refused_where_it_stands() {
        let adds =
            |id, quantity| BundleUpdate { create: vec![component(id, quantity)], ..BundleUpdate::default() };
        let path = |field: &str| format!("productVariantRelationshipsToCreate.0.{field}");
        assert_eq!(told(&adds(1, 1)), ("CIRCULAR_REFERENCE".to_owned(), path("id")));
        assert_eq!(told(&adds(2, 1)), ("DUPLICATE_PRODUCT_VARIANT_RELATIONSHIP".to_owned(), path("id")));
        assert_eq!(told(&adds(3, 0)), ("INVALID_QUANTITY".to_owned(), path("quantity")));
        let removes = BundleUpdate { remove: vec![VariantId(9)], ..BundleUpdate::default() };
        assert_eq!(told(&removes).0, "PRODUCT_VARIANTS_NOT_COMPONENTS");
        let many = (10..).take(MOST_COMPONENTS).map(|id| component(id, 1)).collect();
        let many = BundleUpdate { create: many, ..BundleUpdate::default() };
        assert_eq!(told(&many).0, "EXCEEDED_PRODUCT_VARIANT_RELATIONSHIP_LIMIT");
    }
}
