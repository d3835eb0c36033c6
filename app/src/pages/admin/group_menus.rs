//! Which options of a product's menus groups of shoppers are shown first: the menus there are, and one to choose.

use configurator::Slug;
use leptos::prelude::*;
use words::Language;

use super::form::end;
use super::kept::{keeping, kept};
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::{self, Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, choice, disclosure, empty, link, notice, swatch, text};

/// A menu that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupMenuItem {
    /// Code of the attribute.
    pub attribute: String,
    /// The group, as forms send it.
    pub group: String,
    /// Codes of the options with commas between them, as forms send what there was.
    pub was: String,
    /// The attribute's name.
    pub menu: String,
    /// The group in words.
    pub audience: String,
    /// Names of the options.
    pub first: String,
    /// How many of how many those are.
    pub count: String,
    /// How many the group are.
    pub size: String,
    /// What of it is gone, in sentences.
    pub gone: Vec<String>,
}

/// What undoes what was done to a menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupMenuUndo {
    /// Code of the attribute.
    pub attribute: String,
    /// The group, as forms send it.
    pub group: String,
    /// Codes of the options that it has then; none where there is no such menu then.
    pub options: Vec<String>,
    /// Codes of the options that it has now, with commas between them; empty where there is no such menu now.
    pub was: String,
}

/// An option of a menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenuOption {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its colour, where it has one.
    pub colour: Option<String>,
    /// Whether it is shown first.
    pub first: bool,
}

/// A menu whose options are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupMenuEditor {
    /// What is sent for it; `first` are the names of those that are ticked.
    pub item: GroupMenuItem,
    /// All options.
    pub options: Vec<MenuOption>,
    /// Whether what is ticked is a proposal.
    pub is_proposed: bool,
    /// Whether it is shown as the group sees it.
    pub is_previewed: bool,
    /// Why it is not kept.
    pub problem: Option<String>,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct GroupMenusPage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The menus that are kept.
    pub items: Vec<GroupMenuItem>,
    /// Attributes to choose from; none where there is nothing to shorten.
    pub attributes: Vec<Entry>,
    /// Groups to choose from.
    pub groups: Vec<Entry>,
    /// The menu whose options are chosen.
    pub editor: Option<GroupMenuEditor>,
    /// What was done just now, with what its form sends that undoes it.
    pub done: Option<(String, Option<GroupMenuUndo>)>,
    /// What is wrong with what was asked for.
    pub problem: Option<String>,
    /// Why there is nothing to choose.
    pub nothing: Option<String>,
}

/// The page.
#[must_use]
pub fn group_menus(frame: Frame, shown: &GroupMenusPage) -> String {
    let language = frame.language;
    let (say, texts) = (language.admin(), language.group_menus());
    page(frame, &texts.menus_of(&shown.name), Rail::Products, || {
        let problem = shown.problem.clone();
        let problem = problem.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "problem"));
        let nothing = shown.nothing.clone().map(|why| view! { <p data-testid="nothing">{why}</p> });
        view! {
            {bar(say, &shown.slug, &shown.name, shown.state, Tab::Menus)}
            <div class=SINGLE>
                {done(language, shown)}
                {act(&paths::admin::group_menus(&shown.slug), || keeping(frame, shown.done.is_some()))}
                {problem}
                <h2 class=text::HEADING>{say.menus()}</h2>
                <p class=text::LEAD>{texts.hint()}</p>
                {nothing}
                {shown.editor.as_ref().map(|editor| edited(language, &shown.slug, editor))}
                {listed(language, shown)}
                {(!shown.attributes.is_empty()).then(|| begin(language, shown))}
                {order(language)}
            </div>
        }
        .into_any()
    })
}

/// What was done just now, and the way back.
fn done(language: Language, shown: &GroupMenusPage) -> Option<AnyView> {
    let (done, undo) = shown.done.clone()?;
    let undo = undo.and_then(|item| {
        let does = if item.options.is_empty() { "remove" } else { "save" };
        let was = (!item.was.is_empty()).then(|| view! { <input type="hidden" name="was" value=item.was /> });
        let options =
            item.options.into_iter().map(|code| view! { <input type="hidden" name="option" value=code /> });
        Post::to(paths::admin::group_menus(&shown.slug)).form(|| {
            view! {
                <input type="hidden" name="attribute" value=item.attribute />
                <input type="hidden" name="group" value=item.group />
                {was}
                {options.collect_view()}
                <button type="submit" class=button::PLAIN name="do" value=does data-testid="undo">
                    {language.group_menus().undo()}
                </button>
                {end()}
            }
            .into_any()
        })
    });
    Some(
        view! { <div class=notice::GOOD role="status" data-testid="done"><p>{done}</p>{undo}</div> }
            .into_any(),
    )
}

