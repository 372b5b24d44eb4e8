//! The process environment, and the only place that looks at it.

use std::{collections::HashMap, fmt, str::FromStr};

use secrecy::SecretString;

/// Variables by name.
#[derive(Clone, Default)]
pub struct Environment(HashMap<String, String>);

/// A variable that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} {problem}")]
pub struct Invalid {
    /// The variable.
    pub name: &'static str,
    /// What is wrong with it, continuing the sentence that its name begins.
    pub problem: String,
}

impl Environment {
    /// The variables this process was started with.
    #[expect(clippy::disallowed_methods, reason = "configuration is read here and nowhere else")]
    pub fn of_process() -> Self {
        Environment(std::env::vars().collect())
    }

    /// A variable's text; an empty one counts as not set.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// A variable's secret text.
    pub fn secret(&self, name: &str) -> Option<SecretString> {
        self.text(name).map(SecretString::from)
    }

    /// A secret that must be there; `hint` says what it is for.
    ///
    /// # Errors
    /// If it is not set.
    pub fn required_secret(&self, name: &'static str, hint: &str) -> Result<SecretString, Invalid> {
        self.secret(name).ok_or_else(|| Invalid { name, problem: format!("is not set: {hint}") })
    }

    /// A variable's value, or `default` if it is not set.
    ///
    /// # Errors
    /// If its text does not stand for a value of this type.
    pub fn value<T: FromStr>(&self, name: &'static str, default: T) -> Result<T, Invalid>
    where
        T::Err: fmt::Display,
    {
        let Some(text) = self.text(name) else { return Ok(default) };
        text.parse().map_err(|error| Invalid { name, problem: format!("is «{text}»: {error}") })
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Environment(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;

    #[test]
    fn an_empty_variable_counts_as_not_set_and_a_wrong_one_is_named() {
        let env = Environment::from_iter([("A", " "), ("B", "x"), ("C", "7")]);
        assert_eq!((env.text("A"), env.value("A", 1)), (None, Ok(1)));
        assert_eq!(env.value("C", 1), Ok(7));
        let error = env.value("B", 1).map_err(|error| error.to_string());
        assert_eq!(error, Err("B is «x»: invalid digit found in string".to_owned()));
    }
}
