//! The audit: who did what when, by person, subject, kind and day; and whether anything of it was changed.

use leptos::prelude::*;
use words::{Audit, Language};

use super::shell::{CRUMB, Frame, PAGING, Rail, SINGLE, page};
use crate::paths::route;
use crate::ui::field::{Entry, Field};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, empty, link, notice, text};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneItem {
    /// When, in words.
    pub at: String,
    /// Who did it.
    pub by: String,
    /// What, and to what.
    pub what: String,
    /// Where one sees what came of it, if that is somewhere.
    pub href: Option<String>,
    /// What it changed, the first lines.
    pub lines: Vec<String>,
    /// That there are more, in words.
    pub more: Option<String>,
    /// Where all of them are, where that is not here.
    pub whole: Option<String>,
}

/// One entry with all that it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntryPage {
    /// The entry.
    pub item: DoneItem,
    /// Its hash; empty where it has none.
    pub hash: String,
}

/// What checking every hash showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was found, in a sentence.
    pub outcome: String,
    /// Further sentences.
    pub more: Vec<String>,
    /// Whether everything is as it was noted.
    pub is_whole: bool,
}

/// Everything that the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPage {
    /// Who is asked for.
    pub by: String,
    /// To what.
    pub about: String,
    /// Kinds, each as addresses write it, in words, and whether it is asked for.
    pub kinds: Vec<(&'static str, &'static str, bool)>,
    /// The first and the last day as they were asked for.
    pub days: (String, String),
    /// Whether one of them is no day.
    pub is_wrong: bool,
    /// Whether anything but everything is asked for.
    pub is_filtered: bool,
    /// The entries, newest first.
    pub items: Vec<DoneItem>,
    /// Where the older ones are.
    pub older: Option<String>,
    /// Where the newest ones are, on a page of older ones.
    pub newest: Option<String>,
    /// The same entries, and all older ones, as a file.
    pub csv: String,
    /// What checking every hash showed, where it was asked for.
    pub checked: Option<Checked>,
}

/// The page of the audit.
#[must_use]
pub fn audit(frame: Frame, shown: &AuditPage) -> String {
    let (say, texts) = (frame.say(), frame.language.audit());
    page(frame, texts.title(), Rail::People, || {
        view! {
            <div class=SINGLE>
                <a class=CRUMB href=route::admin::PEOPLE>{say.people()}</a>
                <h1 class=text::TITLE_SMALL>{texts.title()}</h1>
                <p class=text::LEAD>{texts.hint()}</p>
                {check(texts, shown.checked.as_ref())}
                {filter(texts, shown)}
                {entries(frame.language, shown)}
            </div>
        }
        .into_any()
    })
}

/// The page of one entry.
#[must_use]
pub fn audit_entry(frame: Frame, shown: &AuditEntryPage) -> String {
    let texts = frame.language.audit();
    let title = texts.entry_of(&shown.item.at);
    page(frame, &title, Rail::People, || {
        let nothing = shown.item.lines.is_empty().then(|| {
            view! { <p class=text::HINT>{texts.changed_nothing_told()}</p> }
        });
        view! {
            <div class=SINGLE>
                <a class=CRUMB href=route::admin::AUDIT>{texts.title()}</a>
                <h1 class=text::TITLE_SMALL>{title.clone()}</h1>
                {done_table(frame.language, std::slice::from_ref(&shown.item))}
                {nothing}
                <p class=text::META><code class=text::CODE>{shown.hash.clone()}</code></p>
            </div>
        }
        .into_any()
    })
}

fn check(texts: &'static Audit, checked: Option<&Checked>) -> AnyView {
    let told = checked.cloned().map(|Checked { outcome, more, is_whole }| {
        let more = more.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
        let words = view! { <p class="wrap-anywhere">{outcome}</p> {more} }.into_any();
        if is_whole {
            view! { <div class=notice::GOOD role="status" data-testid="whole">{words}</div> }.into_any()
        } else {
            notice::alert(words, "not-whole")
        }
    });
    view! {
        {told}
        <form method="get" action=route::admin::AUDIT class="mt-5">
            <input type="hidden" name="check" value="1" />
            <button type="submit" class=button::QUIET_SMALL data-testid="check">{texts.check()}</button>
            <p class=text::HINT>{texts.check_hint()}</p>
        </form>
    }
    .into_any()
}

