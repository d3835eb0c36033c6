//! Forms that a button saves: what is typed into them is kept by a script until it was saved, and put back when the page comes again.

use configurator::Slug;
use leptos::prelude::*;

use words::Language;

use super::saving::logged_out;
use super::shell::Frame;
use crate::paths::file::{AUTOSAVE_SCRIPT, TYPED_SCRIPT};
use crate::paths::{self, route::admin as route};
use crate::ui::form::Post;
use crate::ui::{button, notice};

/// Within a form: that it is kept, what it is called on its page, and whether it came back with what is not saved.
pub(super) fn kept(name: &str, came_back: bool) -> AnyView {
    let name = name.to_owned();
    view! { <span hidden data-kept=name data-back=came_back.then_some("")></span> }.into_any()
}

/// The same of one that is empty again once it was taken, or whose page leads elsewhere then: what was sent is over.
pub(super) fn kept_once(name: &str, came_back: bool) -> AnyView {
    let name = name.to_owned();
    view! { <span hidden data-kept=name data-once="" data-back=came_back.then_some("")></span> }.into_any()
}

/// The same of one that a script saves by itself, too.
pub(super) fn kept_live(name: &str, came_back: bool) -> AnyView {
    let name = name.to_owned();
    view! { <span hidden data-kept=name data-live="" data-back=came_back.then_some("")></span> }.into_any()
}

/// Beside the button that saves it: whether everything is saved, in a word or two.
pub(super) fn state(language: Language) -> AnyView {
    let say = language.editing();
    view! {
        <p
            id="saving"
            class="text-s text-muted"
            data-testid="saving"
            data-log-in=route::LOG_IN
            data-saving=say.saving()
            data-saved=say.saved()
            data-unsaved=say.unsaved()
        ></p>
        <p id="announced" class="sr-only" role="status"></p>
    }
    .into_any()
}

/// Behind it: what keeps it from being saved, at the end of the window; and the script.
pub(super) fn saving_itself(language: Language) -> AnyView {
    let say = language.editing();
    view! {
        <div class="sticky bottom-0 z-10" role="status" data-testid="unsaved">
            <div id="unsaved" class=notice::STOP hidden data-clash=say.clash() data-away=say.away() data-refused=say.refused(&"#")>
                <p data-told></p>
                <p data-logged-out hidden>{logged_out(say)}</p>
            </div>
        </div>
        <script r#type="module" src=AUTOSAVE_SCRIPT></script>
    }
    .into_any()
}

/// In the bar of a page from which a draft was saved just now: the way back, which leads to the page again. `back` says which one.
pub(super) fn take_back(language: Language, slug: &Slug, version: i64, back: String) -> Option<AnyView> {
    Post::to(paths::admin::undo(slug)).form(|| {
        view! {
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="back" value=back />
            <button type="submit" class=button::PLAIN data-testid="undo">{language.assortment().undo()}</button>
        }
        .into_any()
    })
}

/// On its page: that something was put back, and the script. `saved` is whether a form of the page was saved just now.
pub(super) fn keeping(frame: Frame, saved: bool) -> AnyView {
    let say = frame.language.editing();
    let by = frame.administrator.to_owned();
    view! {
        <div role="status">
            <div id="put-back" class=format!("{} mt-3", notice::STOP) hidden data-by=by data-saved=saved.then_some("") data-testid="put-back">
                <div class=button::ROW>
                    <p>{say.put_back()}</p>
                    <button type="button" class=button::PLAIN>{say.forget()}</button>
                </div>
            </div>
        </div>
        <script r#type="module" src=TYPED_SCRIPT></script>
    }
    .into_any()
}
