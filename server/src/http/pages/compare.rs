//! Designs side by side: what differs between them, what is better, and what can be added.

use std::sync::Arc;

use app::address;
use app::pages::{self, Cell, Column, ComparePage, Group, Row, Way};
use app::paths;
use app::terms::Terms;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use configurator::{AttributeId, Configured, Slug};
use shop::DesignAddress;
use shop::designs::{Compared, ComparedDesign, Comparison, MOST_COMPARED, Origin};

use super::page::{PRIVATE, Times};
use super::personal::Personal;
use super::shared::Shared;
use super::{beside, query, shelf};
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let (named, unreadable) = beside::named(&pairs);
    let consent = Personal::asks(&site, &headers, &slug).await?;
    let asked: Vec<Compared> = named.iter().map(|(_, compared)| compared.clone()).collect();
    let comparison = site.shop.compare(&slug, &asked, &consent, reader.language).await?;
    let mut left = shelf::left(&site, &headers, &slug, reader.language).await?;
    if let Some(own) = asked.iter().find_map(own_address) {
        // One's own saved itself just now, and stands there already.
        let mut others = Vec::with_capacity(left.len());
        for one in left {
            let kept = site.shop.kept_design(&one.token).await?;
            let is_own = kept
                .is_some_and(|kept| kept.choices == own.choices && Some(&kept.start) == own.start.as_ref());
            if !is_own || !one.name.is_empty() {
                others.push(one);
            }
        }
        left = others;
    }
    let kept = left.into_iter().map(|left| {
        let name = match left.name.as_str() {
            "" => reader.language.shop().saved_of(&left.time, &left.date),
            name => name.to_owned(),
        };
        (beside::link(&left.token), name)
    });
    let shared = Shared::read(&site, &headers).beside(&site, &slug, reader.language).await?;
    let shown = Side {
        names: names(&comparison, Times::of(&site, reader.language)),
        missing: comparison.missing.len() + unreadable,
        texts: named.into_iter().map(|(text, _)| text).collect(),
        is_all: query::value(&pairs, address::ALL).is_some(),
        kept: kept.chain(shared).collect(),
        terms: site.terms(),
        say: reader.language.shop(),
        comparison,
        slug,
    };
    let page = shown.page();
    let assets = Arc::clone(&site.assets);
    let html = site.shop.executor().run(move || pages::compare(&assets, &reader, &page)).await?;
    Ok((PRIVATE, Html(html)).into_response())
}

fn own_address(compared: &Compared) -> Option<&DesignAddress> {
    match compared {
        Compared::Own(address) => Some(address),
        Compared::Proposed(_) | Compared::Link(_) | Compared::ReadyMade(_) | Compared::Standard => None,
    }
}

/// What the designs are called, each otherwise.
fn names(comparison: &Comparison, times: Times<'_>) -> Vec<String> {
    let say = times.language.shop();
    let mut names: Vec<String> = Vec::new();
    for design in &comparison.designs {
        let name = match &design.origin {
            Origin::Own => say.your_design().to_owned(),
            Origin::Proposed => say.proposal().to_owned(),
            Origin::Saved(at) => say.saved_of(&times.time(*at), &times.date(*at)),
            Origin::Named(name) => name.clone(),
            Origin::Shared(at) => say.shared_of(&times.time(*at), &times.date(*at)),
            Origin::ReadyMade(label) => label.clone(),
            Origin::Standard => times.language.words().studio.our_standard().to_owned(),
        };
        names.push(distinct(&names, &name));
    }
    names
}

