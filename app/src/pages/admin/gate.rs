//! The gate on the publish page: what stops a draft, what publishing does to prices, orders and saved designs.

use configurator::completeness::{Finding, Gap};
use configurator::source::Source;
use configurator::{FailedTest, Failure, Slug};
use leptos::prelude::*;
use words::{Admin, Gate, Language};

use super::form::end;
use super::place::located;
use crate::paths;
use crate::ui::disclosure::disclosure;
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, link, progress, text};

/// A list of what stops a draft.
const STOP_TITLE: &str = "mb-1 font-semibold text-stop before:text-[0.75em] before:content-['▲_'_/_'']";
const STOP_ITEM: &str = "border-t border-rim py-2 wrap-anywhere";

/// What publishing does to prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EffectView {
    /// Whether nothing is live that prices could be compared with.
    pub is_first: bool,
    /// The prices that change; all there are where nothing is live.
    pub prices: Vec<PriceRow>,
    /// What is to be known of them, as sentences.
    pub notes: Vec<String>,
    /// How many valid designs there are before and after, as a sentence.
    pub designs: String,
    /// What the options of the standard design cost the shop, as a sentence.
    pub cost: Option<String>,
    /// By how many percent a price may change before it is asked about twice.
    pub threshold: u32,
    /// Whether some price changes by more.
    pub is_large: bool,
}

/// A price that changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceRow {
    /// What it is of.
    pub what: String,
    /// Before.
    pub was: String,
    /// After.
    pub now: String,
    /// The difference.
    pub change: String,
    /// Whether it changes by much.
    pub is_large: bool,
    /// Whether it is of the product as a whole, and not of one of its parts.
    pub is_of_product: bool,
}

/// What becomes of orders and saved designs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplayView {
    /// What each was judged on, in a sentence or two.
    pub hint: String,
    /// Of orders: how many were looked at, and sentences.
    pub orders: (String, Vec<String>),
    /// The same of saved designs.
    pub designs: (String, Vec<String>),
    /// The first orders of which something else becomes: number, and what, in words.
    pub touched: Vec<(i64, String)>,
    /// That there are more of them, in words.
    pub more_orders: Option<String>,
    /// The same of saved designs: what they are called, where they are opened, and what becomes of them.
    pub touched_designs: Vec<(String, String, String)>,
    /// That there are more of them, in words.
    pub more_designs: Option<String>,
    /// Where all of them are, one by one.
    pub all: String,
    /// Where all of them are a file.
    pub file: String,
}

