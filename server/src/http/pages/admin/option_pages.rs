//! The pages of a long menu's options: which one an address asks for, and where a form of the editor leads.

use std::collections::BTreeMap;

use app::address::encode;
use app::pages::admin::{OptionsAsked, OptionsShown, Returned, is_long};
use app::paths::admin as paths;
use configurator::Slug;
use configurator::source::{AttributeSource, Source};

use super::super::query;

type Pairs = [(String, String)];

/// What an address asks for.
pub(super) fn asked(sent: &Pairs) -> OptionsAsked {
    OptionsAsked {
        page: query::value(sent, "page").and_then(|page| page.parse().ok()).unwrap_or(1),
        find: query::value(sent, "find").unwrap_or_default().trim().to_owned(),
    }
}

/// The options that are shown of each attribute: what was asked for of the one that is shown alone, the first of all others.
pub(super) fn shown_options(
    source: &Source,
    alone: Option<&str>,
    asked: &OptionsAsked,
    returned: Option<&Returned>,
) -> BTreeMap<String, OptionsShown> {
    let first = OptionsAsked::default();
    let shown = source.attributes.iter().map(|attribute| {
        let form = form_of(attribute);
        let asked = if alone == Some(&*form) && is_long(attribute) { asked } else { &first };
        let returned = returned.filter(|returned| returned.form == form);
        (attribute.code.clone(), OptionsShown::of(attribute, asked, returned))
    });
    shown.collect()
}

/// The page that is shown of an attribute alone.
pub(super) fn of_section(options: &BTreeMap<String, OptionsShown>, alone: Option<&str>) -> OptionsAsked {
    let code = alone.and_then(|alone| alone.strip_prefix("attribute-"));
    code.and_then(|code| options.get(code)).map(|shown| shown.asked.clone()).unwrap_or_default()
}

/// The editor's address, of one section alone where that is asked for.
pub(super) fn address(slug: &Slug, wanted: &Pairs) -> String {
    let (editor, OptionsAsked { page, find }) = (paths::product(slug), asked(wanted));
    match query::value(wanted, "section") {
        Some(section) => paths::section_alone(&editor, section, (page, &find)),
        None => editor,
    }
}

/// Where a form leads that was saved, by its name: to its section; where an option was added or moved, or another entry was added, to that
/// one. `before` is what the draft was until then.
pub(super) fn behind(slug: &Slug, (before, source): (&Source, &Source), saved: &str, sent: &Pairs) -> String {
    let alone = query::value(sent, "alone").is_some();
    let goes_on = query::value(sent, "live").is_some();
    let at = source.attributes.iter().position(|attribute| form_of(attribute) == saved);
    let led = match at {
        Some(at) => led(at, (before, &source.attributes[at]), sent),
        None => Led { anchor: added(before, source, saved).filter(|_| !goes_on), ..Led::default() },
    };
    let Led { asked: OptionsAsked { page, find }, anchor, elsewhere } = led;
    let editor = paths::product(slug);
    let (page, mark) = if alone || page > 1 || !find.is_empty() {
        (paths::section_alone(&editor, saved, (page, &find)), '&')
    } else {
        (editor, '?')
    };
    let elsewhere = elsewhere.map(|code| format!("&at={}", encode(&code))).unwrap_or_default();
    // A script that follows does not see what is behind the hash.
    let to = anchor.as_ref().map(|anchor| format!("&to={anchor}")).unwrap_or_default();
    let saved = encode(saved);
    format!("{page}{mark}saved={saved}{elsewhere}{to}#{}", anchor.as_deref().unwrap_or(&saved))
}

/// The editor's address of an option, where its menu is long.
pub(super) fn address_of(slug: &Slug, source: &Source, attribute: &str, option: &str) -> Option<String> {
    let at = source.attributes.iter().position(|known| known.code == attribute)?;
    let attribute = source.attributes.get(at).filter(|attribute| is_long(attribute))?;
    let place = attribute.options.iter().position(|known| known.code == option)?;
    let (form, OptionsAsked { page, find }) = (form_of(attribute), OptionsAsked::with(place));
    let page = paths::section_alone(&paths::product(slug), &form, (page, &find));
    Some(format!("{page}&saved={}#attributes.{at}.options.{place}", encode(&form)))
}

