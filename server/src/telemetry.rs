//! What is written down while the shop runs: to standard error, one line per event, never with personal data or secrets.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What is logged when nothing else was asked for. Statements of the database are logged only when slow.
const USUAL: &str = "info,sqlx=warn,hyper=warn,lettre=warn";

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Starts writing. `filter` is in the words of `RUST_LOG`; a filter that cannot be read gives the usual one. May be called
/// again, for instance by tests; only the first call counts.
pub fn start(filter: Option<&str>, format: Format) {
    let filter = filter.and_then(|text| EnvFilter::try_new(text).ok()).unwrap_or_else(|| EnvFilter::new(USUAL));
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = match format {
        Format::Text => registry.with(lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))).try_init(),
        Format::Json => registry.with(lines.json()).try_init(),
    };
    // It was started before, which is what we want.
    drop(started);
}