/// The menus that are kept.
fn listed(language: Language, shown: &GroupMenusPage) -> AnyView {
    let (say, texts) = (language.admin(), language.group_menus());
    if shown.items.is_empty() {
        return match shown.nothing {
            // What is being chosen is no menu yet.
            _ if shown.editor.is_some() => ().into_any(),
            Some(_) => ().into_any(),
            None => empty::empty(view! { <p>{texts.none_yet()}</p> }.into_any(), Some("empty")),
        };
    }
    let columns = [
        Column::words(texts.menu()),
        Column::words(texts.group()),
        Column::words(texts.first()),
        Column::words(texts.size()),
        Column::quiet(say.ways()),
    ];
    let rows = shown.items.iter().map(|item| row(language, &shown.slug, item)).collect_view().into_any();
    table(&columns, rows)
}

fn row(language: Language, slug: &Slug, item: &GroupMenuItem) -> AnyView {
    let texts = language.group_menus();
    let GroupMenuItem { attribute, group, was, menu, audience, first, count, size, gone } = item.clone();
    let (change, named) = (place(slug, &attribute, &group), format!("{attribute} {group}"));
    let (spoken, removed) = (texts.change_of(&menu, &audience), texts.remove_of(&menu, &audience));
    let gone = gone.into_iter().map(|told| view! { <p class=notice::CAUTION>{told}</p> });
    view! {
        <tr class=table::ROW data-menu=named>
            <th scope="row" class=table::NAME>{menu}</th>
            <td class=table::LABELLED data-label=texts.group()><bdi>{audience}</bdi></td>
            <td class=table::LABELLED data-label=texts.first()>
                <p>{first} " " <span class=text::META>{count}</span></p>
                {gone.collect_view()}
            </td>
            <td class=table::LABELLED data-label=texts.size()>{size}</td>
            <td class=table::ACT>
                {Post::to(paths::admin::group_menus(slug)).class(button::ROW).form(|| view! {
                    <a class=link::LINK href=change aria-label=spoken>{texts.change()}</a>
                    <input type="hidden" name="attribute" value=attribute />
                    <input type="hidden" name="group" value=group />
                    <input type="hidden" name="was" value=was />
                    <button type="submit" class=button::QUIET_SMALL name="do" value="remove" aria-label=removed>{texts.remove()}</button>
                    {end()}
                }.into_any())}
            </td>
        </tr>
    }
    .into_any()
}

