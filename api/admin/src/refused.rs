//! Refusals that only the words of the published API give a place.

use mcom_kit::{Error, Fault};
use mcom_schema::refuse;

/// Blames an input for naming something that is not there.
pub(crate) fn missing<T>(
    done: Result<T, Error>,
    field: &str,
    code: &'static str,
    message: &'static str,
) -> Result<T, Error> {
    match done {
        Err(Error::NotFound(_)) => Err(refuse(field, code, message).into()),
        done => done,
    }
}

/// The one of two arguments that was given.
///
/// # Errors
/// `INVALID_FIELD_ARGUMENTS` for neither and both: no field of the input is to blame.
pub(crate) fn either<T>(newer: (&str, Option<T>), older: (&str, Option<T>)) -> Result<T, Fault> {
    match (newer.1, older.1) {
        (Some(given), None) | (None, Some(given)) => Ok(given),
        _ => Err(Fault::arguments(format!("Exactly one of {} and {} must be provided", newer.0, older.0))),
    }
}

/// The codes of a room in the words of one mutation, where the published API knows others: `(the room's, the API's)`.
pub(crate) fn spelled<T>(done: Result<T, Error>, codes: &[(&str, &'static str)]) -> Result<T, Error> {
    let Err(Error::Refused(mut refusals)) = done else { return done };
    for refusal in &mut refusals {
        if let Some((_, published)) = codes.iter().find(|(own, _)| *own == refusal.code) {
            refusal.code = (*published).into();
        }
    }
    Err(Error::Refused(refusals))
}

#[cfg(test)]
mod tests {
    use mcom_kit::{Error, Fault};
    use mcom_schema::refuse;

    use super::{either, missing, spelled};

    fn code(done: Result<i32, Error>) -> Option<String> {
        match done {
            Err(Error::Refused(refusals)) => Some(refusals.first()?.code.to_string()),
            _ => None,
        }
    }

    #[test]
    fn one_of_two_arguments_is_wanted() {
        assert_eq!(either(("a", Some(1)), ("b", None)).ok(), Some(1));
        assert_eq!(either(("a", None), ("b", Some(2))).ok(), Some(2));
        for (newer, older) in [(Some(1), Some(2)), (None, None)] {
            let fault = either(("a", newer), ("b", older)).err();
            assert_eq!(fault.as_ref().and_then(Fault::code), Some("INVALID_FIELD_ARGUMENTS"));
        }
    }

    #[test]
    fn refusals_get_the_place_and_the_code_of_the_mutation() {
        let gone = missing(Err(Error::NotFound("product")), "id", "INVALID", "Product does not exist");
        assert_eq!(code(gone).as_deref(), Some("INVALID"));
        let long = Err(Error::from(refuse("sku", "TOO_LONG", "too long")));
        assert_eq!(code(spelled(long, &[("TOO_LONG", "INVALID_INPUT")])).as_deref(), Some("INVALID_INPUT"));
        let busy = spelled(Err::<i32, _>(Error::Busy), &[("TOO_LONG", "INVALID_INPUT")]);
        assert!(matches!(busy, Err(Error::Busy)));
    }
}
