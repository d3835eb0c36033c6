//! What every document of the shop has: its head, its frame, and how views become text.

use leptos::prelude::*;

use crate::paths::{file, route};

/// Addresses of built files, with a fingerprint so that browsers may keep them for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that loads the WebAssembly.
    pub script: String,
    /// The WebAssembly.
    pub wasm: String,
}

/// Renders a view outside any request as text.
pub(super) fn render(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| view().to_html());
    owner.cleanup();
    html
}

/// What a page's script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// There is none.
    None,
    /// Loads the configurator.
    Configurator,
    /// Sends every change of the configurator's form to the server.
    Form,
}

/// A document of the shop around a page's content.
pub(super) fn document(
    assets: &Assets,
    title: &str,
    script: Script,
    content: impl FnOnce() -> AnyView,
) -> String {
    let content = render(content);
    let (head, home) = (head(assets, &format!("{title} · Atelier"), script), route::LIST);
    format!(
        r##"<!DOCTYPE html><html lang="en"><head>{head}</head><body><a class="skip" href="#main">Skip to the content</a><header class="site-head"><a class="wordmark display" href="{home}">Atelier</a><span class="site-line">Made to order</span></header><main id="main">{content}</main></body></html>"##
    )
}

/// What stands in a document's head.
pub(super) fn head(assets: &Assets, title: &str, script: Script) -> String {
    let title = title.to_owned();
    render(|| {
        let configurator = (script == Script::Configurator).then(|| {
            view! {
                <link rel="modulepreload" href=assets.script.clone() />
                <link rel="preload" r#as="fetch" r#type="application/wasm" crossorigin="anonymous" href=assets.wasm.clone() />
                <script r#type="module" src=file::START_SCRIPT data-script=assets.script.clone() data-wasm=assets.wasm.clone() id="start"></script>
            }
        });
        let form = (script == Script::Form)
            .then(|| view! { <script r#type="module" src=file::FORM_SCRIPT></script> });
        view! {
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{title}</title>
            <link rel="icon" href=file::ICON r#type="image/svg+xml" />
            <link rel="preload" href=format!("{}instrument-sans-latin-wght-normal.woff2", file::FONTS) r#as="font" r#type="font/woff2" crossorigin="anonymous" />
            <link rel="preload" href=format!("{}fraunces-latin-opsz-normal.woff2", file::FONTS) r#as="font" r#type="font/woff2" crossorigin="anonymous" />
            <link rel="stylesheet" href=assets.style.clone() />
            {configurator}
            {form}
        }
        .into_any()
    })
}

/// Text as HTML, for elements whose content must be nothing but that text.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
