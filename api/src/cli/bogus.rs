//! `mcom bogus`: the test payment provider, as a process of its own.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

use crate::bogus;

/// Runs the payment provider for tests. No money moves; what happens is decided by the card number.
#[derive(Args)]
#[command(after_help = "Cards:
  4242424242424242   succeeds
  4000000000000002   is declined
  4000000000009995   is declined for lack of funds
  4000000000003220   asks the buyer to confirm on a page
  4000000000000101   is charged, but the answer never comes
  4000000000000119   is not charged, and the answer never comes

Examples:
  mcom bogus
  mcom bogus --listen 127.0.0.1:8090 --ledger bogus.ledger
  curl -s http://127.0.0.1:8090/sessions -H 'content-type: application/json' \\
    -d '{\"credit_card\":{\"number\":\"4242424242424242\"}}'   a session id for cartPaymentUpdate
  curl -s http://127.0.0.1:8090/ledger                      every charge there was")]
pub(super) struct BogusArgs {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// The file that the provider keeps its books in.
    #[arg(long, default_value = "bogus.ledger")]
    ledger: PathBuf,
}

pub(super) async fn run(args: BogusArgs) -> anyhow::Result<()> {
    bogus::run(args.listen, &args.ledger).await
}
