//! What became of a change of drawings, over their page.

use leptos::prelude::*;
use words::Pictures;

use super::drawings::DrawingsPage;
use super::form::end;
use crate::paths;
use crate::ui::form::Post;
use crate::ui::{button, notice};

/// What was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedDrawings {
    /// The drawings that are there now.
    pub names: Vec<String>,
    /// How they differ from their files, in sentences.
    pub changed: Vec<&'static str>,
}

/// Why nothing was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawingsWrong {
    /// In sentences.
    pub messages: Vec<String>,
    /// The drawing that would go with its layers, where that is asked.
    pub asks: Option<String>,
}

/// That it was saved, and the way back.
pub(super) fn saved(say: &'static Pictures, shown: &DrawingsPage) -> Option<AnyView> {
    let saved = shown.saved.as_ref()?;
    let told = match saved.names.as_slice() {
        [] => format!("{}.", say.saved()),
        names => say.saved_names(&names.join(", ")),
    };
    let changed = saved.changed.iter().map(|changed| view! { <p>{*changed}</p> });
    Some(
        view! {
            <div class=notice::GOOD role="status" data-testid="saved">
                <p>{told}</p>
                {changed.collect_view()}
                {Post::to(paths::admin::undo(&shown.slug)).form(|| view! {
                    <input type="hidden" name="version" value=shown.origin.0.to_string() />
                    <input type="hidden" name="back" value="drawings" />
                    <button type="submit" class=button::PLAIN data-testid="undo">{say.undo()}</button>
                }.into_any())}
            </div>
        }
        .into_any(),
    )
}

/// That nothing was saved, why, and what can be done.
pub(super) fn wrong(say: &'static Pictures, shown: &DrawingsPage) -> Option<AnyView> {
    let wrong = shown.wrong.as_ref()?;
    let lines = wrong.messages.iter().map(|message| view! { <li>{message.clone()}</li> });
    let asks = wrong.asks.clone().map(|name| {
        Post::to(shown.address()).with_file().form(|| {
            view! {
                {shown.hidden()}
                <input type="hidden" name="name" value=name />
                <button type="submit" class=button::PLAIN name="do" value="remove-all" data-testid="remove-all">{say.remove_with_layers()}</button>
                {end()}
            }
            .into_any()
        })
    });
    Some(
        view! {
            <div class=notice::STOP role="alert" tabindex="-1" autofocus data-testid="not-saved">
                <p>{say.not_saved()}</p>
                <ul>{lines.collect_view()}</ul>
                {asks}
            </div>
        }
        .into_any(),
    )
}
