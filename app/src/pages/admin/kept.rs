//! Forms that a button saves: what is typed into them is kept by a script until it was saved, and put back when the page comes again.

use leptos::prelude::*;

use super::shell::Frame;
use crate::paths::file::TYPED_SCRIPT;
use crate::ui::{button, notice};

/// Within a form: that it is kept, what it is called on its page, and whether it came back with what is not saved.
pub(super) fn kept(name: &str, came_back: bool) -> AnyView {
    let name = name.to_owned();
    view! { <span hidden data-kept=name data-back=came_back.then_some("")></span> }.into_any()
}

/// On its page: that something was put back, and the script. `saved` is whether a form of the page was saved just now.
pub(super) fn keeping(frame: Frame, saved: bool) -> AnyView {
    let say = frame.language.editing();
    let by = frame.administrator.to_owned();
    view! {
        <div role="status">
            <div id="put-back" class=notice::STOP hidden data-by=by data-saved=saved.then_some("") data-testid="put-back">
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
