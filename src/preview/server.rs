//! Answers browsers from the newest edition.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::{oneshot, watch};
use tokio::task::spawn_blocking;

use super::edition::{Edition, Resource, ServedPage};
use super::editor::Editor;
use super::follow::{PreviewEvent, follow};
use super::guard::{self, AllowedHosts};
use super::live::live;
use super::search_index::SearchIndex;
use super::{Bound, Settings, files, report};
use crate::hash::Hash;

/// The preview's own files.
const OWN: &[(&str, &[u8])] =
    &[("/_limber/preview.js", include_bytes!("preview.js")), ("/_limber/preview.css", include_bytes!("preview.css"))];

/// Most pages that are drawn at once: hundreds of open pages all ask at the same moment, and each takes memory.
const DRAWING: usize = 16;

/// What every answer is given from.
pub struct App {
    /// The newest edition; none until the site was read for the first time.
    pub editions: watch::Receiver<Option<Arc<Edition>>>,
    /// How files are opened.
    pub editor: Editor,
    /// Whether browsers go to the page that was changed.
    pub navigate: bool,
    hosts: AllowedHosts,
    root: PathBuf,
    /// The path below which the site is shown.
    base: String,
    search: SearchIndex,
}

/// Listens until the program is asked to end.
///
/// # Errors
/// With a sentence, when the preview cannot go on.
pub fn run(bound: Bound, settings: Settings, say: impl Fn(PreviewEvent<'_>) + Send + 'static) -> Result<(), String> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).max_blocking_threads(DRAWING).enable_all().build();
    let runtime = runtime.map_err(|error| format!("the preview cannot start: {error}"))?;
    let (sender, editions) = watch::channel(None);
    let (alive, ended) = oneshot::channel::<()>();
    let (root, options, poll) = (settings.root.clone(), settings.options, settings.poll);
    std::thread::spawn(move || {
        let _alive = alive;
        follow(&root, options, poll, &sender, &say);
    });
    let hosts = AllowedHosts { own: bound.host.clone(), public: bound.public(), allowed: settings.allowed };
    let app = App {
        editions,
        editor: settings.editor,
        navigate: settings.navigate,
        hosts,
        root: settings.root,
        base: settings.base,
        search: SearchIndex::default(),
    };
    let result = runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(bound.listener).map_err(|error| error.to_string())?;
        let service = router(Arc::new(app)).into_make_service_with_connect_info::<SocketAddr>();
        tokio::select! {
            served = axum::serve(listener, service) => served.map_err(|error| error.to_string()),
            () = asked_to_end() => Ok(()),
            _ = ended => Err("the preview has lost track of the site: please report this".to_string()),
        }
    });
    // Open streams and slow readers are not waited for.
    runtime.shutdown_timeout(Duration::ZERO);
    result
}

fn router(app: Arc<App>) -> Router {
    let base = app.base.trim_end_matches('/');
    let mut router = Router::new().route("/_limber/live", get(live)).route("/_limber/open", get(open));
    if !base.is_empty() {
        let (at_live, at_open) = (format!("{base}/_limber/live"), format!("{base}/_limber/open"));
        router = router.route(&at_live, get(live)).route(&at_open, get(open));
    }
    router.fallback(page).layer(middleware::from_fn_with_state(app.clone(), guarded)).with_state(app)
}

