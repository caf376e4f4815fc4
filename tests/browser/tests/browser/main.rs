//! What readers and host pages see of `dist/`, in a real browser, under the strictest policy.
//!
//! `cargo xtask build` first. `BROWSER` names the engine.

mod accessible;
mod browser;
mod costs;
mod each_kind;
mod failing;
mod fault;
mod frame;
mod hostile;
mod input;
mod live;
mod loading;
mod mounts;
mod outage;
mod page;
mod paper;
mod picture;
mod reader;
mod server;
mod site;
mod table;
mod text;
mod trap;

/// The tag of a widget on the made-up district feed, with more attributes.
fn districts(kind: &str, more: &str) -> String {
    format!(
        "<progress-widget id={kind} kind={kind} src=/samples/hangzhou-districts-sample.json \
         geometry=/samples/hangzhou-districts-2020.topo.json {more}></progress-widget>"
    )
}
