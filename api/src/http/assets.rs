//! The files of GraphiQL, from inside the program.

use poem::{EndpointExt, IntoEndpoint, Response, Route, endpoint::make_sync, middleware};

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
        let file = make_sync(move |_| {
            Response::builder()
                .content_type(format!("{kind}; charset=utf-8"))
                .header("cache-control", "public, max-age=3600")
                .body(bytes)
        });
        route = route.at(path, file);
    }
    route.with(middleware::Compression::new())
}
