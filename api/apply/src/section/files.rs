//! Files.

use mcom_catalog::{
    files::{self, File, FileContent, FileDetails, FileInput},
    products,
};
use mcom_data::Result;
use mcom_schema::id::ProductId;

use crate::{
    file::media,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.files else { return Ok(()) };
    run.named_once("files", section.iter().map(|file| file.handle.as_str()));
    let there = files::all(run.cx).await?;
    let is_of = |file: &File, handle: &str| file.handle.as_deref() == Some(handle);
    for (index, file) in section.iter().enumerate() {
        let before = there.iter().find(|known| is_of(known, &file.handle));
        put(run, &format!("files.{index}"), file, before).await?;
    }
    for known in there.iter().filter(|known| !section.iter().any(|file| is_of(known, &file.handle))) {
        if run.passes("file", known.handle.as_deref().unwrap_or_default()) {
            files::delete(run.cx, known.id()).await?;
        }
    }
    Ok(())
}

async fn put(run: &mut Run<'_>, path: &str, file: &media::File, before: Option<&File>) -> Result<()> {
    if let Some(Err(refusal)) = file.external_video.as_deref().map(FileContent::external) {
        run.fault(&format!("{path}.externalVideo"), refusal.message);
        return Ok(());
    }
    let Some(content) = content(file) else {
        run.fault(path, "a file is one of image, video, externalVideo, model3d and file");
        return Ok(());
    };
    let Ok(shown) = shown(run, path, file).await? else { return Ok(()) };
    let presentation = &file.presentation;
    let details = FileDetails {
        content,
        preview: file.preview.as_ref().map(picture),
        presentation: files::Presentation {
            image: presentation.image.clone(),
            model_viewer: presentation.model_viewer.clone(),
        },
    };
    let input = FileInput { handle: file.handle.clone(), shown, alt: file.alt.clone(), details };
    let Some(values) = run.heed(path, input.checked())? else { return Ok(()) };
    if values.handle() != Some(file.handle.as_str()) {
        let told = format!("a handle is written like «{}»", values.handle().unwrap_or_default());
        run.fault(&format!("{path}.handle"), told);
        return Ok(());
    }
    let action = match before {
        Some(known) if values.are_of(known)? => {
            run.keeps();
            return Ok(());
        }
        Some(_) => Action::Update,
        None => Action::Create,
    };
    if run.does(action, "file", &file.handle) {
        let done = files::put(run.cx, &input).await;
        run.heed(path, done)?;
    }
    Ok(())
}

/// Where it is shown; `Err` if there is no such product, which is told.
async fn shown(
    run: &mut Run<'_>,
    path: &str,
    file: &media::File,
) -> Result<Result<Option<(ProductId, i32)>, ()>> {
    let Some(handle) = &file.product else { return Ok(Ok(None)) };
    match products::by_handle(run.cx, handle).await? {
        Some(product) => Ok(Ok(Some((product.row.id(), file.position)))),
        None => {
            run.fault(&format!("{path}.product"), format!("there is no product «{handle}»"));
            Ok(Err(()))
        }
    }
}

/// What a file is; none if that is not said, said twice, or an address that shows no film.
pub(crate) fn content(file: &media::File) -> Option<FileContent> {
    let video = |video: &media::Video| FileContent::Video {
        sources: video.sources.iter().cloned().map(video_source).collect(),
    };
    let model = |model: &media::Model| FileContent::Model3d {
        sources: model.sources.iter().cloned().map(model_source).collect(),
    };
    let download = |file: &media::Download| FileContent::File {
        url: file.url.clone(),
        mime_type: file.mime_type.clone(),
        bytes: file.filesize,
    };
    let said = [
        file.image.as_ref().map(|image| FileContent::Image(picture(image))),
        file.video.as_ref().map(video),
        file.external_video.as_ref().and_then(|url| FileContent::external(url).ok()),
        file.model3d.as_ref().map(model),
        file.file.as_ref().map(download),
    ];
    let mut said = said.into_iter().flatten();
    said.next().filter(|_| said.next().is_none())
}

fn picture(picture: &media::Picture) -> files::Picture {
    let media::Picture { url, width, height, thumbhash } = picture.clone();
    files::Picture { url, width, height, thumbhash }
}

fn video_source(source: media::VideoSource) -> files::VideoSource {
    let media::VideoSource { url, mime_type, format, width, height } = source;
    files::VideoSource { url, mime_type, format, width, height }
}

fn model_source(source: media::ModelSource) -> files::ModelSource {
    let media::ModelSource { url, mime_type, format, filesize } = source;
    files::ModelSource { url, mime_type, format, filesize }
}
