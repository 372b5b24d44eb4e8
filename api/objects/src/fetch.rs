//! Fetching the pictures of a store's products into its object storage.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use futures_util::{StreamExt, stream};
use mcom_catalog::images::{self, Awaited, StoredFile};
use mcom_data::{Cx, objects::Objects};
use mcom_schema::id::ProductId;
use reqwest::{Client, Url, redirect::Policy};
use serde::Serialize;

use super::{Album, Network, keep};

/// What fetching may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pictures in one run.
    pub pictures: u64,
    /// Bytes of one picture.
    pub bytes: usize,
    /// How long one picture may take, all redirects included.
    pub time: Duration,
    /// Products whose pictures are fetched at the same time.
    pub products: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let time = Duration::from_secs(30);
        Limits { pictures: 100_000, bytes: 20 * 1024 * 1024, time, products: 8 }
    }
}

/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Pictures that are kept now.
    pub fetched: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Pictures that could not be had, by address, each with a reason for a person.
    pub failed: Vec<(String, String)>,
}

/// Fetches pictures over the network it may use.
pub struct Fetcher {
    http: Client,
    network: Network,
    limits: Limits,
    album: Option<Album>,
}

impl Fetcher {
    /// A fetcher that asks nobody outside of `network`, whatever names and redirects say.
    ///
    /// # Errors
    /// If the machine has no certificates to trust.
    pub fn new(network: Network, limits: Limits) -> anyhow::Result<Fetcher> {
        let checked = network.clone();
        let follow = Policy::custom(move |attempt| match checked.admits(attempt.url()) {
            _ if attempt.previous().len() > REDIRECTS => attempt.error("redirects too often"),
            Ok(()) => attempt.follow(),
            Err(why) => attempt.error(why),
        });
        let http = Client::builder()
            .no_proxy()
            .dns_resolver(Arc::new(network.clone()))
            .redirect(follow)
            .timeout(limits.time)
            .user_agent(concat!("mcom/", env!("CARGO_PKG_VERSION")));
        Ok(Fetcher { http: http.build()?, network, limits, album: None })
    }

    /// The same, but what is in `album` is taken from there.
    #[must_use]
    pub fn beside(self, album: Option<Album>) -> Self {
        Fetcher { album, ..self }
    }

    /// The content of a picture.
    async fn content(&self, url: &str) -> anyhow::Result<Vec<u8>> {
        if let Some(content) = self.album.as_ref().and_then(|album| album.content(url)) {
            return Ok(content);
        }
        let url: Url = url.parse().context("it is no address")?;
        self.network.admits(&url).map_err(anyhow::Error::msg)?;
        let answer = self.http.get(url).send().await.map_err(reqwest::Error::without_url)?;
        anyhow::ensure!(answer.status().is_success(), "it is answered with {}", answer.status());
        let too_long = || format!("it has more than {} bytes", self.limits.bytes);
        let announced = answer.content_length().unwrap_or_default();
        anyhow::ensure!(announced <= self.limits.bytes as u64, too_long());
        let mut parts = answer.bytes_stream();
        let mut content = vec![];
        while let Some(part) = parts.next().await {
            content.extend_from_slice(&part.map_err(reqwest::Error::without_url)?);
            anyhow::ensure!(content.len() <= self.limits.bytes, too_long());
        }
        Ok(content)
    }

    /// Fetches a picture and puts it into the storage.
    async fn keep(&self, cx: &Cx, objects: &Objects, url: &str) -> anyhow::Result<StoredFile> {
        keep::look(cx, self.content(url).await?).await?.put(cx, objects).await
    }
}

/// Fetches every picture of the store that is not kept yet, a few products at a time, and tells `advanced` after each product. What
/// cannot be had stays as it is, and is tried again by the next run.
///
/// # Errors
/// If the storage or the database does not answer; what was fetched until then is kept.
pub async fn fetch_all(
    cx: &Cx,
    (fetcher, objects): (&Fetcher, &Objects),
    mut advanced: impl FnMut(&Totals),
) -> anyhow::Result<Totals> {
    let mut totals = Totals::default();
    let mut begun = 0;
    let mut after = ProductId(0);
    loop {
        let products = images::awaited(cx, after).await?;
        cx.finish().await;
        let Some((last, _)) = products.last_key_value() else { return Ok(totals) };
        after = *last;
        let within = products.into_iter().take_while(|(_, pictures)| {
            begun += pictures.len() as u64;
            begun <= fetcher.limits.pictures
        });
        let works = within.map(|(id, pictures)| product(cx, (fetcher, objects), id, pictures));
        let works: Vec<_> = works.collect();
        let mut done = stream::iter(works).buffer_unordered(fetcher.limits.products);
        while let Some(one) = done.next().await {
            let one = one?;
            totals.fetched += one.fetched;
            totals.bytes += one.bytes;
            totals.failed.extend(one.failed);
            advanced(&totals);
        }
        if begun > fetcher.limits.pictures {
            return Ok(totals);
        }
    }
}

/// Fetches the pictures of a product, one after the other, and shows them from here.
async fn product(
    cx: &Cx,
    (fetcher, objects): (&Fetcher, &Objects),
    id: ProductId,
    pictures: Vec<Awaited>,
) -> anyhow::Result<Totals> {
    let mut totals = Totals::default();
    let mut kept = vec![];
    for picture in pictures {
        match fetcher.keep(cx, objects, &picture.url).await {
            Ok(file) => {
                totals.fetched += 1;
                totals.bytes += file.bytes.unsigned_abs();
                kept.push((picture, file));
            }
            Err(error) => totals.failed.push((picture.url, format!("{error:#}"))),
        }
    }
    if !kept.is_empty() {
        match images::attach(cx, id, &kept).await {
            // It was deleted meanwhile.
            Ok(()) | Err(mcom_data::Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(totals)
}
