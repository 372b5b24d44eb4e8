//! `mcom store`: stores from the command line.

use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use mcom_data::Services;
use mcom_schema::{Currency, Scope};
use mcom_store::{
    Api,
    stores::{self, NewStore},
    tokens,
};

use super::output;
use crate::{
    assembly,
    config::{Config, Environment},
};

/// Makes stores and lists them.
#[derive(Args)]
pub(super) struct StoreArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Create(CreateArgs),
    List(ListArgs),
    Token(TokenArgs),
}

/// Makes a store that can sell at once, and prints its tokens. They cannot be shown again.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom store create --handle demo --name Demo
  mcom store create --handle tokyo --name Tokyo --currency JPY --country JP --language JA --timezone Asia/Tokyo --json")]
struct CreateArgs {
    /// Its name in addresses: a–z, 0–9 and inner hyphens.
    #[arg(long)]
    handle: String,
    /// Its name for people [default: the handle].
    #[arg(long)]
    name: Option<String>,
    /// Where the merchant is reached [default: owner@HANDLE.localhost].
    #[arg(long)]
    email: Option<String>,
    /// The currency of its prices, ISO 4217.
    #[arg(long, default_value = "EUR", value_parser = currency)]
    currency: Currency,
    /// The country it sells from, ISO 3166-1.
    #[arg(long, default_value = "DE")]
    country: String,
    /// The language of its texts, ISO 639-1.
    #[arg(long, default_value = "EN")]
    language: String,
    /// Its time zone, an IANA name.
    #[arg(long, default_value = "Europe/Berlin")]
    timezone: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Makes one more access token and prints it. It cannot be shown again.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom store token --store demo --api storefront
  mcom store token --store demo --api admin --title Importer --scopes write_products,read_inventory")]
struct TokenArgs {
    /// The store's handle.
    #[arg(long)]
    store: String,
    /// The API that it opens.
    #[arg(long, value_enum)]
    api: ApiName,
    /// Its name for people.
    #[arg(long, default_value = "Command line")]
    title: String,
    /// What it may do; storefront tokens need none [default: everything].
    #[arg(long, value_delimiter = ',', value_parser = scope)]
    scopes: Vec<Scope>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ApiName {
    Storefront,
    Admin,
}

/// Lists the stores that are not closed.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom store list\n  mcom store list --json")]
struct ListArgs {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: StoreArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    match args.action {
        Action::Create(args) => create(&services, args).await,
        Action::List(args) => list(&services, args.json).await,
        Action::Token(args) => token(&services, args).await,
    }
}

fn currency(code: &str) -> Result<Currency, String> {
    Currency::parse(&code.to_ascii_uppercase()).ok_or_else(|| format!("«{code}» is not a currency"))
}

fn scope(name: &str) -> Result<Scope, String> {
    Scope::parse(name).ok_or_else(|| {
        format!("there is no scope «{name}»; there are {}", Scope::ALL.map(Scope::name).join(", "))
    })
}

async fn token(services: &Arc<Services>, args: TokenArgs) -> anyhow::Result<()> {
    let cx = assembly::operator(services, &args.store, "store_token").await?;
    let (api, scopes) = match args.api {
        ApiName::Storefront => (Api::Storefront, vec![]),
        ApiName::Admin if args.scopes.is_empty() => (Api::Admin, Scope::ALL.to_vec()),
        ApiName::Admin => (Api::Admin, args.scopes),
    };
    let issued = tokens::issue(&cx, api, &args.title, &scopes).await?;
    output::line(issued.as_str());
    Ok(())
}

async fn create(services: &Arc<Services>, args: CreateArgs) -> anyhow::Result<()> {
    let new = NewStore {
        name: args.name.unwrap_or_else(|| args.handle.clone()),
        email: args.email.unwrap_or_else(|| format!("owner@{}.localhost", args.handle)),
        handle: args.handle,
        currency: args.currency,
        country: args.country,
        language: args.language,
        timezone: args.timezone,
    };
    let made = stores::create(services, new).await?;
    let (storefront, admin) = (made.storefront_token.as_str(), made.admin_token.as_str());
    if args.json {
        return output::json(&serde_json::json!({
            "id": made.tenant.store().gid(),
            "handle": made.tenant.handle(),
            "domain": made.tenant.host(),
            "storefrontToken": storefront,
            "adminToken": admin,
        }));
    }
    output::line(format!("made the store {} at {}", made.tenant.handle(), made.tenant.host()));
    output::line(format!("  storefront token  {storefront}"));
    output::line(format!("  admin token       {admin}"));
    Ok(())
}

async fn list(services: &Services, json: bool) -> anyhow::Result<()> {
    let stores = stores::list(services).await?;
    if json {
        let rows = stores.iter().map(|store| {
            serde_json::json!({
                "id": mcom_schema::id::StoreId(store.id).gid(), "handle": store.handle, "name": store.name,
                "status": store.status, "currency": store.currency,
            })
        });
        return output::json(&rows.collect::<Vec<_>>());
    }
    for store in stores {
        output::line(format!("{:<24} {:<8} {}  {}", store.handle, store.status, store.currency, store.name));
    }
    Ok(())
}
