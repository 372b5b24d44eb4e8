//! Categories: where a product stands in a taxonomy that the merchant follows, told by names from the general to the special one.

use mcom_schema::{Handle, Refusal, refuse};

/// Parts the names.
const PART: &str = " > ";
const LONGEST: usize = 1_000;
const DEEPEST: usize = 10;

/// A category of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// What it is known by: the names of all categories that it is in, and its own.
    pub key: String,
}

/// The categories that a path names, the most general one first.
pub fn of_path(path: &str) -> Vec<Category> {
    let mut key = String::new();
    let category = |name: &str| {
        let part = Handle::parse(name).map(String::from).unwrap_or_default();
        key = if key.is_empty() { part } else { format!("{key}--{part}") };
        Category { name: name.to_owned(), key: key.clone() }
    };
    path.split(PART).map(category).collect()
}

/// A path as it is kept, with one space on each side of each `>`; none if it is empty.
///
/// # Errors
/// Refuses more than ten names, and names without a letter or digit.
pub fn read(text: &str) -> Result<Option<String>, Refusal> {
    let names: Vec<&str> = text.split('>').map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_named = |name: &&str| Handle::parse(name).is_ok();
    if names.len() > DEEPEST || !names.iter().all(is_named) || text.chars().count() > LONGEST {
        let told = "A category is told by at most ten names, as in Apparel > Shirts";
        return Err(refuse("category", "INVALID", told));
    }
    Ok(Some(names.join(PART)).filter(|path| !path.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{of_path, read};

    #[test]
    fn a_path_is_kept_in_one_spelling() {
        assert_eq!(read(" Apparel>Shirts >"), Ok(Some("Apparel > Shirts".to_owned())));
        assert_eq!(read(" "), Ok(None));
        assert!(read("Apparel > !").is_err());
        assert!(read(&"a>".repeat(11)).is_err());
    }

    #[test]
    fn a_category_is_known_by_all_that_it_is_in() {
        let keys: Vec<String> = of_path("Apparel & Shoes > Shirts").into_iter().map(|it| it.key).collect();
        assert_eq!(keys, ["apparel-shoes", "apparel-shoes--shirts"]);
    }
}
