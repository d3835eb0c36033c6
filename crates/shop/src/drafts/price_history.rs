//! Which revision of a product changed which price.

use std::collections::HashMap;

use configurator::source::Source;
use configurator::{Currency, Money, RevisionNumber, Slug};

use super::percent::RepricedLine;
use crate::catalogue::RevisionInfo;
use crate::error::ShopError;
use crate::shop::Shop;

/// How many of the newest revisions are looked at, each of which is read whole.
const MOST_REVISIONS: usize = 30;

/// A revision with other prices than the one that was published before it.
#[derive(Clone, Debug, PartialEq)]
pub struct PricedRevision {
    /// The revision.
    pub revision: RevisionInfo,
    /// The one that was published before it.
    pub beside: RevisionNumber,
    /// The prices that both have and that differ.
    pub lines: Vec<RepricedLine>,
}

impl Shop {
    /// Which of a product's newest 30 revisions changed which prices, the newest first. What has a price for the first time, or is gone, is
    /// no change of one.
    ///
    /// # Errors
    /// There is no such product, a revision can't be read, the shop is busy, or the store failed.
    pub async fn price_history(&self, slug: &Slug) -> Result<Vec<PricedRevision>, ShopError> {
        let mut history = Vec::new();
        let mut later: Option<(RevisionInfo, Source)> = None;
        for info in self.revisions(slug).await?.into_iter().take(MOST_REVISIONS + 1) {
            let source = self.bundle(slug, info.number).await?.source;
            if let Some((revision, after)) = later.take() {
                let lines = changed(&source, &after);
                if !lines.is_empty() {
                    history.push(PricedRevision { revision, beside: info.number, lines });
                }
            }
            later = Some((info, source));
        }
        Ok(history)
    }
}

/// What a price is known by in every revision.
#[derive(PartialEq, Eq, Hash)]
enum Priced<'s> {
    Base,
    Option(&'s str, &'s str),
    Attribute(&'s str),
    /// By its name, and which it is of those that have that.
    Surcharge(&'s str, usize),
}

/// All prices of a product, with what they are of, in words.
fn prices(source: &Source) -> Vec<(Priced<'_>, [&str; 2], Money)> {
    let currency = Currency::new(&source.currency).unwrap_or(Currency::NONE);
    let mut found = vec![(Priced::Base, ["", ""], source.base_price)];
    for attribute in &source.attributes {
        let options = attribute.options.iter().map(|option| {
            let priced = Priced::Option(&attribute.code, &option.code);
            (priced, [attribute.label.as_str(), option.label.as_str()], option.price)
        });
        found.extend(options);
        let own = attribute
            .price
            .map(|price| (Priced::Attribute(&attribute.code), [attribute.label.as_str(), ""], price));
        found.extend(own);
    }
    found.extend(source.prices.iter().enumerate().map(|(at, price)| {
        let before = source.prices.iter().take(at).filter(|other| other.label == price.label).count();
        (Priced::Surcharge(&price.label, before), ["", price.label.as_str()], price.amount)
    }));
    found.into_iter().map(|(priced, of, amount)| (priced, of, Money::new(amount, currency))).collect()
}

fn changed(before: &Source, after: &Source) -> Vec<RepricedLine> {
    let known: HashMap<Priced<'_>, Money> =
        prices(before).into_iter().map(|(priced, _, price)| (priced, price)).collect();
    let line = |(priced, [attribute, name], becomes): (Priced<'_>, [&str; 2], Money)| {
        let was = *known.get(&priced).filter(|was| **was != becomes)?;
        let of = (attribute.to_owned(), name.to_owned());
        Some(RepricedLine { of, was, becomes, is_finer: false })
    };
    prices(after).into_iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mug() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue", "price": 150 },
                ]},
                { "code": "name", "step": "all", "label": "Name", "kind": "text", "standard": "", "max_length": 8, "price": 200 },
            ],
            "rules": [], "layers": [],
            "prices": [{ "label": "Set", "amount": -100 }, { "label": "Set", "amount": -300 }],
        }))
        .unwrap()
    }

    fn told(change: impl FnOnce(&mut Source)) -> Vec<(String, String, String)> {
        let mut after = mug();
        change(&mut after);
        let line = |line: RepricedLine| (line.of.1, line.was.decimal(), line.becomes.decimal());
        changed(&mug(), &after).into_iter().map(line).collect()
    }

    fn line(of: &str, was: &str, becomes: &str) -> (String, String, String) {
        (of.to_owned(), was.to_owned(), becomes.to_owned())
    }

    #[test]
    fn each_price_that_both_have_is_told_where_it_differs() {
        assert!(told(|_| ()).is_empty());
        assert_eq!(told(|mug| mug.base_price = 950), [line("", "9.00", "9.50")]);
        // By its code, whatever it is called and wherever it stands.
        let moved = told(|mug| {
            let options = &mut mug.attributes[0].options;
            options[1].label = "Navy".to_owned();
            options[1].price = 175;
            options.swap(0, 1);
        });
        assert_eq!(moved, [line("Navy", "1.50", "1.75")]);
        assert_eq!(told(|mug| mug.attributes[1].price = Some(250)), [line("", "2.00", "2.50")]);
        assert_eq!(told(|mug| mug.prices[1].amount = -400), [line("Set", "-3.00", "-4.00")]);
        assert!(told(|mug| drop(mug.attributes[0].options.pop())).is_empty());
        assert_eq!(told(|mug| mug.currency = "USD".to_owned()).len(), 6);
    }
}
