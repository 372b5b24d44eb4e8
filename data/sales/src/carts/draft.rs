//! Changes of a cart's document: pure, so that they can be made again when somebody else was faster.

use mcom_schema::{
    Entropy, Gid, Refusal,
    id::{GiftCardId, VariantId},
    refuse,
};

use super::{
    document::{Attribute, CartDocument, Line, Shortened},
    input::{CartLineInput, CartLineUpdateInput, check_length},
    nest::parents_first,
    offer::Offers,
    prices::Prices,
};
use crate::{gift_cards::AppliedGiftCard, selling_plans::SellingPlans};

/// A cart has no more lines than this.
pub const MOST_LINES: usize = 500;
/// No line has more pieces than this.
pub const MOST_PIECES: i64 = 1_000_000;
/// A note has no more characters than this.
pub const LONGEST_NOTE: usize = 5_000;
/// The name of a cart's source has no more characters than this.
const LONGEST_SOURCE: usize = 255;
/// A discount code has no more characters than this.
pub const LONGEST_CODE: usize = 255;
/// A cart is paid with no more gift cards than this.
pub const MOST_GIFT_CARDS: usize = 10;

/// What ids of lines call them: those of bundles have a name of their own.
pub(super) const LINE_KINDS: [&str; 2] = ["CartLine", "ComponentizableCartLine"];

/// A document in the middle of a change.
pub(super) struct Draft<'a> {
    pub(super) document: CartDocument,
    pub(super) offers: &'a Offers,
    pub(super) plans: &'a SellingPlans,
    pub(super) entropy: &'a dyn Entropy,
    /// Addresses of which the change would have made two: the buyer is told.
    pub(super) duplicates: Vec<String>,
}

impl<'a> Draft<'a> {
    /// Begins a change of `document`.
    pub(super) fn of(document: CartDocument, prices: &'a Prices<'_>, entropy: &'a dyn Entropy) -> Self {
        let (offers, plans) = (&prices.offers, &*prices.terms.plans);
        Draft { document, offers, plans, entropy, duplicates: vec![] }
    }

    /// Adds pieces; what equals a line already there in variant and attributes is merged into it.
    pub(super) fn add_lines(&mut self, lines: &[CartLineInput]) -> Result<(), Refusal> {
        check_length("lines", lines)?;
        self.forget_unadded();
        for (i, line) in parents_first(lines) {
            self.add_line(line).map_err(|refusal| refusal.under(["lines".to_owned(), i.to_string()]))?;
        }
        self.check_size()
    }

    pub(super) fn add_line(&mut self, input: &CartLineInput) -> Result<(), Refusal> {
        let variant = self.offered(&input.merchandise_id)?;
        let wanted = input.quantity.unwrap_or(1);
        if wanted < 1 {
            return Err(refuse("quantity", "LESS_THAN", "the quantity must be at least 1"));
        }
        let line = Line {
            id: self.entropy.token(12),
            variant,
            quantity: wanted,
            attributes: tidy(input.attributes.clone().unwrap_or_default())?,
            parent: self.parent(input)?,
            selling_plan: self.plan(variant, input.selling_plan_id.as_deref())?,
            title: self.title(variant),
        };
        self.unmixed(variant, line.parent.as_deref())?;
        let place = self.place(&line);
        let held = place.map_or(0, |i| self.document.lines[i].quantity);
        let quantity = self.allowed(variant, checked(held.saturating_add(wanted))?)?;
        // What is already in the cart stays, even if there is less of it by now.
        let room = self.room(variant, place).map_or(quantity, |room| room.max(held));
        let given = self.most(variant, quantity, room).max(held);
        let line = match place {
            Some(i) => {
                self.document.lines[i].quantity = given;
                Some(self.document.lines[i].id.clone())
            }
            None if given > 0 => Some(self.append(Line { quantity: given, ..line })),
            None => None,
        };
        if given < quantity {
            self.note_shortage(Shortened { line, variant, added: given - held });
        }
        Ok(())
    }

    /// Changes lines by their ids.
    pub(super) fn update_lines(&mut self, lines: &[CartLineUpdateInput]) -> Result<(), Refusal> {
        check_length("lines", lines)?;
        self.forget_unadded();
        for (i, line) in lines.iter().enumerate() {
            self.update_line(line).map_err(|refusal| refusal.under(["lines".to_owned(), i.to_string()]))?;
        }
        self.check_size()
    }

