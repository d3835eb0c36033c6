//! Paths of the admin, with their names filled in.

use configurator::{RevisionNumber, Slug};

use super::{encode, fill, route::admin as route};

/// An invitation.
#[must_use]
pub fn invite(token: &str) -> String {
    fill(route::INVITE, &[token])
}

/// A page of all products.
#[must_use]
pub fn products_page(page: u32) -> String {
    format!("{}?page={page}", route::PRODUCTS)
}

/// A product's editor.
#[must_use]
pub fn product(slug: &Slug) -> String {
    fill(route::PRODUCT, &[slug.as_str()])
}

/// A section of the editor alone, by the editor's address; of an attribute with a long menu a page of its options, or of those that are
/// searched for.
#[must_use]
pub fn section_alone(editor: &str, section: &str, (page, find): (usize, &str)) -> String {
    format!("{editor}?section={}{}", encode(section), options_page(page, find))
}

/// What an address has more for a page of a long menu's options, or of those that are searched for.
#[must_use]
pub fn options_page(page: usize, find: &str) -> String {
    let find = if find.is_empty() { String::new() } else { format!("&find={}", encode(find)) };
    if page > 1 { format!("&page={page}{find}") } else { find }
}

/// What happens on a product's page, counted.
#[must_use]
pub fn insight(slug: &Slug) -> String {
    fill(route::INSIGHT, &[slug.as_str()])
}

/// The same over some days, as a file for spreadsheets.
#[must_use]
pub fn insight_csv(slug: &Slug, from: &str, to: &str) -> String {
    format!("{}?from={from}&to={to}", fill(route::INSIGHT_CSV, &[slug.as_str()]))
}

/// What the options of a product are worth to those who ordered it, as a file for spreadsheets.
#[must_use]
pub fn worths_csv(slug: &Slug) -> String {
    fill(route::WORTHS_CSV, &[slug.as_str()])
}

/// What was learnt of a product's orders.
#[must_use]
pub fn learnt(slug: &Slug) -> String {
    fill(route::LEARNT, &[slug.as_str()])
}

/// What is in a draft: its designs, what its rules do.
#[must_use]
pub fn analysis(slug: &Slug) -> String {
    fill(route::ANALYSIS, &[slug.as_str()])
}

/// What the editor shows of a draft's analysis, alone.
#[must_use]
pub fn overview(slug: &Slug) -> String {
    asked(&analysis(slug), "beside=on")
}

/// The picture beside the editor's forms, alone; what it is to show comes behind.
#[must_use]
pub fn picture(slug: &Slug) -> String {
    asked(&analysis(slug), "beside=picture")
}

/// The editor, or one section of it, with a picture that shows a part.
#[must_use]
pub fn shown(slug: &Slug, section: Option<&str>, part: &str) -> String {
    let section = section.map(|section| format!("section={}&", encode(section))).unwrap_or_default();
    format!("{}?{section}show={}#analysis", product(slug), encode(part))
}

/// Why a design is not valid; that of a query.
#[must_use]
pub fn why(slug: &Slug, query: &str) -> String {
    asked(&fill(route::WHY, &[slug.as_str()]), query)
}

/// How a product stands: who sees it, its place, its address.
#[must_use]
pub fn standing(slug: &Slug) -> String {
    fill(route::STANDING, &[slug.as_str()])
}

/// Which options of a product's menus groups are shown first.
#[must_use]
pub fn group_menus(slug: &Slug) -> String {
    fill(route::GROUP_MENUS, &[slug.as_str()])
}

/// What of a product is sold out.
#[must_use]
pub fn sold_out(slug: &Slug) -> String {
    fill(route::SOLD_OUT, &[slug.as_str()])
}

/// Where a form of the editor is sent: that of a section by its name, such as `rules`.
#[must_use]
pub fn section(slug: &Slug, section: &str) -> String {
    fill(route::SECTION, &[slug.as_str(), section])
}

/// Where the form of one attribute is sent.
#[must_use]
pub fn attribute(slug: &Slug, code: &str) -> String {
    fill(route::ATTRIBUTE, &[slug.as_str(), code])
}

/// What retiring an option does, and doing it.
#[must_use]
pub fn retire(slug: &Slug, attribute: &str, option: &str) -> String {
    fill(route::RETIRE, &[slug.as_str(), attribute, option])
}

/// An attribute's options as a file for spreadsheets.
#[must_use]
pub fn options_csv(slug: &Slug, code: &str) -> String {
    fill(route::OPTIONS_CSV, &[slug.as_str(), code])
}

