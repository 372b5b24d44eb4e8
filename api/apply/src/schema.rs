//! The JSON schema of store files, for editors.

use schemars::generate::SchemaSettings;

use super::file::StoreFile;

/// The schema as it is committed, ending in a line break.
///
/// # Errors
/// If it has no JSON form.
pub fn schema() -> serde_json::Result<String> {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = generator.into_root_schema_for::<StoreFile>();
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}