    fn update_line(&mut self, input: &CartLineUpdateInput) -> Result<(), Refusal> {
        let at = self.find("id", input.id.as_deref().or(input.view_key.as_deref()).unwrap_or_default())?;
        let variant = match &input.merchandise_id {
            Some(id) => self.offered(id)?,
            None => self.document.lines[at].variant,
        };
        let attributes = match &input.attributes {
            Some(attributes) => tidy(attributes.clone())?,
            None => self.document.lines[at].attributes.clone(),
        };
        let wanted = checked(input.quantity.unwrap_or(self.document.lines[at].quantity))?;
        if wanted < 0 {
            return Err(refuse("quantity", "LESS_THAN", "the quantity must not be negative"));
        }
        if wanted == 0 {
            self.drop_lines(&[self.document.lines[at].id.clone()]);
            return Ok(());
        }
        let known = &self.document.lines[at];
        let selling_plan = match &input.selling_plan_id {
            Some(wanted) => self.plan(variant, wanted.as_deref())?,
            None => self.plan(variant, known.selling_plan.map(|id| id.gid()).as_deref())?,
        };
        self.unmixed(variant, known.parent.as_deref())?;
        if self.document.lines.iter().any(|line| line.parent.as_ref() == Some(&known.id)) {
            self.unmixed(variant, Some(&known.id))?;
        }
        let old = self.document.lines.remove(at);
        self.document.warnings.retain(|warning| warning.line.as_ref() != Some(&old.id));
        let title = if old.variant == variant { old.title.clone() } else { self.title(variant) };
        let line = Line { variant, attributes, selling_plan, title, ..old.clone() };
        let twin = self.place(&line);
        let of_twin = twin.map_or(0, |i| self.document.lines[i].quantity);
        let held = of_twin + if old.variant == variant { old.quantity } else { 0 };
        let line = Line { quantity: self.allowed(variant, wanted + of_twin)?, ..line };
        let at = match twin {
            // Two lines became one: it keeps the place of the one that was changed.
            Some(twin) => {
                let gone = self.document.lines.remove(twin);
                self.hand_over(&gone.id, &old.id);
                if twin < at { at - 1 } else { at }
            }
            None => at,
        };
        self.document.lines.insert(at, line);
        self.shorten(at, held);
        Ok(())
    }

    /// Removes lines by their ids or view keys, and what belongs to them.
    pub(super) fn remove_lines(&mut self, ids: &[String]) -> Result<(), Refusal> {
        check_length("lineIds", ids)?;
        self.forget_unadded();
        let mut wanted = Vec::with_capacity(ids.len());
        for (i, id) in ids.iter().enumerate() {
            let place =
                self.find("", id).map_err(|refusal| refusal.under(["lineIds".to_owned(), i.to_string()]))?;
            wanted.push(self.document.lines[place].id.clone());
        }
        self.drop_lines(&wanted);
        Ok(())
    }

