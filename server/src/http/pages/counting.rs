//! Who may be counted.

use axum::http::{HeaderMap, header};

/// What programs that visit pages by themselves call themselves, in small letters.
const PROGRAMS: [&str; 5] = ["bot", "crawl", "spider", "slurp", "preview"];

/// Whether what somebody does may be counted: nobody who says that they wish otherwise (Global Privacy Control, Do Not Track), and no
/// program that says it is one.
pub(super) fn may_count(headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).is_some_and(|value| value.as_bytes() == b"1");
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    // A make of phones ends like those programs.
    let agent = agent.unwrap_or_default().to_lowercase().replace("cubot", "");
    !says("sec-gpc") && !says("dnt") && !PROGRAMS.iter().any(|name| agent.contains(name))
}
