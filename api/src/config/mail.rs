//! How mails leave the house.

use std::path::PathBuf;

use secrecy::SecretString;

use super::{Environment, Invalid};

/// The mail server, or a folder in its place.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `MCOM_SMTP_URL`: the mail server. `smtps://` speaks TLS from the start, `smtp://…?tls=required` after STARTTLS.
    /// Example: smtps://user:password@smtp.example.com
    pub smtp_url: Option<SecretString>,
    /// `MCOM_MAIL_FROM`: the address that mails come from. Without it they come from `mail@` the domain of their store.
    /// Example: shop@example.com
    pub from: Option<String>,
    /// `MCOM_MAIL_DIR`: folder into which mails are put if there is no MCOM_SMTP_URL, one file each. Without both no mail is sent.
    /// Example: .mcom/mail
    pub folder: Option<PathBuf>,
    /// `MCOM_MAIL_PAGE`: whether the page `/mail` shows the mails in the folder. They hold secrets, and everybody who reaches the server
    /// sees them: for development only.
    /// Default: false
    pub page: bool,
}

impl MailConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let from = env.text("MCOM_MAIL_FROM");
        if from.as_ref().is_some_and(|from| from.parse::<lettre::Address>().is_err()) {
            let problem = "is no e-mail address, as shop@example.com".to_owned();
            return Err(Invalid { name: "MCOM_MAIL_FROM", problem });
        }
        Ok(MailConfig {
            smtp_url: env.secret("MCOM_SMTP_URL"),
            from,
            folder: env.text("MCOM_MAIL_DIR").map(PathBuf::from),
            page: env.value("MCOM_MAIL_PAGE", false)?,
        })
    }

    /// The folder whose mails a page shows, if one does.
    pub fn shown(&self) -> Option<PathBuf> {
        let is_shown = self.page && self.smtp_url.is_none();
        self.folder.clone().filter(|_| is_shown)
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, MailConfig};

    #[test]
    fn mails_are_shown_only_where_that_is_asked_for() {
        let shown = |variables: &[(&str, &str)]| {
            let env = Environment::from_iter(variables.iter().copied());
            MailConfig::from_env(&env).unwrap().shown().is_some()
        };
        let (folder, page) = (("MCOM_MAIL_DIR", "mail"), ("MCOM_MAIL_PAGE", "true"));
        assert!(shown(&[folder, page]));
        assert!(!shown(&[folder]) && !shown(&[page]));
        assert!(!shown(&[folder, page, ("MCOM_SMTP_URL", "smtp://localhost")]));
        let wrong = MailConfig::from_env(&Environment::from_iter([("MCOM_MAIL_FROM", "nobody")]));
        assert!(wrong.is_err_and(|invalid| invalid.name == "MCOM_MAIL_FROM"));
    }
}
