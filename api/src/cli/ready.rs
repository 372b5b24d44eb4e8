//! `mcom ready`: whether the process beside this one can answer, for health checks in images that have no shell.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::Context;
use clap::Args;
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::Value;

use super::output;
use crate::config::{Environment, HttpConfig, RolesConfig};

/// How long a process may take to tell how it is.
const PATIENCE: Duration = Duration::from_secs(3);
/// More than any of them tells, in bytes.
const LONGEST: usize = 64 << 10;

/// Asks the process that was started with the same settings whether it is ready, and prints what it tells.
///
/// Asks at MCOM_INTERNAL_LISTEN if that is set, else at MCOM_LISTEN. Ends with status 1 if it is not ready or does not answer.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom ready\n  mcom ready --address 10.0.0.5:8081")]
pub(super) struct ReadyArgs {
    /// Address and port to ask at.
    #[arg(long)]
    address: Option<SocketAddr>,
}

pub(super) async fn run(args: ReadyArgs, env: &Environment) -> anyhow::Result<ExitCode> {
    let address = match args.address {
        Some(address) => address,
        None => listening(env)?,
    };
    let told = look(&format!("http://{}", reachable(address)).parse()?)
        .await
        .with_context(|| format!("{address} does not answer"))?;
    output::json(&told)?;
    Ok(if told["ready"] == true { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn listening(env: &Environment) -> anyhow::Result<SocketAddr> {
    Ok(match RolesConfig::from_env(env)?.listen {
        Some(inside) => inside,
        None => HttpConfig::from_env(env)?.listen,
    })
}

/// Who listens on every address is asked at the one that every machine has.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

/// What a process tells about itself.
///
/// # Errors
/// If it does not answer, or not as a process of mcom.
pub(super) async fn look(address: &Uri) -> anyhow::Result<Value> {
    let http = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let authority = address.authority().map(ToString::to_string).unwrap_or_default();
    let request = Request::get(format!("http://{authority}/readyz")).body(Empty::new())?;
    let answer = tokio::time::timeout(PATIENCE, http.request(request)).await??;
    let status = answer.status();
    anyhow::ensure!(
        status == StatusCode::OK || status == StatusCode::SERVICE_UNAVAILABLE,
        "it answers {status}: is that a process of mcom?"
    );
    let body = Limited::new(answer.into_body(), LONGEST).collect().await;
    Ok(serde_json::from_slice(&body.map_err(|error| anyhow::anyhow!("{error}"))?.to_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::{Environment, listening, reachable};

    #[test]
    fn the_inner_listener_comes_first_and_every_address_means_this_machine() {
        let outer = ("MCOM_LISTEN", "0.0.0.0:8080");
        let inner = ("MCOM_INTERNAL_LISTEN", "[::]:8081");
        let asked = |variables: &[(&str, &str)]| {
            let address = listening(&Environment::from_iter(variables.iter().copied())).unwrap();
            reachable(address).to_string()
        };
        assert_eq!(asked(&[outer]), "127.0.0.1:8080");
        assert_eq!(asked(&[outer, inner]), "[::1]:8081");
    }
}
