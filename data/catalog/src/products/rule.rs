//! What a product may be: pure checks of what merchants send.

use chrono::{DateTime, Utc};
use mcom_schema::{Handle, Refusal, refuse, text::fold};

use super::{
    OptionCreateInput, ProductInput, ProductStatus, SeoInput, category,
    row::{ProductRow, ProductValues},
};
use crate::{
    patch::Patch,
    variants::{DEFAULT_OPTION, DEFAULT_VALUE},
};

/// A product has at most this many variants.
pub(crate) const LARGEST_VARIANTS: usize = 2_048;
const LARGEST_OPTIONS: usize = 3;
const LARGEST_TAGS: usize = 250;
pub(super) const LONGEST: usize = 255;
const LARGEST_BODY: usize = 512 * 1024;

/// All columns of a product: what `input` says, and what was there (or what is usual) where it says nothing.
pub(crate) fn values(
    input: &ProductInput,
    before: Option<&ProductRow>,
    now: DateTime<Utc>,
) -> Result<ProductValues, Vec<Refusal>> {
    let mut refusals = vec![];
    let mut keep = |result: Result<String, Refusal>| {
        result.map_err(|refusal| refusals.push(refusal)).unwrap_or_default()
    };
    let or =
        |new: &Option<String>, old: Option<&String>| new.clone().or_else(|| old.cloned()).unwrap_or_default();
    let title = keep(title(&or(&input.title, before.map(|b| &b.title))));
    let handle = keep(handle(input, before, &title));
    let vendor = keep(short("vendor", or(&input.vendor, before.map(|b| &b.vendor))));
    let product_type = keep(short("productType", or(&input.product_type, before.map(|b| &b.product_type))));
    let body = or(&input.description_html, before.map(|b| &b.description_html));
    if body.len() > LARGEST_BODY {
        refusals.push(refuse("descriptionHtml", "TOO_BIG", "Description is too big (maximum is 512 KB)"));
    }
    let tags = match &input.tags {
        Some(tags) => joined_tags(tags.iter().map(String::as_str)),
        None => before.map(|b| b.tags.clone()).unwrap_or_default(),
    };
    if tags.len() > LARGEST_TAGS || tags.iter().any(|tag| tag.chars().count() > LONGEST) {
        refusals.push(refuse("tags", "INVALID", "A product has at most 250 tags of 255 characters"));
    }
    let category = match input.category.as_deref().map(category::read) {
        Some(Ok(category)) => category,
        Some(Err(refusal)) => {
            refusals.push(refusal);
            None
        }
        None => before.and_then(|b| b.category.clone()),
    };
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let (seo_title, seo_description) =
        seo(input.seo.as_ref(), before.map(|b| (b.seo_title.clone(), b.seo_description.clone())));
    let kept_status = before.map_or_else(|| ProductStatus::Active.name().to_owned(), |b| b.status.clone());
    Ok(ProductValues {
        title_key: fold(&title),
        vendor_key: fold(&vendor),
        type_key: fold(&product_type),
        handle,
        title,
        description_html: body,
        vendor,
        product_type,
        category,
        status: input.status.map_or(kept_status, |status| status.name().to_owned()),
        tags,
        seo_title,
        seo_description,
        template_suffix: input.template_suffix.clone().unwrap_or_else(|| before?.template_suffix.clone()),
        gift_card: before.map_or(input.gift_card.unwrap_or_default(), |b| b.gift_card),
        updated_at: now,
    })
}

fn title(title: &str) -> Result<String, Refusal> {
    let title = title.trim();
    if title.is_empty() {
        return Err(refuse("title", "BLANK", "Title can't be blank"));
    }
    short("title", title.to_owned())
}

fn short(field: &str, text: String) -> Result<String, Refusal> {
    if text.chars().count() <= LONGEST {
        return Ok(text);
    }
    Err(refuse(field, "TOO_LONG", format!("{field} is too long (maximum is {LONGEST} characters)")))
}

/// The handle that was sent, the one that is there, or one made of the title.
fn handle(input: &ProductInput, before: Option<&ProductRow>, title: &str) -> Result<String, Refusal> {
    match (input.handle.as_deref().filter(|handle| !handle.trim().is_empty()), before) {
        (Some(handle), _) => Handle::parse(handle).map(String::from),
        (None, Some(before)) => Ok(before.handle.clone()),
        // A title of signs only leaves nothing to make a handle of.
        (None, None) => Ok(Handle::parse(title).map_or_else(|_| "product".to_owned(), String::from)),
    }
}

/// Words for search engines after `input`.
pub(crate) fn seo(
    input: Option<&SeoInput>,
    before: Option<(Option<String>, Option<String>)>,
) -> (Option<String>, Option<String>) {
    let (title, description) = before.unwrap_or_default();
    let filled = |patch: &Patch<String>, old: Option<String>| match patch {
        Some(new) => new.clone().filter(|text| !text.is_empty()),
        None => old,
    };
    match input {
        Some(input) => (filled(&input.title, title), filled(&input.description, description)),
        None => (title, description),
    }
}

