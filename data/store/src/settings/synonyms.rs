//! Which groups of synonyms are taken.

use mcom_schema::{Refusal, refuse};

/// More groups would make every search slower.
const MOST_GROUPS: usize = 1_000;
const MOST_PHRASES: usize = 50;
const LONGEST_PHRASE: usize = 100;

/// Looks at every group.
pub(super) fn check(groups: &[Vec<String>]) -> Result<(), Refusal> {
    if groups.len() > MOST_GROUPS {
        return Err(refuse("synonyms", "TOO_MANY", format!("there may be {MOST_GROUPS} groups at most")));
    }
    for (index, group) in groups.iter().enumerate() {
        let field = format!("synonyms.{index}");
        if !(2..=MOST_PHRASES).contains(&group.len()) {
            let wrong = format!("a group has 2 to {MOST_PHRASES} phrases");
            return Err(refuse(&field, "INVALID", wrong));
        }
        let is_wrong = |phrase: &String| phrase.trim().is_empty() || phrase.chars().count() > LONGEST_PHRASE;
        if group.iter().any(is_wrong) {
            let wrong = format!("a phrase has 1 to {LONGEST_PHRASE} characters");
            return Err(refuse(&field, "INVALID", wrong));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_group_has_several_phrases_with_something_in_them() {
        let group = |phrases: &[&str]| vec![phrases.iter().map(|phrase| (*phrase).to_owned()).collect()];
        assert!(check(&group(&["sofa", "couch"])).is_ok());
        for wrong in [&["sofa"][..], &["sofa", " "], &[]] {
            assert!(check(&group(wrong)).is_err(), "{wrong:?}");
        }
    }
}