/// A rule that is a table of combinations, by what forms call it.
#[must_use]
pub fn table(slug: &Slug, rule: &str) -> String {
    fill(route::TABLE, &[slug.as_str(), rule])
}

/// The same from a row on, counted from 1.
#[must_use]
pub fn table_from(slug: &Slug, rule: &str, row: usize) -> String {
    asked(&table(slug, rule), &format!("from={row}"))
}

/// The same as a file for spreadsheets.
#[must_use]
pub fn table_csv(slug: &Slug, rule: &str) -> String {
    fill(route::TABLE_CSV, &[slug.as_str(), rule])
}

/// A product's texts in other languages.
#[must_use]
pub fn texts(slug: &Slug) -> String {
    fill(route::TEXTS, &[slug.as_str()])
}

/// Those of one language.
#[must_use]
pub fn texts_in(slug: &Slug, language: &str) -> String {
    fill(route::TEXTS_IN, &[slug.as_str(), language])
}

/// Those of them that are missing or stale.
#[must_use]
pub fn texts_shown(slug: &Slug, language: &str, show: &str) -> String {
    asked(&texts_in(slug, language), &format!("show={show}"))
}

/// The same that have something in them, from one on, counted from 1.
#[must_use]
pub fn texts_from(slug: &Slug, language: &str, (show, search, from): (&str, &str, usize)) -> String {
    let search = if search.is_empty() { String::new() } else { format!("&q={}", encode(search)) };
    asked(&texts_in(slug, language), &format!("show={show}{search}&from={from}"))
}

/// All of them as a file for spreadsheets.
#[must_use]
pub fn texts_csv(slug: &Slug, language: &str) -> String {
    fill(route::TEXTS_CSV, &[slug.as_str(), language])
}

/// Where such a file is sent back.
#[must_use]
pub fn texts_upload(slug: &Slug, language: &str) -> String {
    fill(route::TEXTS_UPLOAD, &[slug.as_str(), language])
}

/// A section of a draft's editor alone, at its beginning.
#[must_use]
pub fn section_at(slug: &Slug, section: &str) -> String {
    format!("{}#{}", section_alone(&product(slug), section, (1, "")), encode(section))
}

/// Where editing a product begins: its first section alone.
#[must_use]
pub fn first_section(slug: &Slug) -> String {
    section_alone(&product(slug), "basics", (1, ""))
}

/// The drawings of a draft.
#[must_use]
pub fn drawings(slug: &Slug) -> String {
    fill(route::DRAWINGS, &[slug.as_str()])
}

/// The same, to add one that something of the picture shows: `layer:2` for the third layer, `option:colour:blue` for an option.
/// `from` is the section of the editor to which it leads back.
#[must_use]
pub fn drawings_for(slug: &Slug, place: &str, from: &str) -> String {
    let place = place.split(':').map(encode).collect::<Vec<_>>().join(":");
    asked(&drawings(slug), &format!("place={place}&from={}", encode(from)))
}

/// The same, telling which were saved, and how they differ from their files.
#[must_use]
pub fn drawings_saved(slug: &Slug, names: &str, changed: &str) -> String {
    asked(&drawings(slug), &format!("saved={}&changed={changed}", encode(names)))
}

/// A drawing as a file.
#[must_use]
pub fn drawing(slug: &Slug, name: &str) -> String {
    fill(route::DRAWING, &[slug.as_str(), name])
}

/// Prices of a product changed by a percentage.
#[must_use]
pub fn prices(slug: &Slug) -> String {
    asked(route::PRICES, &format!("product={slug}"))
}

/// What a draft changes, and its publication.
#[must_use]
pub fn publish(slug: &Slug) -> String {
    fill(route::PUBLISH, &[slug.as_str()])
}

/// What publishing a draft does to orders and saved designs, one by one; with a query what a release or going back does.
#[must_use]
pub fn replay(slug: &Slug, query: &str) -> String {
    asked(&fill(route::REPLAY, &[slug.as_str()]), query)
}

/// The same as a file for spreadsheets.
#[must_use]
pub fn replay_csv(slug: &Slug, query: &str) -> String {
    asked(&fill(route::REPLAY_CSV, &[slug.as_str()]), query)
}

/// Where what an option lacks is marked as meant.
#[must_use]
pub fn meant(slug: &Slug) -> String {
    fill(route::MEANT, &[slug.as_str()])
}

/// Where a link is made that shows a draft.
#[must_use]
pub fn preview(slug: &Slug) -> String {
    fill(route::PREVIEW, &[slug.as_str()])
}

/// Forgets a draft.
#[must_use]
pub fn discard(slug: &Slug) -> String {
    fill(route::DISCARD, &[slug.as_str()])
}

