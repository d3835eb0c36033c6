//! The drawings of a draft: what uses each and what is wrong with it, new ones from files, and what can be done with those there are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Language, Pictures};

use super::drawings_told::{DrawingsWrong, SavedDrawings, saved, wrong};
use super::form::{end, made_from, tick};
use super::kept::{keeping, kept};
use super::products::THUMB;
use super::shell::{DraftState, FORM, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{ERROR, Entry, FIELD, Field, HINT, INPUT, LABEL};
use crate::ui::form::{Post, act};
use crate::ui::{button, link, text};

/// A drawing: its picture beside what is said of it.
const ROW: &str = "grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-x-4 border-t border-line py-3";
const TWO: &str = "grid gap-8 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-10";
/// A file that is chosen, as large as it says itself.
const CHOSEN: &str = "aspect-4/3 rounded-s bg-stage bg-lit object-contain p-1";
/// A place for files while one is over it.
const OVER: &str = "bg-hover";
const ACCEPTED: &str = ".svg,.png,image/svg+xml,image/png";

/// A drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawingRow {
    /// Its name.
    pub name: String,
    /// The drawing; nothing where layers name one that is not there.
    pub svg: Option<String>,
    /// The layers that draw it: by their numbers, with their conditions.
    pub layers: Vec<(usize, Option<String>)>,
    /// What is wrong with it, in sentences.
    pub findings: Vec<String>,
    /// Whether another file for it is to fill the picture.
    pub fits: bool,
    /// Whether what can be done with it is open.
    pub is_open: bool,
}

/// What may show a drawing that is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawingPlaces {
    /// By what is sent, in words.
    pub all: Vec<(String, String)>,
    /// The one that is chosen.
    pub chosen: String,
    /// The section of the editor that leads here, and to which it leads back.
    pub from: Option<String>,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct DrawingsPage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The draft's version and first revision, which forms send back.
    pub origin: (i64, RevisionNumber),
    /// The drawings.
    pub rows: Vec<DrawingRow>,
    /// Bytes of all, of those that layers draw, and how many of the latter there should be at most.
    pub bytes: [usize; 3],
    /// The picture of the standard design; nothing where the draft is not sound.
    pub picture: Option<String>,
    /// The picture's width and height.
    pub size: [u32; 2],
    /// Most files at a time.
    pub most_files: usize,
    /// What may show a new one.
    pub places: DrawingPlaces,
    /// What was saved just now.
    pub saved: Option<SavedDrawings>,
    /// Why nothing was saved.
    pub wrong: Option<DrawingsWrong>,
}

impl DrawingsPage {
    /// Where its forms are sent.
    pub(super) fn address(&self) -> String {
        paths::admin::drawings(&self.slug)
    }

    /// What tells the server which draft a form was made from.
    pub(super) fn hidden(&self) -> AnyView {
        made_from(self.origin)
    }
}

/// The page.
#[must_use]
pub fn drawings(frame: Frame, shown: &DrawingsPage) -> String {
    let (language, say) = (frame.language, frame.language.pictures());
    page(frame, say.title(), Rail::Products, || {
        let back = format!("{}#layers", paths::admin::product(&shown.slug));
        let rows = shown.rows.iter().enumerate().map(|(at, row)| drawing(language, shown, at, row));
        let script = act(&shown.address(), || {
            view! {
                <template id="chosen-files">
                    <ul class=button::ROW data-testid="chosen">
                        <li>
                            <img class=CHOSEN alt="" width="160" height="120" />
                            <p class=format!("{} wrap-anywhere", text::META)></p>
                        </li>
                    </ul>
                </template>
                <script r#type="module" src=paths::file::DRAWINGS_SCRIPT></script>
            }
            .into_any()
        });
        view! {
            {bar(language.admin(), &shown.slug, &shown.name, shown.state, Tab::Draft)}
            <div class=SINGLE>
                <p><a class=link::STANDING href=back>{say.back_to_layers()}</a></p>
                {saved(say, shown)} {wrong(say, shown)}
                {act(&shown.address(), || keeping(frame, shown.saved.is_some()))}
                <h2 class=text::HEADING>{say.title()}</h2>
                <p class=text::LEAD>{say.hint()}</p>
                <div class=TWO>
                    <div class="min-w-0">{upload(say, shown)}</div>
                    {picture(say, shown)}
                </div>
                <h3 class="mt-5 font-semibold">{say.drawings(shown.rows.len() as u64)}</h3>
                {weight(language, shown)}
                <ul class="mt-3" data-testid="drawings">{rows.collect_view()}</ul>
            </div>
            {script}
        }
        .into_any()
    })
}

