//! How a merchant wants a medium presented.

use std::sync::Arc;

use mcom_catalog::files::Presentation;
use mcom_kit::{Cx, Error, Registry, record::Shown, shown};
use mcom_schema::id::{FileId, gid};
use serde::Deserialize;
use serde_json::Value;

/// How a merchant wants a medium presented.
pub struct MediaPresentation {
    id: String,
    it: Presentation,
}

mcom_kit::record!(MediaPresentation as "MediaPresentation" { "id" = id });

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Format {
    Image,
    ModelViewer,
}

#[derive(Deserialize)]
struct As {
    format: Format,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<MediaPresentation>().field("asJson", as_json);
}

fn as_json<'a>(_: &'a Cx, of: &'a MediaPresentation, args: &As) -> Result<Option<Shown<'a, Value>>, Error> {
    let told = match args.format {
        Format::Image => &of.it.image,
        Format::ModelViewer => &of.it.model_viewer,
    };
    Ok(told.as_ref().map(shown))
}

impl MediaPresentation {
    /// The type name in its ids, whose numbers are those of the media.
    pub(super) const KIND: &'static str = "MediaPresentation";

    /// How a file is presented, if anything was said about it.
    pub(super) fn of(id: FileId, it: &Presentation) -> Option<Arc<Self>> {
        let told = || Arc::new(MediaPresentation { id: gid(Self::KIND, id), it: it.clone() });
        (!it.is_empty()).then(told)
    }
}