    /// The buyer's words to the merchant; nothing removes them.
    pub(super) fn set_note(&mut self, note: Option<String>) -> Result<(), Refusal> {
        if note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
            let message = format!("the note is too long (maximum is {LONGEST_NOTE} characters)");
            return Err(refuse("note", "NOTE_TOO_LONG", message));
        }
        self.document.note = note.filter(|note| !note.is_empty());
        Ok(())
    }

    /// Where the cart comes from, in the words of whoever opens it.
    pub(super) fn set_source(&mut self, name: Option<&str>) -> Result<(), Refusal> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > LONGEST_SOURCE) {
            let message = format!("the name of the source has at most {LONGEST_SOURCE} characters");
            return Err(refuse("sourceName", "INVALID", message));
        }
        self.document.source_name = name.map(str::to_owned);
        Ok(())
    }

    /// Replaces the attributes of the whole cart.
    pub(super) fn set_attributes(&mut self, attributes: Vec<Attribute>) -> Result<(), Refusal> {
        check_length("attributes", &attributes)?;
        self.document.attributes = tidy(attributes)?;
        Ok(())
    }

    /// Replaces the codes; of those that differ in case only the first counts, and blank ones do not.
    pub(super) fn set_discount_codes(&mut self, codes: &[String]) -> Result<(), Refusal> {
        check_length("discountCodes", codes)?;
        let mut kept: Vec<String> = Vec::with_capacity(codes.len());
        for code in codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
            if code.chars().count() > LONGEST_CODE {
                let message = format!("a discount code has at most {LONGEST_CODE} characters");
                return Err(refuse("discountCodes", "INVALID", message));
            }
            if !kept.iter().any(|known| known.to_lowercase() == code.to_lowercase()) {
                kept.push(code.to_owned());
            }
        }
        self.document.discount_codes = kept;
        Ok(())
    }

    /// Pays with these gift cards instead of those before; `found` are the cards of the codes that the buyer gave.
    pub(super) fn set_gift_cards(&mut self, found: &[Option<GiftCardId>]) -> Result<(), Refusal> {
        self.document.gift_cards.clear();
        self.add_gift_cards(found)
    }

    /// Pays with these gift cards too.
    pub(super) fn add_gift_cards(&mut self, found: &[Option<GiftCardId>]) -> Result<(), Refusal> {
        for (i, card) in found.iter().enumerate() {
            let card = card.ok_or_else(|| {
                let unknown = refuse(&i.to_string(), "INVALID", "There is no such gift card to pay with.");
                unknown.under(["giftCardCodes"])
            })?;
            if !self.document.gift_cards.contains(&card) {
                self.document.gift_cards.push(card);
            }
        }
        if self.document.gift_cards.len() <= MOST_GIFT_CARDS {
            return Ok(());
        }
        let message = format!("a cart is paid with at most {MOST_GIFT_CARDS} gift cards");
        Err(refuse("giftCardCodes", "INVALID", message))
    }

    /// Does not pay with these gift cards any more.
    pub(super) fn remove_gift_cards(&mut self, ids: &[String]) -> Result<(), Refusal> {
        check_length("appliedGiftCardIds", ids)?;
        for (i, id) in ids.iter().enumerate() {
            let number =
                Gid::parse(id).filter(|gid| gid.kind == AppliedGiftCard::KIND).and_then(|gid| gid.number());
            let place = self.document.gift_cards.iter().position(|card| Some(card.0) == number);
            let place = place.ok_or_else(|| {
                let unknown = refuse(&i.to_string(), "INVALID", "The cart is not paid with this gift card.");
                unknown.under(["appliedGiftCardIds"])
            })?;
            self.document.gift_cards.remove(place);
        }
        Ok(())
    }

    fn offered(&self, id: &str) -> Result<VariantId, Refusal> {
        VariantId::parse(id).filter(|variant| self.offers.get(*variant).is_some()).ok_or_else(|| {
            refuse("merchandiseId", "INVALID", format!("The merchandise with id {id} does not exist."))
        })
    }

    fn find(&self, field: &str, id: &str) -> Result<usize, Refusal> {
        let key = Gid::parse(id).map_or(id, |gid| if LINE_KINDS.contains(&gid.kind) { gid.key } else { "" });
        self.document.lines.iter().position(|line| line.id == key).ok_or_else(|| {
            refuse(
                field,
                "INVALID_MERCHANDISE_LINE",
                format!("The merchandise line with id {id} does not exist."),
            )
        })
    }

    fn place(&self, wanted: &Line) -> Option<usize> {
        self.document.lines.iter().position(|line| line.is_like(wanted))
    }

    fn title(&self, variant: VariantId) -> String {
        self.offers.get(variant).map(|offer| offer.product_title.clone()).unwrap_or_default()
    }

    fn append(&mut self, line: Line) -> String {
        let id = line.id.clone();
        self.document.lines.push(line);
        id
    }

    /// Cuts the line at `at` down to what can be had, but not below the `held` pieces it had before; nothing is left of it if nothing can be had.
    fn shorten(&mut self, at: usize, held: i64) {
        let line = self.document.lines[at].clone();
        let Some(room) = self.room(line.variant, Some(at)) else { return };
        let room = room.max(held);
        if line.quantity <= room {
            return;
        }
        let room = self.most(line.variant, line.quantity, room);
        let id = (room > 0).then(|| line.id.clone());
        if room > 0 {
            self.document.lines[at].quantity = room;
        } else {
            self.drop_lines(std::slice::from_ref(&line.id));
        }
        self.note_shortage(Shortened { line: id, variant: line.variant, added: room });
    }

    fn note_shortage(&mut self, shortage: Shortened) {
        self.document.warnings.retain(|known| known.variant != shortage.variant);
        self.document.warnings.push(shortage);
    }

    /// What could not be added at all is said once: until the lines are changed again.
    fn forget_unadded(&mut self) {
        self.document.warnings.retain(|warning| warning.line.is_some());
    }

    pub(super) fn check_size(&self) -> Result<(), Refusal> {
        if self.document.lines.len() <= MOST_LINES {
            return Ok(());
        }
        Err(refuse("lines", "CART_TOO_LARGE", format!("a cart has at most {MOST_LINES} lines")))
    }
}

fn checked(quantity: i64) -> Result<i64, Refusal> {
    if quantity <= MOST_PIECES {
        return Ok(quantity);
    }
    Err(refuse("quantity", "MAXIMUM_EXCEEDED", format!("a line has at most {MOST_PIECES} pieces")))
}

/// One value per key, the last one, in the order of the keys' first appearance.
fn tidy(attributes: Vec<Attribute>) -> Result<Vec<Attribute>, Refusal> {
    check_length("attributes", &attributes)?;
    let mut kept: Vec<Attribute> = Vec::with_capacity(attributes.len());
    for attribute in attributes {
        if attribute.key.is_empty() {
            return Err(refuse("attributes", "INVALID", "an attribute needs a key"));
        }
        match kept.iter_mut().find(|known| known.key == attribute.key) {
            Some(known) => known.value = attribute.value,
            None => kept.push(attribute),
        }
    }
    Ok(kept)
}
