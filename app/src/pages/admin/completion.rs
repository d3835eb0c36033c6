//! What the script needs that completes codes in the rule language: the codes as data, and the list as it looks. And the script
//! of what is said by menus instead.

use leptos::prelude::*;

use super::editor::Editor;
use crate::paths::file::{CODES_SCRIPT, SENTENCES_SCRIPT};
use crate::ui::menu::{ITEM, LIST};
use crate::ui::text;

/// The codes, the list that the script fills and puts under a field, and the script; for those who may edit.
pub(super) fn completion(editor: &Editor) -> Option<AnyView> {
    let say = editor.language.sentences();
    editor.act(|| {
        view! {
            <script r#type="application/json" id="codes" inner_html=editor.codes.clone()></script>
            <div id="codes-to-take" class="relative" hidden>
                <ul
                    id="codes-list"
                    role="listbox"
                    class=LIST
                    aria-label=say.codes_to_take()
                    data-chosen="bg-accent-soft"
                ></ul>
                <p id="codes-found" class="sr-only" role="status" data-found=say.codes_found(&"#")></p>
            </div>
            <template id="codes-entry">
                <li role="option" class=ITEM>
                    <span>
                        <code class=text::CODE></code>
                        " "
                        <span class=text::META></span>
                    </span>
                </li>
            </template>
            <script r#type="module" src=CODES_SCRIPT></script>
            <script r#type="module" src=SENTENCES_SCRIPT></script>
        }
        .into_any()
    })
}
