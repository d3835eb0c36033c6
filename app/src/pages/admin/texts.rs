//! Texts of a product in other languages: an overview of languages, and each text of one language beside what it translates.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Language, Translations};

use super::form::{Form, ROWS_LEFT, Returned, end, enter_saves, rows_area};
use super::kept::{keeping, kept_live, saving_itself, state as saving, take_back};
use super::shell::{DraftState, FORM, Frame, PAGING, Rail, SINGLE, Tab, bar, bar_with, page};
use crate::paths;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{Field, HINT, PAIR};
use crate::ui::form::{Post, act, may_send};
use crate::ui::notice::CAUTION;
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, link};

/// How many texts stand on one page.
pub const TEXTS_OF_PAGE: usize = 60;

/// A language on the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextsLanguage {
    /// Its tag.
    pub tag: String,
    /// What people call it.
    pub name: String,
    /// Whether the shop's pages speak it.
    pub is_spoken: bool,
    /// How many texts there are, are translated, are missing, are stale.
    pub counts: [usize; 4],
}

/// The overview.
#[derive(Clone, Debug)]
pub struct TextsOverview {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The languages.
    pub languages: Vec<TextsLanguage>,
    /// What was asked for as another language, and can't be one.
    pub refused: Option<String>,
}

/// Which texts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextFilter {
    /// All.
    #[default]
    All,
    /// Those that lack a translation.
    Missing,
    /// Those whose translation was made of another text.
    Stale,
}

impl TextFilter {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::All, Self::Missing, Self::Stale];

    /// What addresses call it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Missing => "missing",
            Self::Stale => "stale",
        }
    }

    fn words(self, say: &Translations, count: usize) -> String {
        match self {
            Self::All => say.all_texts(&count),
            Self::Missing => say.missing_texts(&count),
            Self::Stale => say.stale_texts(&count),
        }
    }
}

/// How a translation stands, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMark {
    /// It is missing.
    Missing,
    /// It is taken from a broader language.
    Inherited(String),
    /// None is needed: what shoppers read is made of the rule.
    Made(String),
    /// It was made of another text, until a day.
    Stale {
        /// The day.
        since: String,
        /// What the text said until then.
        was: String,
    },
    /// It is there.
    Translated,
}

/// A text beside its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextItem {
    /// Where it lies in the texts of a language.
    pub path: String,
    /// What it belongs to: the product, an attribute, the rules.
    pub group: String,
    /// What it is in there.
    pub what: String,
    /// As written.
    pub original: String,
    /// Its translation as it is saved.
    pub saved: String,
    /// Whether it may take several lines.
    pub is_long: bool,
    /// How its translation stands.
    pub mark: TextMark,
}