async fn guarded(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let refused = app.hosts.refuse(request.method(), request.uri(), request.headers());
    let mut response = match refused {
        Some(StatusCode::METHOD_NOT_ALLOWED) => {
            (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response()
        }
        Some(status) => (status, guard::refusal(request.headers())).into_response(),
        None => next.run(request).await,
    };
    let mut add = |name: HeaderName, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    response
}

async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    let headers = request.headers();
    let Some(url) = guard::clean(request.uri().path()) else { return nothing(None, &app.base, headers) };
    let url = app.below_base(url);
    if let Some((path, bytes)) = OWN.iter().find(|(path, _)| *path == url) {
        let tag = format!("\"{}\"", Hash::of(bytes).short());
        return files::bytes(StatusCode::OK, path, &tag, (*bytes).into(), headers);
    }
    let Some(edition) = app.edition().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    if let Some(drawn) = edition.known(&url) {
        return shown(StatusCode::OK, &drawn, headers);
    }
    let (of, at) = (app.clone(), url.clone());
    match spawn_blocking(move || of.look_up(&edition, &at)).await {
        Ok(RoutedReply::Found(Resource::Page(drawn))) => shown(StatusCode::OK, &drawn, headers),
        Ok(RoutedReply::Found(Resource::File(asset))) => files::file(asset, &app.root, headers).await,
        Ok(RoutedReply::Found(Resource::Moved(to))) => {
            let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
            let to = format!("{}{}{query}", app.base, crate::url::encode_path(to.trim_start_matches('/')));
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Ok(RoutedReply::Found(Resource::Nothing(drawn))) => nothing(drawn.as_deref(), &app.base, headers),
        Ok(RoutedReply::Index(bytes)) => {
            files::bytes(StatusCode::OK, &url, &format!("\"{}\"", Hash::of(&bytes).hex()), bytes, headers)
        }
        Ok(RoutedReply::StandIn(html)) => files::html(StatusCode::INTERNAL_SERVER_ERROR, html),
        Ok(RoutedReply::Found(Resource::Broken(_))) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What an address comes to.
enum RoutedReply {
    Found(Resource),
    /// A file of the search index.
    Index(Bytes),
    /// A page that says why another cannot be shown.
    StandIn(String),
}

/// `/_limber/open?path=content/a.md&line=3&column=1`: opens a file in the editor, on this machine only.
async fn open(State(app): State<Arc<App>>, from: ConnectInfo<SocketAddr>, request: Request) -> Response {
    if !guard::own_script(request.headers()) || !from.0.ip().to_canonical().is_loopback() {
        return (StatusCode::FORBIDDEN, "only the preview itself opens files\n").into_response();
    }
    let uri = request.into_parts().0.uri;
    let number = |name| parameter(&uri, name).and_then(|text| text.parse().ok()).unwrap_or(1);
    let Some(path) = parameter(&uri, "path") else { return StatusCode::NOT_FOUND.into_response() };
    let (line, column, editor) = (number("line"), number("column"), app.editor.clone());
    match spawn_blocking(move || editor.open(&path, line, column)).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err(why)) => (StatusCode::CONFLICT, why).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl App {
    /// Looks an address up, and draws what lies there.
    fn look_up(&self, edition: &Edition, url: &str) -> RoutedReply {
        match edition.find(url) {
            Resource::Broken(problems) => RoutedReply::StandIn(stand_in(edition, url, &problems, self)),
            Resource::Nothing(drawn) => {
                let index = edition.latest.ready.as_ref().and_then(|ready| self.search.file(ready, url));
                index.map_or(RoutedReply::Found(Resource::Nothing(drawn)), RoutedReply::Index)
            }
            found => RoutedReply::Found(found),
        }
    }

    /// An address of the site, whether the base path stands before it or a proxy has taken it away.
    pub fn below_base(&self, path: String) -> String {
        match path.strip_prefix(&self.base) {
            Some(below) => format!("/{below}"),
            None => path,
        }
    }

    /// An address of the site as browsers have to ask for it.
    pub fn rooted(&self, url: &str) -> String {
        [&self.base, url.trim_start_matches('/')].concat()
    }

    /// The newest edition; waits for the first one.
    async fn edition(&self) -> Option<Arc<Edition>> {
        if let Some(edition) = &*self.editions.borrow() {
            return Some(edition.clone());
        }
        self.editions.clone().wait_for(Option::is_some).await.ok()?.clone()
    }
}

/// A value of the query, decoded.
pub fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).and_then(|(_, value)| crate::url::decode_path(value))
}

fn shown(status: StatusCode, drawn: &ServedPage, headers: &HeaderMap) -> Response {
    files::bytes(status, &drawn.path, &drawn.tag, drawn.bytes.clone(), headers)
}

fn nothing(drawn: Option<&ServedPage>, base: &str, headers: &HeaderMap) -> Response {
    match drawn {
        Some(drawn) => shown(StatusCode::NOT_FOUND, drawn, headers),
        None => {
            let way = format!("<p><a href=\"{base}\">Go to the home page</a></p>");
            let html = report::stand_in("No page has this address", &way, base);
            files::html(StatusCode::NOT_FOUND, html)
        }
    }
}

fn stand_in(edition: &Edition, url: &str, drawing: &[crate::diagnostics::Diagnostic], app: &App) -> String {
    let own = edition.problems_of(url, drawing);
    let html = report::html(&own, &[], &edition.texts(&own), &app.editor);
    report::stand_in("This page cannot be shown", &html, &app.base)
}

/// Ctrl-C, or the signal that a system ends programs with.
async fn asked_to_end() {
    let interrupt = async { tokio::signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