/// The draft's picture as it is now.
fn picture(say: &'static Pictures, shown: &DrawingsPage) -> Option<AnyView> {
    let picture = shown.picture.clone()?;
    Some(
        view! {
            <figure>
                <div class=text::STAGE><div class=text::PICTURE data-testid="draft-picture" inner_html=picture></div></div>
                <figcaption class=text::META>{say.draft_picture()}</figcaption>
            </figure>
        }
        .into_any(),
    )
}

/// How much all of them are, and whether that is much.
fn weight(language: Language, shown: &DrawingsPage) -> AnyView {
    let (say, [all, used, usual]) = (language.pictures(), shown.bytes);
    let kilobytes = |bytes: usize| bytes.div_ceil(1024);
    let heavy = (used > usual).then(|| {
        let told = say.heavy(&kilobytes(used), &kilobytes(usual));
        view! { <p class=crate::ui::notice::CAUTION data-testid="heavy">{told}</p> }
    });
    view! {
        <p class=text::HINT data-testid="weight">{say.weight(&kilobytes(used), &kilobytes(all))}</p>
        {heavy}
    }
    .into_any()
}

/// The form for files.
fn upload(say: &'static Pictures, shown: &DrawingsPage) -> Option<AnyView> {
    let DrawingPlaces { all, chosen, from } = &shown.places;
    let entries = all.iter().map(|(value, words)| Entry {
        value: value.clone(),
        words: words.clone(),
        selected: value == chosen,
    });
    let place = Field {
        id: "place".to_owned(),
        name: "place".to_owned(),
        label: say.shown_in().to_owned(),
        ..Field::default()
    };
    let from = from.clone().map(|from| view! { <input type="hidden" name="from" value=from /> });
    Post::to(shown.address()).class(FORM).with_file().test("upload").form(|| {
        view! {
            {shown.hidden()} {from} {kept("upload", false)}
            <div class=FIELD data-drop=OVER>
                <label class=LABEL for="files">{say.files()}</label>
                <input class=INPUT type="file" id="files" name="files" multiple required accept=ACCEPTED aria-describedby="files.note" data-chosen=say.chosen(&"{file}") />
                <p class=HINT id="files.note">{say.files_hint(&shown.most_files)}</p>
            </div>
            {place.select(entries.collect())}
            {fit(say, shown, true)}
            <p class="mt-3"><button type="submit" class=button::PRIMARY name="do" value="upload">{say.upload()}</button></p>
            {end()}
        }
        .into_any()
    })
}

/// Whether a file is to fill the picture.
fn fit(say: &'static Pictures, shown: &DrawingsPage, ticked: bool) -> AnyView {
    let [width, height] = shown.size;
    view! {
        <div>
            {tick("fits", &say.fit(&width, &height), ticked, None)}
            <p class=HINT>{say.fit_hint()}</p>
        </div>
    }
    .into_any()
}

