//! What products are searched with.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use mcom_search::{Elastic, Embedded, Layout, Node, Search, SearchEngine};
use secrecy::{ExposeSecret, SecretString};

use super::{Environment, Invalid};

/// The engine, and where it is.
#[derive(Clone)]
pub struct SearchConfig {
    /// `MCOM_SEARCH_PATH`: folder of the embedded engine's indexes, which all processes of one machine may share.
    /// Default: .mcom/search
    pub path: PathBuf,
    /// `MCOM_SEARCH_URL`: a node of Elasticsearch or OpenSearch, which is then searched with instead of the embedded engine.
    /// Example: http://127.0.0.1:9200
    pub url: Option<String>,
    /// `MCOM_SEARCH_LOGIN`: name and password there, with a colon between.
    /// Example: mcom:secret
    pub login: Option<SecretString>,
    /// `MCOM_SEARCH_PREFIX`: what the names of all indexes there begin with.
    /// Default: mcom
    pub prefix: String,
    /// `MCOM_SEARCH_OWN_INDEX`: stores with this many products get an index of their own there when they are rebuilt.
    /// Default: 50000
    pub own_index_from: u64,
    /// `MCOM_SEARCH_MS`: how long a search may take, in milliseconds.
    /// Default: 2000
    pub patience: Duration,
}

impl fmt::Debug for SearchConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut config = f.debug_struct("SearchConfig");
        config.field("path", &self.path).field("url", &self.url).field("prefix", &self.prefix);
        config.field("own_index_from", &self.own_index_from).field("patience", &self.patience).finish()
    }
}

impl SearchConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        Ok(SearchConfig {
            path: env.value("MCOM_SEARCH_PATH", PathBuf::from(".mcom/search"))?,
            url: env.text("MCOM_SEARCH_URL"),
            login: env.secret("MCOM_SEARCH_LOGIN"),
            prefix: env.text("MCOM_SEARCH_PREFIX").unwrap_or_else(|| "mcom".to_owned()),
            own_index_from: env.value("MCOM_SEARCH_OWN_INDEX", 50_000)?,
            patience: Duration::from_millis(env.value("MCOM_SEARCH_MS", 2_000)?),
        })
    }

    /// The engine for the stores of the database of this identity. Nothing is opened or asked yet.
    ///
    /// # Errors
    /// If the node's address cannot be used.
    pub fn engine(&self, database: &str) -> anyhow::Result<Search> {
        let engine: Arc<dyn SearchEngine> = match &self.url {
            Some(url) => Arc::new(Elastic::new(&self.node(url), &self.layout(database))?),
            None => Arc::new(Embedded::new(self.path.join(database))),
        };
        Ok(Search::around(engine, self.patience))
    }

    fn node(&self, url: &str) -> Node {
        let login = self.login.as_ref().and_then(|login| {
            let (name, password) = login.expose_secret().split_once(':')?;
            Some((name.to_owned(), password.to_owned()))
        });
        Node { url: url.to_owned(), login }
    }

    fn layout(&self, database: &str) -> Layout {
        Layout { prefix: format!("{}-{database}", self.prefix), own_index_from: self.own_index_from }
    }
}
