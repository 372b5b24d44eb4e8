//! The files of GraphiQL, from inside the program.

use std::{
    io::{self, Write},
    sync::OnceLock,
};

use flate2::{Compression, write::GzEncoder};
use hyper::body::Bytes;
use poem::{IntoEndpoint, Request, Response, Route, endpoint::make_sync};

const FILES: [(&str, &str, &[u8]); 5] = [
    ("/graphiql.min.js", "text/javascript", include_bytes!("../../assets/graphiql/graphiql.min.js")),
    ("/graphiql.min.css", "text/css", include_bytes!("../../assets/graphiql/graphiql.min.css")),
    (
        "/react.production.min.js",
        "text/javascript",
        include_bytes!("../../assets/graphiql/react.production.min.js"),
    ),
    (
        "/react-dom.production.min.js",
        "text/javascript",
        include_bytes!("../../assets/graphiql/react-dom.production.min.js"),
    ),
    ("/start.js", "text/javascript", include_bytes!("../../assets/graphiql/start.js")),
];

/// One path per file. They change with the program only, so browsers may keep them for an hour.
pub(super) fn route() -> impl IntoEndpoint {
    let mut route = Route::new();
    for (path, kind, bytes) in FILES {
        let small = OnceLock::new();
        let file = make_sync(move |request: Request| {
            let answer = Response::builder()
                .content_type(format!("{kind}; charset=utf-8"))
                .header("cache-control", "public, max-age=3600")
                .header("vary", "accept-encoding");
            // Compressed when first asked for: most processes never are.
            match takes_gzip(&request).then(|| small.get_or_init(|| compressed(bytes).ok())) {
                Some(Some(small)) => answer.header("content-encoding", "gzip").body(small.clone()),
                _ => answer.body(bytes),
            }
        });
        route = route.at(path, file);
    }
    route
}

fn takes_gzip(request: &Request) -> bool {
    let accepted = request.header("accept-encoding").unwrap_or_default();
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim() == "gzip" && !matches!(weight.replace(' ', "").as_str(), "q=0" | "q=0.0")
    })
}

fn compressed(bytes: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish().map(Bytes::from)
}