/// The page with a menu to choose.
fn place(slug: &Slug, attribute: &str, group: &str) -> String {
    let pairs =
        [("attribute", attribute), ("group", group)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    format!("{}?{}#menu", paths::admin::group_menus(slug), crate::address::query(&pairs))
}

/// Picks menu and group of another one.
fn begin(language: Language, shown: &GroupMenusPage) -> AnyView {
    let texts = language.group_menus();
    let pick = |id: &str, label: &str, entries: &[Entry]| {
        let field =
            Field { id: id.to_owned(), name: id.to_owned(), label: label.to_owned(), ..Field::default() };
        field.select(entries.to_vec())
    };
    view! {
        <section class="mt-6" aria-labelledby="new-title">
            <h2 class=text::HEADING id="new-title">{texts.new_menu()}</h2>
            <form method="get" action=paths::admin::group_menus(&shown.slug) class="mt-3 max-w-[30rem]">
                {pick("attribute", texts.menu(), &shown.attributes)}
                {pick("group", texts.group(), &shown.groups)}
                <button type="submit" class=button::QUIET data-testid="choose-options">{texts.choose_options()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The options of a menu, to tick.
fn edited(language: Language, slug: &Slug, editor: &GroupMenuEditor) -> AnyView {
    let texts = language.group_menus();
    let item = editor.item.clone();
    let title = texts.menu_for(&item.menu, &item.audience);
    let boxes = editor.options.iter().cloned().map(|option| {
        let dot = option.colour.map(|colour| {
            view! { <span class=swatch::SMALL_DOT style=format!("--dot:{colour}")></span> }
        });
        view! {
            <label class=field::TICK>
                <input class=field::TICK_BOX type="checkbox" name="option" value=option.code checked=option.first />
                {dot}
                <span>{option.label}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let problem = editor.problem.clone();
    let problem = problem.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "menu-problem"));
    let hint = if editor.is_proposed { texts.proposed_hint() } else { texts.options_hint() };
    let gone = item.gone.iter().cloned().map(|told| view! { <p class=notice::CAUTION>{told}</p> });
    let named = format!("{} {}", item.attribute, item.group);
    let is_unsaved = editor.is_previewed || editor.problem.is_some();
    let preview = editor.is_previewed.then(|| preview(language, editor));
    view! {
        <section class="mb-6" aria-labelledby="menu" data-testid="menu-editor">
            <h2 class=text::HEADING id="menu">{title}</h2>
            <p class=text::META data-testid="size">{item.size.clone()}</p>
            {gone.collect_view()}
            {problem}
            {preview}
            {Post::to(paths::admin::group_menus(slug)).class("mt-3").judged_here().form(|| view! {
                <input type="hidden" name="attribute" value=item.attribute />
                <input type="hidden" name="group" value=item.group />
                <input type="hidden" name="was" value=item.was />
                {kept(&named, is_unsaved)}
                <fieldset>
                    <legend class=field::LABEL>{texts.first()}</legend>
                    <p class=text::HINT>{hint}</p>
                    <div class="my-2 grid grid-cols-[repeat(auto-fit,minmax(min(100%,180px),1fr))] gap-x-4">{boxes}</div>
                </fieldset>
                <div class=button::ROW>
                    <button type="submit" class=button::QUIET name="do" value="preview" data-testid="preview">{texts.preview()}</button>
                    <button type="submit" class=button::PRIMARY_SMALL name="do" value="save" data-testid="save">{texts.save()}</button>
                </div>
                {end()}
            }.into_any())}
        </section>
    }
    .into_any()
}

/// The menu as its group sees it.
fn preview(language: Language, editor: &GroupMenuEditor) -> AnyView {
    let texts = language.group_menus();
    let first = editor.options.iter().filter(|option| option.first).cloned().map(|option| {
        let colour = option.colour.map(|colour| {
            view! { <span class=swatch::SMALL_DOT style=format!("--dot:{colour}")></span> }
        });
        view! { <div role="listitem" class=PREVIEWED>{colour}<span class=choice::NAME>{option.label}</span></div> }
    });
    let all = language.in_admin().words().studio.show_all(editor.options.len() as u64);
    view! {
        <div class=format!("{} mt-3", notice::GOOD) data-testid="previewed">
            <h3 class=field::LABEL>{texts.as_seen()}</h3>
            <div role="list" class=choice::SOME_TILES>{first.collect_view()}</div>
            <p class=disclosure::SUMMARY aria-hidden="true">{all}</p>
            <p class=text::META>{texts.as_seen_hint()}</p>
        </div>
    }
    .into_any()
}

/// An option as the group sees it.
const PREVIEWED: &str =
    "flex min-h-14 min-w-0 flex-col gap-0.5 rounded-s border border-line bg-raised px-3 py-2.5";

/// What comes first for whom.
fn order(language: Language) -> AnyView {
    let texts = language.group_menus();
    let steps = [texts.order_needs(), texts.order_group(), texts.order_learnt(), texts.order_usual()];
    let steps = steps.into_iter().enumerate();
    let steps = steps.map(|(index, step)| view! { <li class="mt-1">{index + 1} ". " {step}</li> });
    view! {
        <section class="mt-6 max-w-[70ch]" aria-labelledby="order-title" data-testid="order">
            <h2 class=text::HEADING id="order-title">{texts.order_title()}</h2>
            <ol>{steps.collect_view()}</ol>
            <p class=text::HINT>{texts.switch_hint()}</p>
        </section>
    }
    .into_any()
}
