//! Who takes the money.

use std::time::Duration;

use super::{Environment, Invalid};

/// The payment providers.
#[derive(Debug, Clone)]
pub struct PaymentsConfig {
    /// `MCOM_BOGUS_URL`: where the test provider (`mcom bogus`) listens. Without it only manual payment is offered.
    /// Example: http://127.0.0.1:8090
    pub bogus_url: Option<String>,
    /// `MCOM_PAYMENT_TIMEOUT_MS`: how long a provider may take to answer one call, in milliseconds.
    /// Default: 5000
    pub timeout: Duration,
    /// `MCOM_CHECKOUT_LEASE_MS`: after this long without a sign of life another process takes a checkout up, in milliseconds. At
    /// least four times the payment timeout.
    /// Default: 60000
    pub lease: Duration,
    /// `MCOM_CHECKOUT_HOLD_MS`: how long stock is held for a buyer who has to confirm the payment, in milliseconds.
    /// Default: 900000
    pub hold: Duration,
}

impl PaymentsConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// If the URL is not one of plain HTTP.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let bogus_url = env.text("MCOM_BOGUS_URL").map(|url| url.trim_end_matches('/').to_owned());
        let timeout = Duration::from_millis(env.value("MCOM_PAYMENT_TIMEOUT_MS", 5_000)?);
        let lease = Duration::from_millis(env.value("MCOM_CHECKOUT_LEASE_MS", 60_000)?);
        if bogus_url.as_ref().is_some_and(|url| !url.starts_with("http://")) {
            return Err(Invalid { name: "MCOM_BOGUS_URL", problem: "must begin with http://".to_owned() });
        }
        if lease < timeout * 4 {
            let problem = "must be at least four times MCOM_PAYMENT_TIMEOUT_MS".to_owned();
            return Err(Invalid { name: "MCOM_CHECKOUT_LEASE_MS", problem });
        }
        let hold = Duration::from_millis(env.value("MCOM_CHECKOUT_HOLD_MS", 900_000)?);
        Ok(PaymentsConfig { bogus_url, timeout, lease, hold })
    }
}