/// A drawing with what can be done with it.
fn drawing(language: Language, shown: &DrawingsPage, at: usize, row: &DrawingRow) -> AnyView {
    let say = language.pictures();
    let thumb = match &row.svg {
        Some(svg) => {
            let address = format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg));
            view! { <img class=THUMB src=address alt="" width="160" height="120" loading="lazy" /> }
                .into_any()
        }
        None => view! { <span class=THUMB></span> }.into_any(),
    };
    let size = row.svg.as_ref().map(|svg| say.kilobytes(&svg.len().div_ceil(1024)));
    let layers = row.layers.iter().map(|(number, when)| match when {
        Some(when) => say.layer_when(number, when),
        None => say.layer(number),
    });
    let layers: Vec<String> = layers.collect();
    let used = if layers.is_empty() { say.unused().to_owned() } else { layers.join(", ") };
    let about = size.into_iter().chain(std::iter::once(used)).collect::<Vec<_>>().join(" · ");
    let missing = row.svg.is_none().then(|| say.missing().to_owned());
    let findings = missing.into_iter().chain(row.findings.iter().cloned());
    let findings = findings.map(|finding| view! { <p class=ERROR data-testid="finding">{finding}</p> });
    let download = row.svg.is_some().then(|| {
        let (address, spoken) = (paths::admin::drawing(&shown.slug, &row.name), say.download_of(&row.name));
        view! { <a class=link::STANDING href=address download=row.name.clone() aria-label=spoken>{say.download()}</a> }
    });
    view! {
        <li class=ROW id=format!("drawing-{at}") data-testid="drawing">
            <div>{thumb}</div>
            <div class="min-w-0">
                <p class="font-semibold wrap-anywhere">{row.name.clone()}</p>
                <p class=text::META>{about}</p>
                {findings.collect_view()}
                <div class="flex flex-wrap items-center gap-x-5">{download}</div>
                {act(&shown.address(), || changes(say, shown, at, row))}
            </div>
        </li>
    }
    .into_any()
}

/// What can be done with a drawing.
fn changes(say: &'static Pictures, shown: &DrawingsPage, at: usize, row: &DrawingRow) -> AnyView {
    let field = format!("file-{at}");
    let name = row.name.clone();
    let hidden =
        || view! { {shown.hidden()} <input type="hidden" name="name" value=name.clone() /> }.into_any();
    let replace = Post::to(shown.address()).class(FORM).with_file().test("replace").form(|| {
        view! {
            {hidden()}
            {kept(&format!("replace {name}"), false)}
            <div class=FIELD data-drop=OVER>
                <label class=LABEL for=field.clone()>{say.new_file(&name)}</label>
                <input class=INPUT type="file" id=field.clone() name="files" required accept=ACCEPTED data-chosen=say.chosen(&"{file}") />
            </div>
            {fit(say, shown, row.fits)}
            <p class="mt-3"><button type="submit" class=button::QUIET_SMALL name="do" value="replace" aria-label=say.replace_of(&name)>{say.replace()}</button></p>
            {end()}
        }
        .into_any()
    });
    let is_there = row.svg.is_some();
    let rename = is_there.then(|| {
        let to = Field {
            id: format!("to-{at}"),
            name: "to".to_owned(),
            label: say.new_name(&name),
            value: name.clone(),
            hint: say.rename_hint().to_owned(),
            autocomplete: "off",
            ..Field::default()
        };
        Post::to(shown.address()).class("mt-3").with_file().test("rename").form(|| {
            view! {
                {hidden()}
                {kept(&format!("rename {name}"), false)}
                {to.text("text")}
                <p><button type="submit" class=button::QUIET_SMALL name="do" value="rename">{say.rename()}</button></p>
                {end()}
            }
            .into_any()
        })
    });
    let remove = Post::to(shown.address()).class("mt-3").with_file().test("remove").form(|| {
        view! {
            {hidden()}
            <button type="submit" class=button::PLAIN name="do" value="remove" aria-label=say.remove_of(&name)>{say.remove()}</button>
            {end()}
        }
        .into_any()
    });
    view! {
        <details class=MORE open=row.is_open>
            <summary class=SUMMARY aria-label=say.change_of(&name)>{say.change_it()}</summary>
            <div class="max-w-[30rem]">{replace} {rename} {remove}</div>
        </details>
    }
    .into_any()
}
