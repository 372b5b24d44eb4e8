//! What search engines are told about a page.

/// Title and description, where they differ from the page's own.
pub struct Seo {
    /// What the result is headed with.
    pub title: Option<String>,
    /// What stands below it.
    pub description: Option<String>,
}

mcom_kit::record!(Seo as "SEO" { "description" = description, "title" = title });
