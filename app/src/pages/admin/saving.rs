//! What the editor's page says while a script saves it by itself: its words for that script, where they are shown, and the way to
//! log in again. Without a script nothing of it is seen.

use leptos::prelude::*;
use words::Editing;

use super::editor::Editor;
use crate::paths::file::EDITOR_SCRIPT;
use crate::paths::route::admin as route;
use crate::ui::{button, link, notice, text};

/// Where a sentence has something that only the script knows.
const GAP: &str = "#";

/// The state in a word or two, beside the draft's.
pub(super) fn state(editor: &Editor, administrator: &str) -> Option<AnyView> {
    let say = editor.language.editing();
    let by = administrator.to_owned();
    editor.act(|| {
        view! {
            <p
                id="saving"
                class="text-s whitespace-nowrap text-muted"
                data-testid="saving"
                data-by=by
                data-log-in=route::LOG_IN
                data-saving=say.saving()
                data-saved=say.saved()
                data-unsaved=say.unsaved()
            ></p>
        }
        .into_any()
    })
}

/// That somebody is logged out, with the way back in.
pub(super) fn logged_out(say: &'static Editing) -> AnyView {
    let log_in = view! {
        <a class=link::LINK href=route::LOG_IN target="_blank">{say.log_in()}</a>
    };
    text::around(&say.logged_out(&text::HERE), log_in.into_any()).into_any()
}

/// That somebody else saved the draft since the page came, and the way to have it here.
fn newer(say: &'static Editing) -> AnyView {
    view! {
        <div role="status" data-testid="newer">
            <div id="newer" class=notice::CAUTION hidden data-newer=say.newer(&GAP)>
                <div class="flex flex-wrap items-center gap-x-4">
                    <p data-told></p>
                    <button type="button" class=button::PLAIN>{say.load_newer()}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// What keeps something from being saved and what to do, at the end of the window; and the script.
pub(super) fn told(editor: &Editor) -> Option<AnyView> {
    let say = editor.language.editing();
    editor.act(|| {
        let logged_out = logged_out(say);
        view! {
            <p id="announced" class="sr-only" role="status"></p>
            <div id="foot" class="sticky bottom-0 z-10">
                {newer(say)}
                <div role="status" data-testid="unsaved">
                    <div
                        id="unsaved"
                        class=notice::STOP
                        hidden
                        data-wrong=say.wrong()
                        data-clash=say.clash()
                        data-asks=say.asks()
                        data-away=say.away()
                        data-refused=say.refused(&GAP)
                        data-gone=say.gone()
                        data-mend-first=say.mend_first()
                        data-put-back=say.put_back()
                        data-not-put-back=say.not_put_back(&GAP)
                    >
                        <div class="flex flex-wrap items-center gap-x-4">
                            <p data-told></p>
                            <p data-logged-out hidden>{logged_out}</p>
                            <button type="button" class=button::PLAIN data-look hidden>{say.show_it()}</button>
                            <button type="button" class=button::PLAIN data-try hidden>{say.try_now()}</button>
                            <button type="button" class=button::PLAIN data-leave hidden>{say.leave_and_undo()}</button>
                            <button type="button" class=button::PLAIN data-forget hidden>{say.forget()}</button>
                        </div>
                    </div>
                </div>
            </div>
            <script r#type="module" src=EDITOR_SCRIPT></script>
        }
        .into_any()
    })
}