/// Everything that the page of a language shows.
#[derive(Clone, Debug)]
pub struct TextsPage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The draft's version and first revision, which the form sends back.
    pub origin: (i64, RevisionNumber),
    /// The language's tag and direction.
    pub lang: (String, &'static str),
    /// The same of the texts as written.
    pub written_in: (String, &'static str),
    /// What people call the language.
    pub called: String,
    /// Whether the shop's pages speak it.
    pub is_spoken: bool,
    /// How many texts there are, are missing, are stale.
    pub counts: [usize; 3],
    /// Which of them are shown.
    pub filter: TextFilter,
    /// What is searched for; empty for nothing.
    pub search: String,
    /// The texts on the page.
    pub items: Vec<TextItem>,
    /// The place of the first of them among those that are shown, from 0.
    pub first: usize,
    /// How many are shown on all pages.
    pub found: usize,
    /// Whether they were saved just now.
    pub saved: bool,
    /// The form, where it was not saved.
    pub returned: Option<Returned>,
}

impl TextsPage {
    fn address(&self) -> String {
        paths::admin::texts_in(&self.slug, &self.lang.0)
    }
}

/// The overview.
#[must_use]
pub fn texts(frame: Frame, shown: &TextsOverview) -> String {
    let say = frame.language.translations();
    page(frame, say.title(), Rail::Products, || {
        let columns = [
            Column::words(say.language()),
            Column::number(say.translated()),
            Column::number(say.missing()),
            Column::number(say.stale()),
        ];
        let rows = shown.languages.iter().map(|language| overview_row(say, &shown.slug, language));
        view! {
            {bar(frame.say(), &shown.slug, &shown.name, shown.state, Tab::Texts)}
            <div class=SINGLE>
                <h2 class=text::HEADING>{say.title()}</h2>
                <p class=text::LEAD>{say.lead()}</p>
                {table(&columns, rows.collect_view().into_any())}
                {another(say, shown)}
            </div>
        }
        .into_any()
    })
}

fn overview_row(say: &'static Translations, slug: &Slug, language: &TextsLanguage) -> AnyView {
    let TextsLanguage { tag, name, is_spoken, counts: [all, translated, missing, stale] } = language.clone();
    let address = |filter: TextFilter| paths::admin::texts_shown(slug, &tag, filter.code());
    let count = |count: usize, filter: TextFilter| match count {
        0 => view! { "0" }.into_any(),
        count => view! { <a class=link::LINK href=address(filter)>{count}</a> }.into_any(),
    };
    let unspoken = (!is_spoken).then(|| view! { " " {text::mark(Tone::Calm, say.not_spoken(), None)} });
    view! {
        <tr class=table::ROW data-testid="language">
            <th scope="row" class=table::NAME>
                <a class=link::STANDING href=paths::admin::texts_in(slug, &tag)>{name}</a> {unspoken}
            </th>
            <td class=table::NUMBER data-label=say.translated()>{say.some_of(&translated, &all)}</td>
            <td class=table::NUMBER data-label=say.missing()>{count(missing, TextFilter::Missing)}</td>
            <td class=table::NUMBER data-label=say.stale()>{count(stale, TextFilter::Stale)}</td>
        </tr>
    }
    .into_any()
}

/// A language that the product has no texts of.
fn another(say: &'static Translations, shown: &TextsOverview) -> Option<AnyView> {
    act(&paths::admin::texts_in(&shown.slug, "en"), || {
        let field = Field {
            id: "language".to_owned(),
            name: "language".to_owned(),
            label: say.other_language().to_owned(),
            value: shown.refused.clone().unwrap_or_default(),
            errors: shown.refused.iter().map(|tag| say.no_such_language(tag)).collect(),
            autofocus: shown.refused.is_some(),
            hint: say.other_language_hint().to_owned(),
            autocomplete: "off",
            ..Field::default()
        };
        view! {
            <form action=paths::admin::texts(&shown.slug) class="mt-6 max-w-[30rem]" data-testid="another-language">
                {field.text("text")}
                <button type="submit" class=button::QUIET>{say.begin()}</button>
            </form>
        }
        .into_any()
    })
}

/// The texts of a language.
#[must_use]
pub fn texts_in(frame: Frame, shown: &TextsPage) -> String {
    let (language, say) = (frame.language, frame.language.translations());
    let title = say.texts_in(&shown.called);
    page(frame, &title, Rail::Products, || {
        let form = Form::new("texts", shown.returned.as_ref(), language);
        let saved = shown.saved.then(|| text::saved(say.saved()));
        let back = format!("texts:{}", shown.lang.0);
        let undo = shown.saved.then(|| take_back(language, &shown.slug, shown.origin.0, back)).flatten();
        let unspoken = (!shown.is_spoken).then(|| {
            view! { <p class=CAUTION data-testid="not-spoken">{say.not_spoken_told(&shown.called)}</p> }
        });
        let reads = (!may_send(&shown.address())).then(|| reader_filter(say, shown));
        view! {
            {bar_with(language.admin(), (&shown.slug, &shown.name), shown.state, Tab::Texts, undo)}
            <div class=SINGLE>
                <p><a class=link::STANDING href=paths::admin::texts(&shown.slug)>{say.back()}</a></p>
                <h2 class=text::HEADING>{title.clone()} " " {saved}</h2>
                {act(&shown.address(), || keeping(frame, shown.saved))}
                {unspoken}
                {reads}
                {Post::to(shown.address()).class(FORM).judged_here().test("texts").sheet(|| view! {
                    {act(&shown.address(), || enter_saves(language.admin()))}
                    {form.notice()}
                    {origin(form, shown)}
                    {kept_live("texts", form.came_back())}
                    {act(&shown.address(), || filter(form, say, shown))}
                    {listed(form, language, shown)}
                    {act(&shown.address(), || view! {
                        <div class=format!("{} mt-5", button::ROW)><button type="submit" class=button::PRIMARY data-testid="save-texts">{say.save()}</button> {saving(language)}</div>
                    }.into_any())}
                    {act(&shown.address(), || paste(form, say))}
                    {upload(say, shown)}
                    {end()}
                }.into_any())}
                <p class="mt-2"><a class=link::LINK href=paths::admin::texts_csv(&shown.slug, &shown.lang.0) download="" data-testid="texts-csv">{say.as_csv()}</a></p>
                {act(&shown.address(), || saving_itself(language))}
            </div>
        }
        .into_any()
    })
}

/// What tells the server which draft the form was made from, and what of it is shown.
fn origin(form: Form, shown: &TextsPage) -> AnyView {
    view! {
        {super::form::origin(form, shown.origin)}
        <input type="hidden" name="show" value=shown.filter.code() />
        <input type="hidden" name="searched" value=shown.search.clone() />
        <input type="hidden" name="from" value=(shown.first + 1).to_string() />
    }
    .into_any()
}

fn search_field(say: &'static Translations, value: &str) -> AnyView {
    let field = Field {
        id: "q".to_owned(),
        name: "q".to_owned(),
        label: say.search_texts().to_owned(),
        tight: true,
        value: value.to_owned(),
        autocomplete: "off",
        dir: "auto",
        ..Field::default()
    };
    view! { <div class="min-w-0 flex-1">{field.text("search")}</div> }.into_any()
}

/// Which texts are shown: buttons, which save what is typed.
fn filter(form: Form, say: &'static Translations, shown: &TextsPage) -> AnyView {
    let buttons = TextFilter::ALL.into_iter().zip(shown.counts).map(|(filter, count)| {
        let pressed = if filter == shown.filter { "true" } else { "false" };
        view! {
            <button type="submit" class=button::QUIET_SMALL name="do" value=format!("show:{}", filter.code()) aria-pressed=pressed data-testid=format!("show-{}", filter.code())>
                {filter.words(say, count)}
            </button>
        }
    });
    let search = form.typed("q").unwrap_or(&shown.search).to_owned();
    view! {
        <div class=button::ROW role="group" aria-label=say.filter()>{buttons.collect_view()}</div>
        <div class="mt-3 flex items-end gap-2">
            {search_field(say, &search)}
            <button type="submit" class=button::QUIET name="do" value="search" data-testid="search">{say.search()}</button>
        </div>
    }
    .into_any()
}

/// The same for whoever only reads.
fn reader_filter(say: &'static Translations, shown: &TextsPage) -> AnyView {
    let links = TextFilter::ALL.into_iter().zip(shown.counts).map(|(filter, count)| {
        let here = (filter == shown.filter).then_some("true");
        let address = paths::admin::texts_shown(&shown.slug, &shown.lang.0, filter.code());
        view! { <a class=link::STANDING href=address aria-current=here>{filter.words(say, count)}</a> }
    });
    view! {
        <nav class="flex flex-wrap gap-x-5" aria-label=say.filter()>{links.collect_view()}</nav>
        <form action=shown.address() role="search" class="mt-3 flex items-end gap-2">
            <input type="hidden" name="show" value=shown.filter.code() />
            {search_field(say, &shown.search)}
            <button type="submit" class=button::QUIET>{say.search()}</button>
        </form>
    }
    .into_any()
}

/// The texts of the page, group by group.
fn listed(form: Form, language: Language, shown: &TextsPage) -> AnyView {
    let say = language.translations();
    let mut group = String::new();
    let items = shown.items.iter().enumerate().map(|(at, item)| {
        let is_next = item.group != group;
        group.clone_from(&item.group);
        let heading = is_next
            .then(|| view! { <h3 class="mt-6 mb-1 font-semibold wrap-anywhere">{item.group.clone()}</h3> });
        view! { {heading} {row(form, language, shown, shown.first + at, item)} }
    });
    let items = items.collect_view();
    let nothing = shown.items.is_empty().then(|| {
        let words = match (shown.search.is_empty(), shown.filter) {
            (true, TextFilter::Missing) => say.none_missing(),
            (true, TextFilter::Stale) => say.none_stale(),
            _ => say.none_found(),
        };
        view! { <p class="mt-5" data-testid="no-texts">{words}</p> }
    });
    view! { {nothing} {items} {paging(say, shown)} }.into_any()
}

/// A text beside its translation.
fn row(form: Form, language: Language, shown: &TextsPage, at: usize, item: &TextItem) -> AnyView {
    let say = language.translations();
    let (id, name) = (format!("text-{at}"), format!("text.{}", item.path));
    let (mark, note) = state(say, item);
    let told = format!("{id}.state");
    let is_told = mark.is_some() || note.is_some();
    let said = form.said(&name, &item.saved, Vec::new());
    let (lang, dir) = shown.lang.clone();
    let what = if item.what == item.group { item.what.clone() } else { say.part(&item.group, &item.what) };
    let field = Field {
        hide_label: true,
        tight: true,
        value: form.text(&name, &item.saved).to_owned(),
        described_by: is_told.then(|| told.clone()),
        lang,
        dir,
        ..said.about(id.clone(), name, &say.in_language(&what, &shown.called))
    };
    let field = if item.is_long { field.area(2, false) } else { field.text("text") };
    let right = matches!(item.mark, TextMark::Stale { .. }).then(|| {
        act(&shown.address(), || view! {
            <p class="mt-2"><button type="submit" class=button::QUIET_SMALL name="do" value=format!("right:{}", item.path) aria-label=say.still_right_of(&item.original)>{say.still_right()}</button></p>
        }.into_any())
    });
    let note = note.map(|note| view! { <p class=HINT>{note}</p> });
    let state = is_told.then(|| view! { <div id=told class="mt-1">{mark} {note}</div> });
    let (written_in, written_dir) = shown.written_in.clone();
    view! {
        <div class="border-t border-line py-3" data-testid="text">
            <div class=PAIR>
                <div class="min-w-0">
                    <p class=text::META>{item.what.clone()}</p>
                    <p class="wrap-anywhere whitespace-pre-line" lang=written_in dir=written_dir data-testid="original">{item.original.clone()}</p>
                </div>
                <div class="min-w-0">{field} {state} {right}</div>
            </div>
        </div>
    }
    .into_any()
}

/// How a translation stands, as a mark and a sentence.
fn state(say: &'static Translations, item: &TextItem) -> (Option<AnyView>, Option<String>) {
    match &item.mark {
        TextMark::Missing => (Some(text::mark(Tone::Calm, say.is_missing(), Some("missing"))), None),
        TextMark::Inherited(tag) => {
            (Some(text::mark(Tone::Calm, &say.is_inherited(tag), Some("inherited"))), None)
        }
        TextMark::Made(sentence) => {
            let made = (!sentence.is_empty()).then(|| say.made(sentence));
            (Some(text::mark(Tone::Calm, say.is_made(), Some("made"))), made)
        }
        TextMark::Stale { since, was } => {
            let was = if was.trim().is_empty() { say.was_nothing().to_owned() } else { say.was(was) };
            (Some(text::mark(Tone::Stop, &say.is_stale(since), Some("stale"))), Some(was))
        }
        TextMark::Translated => (None, None),
    }
}

/// The pages before and after: buttons that save what is typed; links for whoever only reads.
fn paging(say: &'static Translations, shown: &TextsPage) -> Option<AnyView> {
    if shown.found <= TEXTS_OF_PAGE {
        return None;
    }
    let last = shown.first + shown.items.len();
    let way = |to: Option<usize>, words: &'static str, test: &'static str| {
        let from = to? + 1;
        let may_edit = act(&shown.address(), || {
            view! { <button type="submit" class=button::QUIET_SMALL name="do" value=format!("page:{from}") data-testid=test>{words}</button> }
                .into_any()
        });
        let reading = || {
            let address = paths::admin::texts_from(
                &shown.slug,
                &shown.lang.0,
                (shown.filter.code(), &shown.search, from),
            );
            view! { <a class=link::STANDING href=address data-testid=test>{words}</a> }.into_any()
        };
        Some(may_edit.unwrap_or_else(reading))
    };
    let before = (shown.first > 0).then(|| shown.first.saturating_sub(TEXTS_OF_PAGE));
    let after = (last < shown.found).then_some(last);
    Some(
        view! {
            <p class="mt-3" data-testid="shown-texts">{say.shown_texts(&(shown.first + 1), &last, &shown.found)}</p>
            <div class=PAGING>
                {way(before, say.earlier(), "earlier-texts")} {way(after, say.later(), "later-texts")}
            </div>
        }
        .into_any(),
    )
}

/// Where rows of a spreadsheet are pasted; open where some came back.
fn paste(form: Form, say: &'static Translations) -> AnyView {
    let messages: Vec<String> = form.messages(ROWS_LEFT).into_iter().chain(form.message("rows")).collect();
    let is_open = form.typed("rows").is_some_and(|rows| !rows.is_empty());
    view! {
        <details class=format!("{MORE} mt-3") open=is_open data-testid="paste">
            <summary class=SUMMARY>{say.paste()}</summary>
            <p class=HINT>{say.paste_hint()}</p>
            {rows_area(form, say.paste(), messages)}
            <p class="mt-2"><button type="submit" class=button::QUIET data-testid="save-rows">{say.save()}</button></p>
        </details>
    }
    .into_any()
}

/// The same from a file, with what is typed on the page.
fn upload(say: &'static Translations, shown: &TextsPage) -> Option<AnyView> {
    let address = paths::admin::texts_upload(&shown.slug, &shown.lang.0);
    act(&address.clone(), || {
        view! {
            <div class="mt-3 flex flex-wrap items-end gap-2">
                <div class="min-w-0">
                    {Field { id: "file".to_owned(), name: "file".to_owned(), label: say.file().to_owned(), tight: true, ..Field::default() }.text("file")}
                </div>
                <button type="submit" class=button::QUIET formaction=address formenctype="multipart/form-data" data-testid="upload">{say.upload()}</button>
            </div>
        }
        .into_any()
    })
}