fn filter(texts: &'static Audit, shown: &AuditPage) -> AnyView {
    let field = |name: &str, label: &str, value: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        autocomplete: "off",
        tight: true,
        ..Field::default()
    };
    let every = Entry { value: String::new(), words: texts.every_kind().to_owned(), selected: false };
    let kinds = shown.kinds.iter().map(|(code, words, selected)| Entry {
        value: (*code).to_owned(),
        words: (*words).to_owned(),
        selected: *selected,
    });
    let kinds = std::iter::once(every).chain(kinds).collect();
    let wrong =
        shown.is_wrong.then(|| notice::alert(view! { <p>{texts.not_days()}</p> }.into_any(), "problem"));
    let all = shown.is_filtered.then(|| {
        view! { <a class=button::QUIET_SMALL href=route::admin::AUDIT data-testid="show-all">{texts.show_all()}</a> }
    });
    view! {
        {wrong}
        <form method="get" action=route::admin::AUDIT class="mt-5 flex flex-wrap items-end gap-2">
            {field("by", texts.by(), &shown.by).text("text")}
            {field("about", texts.about(), &shown.about).text("text")}
            {field("kind", texts.kind(), "").select(kinds)}
            {field("from", texts.from_day(), &shown.days.0).text("date")}
            {field("to", texts.to_day(), &shown.days.1).text("date")}
            <button type="submit" class=button::QUIET_SMALL data-testid="show">{texts.show()}</button>
            {all}
        </form>
    }
    .into_any()
}

fn entries(language: Language, shown: &AuditPage) -> AnyView {
    let texts = language.audit();
    if shown.items.is_empty() {
        let words = if shown.is_filtered { texts.nothing() } else { texts.nothing_yet() };
        return empty::empty(view! { <p>{words}</p> }.into_any(), Some("nothing"));
    }
    let way = |href: &Option<String>, words: &'static str, id: &'static str| {
        let href = href.clone()?;
        Some(view! { <a class=button::QUIET_SMALL href=href data-testid=id>{words}</a> })
    };
    view! {
        <p class="mt-3"><a class=link::LINK href=shown.csv.clone() data-testid="csv">{texts.download()}</a></p>
        {done_table(language, &shown.items)}
        <nav class=PAGING aria-label=texts.title()>
            {way(&shown.newest, texts.newest(), "newest")} {way(&shown.older, texts.older(), "older")}
        </nav>
    }
    .into_any()
}

/// What was done, as a table.
pub(super) fn done_table(language: Language, done: &[DoneItem]) -> AnyView {
    let (say, what) = (language.people(), language.admin().what());
    let columns = [Column::words(say.when()), Column::words(say.who()), Column::words(what)];
    let rows = done.iter().cloned().map(|item| {
        let told = match item.href {
            Some(href) => view! { <a class=link::LINK href=href>{item.what}</a> }.into_any(),
            None => item.what.into_any(),
        };
        let lines = changed_lines(language, &item.lines, item.more, item.whole);
        view! {
            <tr class=table::ROW data-testid="done-item">
                <td class=table::LABELLED data-label=say.when()>{item.at}</td>
                <td class=table::LABELLED data-label=say.who()>{item.by}</td>
                <td class=table::LABELLED data-label=what><div class="min-w-0">{told} {lines}</div></td>
            </tr>
        }
    });
    table(&columns, rows.collect_view().into_any())
}

/// What was changed, a line each, that there are more, and where those are.
pub(super) fn changed_lines(
    language: Language,
    lines: &[String],
    more: Option<String>,
    whole: Option<String>,
) -> Option<AnyView> {
    let texts = language.audit();
    let is_something = !lines.is_empty() || more.is_some();
    let items = lines.iter().cloned().map(|line| view! { <li data-testid="changed">{line}</li> });
    let items = items.collect_view();
    let whole = whole.map(|href| view! { " " <a class=link::LINK href=href data-testid="whole-entry">{texts.whole_entry()}</a> });
    let more = more.map(|more| view! { <li data-testid="more-changed">{more} {whole}</li> });
    is_something.then(|| view! { <ul class="text-s wrap-anywhere">{items} {more}</ul> }.into_any())
}
