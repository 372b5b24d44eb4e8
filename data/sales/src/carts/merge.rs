//! A guest's cart that becomes a customer's: what the customer put into their cart elsewhere is in it, too.

use mcom_data::{Cx, Result};
use mcom_schema::{
    Refusal,
    id::{CustomerId, VariantId},
};

use super::{
    CartId,
    document::{CartDocument, Line},
    draft::Draft,
    input::{CartLineInput, CartLineParentInput},
    nest::parents_first,
    owner::Owner,
    query::{self, Stored},
};

/// The customer who signs in, and the cart that they filled elsewhere.
pub(super) struct Elsewhere {
    customer: CustomerId,
    cart: Stored,
}

impl Elsewhere {
    /// Looks for another cart of whoever signs in on the cart `id`. One statement, none if nobody does.
    ///
    /// # Errors
    /// `Busy` or `Broken` if it cannot be looked for.
    pub(super) async fn of(cx: &Cx, owner: &Result<Owner, Refusal>, id: &str) -> Result<Option<Self>> {
        let (Ok(Owner::Known(customer)), Some(id)) = (owner, CartId::parse(id)) else { return Ok(None) };
        let customer = customer.id();
        let found = cx.read(async |db| query::elsewhere(db, customer, &id.token).await).await?;
        Ok(found.map(|cart| Elsewhere { customer, cart }))
    }

    /// What is in it.
    pub(super) fn variants(&self) -> Vec<VariantId> {
        self.cart.document.variants()
    }

    /// Puts what is in it into a cart, unless that is the customer's already. Says whether it did.
    pub(super) fn join(&self, draft: &mut Draft<'_>) -> bool {
        let is_guests = draft.document.identity.customer != Some(self.customer);
        if is_guests {
            draft.take_in(&self.cart.document);
        }
        is_guests
    }

    /// Keeps it from being put into yet another cart. Whoever changed it meanwhile goes on with it.
    ///
    /// # Errors
    /// `Busy` or `Broken` if that cannot be saved.
    pub(super) async fn retire(mut self, cx: &Cx) -> Result<()> {
        self.cart.document.is_merged = true;
        self.cart.version += 1;
        cx.write_quietly(async |db| query::replace(db, &self.cart).await).await.map(drop)
    }
}

impl Draft<'_> {
    /// Adds what is in another cart, as far as it can still be had.
    fn take_in(&mut self, other: &CartDocument) {
        let inputs: Vec<CartLineInput> = other.lines.iter().map(|line| as_input(line, other)).collect();
        for (_, input) in parents_first(&inputs) {
            let before = self.document.clone();
            if self.add_line(input).and_then(|()| self.check_size()).is_err() {
                self.document = before;
            }
        }
    }
}

/// A line as its buyer would add it.
fn as_input(line: &Line, of: &CartDocument) -> CartLineInput {
    let parent = of.lines.iter().find(|other| line.parent.as_ref() == Some(&other.id));
    CartLineInput {
        merchandise_id: line.variant.gid(),
        quantity: Some(line.quantity),
        attributes: Some(line.attributes.clone()),
        parent: parent
            .map(|parent| CartLineParentInput { line_id: None, merchandise_id: Some(parent.variant.gid()) }),
        selling_plan_id: line.selling_plan.map(|plan| plan.gid()),
    }
}
