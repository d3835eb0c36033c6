//! The filter of the orders desk as addresses write it, for its pages and its API. What can't be read is left out.

use shop::Slug;
use shop::orders::{Cursor, DeskQuery, Filter, Sort, States};
use time::Date;
use time::format_description::well_known::Iso8601;

/// Where in the list a page begins.
const PLACE: &str = "at";

/// The query of an address.
pub(super) fn read(pairs: &[(String, String)], limit: u32) -> DeskQuery {
    let value = |name| value_of(pairs, name);
    let day = |name| value(name).and_then(|day| Date::parse(day, &Iso8601::DATE).ok());
    let yes_no = |name, yes: &str, no: &str| match value(name) {
        Some(said) if said == yes => Some(true),
        Some(said) if said == no => Some(false),
        _ => None,
    };
    let states = value("state").and_then(|state| match state {
        "open" => Some(States::Open),
        state => state.parse().ok().map(States::One),
    });
    let sort = match value("sort") {
        Some("oldest") => Sort::Oldest,
        Some("due") => Sort::Due,
        Some("due-last") => Sort::DueLast,
        Some("largest") => Sort::Largest,
        Some("smallest") => Sort::Smallest,
        _ => Sort::Newest,
    };
    let filter = Filter {
        text: value("q").unwrap_or_default().trim().to_owned(),
        states,
        product: value("product").and_then(|slug| slug.parse::<Slug>().ok()),
        option: value("has").and_then(|has| has.split_once(':')).map(owned),
        from: day("from"),
        to: day("to"),
        due_before: day("due"),
        is_test: yes_no("test", "only", "none"),
        left_out: yes_no("learning", "left-out", "in"),
    };
    let from = value(PLACE).and_then(|place| place.parse().ok());
    DeskQuery { filter, sort, from, limit, ..DeskQuery::default() }
}

/// What is said of days and is none, by name and as it was typed.
pub(super) fn no_days(pairs: &[(String, String)]) -> Vec<(&'static str, String)> {
    let typed = |name: &'static str| Some((name, value_of(pairs, name)?.to_owned()));
    let is_none = |(_, typed): &(&str, String)| Date::parse(typed, &Iso8601::DATE).is_err();
    ["from", "to", "due"].into_iter().filter_map(typed).filter(is_none).collect()
}

/// A filter and an order of the list as addresses write them; empty for all orders, the newest first.
pub(super) fn written(query: &DeskQuery) -> String {
    let filter = &query.filter;
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            pairs.append_pair(name, &value);
        }
    };
    add("q", Some(filter.text.clone()));
    add("state", filter.states.map(|states| state_code(states).to_owned()));
    add("sort", sort_code(query.sort).map(str::to_owned));
    add("product", filter.product.as_ref().map(|slug| slug.as_str().to_owned()));
    add("has", filter.option.as_ref().map(has));
    add("from", filter.from.map(|day| day.to_string()));
    add("to", filter.to.map(|day| day.to_string()));
    add("due", filter.due_before.map(|day| day.to_string()));
    add("test", filter.is_test.map(|is| if is { "only" } else { "none" }.to_owned()));
    add("learning", filter.left_out.map(|is| if is { "left-out" } else { "in" }.to_owned()));
    pairs.finish()
}

/// The value of one pair; empty values count as absent.
fn value_of<'p>(pairs: &'p [(String, String)], key: &str) -> Option<&'p str> {
    pairs.iter().find(|(name, value)| name == key && !value.is_empty()).map(|(_, value)| value.as_str())
}

fn owned((attribute, option): (&str, &str)) -> (String, String) {
    (attribute.to_owned(), option.to_owned())
}

/// An option that orders have, as addresses write it.
pub(super) fn has((attribute, option): &(String, String)) -> String {
    format!("{attribute}:{option}")
}

/// The same from this place on.
pub(super) fn written_at(query: &str, place: Cursor) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.append_pair(PLACE, &place.written());
    let place = pairs.finish();
    if query.is_empty() { place } else { format!("{query}&{place}") }
}

/// States as addresses write them.
pub(super) fn state_code(states: States) -> &'static str {
    match states {
        States::Open => "open",
        States::One(state) => state.code(),
    }
}

/// An order of the list as addresses write it; nothing for the usual one.
pub(super) fn sort_code(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Newest => None,
        Sort::Oldest => Some("oldest"),
        Sort::Due => Some("due"),
        Sort::DueLast => Some("due-last"),
        Sort::Largest => Some("largest"),
        Sort::Smallest => Some("smallest"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(text.as_bytes()).into_owned().collect()
    }

    #[test]
    fn filters_come_back_as_they_were_written() {
        for text in [
            "",
            "q=%C3%89mile+%26+co",
            "state=open&sort=due",
            "state=in_production&sort=oldest&product=mug&from=2026-11-01&to=2026-11-30&due=2026-12-18&test=none&learning=in",
            "test=only&learning=left-out",
            "sort=due-last",
            "sort=largest&product=mug",
            "q=lima&sort=smallest",
        ] {
            assert_eq!(written(&read(&pairs(text), 9)), text);
        }
    }

    #[test]
    fn what_is_no_filter_is_left_out() {
        let query = read(&pairs("state=lost&product=%20&from=2026-13-01&test=x&sort=x&at=x&q=+"), 9);
        assert_eq!(query, DeskQuery { limit: 9, ..DeskQuery::default() });
        assert_eq!(
            no_days(&pairs("from=2026-13-01&to=2026-12-01&due=")),
            [("from", "2026-13-01".to_owned())]
        );
        let place: Cursor = "<7.1007".parse().unwrap();
        assert_eq!(written_at("q=a", place), "q=a&at=%3C7.1007");
        assert_eq!(read(&pairs(&written_at("", place)), 9).from, Some(place));
    }
}
