//! Where a buyer is and what they read: what the operation says, and else what their browser asks for.

use mcom_data::Locale;
use mcom_schema::{Language, id::LocationId};

use crate::gateway::Context;

/// Whoever understands more languages has not sent a browser.
const MOST: usize = 10;

/// What a request says. A language in the operation counts more than the header `Accept-Language`.
pub(super) fn of(context: Context, accepted: Option<&str>) -> Locale {
    let languages = match context.language.as_deref().and_then(Language::parse) {
        Some(language) => vec![language],
        None => accepted.map(preferred).unwrap_or_default(),
    };
    let preferred_location = context.preferred_location_id.as_deref().and_then(LocationId::parse);
    Locale { country: context.country, languages, preferred_location }
}

/// The languages of `de-AT, en;q=0.5`, the preferred one first.
fn preferred(accepted: &str) -> Vec<Language> {
    let weighed = |entry: &str| {
        let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>).ok()?;
        Language::of_tag(tag).filter(|_| weight > 0.0).map(|language| (weight, language))
    };
    let mut languages: Vec<(f32, Language)> = accepted.split(',').take(MOST).filter_map(weighed).collect();
    languages.sort_by(|a, b| b.0.total_cmp(&a.0));
    languages.into_iter().map(|(_, language)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::{Context, of};

    fn read(language: Option<&str>, accepted: Option<&str>) -> Vec<&'static str> {
        let context = Context { language: language.map(str::to_owned), ..Context::default() };
        of(context, accepted).languages.iter().map(|language| language.code()).collect()
    }

    #[test]
    fn the_operation_counts_more_than_the_browser() {
        assert_eq!(read(Some("FR"), Some("de")), ["FR"]);
        assert_eq!(read(None, Some("de-AT, en;q=0.5, pt-BR;q=0.9, *;q=0.1")), ["DE", "PT_BR", "EN"]);
        assert_eq!(read(None, Some("en;q=0, q, ;;, fr;q=x")), Vec::<&str>::new());
        assert_eq!(read(None, None), Vec::<&str>::new());
    }
}
