//! What open pages hear of: one stream for each, with everything that its page has to know, newest only.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::edition::{Edition, Resource, styles};
use super::server::{App, parameter};
use super::{bar, guard, report};
use crate::diagnostics::Diagnostic;
use crate::html::escape;

/// How soon a browser asks again after the connection was lost.
const RETRY: Duration = Duration::from_millis(300);

/// `/_limber/live?page=/a/`: an event for every edition, beginning with the one of now.
pub async fn live(State(app): State<Arc<App>>, request: Request) -> Response {
    if !guard::same_origin(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(page) = parameter(request.uri(), "page").and_then(|page| guard::clean(&page)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = app.below_base(page);
    let editions = WatchStream::new(app.editions.clone()).filter_map(|edition| edition);
    let events = editions.then(move |edition| {
        let (app, page) = (app.clone(), page.clone());
        async move {
            let state = spawn_blocking(move || state(&edition, &page, &app).to_string()).await;
            Ok::<_, Infallible>(Event::default().retry(RETRY).data(state.unwrap_or_else(|_| "{}".into())))
        }
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new()).into_response();
    // Proxies hold answers back, or pack them, unless they are told not to.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-transform"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Everything that a page in a browser has to know.
fn state(edition: &Edition, url: &str, app: &App) -> Value {
    let found = edition.find(url);
    let (drawn, broken) = match &found {
        Resource::Page(drawn) => (Some(drawn), Vec::new()),
        Resource::Nothing(drawn) => (drawn.as_ref(), Vec::new()),
        Resource::Broken(problems) => (None, problems.clone()),
        Resource::File(_) | Resource::Moved(_) => (None, Vec::new()),
    };
    let at_drawing: &[Diagnostic] = drawn.map_or(&broken, |drawn| &drawn.problems);
    let own = edition.problems_of(url, at_drawing);
    // What fails on many pages is one problem, whichever page it was first seen on.
    let ours = |problem: &&Diagnostic| {
        own.iter().any(|own| (own.code, &own.place, &own.message) == (problem.code, &problem.place, &problem.message))
    };
    let others: Vec<&Diagnostic> = edition.problems.iter().filter(|problem| !ours(problem)).collect();
    let styles: Map<String, Value> = edition
        .latest
        .ready
        .iter()
        .flat_map(styles)
        .map(|(name, url)| (app.rooted(&name), app.rooted(url).into()))
        .collect();
    json!({
        "revision": edition.revision,
        "mark": drawn.map(|drawn| drawn.mark.as_str()),
        "media": edition.media(),
        "styles": styles,
        "changed": edition.changed.as_ref().filter(|_| app.navigate).map(|(url, at)| json!({"url": url, "at": at})),
        "bar": bar::html(edition, url, drawn.map(|drawn| &**drawn), &own, others.len(), &app.editor),
        "report": report_of(edition, &own, &others, app),
        "open": own.iter().any(Diagnostic::is_error),
    })
}

/// The report with its heading; empty where nothing is wrong.
fn report_of(edition: &Edition, own: &[Diagnostic], others: &[&Diagnostic], app: &App) -> String {
    let mut all = own.to_vec();
    all.extend(others.iter().map(|problem| (*problem).clone()));
    if all.is_empty() {
        return String::new();
    }
    let texts = edition.texts(&all);
    let summary = escape(&crate::diagnostics::human::summary(&all));
    format!("<h2 id=\"summary\">{summary}</h2>\n{}", report::html(own, others, &texts, &app.editor))
}