/// The first field of the entry that a form added at the end of its list.
fn added(before: &Source, after: &Source, form: &str) -> Option<String> {
    let many = |source: &Source| match form {
        "steps" => Some((source.steps.len(), "label")),
        "rules" => Some((source.rules.len(), "rule")),
        "layers" => Some((source.layers.len(), "file")),
        "designs" => Some((source.designs.len(), "label")),
        "tests" => Some((source.tests.len(), "label")),
        "prices" => Some((source.prices.len(), "label")),
        "tiers" => Some((source.tiers.len(), "from")),
        "no_returns" => Some((source.no_returns.len(), "reason")),
        "benefits" => Some((source.benefits.len(), "label")),
        _ => None,
    };
    let ((was, _), (is, field)) = (many(before)?, many(after)?);
    (is > was).then(|| format!("{form}.{}.{field}", is - 1))
}

fn form_of(attribute: &AttributeSource) -> String {
    format!("attribute-{}", attribute.code)
}

/// Where an attribute's form leads.
#[derive(Default)]
struct Led {
    asked: OptionsAsked,
    /// The field or row to go to; the form itself where there is none.
    anchor: Option<String>,
    /// The option, by its code, that went to another page while somebody goes on with this one.
    elsewhere: Option<String>,
}

fn led(at: usize, (before, attribute): (&Source, &AttributeSource), sent: &Pairs) -> Led {
    let field = |name| query::value(sent, name).unwrap_or_default();
    let listed = query::pairs(field("listed"));
    let here = if is_long(attribute) { asked(&listed) } else { OptionsAsked::default() };
    let (goes_on, list) = (!field("live").is_empty(), format!("attributes.{at}.options"));
    let (verb, wanted) = field("do").split_once(':').unwrap_or_default();
    let typed = field("find").trim();
    if verb == "page" {
        let page = wanted.parse().unwrap_or(1);
        return Led { asked: OptionsAsked { page, ..here }, anchor: Some(list), elsewhere: None };
    }
    let Some((place, is_new)) = moved((before, attribute), sent, &here) else {
        if !goes_on && is_long(attribute) && typed != here.find {
            let found = OptionsAsked { page: 1, find: typed.to_owned() };
            return Led { asked: found, anchor: Some(list), elsewhere: None };
        }
        return Led { asked: here, ..Led::default() };
    };
    let (there, row) = (OptionsAsked::with(place), format!("{list}.{place}"));
    let is_here = there == here || !is_long(attribute) || (!is_new && !here.find.is_empty());
    match (goes_on, is_here) {
        (false, _) if is_new => {
            let asked = if is_long(attribute) { there } else { here };
            Led { asked, anchor: Some(format!("{row}.label")), elsewhere: None }
        }
        (false, false) => Led { asked: there, anchor: Some(row), elsewhere: None },
        (true, false) => {
            let code = attribute.options[place].code.clone();
            Led { asked: here, anchor: None, elsewhere: Some(code) }
        }
        (_, true) => Led { asked: here, ..Led::default() },
    }
}

/// Where the option is now that a form added or moved, and whether it is new.
fn moved(
    (before, attribute): (&Source, &AttributeSource),
    sent: &Pairs,
    here: &OptionsAsked,
) -> Option<(usize, bool)> {
    let new = query::value(sent, "new.label").map(str::trim).filter(|label| !label.is_empty());
    let added = new.and_then(|label| attribute.options.iter().rposition(|option| option.label == label));
    if let Some(place) = added {
        return Some((place, true));
    }
    let place_of = |key: &str| attribute.options.iter().position(|option| option.code == key);
    match query::value(sent, "do").and_then(|action| action.split_once(':')) {
        Some(("up" | "down", key)) => return Some((place_of(key)?, false)),
        Some(_) => return None,
        None => {}
    }
    // A place that was typed, by which the option stands on another page now.
    let before = before.attributes.iter().find(|known| known.code == attribute.code)?;
    let mut places =
        sent.iter().filter_map(|(name, place)| Some((name.strip_prefix("place.")?, place.trim())));
    places.find_map(|(key, place)| {
        let (now, wanted) = (place_of(key)?, place.parse::<usize>().ok()?);
        let is_last = now + 1 == attribute.options.len();
        let is_asked = wanted == now + 1 || (is_last && wanted > now);
        let was = before.options.iter().position(|option| option.code == key);
        (is_asked && was != Some(now) && OptionsAsked::with(now).page != here.page).then_some((now, false))
    })
}
