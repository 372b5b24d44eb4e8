//! What is written in other languages.

use std::collections::BTreeSet;

use mcom_data::Result;
use mcom_schema::{Gid, Language};
use mcom_store::{
    menus, metafields,
    policies::{self, PolicyKind},
    translations::{self, Subject, Texts, TranslatedKind, Translation},
};

use crate::{
    file::markets,
    run::{Action, Run},
    target,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.translations else { return Ok(()) };
    let names: Vec<String> = section.iter().map(name).collect();
    run.named_once("translations", names.iter().map(String::as_str));
    let there = translations::all(run.cx).await?;
    let mut named = BTreeSet::new();
    for (index, entry) in section.iter().enumerate() {
        if let Some(known) = put(run, &format!("translations.{index}"), entry, &there).await? {
            named.insert(known);
        }
    }
    for gone in there.iter().filter(|it| !named.contains(&(it.subject, it.language))) {
        let name = format!(
            "{} {} in {}",
            gone.subject.kind.name().to_lowercase(),
            gone.subject.id,
            gone.language.code()
        );
        if run.passes("translation", &name) {
            translations::set(run.cx, &Translation { texts: Texts::default(), ..gone.clone() }).await?;
        }
    }
    Ok(())
}

fn name(entry: &markets::Translation) -> String {
    format!("{} in {}", entry.of, entry.language)
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    entry: &markets::Translation,
    there: &[Translation],
) -> Result<Option<(Subject, Language)>> {
    let subject = match find(run, &entry.of).await? {
        Found::There(subject) => Some(subject),
        Found::Planned(kind) => Some(Subject { kind, id: 0 }),
        Found::Nowhere => None,
    };
    let language = Language::parse(&entry.language);
    if subject.is_none() {
        run.fault(&format!("{path}.of"), format!("there is no «{}» that could be translated", entry.of));
    }
    if language.is_none() {
        run.fault(&format!("{path}.language"), format!("there is no language «{}»", entry.language));
    }
    let (Some(subject), Some(language)) = (subject, language) else { return Ok(None) };
    let texts: Texts = entry.texts.iter().map(|(key, text)| (key.clone(), text.clone())).collect();
    if run
        .heed(&format!("{path}.texts"), translations::check(subject.kind, &texts).map_err(Into::into))?
        .is_none()
    {
        return Ok(None);
    }
    let wanted = Translation { subject, language, texts };
    let before = there.iter().find(|it| (it.subject, it.language) == (subject, language));
    let does = match before {
        Some(known) if *known == wanted => {
            run.keeps();
            false
        }
        Some(_) => run.does(Action::Update, "translation", &name(entry)),
        None => run.does(Action::Create, "translation", &name(entry)),
    };
    if does {
        let done = translations::set(run.cx, &wanted).await;
        run.heed(path, done)?;
    }
    Ok(Some((subject, language)))
}

/// What an entry is of.
enum Found {
    There(Subject),
    /// The file is about to make it.
    Planned(TranslatedKind),
    Nowhere,
}

async fn find(run: &Run<'_>, of: &str) -> Result<Found> {
    if let Some((owner, field)) = of.rsplit_once('/').filter(|(_, field)| field.contains('.')) {
        return metafield(run, owner, field).await;
    }
    match of.split_once(':') {
        Some(("menu", handle)) => menu(run, handle).await,
        Some(("policy", handle)) => policy(run, handle).await,
        _ => thing(run, of).await,
    }
}

async fn thing(run: &Run<'_>, of: &str) -> Result<Found> {
    let Some(found) = target::find(run, of).await? else { return Ok(Found::Nowhere) };
    let Some(gid) = Gid::parse(&found.gid) else { return Ok(Found::Nowhere) };
    let kind = match gid.kind {
        "Article" => TranslatedKind::Article,
        "Blog" => TranslatedKind::Blog,
        "Collection" => TranslatedKind::Collection,
        "Page" => TranslatedKind::Page,
        "Product" => TranslatedKind::Product,
        "Shop" => TranslatedKind::Shop,
        _ => return Ok(Found::Nowhere),
    };
    Ok(match gid.number() {
        _ if found.is_planned => Found::Planned(kind),
        Some(id) => Found::There(Subject { kind, id }),
        None => Found::Nowhere,
    })
}

async fn menu(run: &Run<'_>, handle: &str) -> Result<Found> {
    let there = menus::all(run.cx).await?;
    let planned = run.file.menus.iter().flatten().any(|menu| menu.handle == handle);
    Ok(match there.iter().find(|menu| menu.handle == handle) {
        Some(menu) => Found::There(Subject { kind: TranslatedKind::Menu, id: menu.id.0 }),
        None if planned && run.wish.dry_run => Found::Planned(TranslatedKind::Menu),
        None => Found::Nowhere,
    })
}

async fn policy(run: &Run<'_>, handle: &str) -> Result<Found> {
    let Some(kind) = PolicyKind::of_handle(handle) else { return Ok(Found::Nowhere) };
    let there = policies::all(run.cx).await?;
    let mut said = run.file.policies.iter().flat_map(super::policies::named);
    let planned = said.any(|(said, body)| said == kind && body.is_some());
    Ok(match there.iter().find(|policy| policy.kind() == Some(kind)) {
        Some(policy) => Found::There(Subject { kind: TranslatedKind::ShopPolicy, id: policy.id }),
        None if planned && run.wish.dry_run => Found::Planned(TranslatedKind::ShopPolicy),
        None => Found::Nowhere,
    })
}

/// `product:red-mug` and `custom.care`.
async fn metafield(run: &Run<'_>, owner: &str, field: &str) -> Result<Found> {
    let Some(found) = target::find(run, owner).await? else { return Ok(Found::Nowhere) };
    let said = run
        .file
        .metafields
        .iter()
        .flatten()
        .any(|entry| entry.owner == owner && entry.values.contains_key(field));
    let planned = said && run.wish.dry_run;
    let none = || if planned { Found::Planned(TranslatedKind::Metafield) } else { Found::Nowhere };
    let (Some(owner), Some((namespace, key))) =
        (found.owner().filter(|_| !found.is_planned), field.split_once('.'))
    else {
        return Ok(none());
    };
    let there = metafields::of(run.cx, &[owner]).await?;
    let known = there.iter().find(|row| (row.namespace.as_str(), row.key.as_str()) == (namespace, key));
    Ok(known
        .map_or_else(none, |row| Found::There(Subject { kind: TranslatedKind::Metafield, id: row.id().0 })))
}