/// The test designs that fail, each with a link to its field and what to do.
pub(super) fn failed_tests(
    language: Language,
    failed: &[FailedTest],
    source: &Source,
    page: (&Slug, &str),
) -> Option<AnyView> {
    if failed.is_empty() {
        return None;
    }
    let say = language.gate();
    let items = failed.iter().map(|test| {
        let place = place(language, &place_of_test(test), source, page);
        let words = comes_out(language, test);
        view! { <li class=STOP_ITEM data-testid="failed-test">{place} <p>{words}</p></li> }
    });
    Some(
        view! {
            <div class="my-3">
                <h3 class=STOP_TITLE>{say.tests_fail(failed.len() as u64)}</h3>
                <ul>{items.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

/// The field of a test design that fails.
pub(super) fn place_of_test(test: &FailedTest) -> String {
    let field = if matches!(test.failure, Failure::Price { .. }) { "price" } else { "expects" };
    format!("tests.{}.{field}", test.index)
}

/// How a test design comes out otherwise than it says, and what to do.
pub(super) fn comes_out(language: Language, test: &FailedTest) -> String {
    let say = language.gate();
    match &test.failure {
        Failure::Invalid(reasons) => say.test_is_invalid(&language.marked(reasons.join(" "))),
        Failure::Valid => say.test_is_valid().to_owned(),
        Failure::Price { expected, actual } => {
            let locale = &language.words().locale;
            say.test_costs(&actual.written(locale), &expected.written(locale))
        }
    }
}

/// Where a mark leads that says something is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Back<'b> {
    Publish,
    /// The editor, or the one section of it that is shown.
    Editor(Option<&'b str>),
}

impl Back<'_> {
    fn field(self) -> Option<AnyView> {
        let Self::Editor(alone) = self else { return None };
        let alone = alone.map(str::to_owned);
        let alone = alone.map(|alone| view! { <input type="hidden" name="alone" value=alone /> });
        Some(view! { <input type="hidden" name="back" value="editor" /> {alone} }.into_any())
    }
}

/// What looks forgotten, each with a link to its field and a button that says it is meant.
pub(super) fn findings(
    language: Language,
    found: &[Finding],
    source: &Source,
    (slug, version, back): (&Slug, i64, Back<'_>),
) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let (say, page) = (language.gate(), paths::admin::product(slug));
    let items = found.iter().filter_map(|finding| {
        let (name, codes) = match finding.option {
            None => (source.name.clone(), Default::default()),
            Some((attribute, option)) => {
                let attribute = source.attributes.get(attribute)?;
                let option = attribute.options.get(option)?;
                let codes = (attribute.code.clone(), option.code.clone());
                (say.option_of(&attribute.label, &option.label), codes)
            }
        };
        if matches!(finding.gap, Gap::Stale | Gap::Translation) {
            return Some(of_language(language, finding, (slug, version, back)));
        }
        let place = place(language, &finding.place(), source, (slug, &page));
        let spoken = say.mark_meant_of(&name, &finding.gap.code());
        // By what it is of: a script that puts a newer page into this one must not take one for another.
        let id = format!("found.{}.{}.{}.{}", codes.0, codes.1, finding.gap.code(), finding.about);
        let item = view! {
            <li class=STOP_ITEM id=id data-testid="finding">
                {place}
                <p>{sentence(say, finding)}</p>
                {Post::to(paths::admin::meant(slug)).form(|| view! {
                    <input type="hidden" name="version" value=version.to_string() />
                    <input type="hidden" name="attribute" value=codes.0 />
                    <input type="hidden" name="option" value=codes.1 />
                    <input type="hidden" name="gap" value=finding.gap.code() />
                    {back.field()}
                    <button type="submit" class=button::PLAIN aria-label=spoken>{say.mark_meant()}</button>
                    {end()}
                }.into_any())}
            </li>
        };
        Some(item.into_any())
    });
    Some(
        view! {
            <div class="my-3">
                <h3 class=STOP_TITLE>{say.look_forgotten(found.len() as u64)}</h3>
                {act(&paths::admin::meant(slug), || view! { <p class=text::HINT>{say.fill_or_mark()}</p> }.into_any())}
                <ul class="mt-2">{items.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

/// The way to the texts of a language that are missing or stale.
pub(super) fn to_texts(language: Language, slug: &Slug, tag: &str, show: &str) -> AnyView {
    let words = language.translations().texts_in(&words::named(tag));
    view! { <a class=link::STANDING href=paths::admin::texts_shown(slug, tag, show)>{words}</a> }.into_any()
}

/// Translations that a language lacks, or that were made of what is said otherwise now.
fn of_language(
    language: Language,
    finding: &Finding,
    (slug, version, back): (&Slug, i64, Back<'_>),
) -> AnyView {
    let (say, gate, tag) = (language.translations(), language.gate(), &finding.about);
    let ((count, all), name) = (finding.beside, words::named(tag));
    let is_stale = finding.gap == Gap::Stale;
    let (show, told) = match is_stale {
        true => ("stale", say.found_stale(count as u64, &name, &all)),
        false => ("missing", gate.lacks_translation(count as u64, &name, &all)),
    };
    let (meant, spoken) = match is_stale {
        true => (say.all_right(), say.all_right_of(&name)),
        false => (gate.mark_meant(), gate.mark_meant_of(&name, &finding.gap.code())),
    };
    view! {
        <li class=STOP_ITEM id=format!("found.{show}.{tag}") data-testid="finding">
            {to_texts(language, slug, tag, show)}
            <p>{told}</p>
            {Post::to(paths::admin::meant(slug)).form(|| view! {
                <input type="hidden" name="version" value=version.to_string() />
                <input type="hidden" name="language" value=tag.clone() />
                <input type="hidden" name="gap" value=finding.gap.code() />
                {back.field()}
                <button type="submit" class=button::PLAIN aria-label=spoken>{meant}</button>
                {end()}
            }.into_any())}
        </li>
    }
    .into_any()
}

/// Where something is, with a link to its field.
fn place(language: Language, place: &str, source: &Source, (slug, page): (&Slug, &str)) -> AnyView {
    match located(language.admin(), place, source, (slug, page)) {
        (words, Some(address)) => view! { <a class=link::STANDING href=address>{words}</a> }.into_any(),
        (words, None) => view! { <strong>{words}</strong> }.into_any(),
    }
}

/// What the product or an option lacks, and what to do.
pub(super) fn sentence(say: &Gate, finding: &Finding) -> String {
    let Finding { about, beside: (having, beside), .. } = finding;
    let those = match beside {
        1 => say.the_one_beside().to_owned(),
        all if all == having => say.all_beside(all),
        _ => say.those_beside(having, beside),
    };
    match finding.gap {
        Gap::SameName => say.same_name(about),
        Gap::SameSwatch => say.same_swatch(about),
        Gap::Price if finding.option.is_none() => say.costs_nothing().to_owned(),
        Gap::LeadTime if finding.option.is_none() => say.ready_at_once().to_owned(),
        Gap::Price => say.lacks_price(&those),
        Gap::Surcharge => say.lacks_surcharge(&those),
        Gap::Layer => say.lacks_layer(&those),
        Gap::Swatch => say.lacks_swatch(&those),
        Gap::Weight => say.lacks_weight(&those),
        Gap::LeadTime => say.lacks_lead_time(&those),
        Gap::Values => say.lacks_value(about, &those),
        Gap::Points => say.lacks_points(&those),
        Gap::Parts => say.lacks_parts(&those),
        Gap::Benefits => say.lacks_benefits(&those),
        Gap::Description => say.lacks_description(&those),
        // Options that no valid design has are told as problems, translations in their own words.
        Gap::Dead | Gap::Stale | Gap::Translation => String::new(),
    }
}

/// Most lines of a list on the publish page; the others are one click away, so that what matters is not behind them.
pub(super) const MOST_LINES: usize = 20;

/// What of a list comes behind its first lines, where anything does.
pub(super) fn folded(say: &'static Admin, count: usize, rest: impl FnOnce() -> AnyView) -> Option<AnyView> {
    (count > 0).then(|| disclosure(&say.lines_more(count as u64), say.lines_fewer(), rest()))
}

/// The rows that are shown first, those of the product and then all that change by much, and the rest.
fn by_weight(prices: &[PriceRow]) -> (Vec<PriceRow>, Vec<PriceRow>) {
    if prices.len() <= MOST_LINES {
        return (prices.to_vec(), Vec::new());
    }
    let rows = || prices.iter().cloned();
    let (of_product, others): (Vec<_>, Vec<_>) = rows().partition(|price| price.is_of_product);
    let (large, usual): (Vec<_>, Vec<_>) = others.into_iter().partition(|price| price.is_large);
    let least = of_product.len() + large.len();
    let mut shown = [of_product, large, usual].concat();
    let rest = shown.split_off(least.max(MOST_LINES).min(shown.len()));
    (shown, rest)
}

/// What publishing does to prices and to how many designs there are.
pub(super) fn effect(language: Language, effect: &EffectView) -> AnyView {
    let say = language.gate();
    if effect.is_first {
        return first(language, effect);
    }
    let columns = [
        Column::words(say.what()),
        Column::number(say.before()),
        Column::number(say.after()),
        Column::number(say.change_of()),
    ];
    let row = |price: PriceRow| {
        let PriceRow { what, was, now, change, is_large, is_of_product: _ } = price;
        let large = is_large.then(|| {
            let words = say.large_change(&effect.threshold);
            view! { " " {text::mark(text::Tone::Stop, &words, Some("large"))} }
        });
        view! {
            <tr class=table::ROW data-testid="repriced">
                <th scope="row" class=table::NAME>{what} {large}</th>
                <td class=table::AMOUNT data-label=say.before()>{was}</td>
                <td class=table::AMOUNT data-label=say.after()>{now}</td>
                <td class=table::AMOUNT data-label=say.change_of()>{change}</td>
            </tr>
        }
    };
    let rows = |prices: Vec<PriceRow>| table(&columns, prices.into_iter().map(row).collect_view().into_any());
    let (shown, rest) = by_weight(&effect.prices);
    let prices = if effect.prices.is_empty() {
        view! { <p>{say.no_price_changes()}</p> }.into_any()
    } else {
        rows(shown)
    };
    view! {
        <section class="mt-6" aria-label=say.effect() data-testid="effect">
            <h2 class=text::HEADING>{say.effect()}</h2>
            <p class="mb-3" data-testid="designs">{effect.designs.clone()}</p>
            {cost(effect)}
            {prices}
            {folded(language.admin(), rest.len(), || rows(rest))}
            {notes(effect)}
        </section>
    }
    .into_any()
}

/// What is to be known of the prices.
fn notes(effect: &EffectView) -> Option<AnyView> {
    let lines = effect.notes.iter().cloned();
    let lines = lines.map(|line| view! { <p class=text::HINT>{line}</p> });
    (!effect.notes.is_empty())
        .then(|| view! { <div data-testid="price-notes">{lines.collect_view()}</div> }.into_any())
}

/// What the options of the standard design cost the shop.
fn cost(effect: &EffectView) -> Option<AnyView> {
    let told = effect.cost.clone()?;
    Some(view! { <p class="mb-3" data-testid="cost">{told}</p> }.into_any())
}

/// What a product costs that was never published, and how many designs it has.
fn first(language: Language, effect: &EffectView) -> AnyView {
    let say = language.gate();
    let columns = [Column::words(say.what()), Column::number(say.price())];
    let row = |price: PriceRow| {
        view! {
            <tr class=table::ROW data-testid="first-price">
                <th scope="row" class=table::NAME>{price.what}</th>
                <td class=table::AMOUNT data-label=say.price()>{price.now}</td>
            </tr>
        }
    };
    let rows = |prices: Vec<PriceRow>| table(&columns, prices.into_iter().map(row).collect_view().into_any());
    let (shown, rest) = by_weight(&effect.prices);
    view! {
        <section class="mt-6" aria-label=say.first_effect() data-testid="effect">
            <h2 class=text::HEADING>{say.first_effect()}</h2>
            <p class="mb-3" data-testid="designs">{effect.designs.clone()}</p>
            {cost(effect)}
            {rows(shown)}
            {folded(language.admin(), rest.len(), || rows(rest))}
            {notes(effect)}
        </section>
    }
    .into_any()
}

/// What becomes of orders and saved designs.
pub(super) fn replay(say: &'static Gate, replay: &ReplayView) -> AnyView {
    let told = |(judged, sentences): &(String, Vec<String>), test: &'static str| {
        let sentences = sentences.iter().map(|sentence| view! { <li>{sentence.clone()}</li> });
        view! {
            <div class="mt-3" data-testid=test>
                <h3 class="font-semibold">{judged.clone()}</h3>
                <ul class="tabular">{sentences.collect_view()}</ul>
            </div>
        }
    };
    let order = |(number, words): &(i64, String)| {
        let name =
            view! { <a class=link::LINK href=paths::admin::order(*number)>{say.order_number(number)}</a> };
        touched_item(name.into_any(), words, "touched")
    };
    let design = |(name, href, words): &(String, String, String)| {
        let name = view! { <a class=link::LINK href=href.clone()>{name.clone()}</a> };
        touched_item(name.into_any(), words, "touched-design")
    };
    let list = |title: &'static str, items: Vec<AnyView>, more: &Option<String>| {
        let more = more.clone().map(|more| view! { <p class=text::HINT>{more}</p> });
        (!items.is_empty()).then(|| {
            view! {
                <h3 class="mt-4 mb-1 font-semibold">{title}</h3>
                <ul>{items}</ul>
                {more}
            }
        })
    };
    let orders: Vec<AnyView> = replay.touched.iter().map(order).collect();
    let designs: Vec<AnyView> = replay.touched_designs.iter().map(design).collect();
    let is_touched = !orders.is_empty() || !designs.is_empty();
    let all = is_touched.then(|| {
        view! {
            <p class="mt-3 flex flex-wrap gap-x-5">
                <a class=link::STANDING href=replay.all.clone() data-testid="replay-all">{say.touched_all()}</a>
                <a class=link::STANDING href=replay.file.clone() data-testid="replay-file">{say.touched_file()}</a>
            </p>
        }
    });
    view! {
        <section class="mt-6" aria-label=say.replay() data-testid="replay">
            <h2 class=text::HEADING>{say.replay()}</h2>
            <p class=text::HINT>{replay.hint.clone()}</p>
            {told(&replay.orders, "replay-orders")}
            {told(&replay.designs, "replay-designs")}
            {list(say.touched_orders(), orders, &replay.more_orders)}
            {list(say.touched_designs(), designs, &replay.more_designs)}
            {all}
        </section>
    }
    .into_any()
}

fn touched_item(name: AnyView, words: &str, test: &'static str) -> AnyView {
    view! {
        <li class="border-t border-line py-1.5 wrap-anywhere" data-testid=test>{name} " " {words.to_owned()}</li>
    }
    .into_any()
}

/// What becomes of orders and saved designs, or how far that is known: the part of the page at `path` that comes anew until it is.
pub(super) fn found(
    say: &'static Gate,
    path: &str,
    replayed: Option<&ReplayView>,
    far: Option<((u64, u64), &str)>,
) -> AnyView {
    view! {
        <div id="found" data-from=path.to_owned() data-going-on=far.is_some().then_some("on")>
            {replayed.map(|replayed| replay(say, replayed))}
            {far.map(|(far, told)| replaying(say, path, far, told))}
        </div>
    }
    .into_any()
}

/// What changes, a line each; of many the first, and the rest on one click.
pub(super) fn changes(say: &'static Admin, changes: &[String]) -> AnyView {
    let (first, more) = changes.split_at(changes.len().min(MOST_LINES));
    let list = |changes: &[String]| {
        let changes = changes.iter().cloned();
        let changes = changes.map(|change| view! { <li class="border-b border-line py-1.5 wrap-anywhere" data-testid="change">{change}</li> });
        view! { <ul>{changes.collect_view()}</ul> }.into_any()
    };
    view! { {list(first)} {folded(say, more.len(), || list(more))} }.into_any()
}

/// How far it is known what becomes of orders and saved designs; more comes by itself, or with the link.
fn replaying(say: &'static Gate, path: &str, (judged, all): (u64, u64), told: &str) -> AnyView {
    let percent = u32::try_from(judged * 100 / all.max(1)).ok().filter(|_| all > 0);
    view! {
        <section class="mt-6" aria-label=say.replay() data-testid="replaying">
            <h2 class=text::HEADING>{say.replay()}</h2>
            {progress::progress("far", told, percent)}
            <p><a class=link::STANDING href=path.to_owned()>{say.replay_look()}</a></p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_that_change_by_much_are_never_folded_away() {
        let row = |what: String, is_large, is_of_product| PriceRow {
            what,
            is_large,
            is_of_product,
            ..PriceRow::default()
        };
        let options = (0..40).map(|at| row(format!("option {at}"), at % 2 == 1, false));
        // None of the product changes but one, which is told first.
        let prices: Vec<PriceRow> = options.chain([row("standard".to_owned(), false, true)]).collect();
        let (shown, rest) = by_weight(&prices);
        assert_eq!((shown.len(), rest.len()), (21, 20));
        assert_eq!(shown[0].what, "standard");
        assert!(shown[1..].iter().all(|price| price.is_large) && !rest.iter().any(|price| price.is_large));
        let (shown, rest) = by_weight(&prices[..25]);
        assert_eq!((shown.len(), rest.len()), (MOST_LINES, 5));
        assert!(!rest.iter().any(|price| price.is_large));
    }
}
