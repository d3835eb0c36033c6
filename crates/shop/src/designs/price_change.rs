//! How a design differs between two revisions: in price, line by line, and in values. Pure.

use configurator::{Configured, Design, Money};
use words::{Shop, Words};

/// What a design is on one revision beside what it was on another. Both speak the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceChange {
    /// What it cost.
    pub was: Money,
    /// What it costs.
    pub now: Money,
    /// What makes the difference: attributes or other items of the quote, with how much more or less each costs.
    pub lines: Vec<(String, Money)>,
    /// Attributes that have another value now, with the value they had and the one they have, in words.
    pub values: Vec<(String, String, String)>,
}

impl PriceChange {
    /// Compares a design with what it was.
    #[must_use]
    pub fn between(was: (&Configured, &Design), now: (&Configured, &Design)) -> Self {
        let (before, after) = (was.0.quote(was.1), now.0.quote(now.1));
        let is_comparable = before.total.currency == after.total.currency;
        let mut lines = Vec::new();
        if is_comparable {
            for (label, amount) in items(now) {
                add(&mut lines, label, amount);
            }
            for (label, amount) in items(was) {
                add(&mut lines, label, amount.saturating_neg());
            }
        }
        lines.retain(|(_, amount)| *amount != 0);
        let lines =
            lines.into_iter().map(|(label, amount)| (label, Money::new(amount, after.total.currency)));
        Self { was: before.total, now: after.total, lines: lines.collect(), values: values(was, now) }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.was == self.now && self.lines.is_empty() && self.values.is_empty()
    }

    /// The change in a sentence or more.
    #[must_use]
    pub fn sentence(&self, product: &Configured, say: &Shop) -> String {
        self.told(product.words(), say)
    }

    /// The same for who reads another language than the product's texts are shown in.
    #[must_use]
    pub fn told(&self, words: &Words, say: &Shop) -> String {
        let locale = &words.locale;
        let (was, now) = (self.was.written(locale), self.now.written(locale));
        let mut told = vec![if self.was == self.now {
            say.costs_the_same(&now)
        } else if self.was.currency == self.now.currency {
            let difference = Money::new(self.now.amount.saturating_sub(self.was.amount), self.now.currency);
            say.costs_now(&now, &was, &difference.signed(locale))
        } else {
            say.costs(&now)
        }];
        if !self.lines.is_empty() {
            let lines = self.lines.iter().map(|(label, amount)| format!("{label} {}", amount.signed(locale)));
            told.push(say.price_changes(&lines.collect::<Vec<_>>().join(words.engine.comma())));
        }
        if !self.values.is_empty() {
            let values = self.values.iter().map(|(label, was, now)| say.value_now(label, now, was));
            told.push(say.values_now(&values.collect::<Vec<_>>().join(words.engine.semicolon())));
        }
        told.join(" ")
    }
}

/// What a quote is made of, by attribute.
fn items((product, design): (&Configured, &Design)) -> Vec<(String, i64)> {
    let item = |line: configurator::Line| {
        let label = line.attribute.map_or(line.label, |id| product.attribute(id).label.clone());
        (label, line.amount.amount)
    };
    product.quote(design).lines.into_iter().map(item).collect()
}

fn add(lines: &mut Vec<(String, i64)>, label: String, amount: i64) {
    match lines.iter_mut().find(|(known, _)| *known == label) {
        Some((_, sum)) => *sum = sum.saturating_add(amount),
        None => lines.push((label, amount)),
    }
}

/// The attributes of both whose values read otherwise.
fn values(
    (before, was): (&Configured, &Design),
    (after, now): (&Configured, &Design),
) -> Vec<(String, String, String)> {
    let changed = after.ids().filter_map(|(id, attribute)| {
        let old = before.by_code(&attribute.code)?;
        let is_same = before.write_value(old, was.value(old)) == after.write_value(id, now.value(id));
        let words = || {
            (attribute.label.clone(), before.describe(old, was.value(old)), after.describe(id, now.value(id)))
        };
        (!is_same).then(words)
    });
    changed.collect()
}