/// Takes another revision over into a draft.
#[must_use]
pub fn take_over(slug: &Slug) -> String {
    fill(route::TAKE_OVER, &[slug.as_str()])
}

/// Takes the last change of a draft back.
#[must_use]
pub fn undo(slug: &Slug) -> String {
    fill(route::UNDO, &[slug.as_str()])
}

/// Does again what was taken back.
#[must_use]
pub fn redo(slug: &Slug) -> String {
    fill(route::REDO, &[slug.as_str()])
}

/// The saves of a draft.
#[must_use]
pub fn saves(slug: &Slug) -> String {
    fill(route::SAVES, &[slug.as_str()])
}

/// The saves before a version.
#[must_use]
pub fn saves_before(slug: &Slug, version: i64) -> String {
    asked(&saves(slug), &format!("before={version}"))
}

/// The draft as a file.
#[must_use]
pub fn archive(slug: &Slug) -> String {
    fill(route::ARCHIVE, &[slug.as_str()])
}

/// A revision as a file, as it was published.
#[must_use]
pub fn archive_of(slug: &Slug, number: RevisionNumber) -> String {
    asked(&archive(slug), &format!("revision={number}"))
}

/// Where a file becomes the draft.
#[must_use]
pub fn import(slug: &Slug) -> String {
    fill(route::IMPORT, &[slug.as_str()])
}

/// A product's history.
#[must_use]
pub fn revisions(slug: &Slug) -> String {
    fill(route::REVISIONS, &[slug.as_str()])
}

/// The same with which revision changed which price.
#[must_use]
pub fn price_history(slug: &Slug) -> String {
    format!("{}#prices", asked(&revisions(slug), "prices=on"))
}

/// Makes a revision live.
#[must_use]
pub fn make_live(slug: &Slug, number: RevisionNumber) -> String {
    fill(route::MAKE_LIVE, &[slug.as_str(), &number.to_string()])
}

/// Withdraws a revision.
#[must_use]
pub fn withdraw(slug: &Slug, number: RevisionNumber) -> String {
    fill(route::WITHDRAW, &[slug.as_str(), &number.to_string()])
}

/// Takes the withdrawal of a revision back.
#[must_use]
pub fn offer_again(slug: &Slug, number: RevisionNumber) -> String {
    fill(route::OFFER_AGAIN, &[slug.as_str(), &number.to_string()])
}

/// Orders that a query asks for; all of them for an empty one.
#[must_use]
pub fn orders(query: &str) -> String {
    asked(route::ORDERS, query)
}

/// The same as a file for spreadsheets.
#[must_use]
pub fn orders_csv(query: &str) -> String {
    asked(route::ORDERS_CSV, query)
}

fn asked(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Customers that a query asks for; all of them for an empty one.
#[must_use]
pub fn customers(query: &str) -> String {
    asked(route::CUSTOMERS, query)
}

/// The customer with an address.
#[must_use]
pub fn customer(email: &str) -> String {
    asked(route::CUSTOMER, &format!("email={}", encode(email)))
}

/// Where an experiment with a product is planned.
#[must_use]
pub fn new_experiment(slug: &Slug) -> String {
    asked(route::NEW_EXPERIMENT, &format!("product={slug}"))
}

/// An experiment.
#[must_use]
pub fn experiment(code: &str) -> String {
    fill(route::EXPERIMENT, &[code])
}

/// One order.
#[must_use]
pub fn order(number: i64) -> String {
    fill(route::ORDER, &[&number.to_string()])
}

/// The picture of an order.
#[must_use]
pub fn order_picture(number: i64) -> String {
    fill(route::ORDER_PICTURE, &[&number.to_string()])
}

/// An entry of the audit.
#[must_use]
pub fn audit_entry(id: i64) -> String {
    fill(route::AUDIT_ENTRY, &[&id.to_string()])
}

/// A page of what happens on the pages of all products.
#[must_use]
pub fn all_insight(days: u16, page: u32) -> String {
    asked(route::ALL_INSIGHT, &format!("days={days}&page={page}"))
}

/// The same as a file for spreadsheets.
#[must_use]
pub fn all_insight_csv(days: u16) -> String {
    asked(route::ALL_INSIGHT_CSV, &format!("days={days}"))
}

/// One release.
#[must_use]
pub fn release(number: i64) -> String {
    fill(route::RELEASE, &[&number.to_string()])
}

/// Planning a release of a product, with others or without.
#[must_use]
pub fn new_release(slug: &Slug) -> String {
    asked(route::NEW_RELEASE, &format!("product={slug}"))
}
