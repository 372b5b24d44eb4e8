//! Lines that belong to another line, as a warranty belongs to what it is about: they go when it goes.

use mcom_schema::{Gid, Refusal, id::VariantId, refuse};

use super::{
    document::Line,
    draft::{Draft, LINE_KINDS},
    input::CartLineInput,
};

impl Draft<'_> {
    /// The line that a new one belongs to, if it belongs to one. Lines are nested one level deep.
    pub(super) fn parent(&self, input: &CartLineInput) -> Result<Option<String>, Refusal> {
        let Some(wanted) = &input.parent else { return Ok(None) };
        let within = |refusal: Refusal| refusal.under(["parent"]);
        let parent = match (&wanted.line_id, &wanted.merchandise_id) {
            (Some(id), None) => self.parent_line(id).map_err(within)?,
            (None, Some(id)) => self.parent_of_variant(id).map_err(within)?,
            _ => {
                let message = "a parent is named by its line or by its merchandise";
                return Err(within(refuse("", "PARENT_LINE_INVALID_REFERENCE", message)));
            }
        };
        if parent.parent.is_some() {
            let message = "a line that belongs to another cannot have lines of its own";
            return Err(refuse("parent", "PARENT_LINE_NESTING_TOO_DEEP", message));
        }
        Ok(Some(parent.id.clone()))
    }

    fn parent_line(&self, id: &str) -> Result<&Line, Refusal> {
        let Some(gid) = Gid::parse(id).filter(|gid| LINE_KINDS.contains(&gid.kind)) else {
            let message = format!("{id} is not the id of a line");
            return Err(refuse("lineId", "PARENT_LINE_INVALID_REFERENCE", message));
        };
        self.document.lines.iter().find(|line| line.id == gid.key).ok_or_else(|| {
            refuse("lineId", "PARENT_LINE_NOT_FOUND", format!("The parent line with id {id} does not exist."))
        })
    }

    /// The line of a variant, also one that was added by the same change.
    fn parent_of_variant(&self, id: &str) -> Result<&Line, Refusal> {
        let Some(variant) = VariantId::parse(id) else {
            let message = format!("{id} is not the id of a variant");
            return Err(refuse("merchandiseId", "PARENT_LINE_INVALID_REFERENCE", message));
        };
        let mut lines = self.document.lines.iter().rev().filter(|line| line.variant == variant);
        let own = lines.clone().find(|line| line.parent.is_none());
        own.or_else(|| lines.next()).ok_or_else(|| {
            let message = format!("No line of the cart has the merchandise with id {id}.");
            refuse("merchandiseId", "PARENT_LINE_NOT_FOUND", message)
        })
    }

    /// Takes lines out, with those that belong to them, and what was said of them.
    pub(super) fn drop_lines(&mut self, ids: &[String]) {
        let goes = |line: &Line| {
            ids.contains(&line.id) || line.parent.as_ref().is_some_and(|parent| ids.contains(parent))
        };
        let (gone, kept) = std::mem::take(&mut self.document.lines).into_iter().partition(goes);
        self.document.lines = kept;
        let gone: Vec<Line> = gone;
        self.document
            .warnings
            .retain(|warning| !gone.iter().any(|line| warning.line.as_ref() == Some(&line.id)));
    }

    /// What belonged to the line `from` belongs to `to`: the two have become one.
    pub(super) fn hand_over(&mut self, from: &str, to: &str) {
        for line in self.document.lines.iter_mut().filter(|line| line.parent.as_deref() == Some(from)) {
            line.parent = Some(to.to_owned());
        }
    }
}

/// The order in which lines are added: those that belong to others after those that do not, for these may come with the same change.
pub(super) fn parents_first(lines: &[CartLineInput]) -> impl Iterator<Item = (usize, &CartLineInput)> {
    let of = |nested: bool| lines.iter().enumerate().filter(move |(_, line)| line.parent.is_some() == nested);
    of(false).chain(of(true))
}

#[cfg(test)]
mod tests {
    use super::super::input::{CartLineInput, CartLineParentInput};
    use super::parents_first;

    #[test]
    fn what_others_belong_to_is_added_first() {
        let line = |parent: Option<CartLineParentInput>| CartLineInput {
            merchandise_id: "gid://shopify/ProductVariant/1".to_owned(),
            quantity: None,
            attributes: None,
            parent,
            selling_plan_id: None,
        };
        let lines = [line(Some(CartLineParentInput::default())), line(None)];
        let order: Vec<usize> = parents_first(&lines).map(|(index, _)| index).collect();
        assert_eq!(order, [1, 0]);
    }
}
