//! The picture beside the editor's forms: the standard design, or one that shows what is being edited. A script follows the option or layer
//! that has the focus; without one each has a link.

use leptos::prelude::*;

use super::editor::{Editor, PictureView};
use crate::pages::document::render;
use crate::paths;
use crate::ui::{link, text};

/// The picture alone, for the script that follows what is being edited.
#[must_use]
pub fn picture_alone(shown: Option<&PictureView>) -> String {
    render(|| view! { <main>{shown.map(picture)}</main> }.into_any())
}

/// The picture of the draft; that there is none, while it is too broken for one.
pub(super) fn pictured(editor: &Editor) -> AnyView {
    let shown = editor.shown.clone().or_else(|| {
        let standard = editor.standard.as_ref()?;
        Some(PictureView {
            slug: editor.slug.clone(),
            shows: String::new(),
            svg: standard.picture.clone(),
            told: vec![editor.language.editing().shown_standard().to_owned()],
        })
    });
    match shown {
        Some(shown) => picture(&shown),
        None => view! { <p class=text::HINT>{editor.say().no_picture_yet()}</p> }.into_any(),
    }
}

fn picture(shown: &PictureView) -> AnyView {
    let from = paths::admin::picture(&shown.slug);
    let told = shown.told.iter().map(|told| view! { <p class=text::HINT>{told.clone()}</p> });
    view! {
        <div class="mb-3" id="picture" data-from=from data-shows=shown.shows.clone()>
            <div class="rounded-l bg-lit"><div class=text::PICTURE data-testid="draft-picture" inner_html=shown.svg.clone()></div></div>
            <div data-testid="picture-of">{told.collect_view()}</div>
        </div>
    }
    .into_any()
}

/// The way to a picture that shows a part, which is named as [`PictureView::shows`] does.
pub(super) fn show_it(editor: &Editor, part: &str, name: &str) -> AnyView {
    let say = editor.language.editing();
    let href = paths::admin::shown(&editor.slug, editor.alone.as_deref(), part);
    let spoken = say.show_in_picture_of(&name);
    view! { <a class=link::STANDING href=href aria-label=spoken data-testid="show-it">{say.show_in_picture()}</a> }
        .into_any()
}
