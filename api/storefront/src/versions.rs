//! The versions of the published API by whose names this one answers.

use chrono::{DateTime, Datelike, Utc};
use mcom_kit::{Args, Cx, Error, Registry};

/// So many of the latest versions are supported.
const SUPPORTED: i32 = 4;

/// A version of the API.
#[derive(Debug, PartialEq, Eq)]
pub struct ApiVersion {
    name: String,
    handle: String,
    supported: bool,
}

mcom_kit::record!(ApiVersion as "ApiVersion" { "displayName" = name, "handle" = handle, "supported" = supported });

pub(crate) fn register(registry: &mut Registry) {
    registry.query("publicApiVersions", versions);
}

async fn versions(cx: &Cx, _: Args) -> Result<Vec<ApiVersion>, Error> {
    Ok(at(cx.now()))
}

/// A version comes with each quarter and is supported for a year. The next one is there to be tried out, as is what may come after it.
fn at(now: DateTime<Utc>) -> Vec<ApiVersion> {
    let quarter = now.year() * 4 + now.month0() as i32 / 3;
    let handle = |quarter: i32| format!("{}-{:02}", quarter.div_euclid(4), quarter.rem_euclid(4) * 3 + 1);
    let version =
        |quarter: i32| ApiVersion { name: handle(quarter), handle: handle(quarter), supported: true };
    let mut versions: Vec<ApiVersion> = (quarter - SUPPORTED + 1..=quarter).map(version).collect();
    let next = handle(quarter + 1);
    let name = format!("{next} (Release candidate)");
    versions.push(ApiVersion { name, handle: next, supported: false });
    let (name, handle) = ("Unstable".to_owned(), "unstable".to_owned());
    versions.push(ApiVersion { name, handle, supported: false });
    versions
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::at;

    #[test]
    fn a_year_of_versions_is_supported() {
        let now = DateTime::parse_from_rfc3339("2026-02-28T12:00:00Z").unwrap().to_utc();
        let all = at(now);
        let supported: Vec<&str> =
            all.iter().filter(|version| version.supported).map(|version| version.handle.as_str()).collect();
        assert_eq!(supported, ["2025-04", "2025-07", "2025-10", "2026-01"]);
        assert_eq!(all[4].name, "2026-04 (Release candidate)");
    }
}