/// A name, with a number where it is taken.
fn distinct(taken: &[String], name: &str) -> String {
    let alike = |count: usize| match count {
        1 => name.to_owned(),
        count => format!("{name} ({count})"),
    };
    (1..).map(alike).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// Designs side by side, and all that the page says of them.
struct Side {
    slug: Slug,
    comparison: Comparison,
    /// How what was asked for is written.
    texts: Vec<String>,
    names: Vec<String>,
    missing: usize,
    is_all: bool,
    /// What of this browser, made or opened in it, can be added: how it is written, and what it is called.
    kept: Vec<(String, String)>,
    terms: Terms,
    say: &'static words::Shop,
}

impl Side {
    fn product(&self) -> &Configured {
        &self.comparison.standard.product
    }

    fn page(&self) -> ComparePage {
        let designs = &self.comparison.designs;
        let groups = self.groups();
        let is_different = |row: &Row| row.cells.windows(2).any(|pair| pair[0].value != pair[1].value);
        let rows = groups.iter().flat_map(|group| &group.rows);
        let all = rows.clone().count() as u64;
        let differing = rows.filter(|row| is_different(row)).count() as u64;
        let shown = groups.into_iter().map(|group| {
            let rows = group.rows.into_iter().filter(|row| self.shows_all() || is_different(row));
            Group { name: group.name, rows: rows.collect() }
        });
        let own = designs.iter().find(|design| design.origin == Origin::Own);
        ComparePage {
            slug: self.slug.clone(),
            product: self.product().name.clone(),
            back: own.map_or_else(|| paths::product(&self.slug), |own| self.take(own)),
            columns: designs
                .iter()
                .zip(&self.names)
                .map(|(design, name)| self.column(design, name))
                .collect(),
            head: vec![self.price(), self.arrival()],
            groups: shown.filter(|group| !group.rows.is_empty()).collect(),
            differing: (differing, all),
            other: Way {
                words: if self.is_all { self.say.show_differing() } else { self.say.show_all() }.to_owned(),
                href: self.address(None, None, !self.is_all),
            },
            more: (designs.len() < MOST_COMPARED).then(|| self.more()),
            notices: self.notices(),
        }
    }

    /// Beside nothing there is nothing that differs.
    fn shows_all(&self) -> bool {
        self.is_all || self.comparison.designs.len() < 2
    }

    fn column(&self, design: &ComparedDesign, name: &str) -> Column {
        let product = self.product();
        let departures = product.choices_for(&design.opened.design, product.standard());
        let number = design.opened.revision.number;
        let query =
            address::design_query(number, &shop::Start::Standard, &product.write_choices(&departures));
        Column {
            name: name.to_owned(),
            picture: format!("{}?{query}", paths::picture(&self.slug)),
            take: self.take(design),
            is_own: matches!(design.origin, Origin::Own | Origin::Saved(_)),
            without: self.address(Some(design.place), None, self.is_all),
        }
    }

    /// The configurator with a design.
    fn take(&self, design: &ComparedDesign) -> String {
        let opened = &design.opened;
        if let (Origin::Saved(_), Some(Compared::Link(token))) = (&design.origin, self.asked(design.place)) {
            return paths::kept(&token);
        }
        let from = opened.from.as_ref().map(|(number, _)| *number);
        let page = address::product(&self.slug, opened.revision.number, &opened.start, &opened.pairs());
        address::going_on(page, from)
    }

    fn asked(&self, place: usize) -> Option<Compared> {
        self.texts.get(place).and_then(|text| beside::read(text))
    }

    /// This page without one of its designs, or with one more.
    fn address(&self, without: Option<usize>, more: Option<&str>, all: bool) -> String {
        let designs = self.comparison.designs.iter().map(|design| design.place);
        let places = designs.chain(self.comparison.waiting.iter().copied());
        let places = places.filter(|place| Some(*place) != without);
        let with = places.filter_map(|place| self.texts.get(place)).map(String::as_str);
        address::compare(&self.slug, with.chain(more), all)
    }

    fn price(&self) -> Row {
        let totals: Vec<_> = self.comparison.designs.iter().map(|design| design.quote.total).collect();
        let locale = &self.product().words().locale;
        let least = totals.iter().map(|total| total.amount).min();
        let is_best = |place: usize| totals.get(place).map(|total| total.amount) == least;
        let told = totals.iter().map(|total| total.written(locale)).collect();
        measured(self.say.price_line(), told, is_best, self.say.lowest_price())
    }

    fn arrival(&self) -> Row {
        let days: Vec<u32> =
            self.comparison.designs.iter().map(|design| design.quote.lead_time_days).collect();
        let studio = &self.product().words().studio;
        let least = days.iter().min();
        let told = days.iter().map(|days| self.terms.arrival(studio, *days)).collect();
        measured(self.say.arrival_line(), told, |place| days.get(place) == least, self.say.soonest())
    }

    fn groups(&self) -> Vec<Group> {
        let product = self.product();
        let glance = Group { name: self.say.at_a_glance().to_owned(), rows: self.glance() };
        let steps = product.steps.iter().enumerate().map(|(place, step)| {
            let own = product.ids().filter(|(_, attribute)| attribute.step == place);
            Group { name: step.label.clone(), rows: own.map(|(id, _)| self.attribute(id)).collect() }
        });
        std::iter::once(glance).chain(steps).filter(|group| !group.rows.is_empty()).collect()
    }

    /// What can be weighed and counted.
    fn glance(&self) -> Vec<Row> {
        let (product, designs) = (self.product(), &self.comparison.designs);
        let weights: Vec<i64> = designs.iter().map(|design| design.quote.weight).collect();
        let weight = weights.iter().any(|weight| *weight > 0).then(|| {
            let told = weights.iter().map(|grams| product.words().locale.weight(*grams)).collect();
            let least = weights.iter().min();
            measured(self.say.weight_line(), told, |place| weights.get(place) == least, self.say.lightest())
        });
        let benefits = product.benefits.iter().map(|benefit| {
            let points: Vec<i64> =
                designs.iter().map(|design| product.serves(&design.opened.design, &benefit.code)).collect();
            let told = points.iter().map(|points| product.words().locale.number(*points)).collect();
            let most = points.iter().max();
            let name = self.say.in_points(&benefit.label);
            measured(&name, told, |place| points.get(place) == most, self.say.most_points())
        });
        weight.into_iter().chain(benefits).collect()
    }

    fn attribute(&self, id: AttributeId) -> Row {
        let product = self.product();
        let cell = |design: &ComparedDesign| Cell {
            value: product.describe(id, design.opened.design.value(id)),
            better: String::new(),
        };
        Row {
            name: product.attribute(id).label.clone(),
            cells: self.comparison.designs.iter().map(cell).collect(),
        }
    }

    /// What is not beside the others yet.
    fn more(&self) -> Vec<Way> {
        let product = self.product();
        let standard = (beside::write(&Compared::Standard), product.words().studio.our_standard().to_owned());
        let ready = product
            .designs
            .iter()
            .map(|ready| (beside::write(&Compared::ReadyMade(ready.code.clone())), ready.label.clone()));
        let all = std::iter::once(standard).chain(ready).chain(self.kept.iter().cloned());
        let mut taken = self.names.clone();
        let way = |(text, name): (String, String)| {
            let words = distinct(&taken, &name);
            taken.push(words.clone());
            Way { words, href: self.address(None, Some(&text), self.is_all) }
        };
        all.filter(|(text, _)| !self.texts.contains(text)).map(way).collect()
    }

    fn notices(&self) -> Vec<String> {
        let (say, waiting) = (self.say, self.comparison.waiting.len() as u64);
        let missing = (self.missing > 0).then(|| say.compared_missing(self.missing as u64));
        let waiting = (waiting > 0).then(|| say.compared_waiting(waiting));
        let of_designs = self.comparison.designs.iter().zip(&self.names).flat_map(|(design, name)| {
            let opened = &design.opened;
            let told = opened.notices.iter().map(|notice| notice.sentence(say)).chain(opened.goes_on(say));
            told.map(move |told| format!("{name}: {told}"))
        });
        missing.into_iter().chain(waiting).chain(of_designs).collect()
    }
}

/// A line of what is measured, which says what is better where that is not the same in all.
fn measured(name: &str, told: Vec<String>, is_best: impl Fn(usize) -> bool, better: &str) -> Row {
    let differ = !(0..told.len()).all(&is_best);
    let cell = |(place, value)| Cell {
        value,
        better: if differ && is_best(place) { better.to_owned() } else { String::new() },
    };
    Row { name: name.to_owned(), cells: told.into_iter().enumerate().map(cell).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_best_is_said_where_not_all_are() {
        let row = |values: &[u32]| {
            let told = values.iter().map(u32::to_string).collect();
            let row = measured("weight", told, |place| values.get(place) == values.iter().min(), "lightest");
            row.cells.into_iter().map(|cell| cell.better).collect::<Vec<_>>()
        };
        assert_eq!(row(&[2, 1, 1]), ["", "lightest", "lightest"]);
        assert_eq!(row(&[1, 1]), ["", ""]);
        assert_eq!(row(&[1]), [""]);
    }
}