/// Tags trimmed, sorted and without repetitions; case does not make a difference between two.
pub(crate) fn joined_tags<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut tags: Vec<String> =
        tags.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    tags.sort_by_cached_key(|tag| tag.to_lowercase());
    tags.dedup_by_key(|tag| tag.to_lowercase());
    tags
}

/// Names and values of the options of a new product; the one that stands for no choice if there are none.
pub(super) fn options(input: Option<&[OptionCreateInput]>) -> Result<Vec<(String, Vec<String>)>, Refusal> {
    let mut options: Vec<&OptionCreateInput> = input.unwrap_or_default().iter().collect();
    if options.is_empty() {
        return Ok(vec![(DEFAULT_OPTION.to_owned(), vec![DEFAULT_VALUE.to_owned()])]);
    }
    if options.len() > LARGEST_OPTIONS {
        return Err(refuse("productOptions", "INVALID", "A product has at most 3 options"));
    }
    options.sort_by_key(|option| option.position.unwrap_or(i32::MAX));
    let named = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST;
    for (index, option) in options.iter().enumerate() {
        let path = format!("productOptions.{index}");
        let repeated = options[..index].iter().any(|other| other.name.trim() == option.name.trim());
        if !named(&option.name) || repeated {
            return Err(refuse(
                &format!("{path}.name"),
                "INVALID",
                "Option names must be filled and different",
            ));
        }
        let values = &option.values;
        let repeated = |i: usize| values[..i].iter().any(|other| other.name.trim() == values[i].name.trim());
        if values.is_empty() || values.len() > LARGEST_VARIANTS {
            return Err(refuse(&format!("{path}.values"), "INVALID", "An option has 1 to 2,048 values"));
        }
        if (0..values.len()).any(|i| !named(&values[i].name) || repeated(i)) {
            return Err(refuse(
                &format!("{path}.values"),
                "INVALID",
                "Option values must be filled and different",
            ));
        }
    }
    let names = |option: &OptionCreateInput| {
        let values = option.values.iter().map(|value| value.name.trim().to_owned());
        (option.name.trim().to_owned(), values.collect())
    };
    Ok(options.into_iter().map(names).collect())
}

/// An address on the web, with its spaces encoded.
pub(crate) fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    (!rest.is_empty() && url.len() <= 2_048 && !url.contains(['\n', '\r', '"', '<', '>']))
        .then(|| url.replace(' ', "%20"))
}

#[cfg(test)]
mod tests {
    use super::{OptionCreateInput, ProductInput, address, joined_tags, options, values};
    use crate::products::OptionValueCreateInput;

    fn input(title: &str) -> ProductInput {
        ProductInput { title: Some(title.to_owned()), ..ProductInput::default() }
    }

    #[test]
    fn a_title_is_needed_and_makes_the_handle() {
        let now = chrono::DateTime::UNIX_EPOCH;
        assert_eq!(
            values(&input(" Red Mug! "), None, now).map(|v| (v.title, v.handle)),
            Ok(("Red Mug!".into(), "red-mug".into()))
        );
        assert_eq!(values(&input("!!!"), None, now).map(|v| v.handle), Ok("product".into()));
        assert_eq!(values(&input(" "), None, now).unwrap_err()[0].field, ["title"]);
    }

    #[test]
    fn tags_are_sorted_and_unique() {
        assert_eq!(joined_tags([" b", "A", "B", "", "a"].into_iter()), ["A", "b"]);
    }

    #[test]
    fn a_product_without_options_has_the_one_that_stands_for_no_choice() {
        assert_eq!(options(None).unwrap(), [("Title".to_owned(), vec!["Default Title".to_owned()])]);
    }

    #[test]
    fn options_are_few_filled_and_different() {
        let option = |name: &str, values: &[&str]| OptionCreateInput {
            name: name.to_owned(),
            position: None,
            values: values.iter().map(|name| OptionValueCreateInput { name: (*name).to_owned() }).collect(),
        };
        assert!(options(Some(&[option("Size", &["S", "M"])])).is_ok());
        for bad in [
            vec![option("Size", &[])],
            vec![option(" ", &["S"])],
            vec![option("Size", &["S", "S "])],
            vec![option("Size", &["S"]), option("Size", &["M"])],
            vec![option("A", &["1"]), option("B", &["1"]), option("C", &["1"]), option("D", &["1"])],
        ] {
            assert!(options(Some(&bad)).is_err());
        }
    }

    #[test]
    fn only_web_addresses_are_images() {
        assert_eq!(address("https://a.b/c d.jpg").as_deref(), Some("https://a.b/c%20d.jpg"));
        assert_eq!(address("file:///etc/passwd"), None);
        assert_eq!(address("https://"), None);
    }
}
