//! What of a query changes nothing, so that its writer can be told.

use mcom_schema::{SearchRemark, SearchWarning};

use super::{Query, Term};

impl Query {
    /// What to tell the writer of this query, whose text is `text`, about the terms that `field` passed over: those whose
    /// key is none of `keys`, and those whose value `reads` does not understand. `None` if there are no such terms.
    pub fn remark(
        &self,
        field: &'static str,
        text: &str,
        keys: &[&str],
        reads: impl Fn(&Term) -> bool,
    ) -> Option<SearchRemark> {
        let mut warnings: Vec<SearchWarning> = vec![];
        for term in self.terms() {
            if let Some(warning) = warning(term, keys, &reads)
                && !warnings.contains(&warning)
            {
                warnings.push(warning);
            }
        }
        let remark =
            || SearchRemark { field: field.into(), query: text.to_owned(), warnings: warnings.clone() };
        (!warnings.is_empty()).then(remark)
    }
}

fn warning(term: &Term, keys: &[&str], reads: impl Fn(&Term) -> bool) -> Option<SearchWarning> {
    let key = term.key.as_ref()?;
    let warning = |message: String, code: &'static str| SearchWarning {
        field: key.clone(),
        message,
        code: code.into(),
    };
    if !keys.contains(&key.as_str()) {
        return Some(warning("Invalid search field for this query.".to_owned(), "invalid_field"));
    }
    let unread =
        || warning(format!("Input `{}` is not an accepted value.", term.value.text), "invalid_value");
    (!reads(term)).then(unread)
}

#[cfg(test)]
mod tests {
    use mcom_schema::SearchRemark;

    use super::super::parse;

    fn remark(text: &str) -> Option<SearchRemark> {
        let query = parse(text).unwrap();
        query.remark("products", text, &["price", "tag"], |term| term.value.text != "cheap")
    }

    #[test]
    fn unknown_keys_and_values_are_told_each_once() {
        let text = "color:red OR (price:cheap -color:blue) tag:new";
        let told = remark(text).unwrap();
        assert_eq!((told.field.as_ref(), told.query.as_str()), ("products", text));
        let codes: Vec<_> =
            told.warnings.iter().map(|warning| (warning.field.as_str(), warning.code.as_ref())).collect();
        assert_eq!(codes, [("color", "invalid_field"), ("price", "invalid_value")]);
    }

    #[test]
    fn nothing_is_told_about_what_was_understood() {
        assert_eq!(remark("mug tag:new price:12"), None);
        assert_eq!(remark(""), None);
    }
}
