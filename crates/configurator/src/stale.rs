//! Translations that were made of a text which says something else now: each is marked with the day on which the text changed and what
//! it said until then. The mark lies beside the translation, so it goes along in files, and back with what is undone.

use std::collections::{HashMap, HashSet};

use crate::source::{NoReturnSource, PriceSource, Source, StaleSource, TextsSource};
use crate::text_place::TextPlace;

/// Texts as written, by what they are of.
type Originals = HashMap<TextPlace, String>;

/// What became of surcharges and reasons that go by their text: the one now, and the one before.
type Relabelled = HashMap<TextPlace, TextPlace>;

impl Source {
    /// Drops the translations of what there is no more, as when an option or the advice was removed.
    pub fn drop_stray_translations(&mut self) {
        let places: Vec<TextPlace> = self.originals().into_iter().map(|(place, _)| place).collect();
        for texts in self.translations.values_mut() {
            match (&mut texts.uses, &self.uses) {
                (Some(texts), Some(uses)) => {
                    texts.answers.retain(|code, _| uses.answers.iter().any(|answer| answer.code == *code));
                }
                (texts, None) => *texts = None,
                (None, _) => {}
            }
            texts.benefits.retain(|code, _| self.benefits.iter().any(|benefit| benefit.code == *code));
            texts.steps.retain(|code, _| self.steps.iter().any(|step| step.code == *code));
            texts.rules.retain(|code, _| self.rules.iter().any(|rule| rule.code == *code));
            texts.prices.retain(|label, _| self.prices.iter().any(|price| price.label == *label));
            texts.no_returns.retain(|reason, _| self.no_returns.iter().any(|why| why.reason == *reason));
            texts.designs.retain(|code, _| self.designs.iter().any(|design| design.code == *code));
            texts.attributes.retain(|code, texts| {
                let found = self.attributes.iter().find(|attribute| attribute.code == *code);
                let Some(attribute) = found else { return false };
                drop_without(&mut texts.help, &attribute.help);
                drop_without(&mut texts.unit, attribute.unit.as_deref().unwrap_or_default());
                texts.options.retain(|code, texts| {
                    let found = attribute.options.iter().find(|option| option.code == *code);
                    let Some(option) = found else { return false };
                    drop_without(&mut texts.description, &option.description);
                    true
                });
                true
            });
            texts.drop_stray_marks(&places);
        }
    }

    /// Marks translations whose text as written is another than in the product that this was made of, and takes marks away where it says
    /// again what it did. What somebody translated or took for right now was made of what they saw: `seen`, which is `before` unless
    /// others changed that meanwhile. Translations of surcharges and reasons follow their text; those of what there is no more go.
    pub fn follow_originals(&mut self, before: &Self, seen: &Self, today: time::Date) {
        let (from_before, from_seen) = (relabelled(before, self), relabelled(seen, self));
        for (tag, texts) in &mut self.translations {
            let known = before.translations.get(tag);
            let moves = from_before.iter().filter(|(new, _)| texts.get(new).is_none());
            let moves: Vec<_> = moves.map(|(new, old)| (new.clone(), old.clone())).collect();
            for (new, old) in moves {
                texts.set(&new, known.and_then(|known| known.get(&old)).map(str::to_owned));
                let mark = known.and_then(|known| known.stale.get(&old.path()));
                texts.stale.extend(mark.map(|mark| (new.path(), mark.clone())));
            }
        }
        self.drop_stray_translations();
        let follow = Follow {
            now: originals(self),
            before: (originals(before), from_before),
            seen: (originals(seen), from_seen),
            today,
        };
        let nothing = TextsSource::default();
        for (tag, texts) in &mut self.translations {
            follow.mark(texts, before.translations.get(tag).unwrap_or(&nothing));
        }
    }

    /// The product with translations under the texts of surcharges and reasons as another one made of it has them.
    pub fn relabel_translations(&mut self, as_in: &Self) {
        let moves = relabelled(self, as_in);
        for texts in self.translations.values_mut() {
            for (new, old) in &moves {
                let (text, mark) = (texts.get(old).map(str::to_owned), texts.stale.remove(&old.path()));
                texts.set(old, None);
                texts.set(new, text);
                texts.stale.extend(mark.map(|mark| (new.path(), mark)));
            }
        }
    }
}

impl TextsSource {
    /// Drops the marks of texts that are not translated.
    fn drop_stray_marks(&mut self, translatable: &[TextPlace]) {
        if self.stale.is_empty() {
            return;
        }
        let known: HashSet<String> =
            translatable.iter().filter(|place| self.get(place).is_some()).map(TextPlace::path).collect();
        self.stale.retain(|path, _| known.contains(path));
    }

    /// Gives the marks below a place another one.
    #[cfg(feature = "file")]
    pub(crate) fn move_marks(&mut self, from: &str, to: &str) {
        let marks = std::mem::take(&mut self.stale).into_iter();
        let moved = marks.map(|(path, mark)| match path.strip_prefix(from) {
            Some(rest) => (format!("{to}{rest}"), mark),
            None => (path, mark),
        });
        self.stale = moved.collect();
    }
}

struct Follow {
    now: Originals,
    before: (Originals, Relabelled),
    seen: (Originals, Relabelled),
    today: time::Date,
}

impl Follow {
    fn mark(&self, texts: &mut TextsSource, known: &TextsSource) {
        for (place, now) in &self.now {
            let Some(text) = texts.get(place) else { continue };
            let path = place.path();
            if let Some(mark) = texts.stale.get(&path) {
                // It stays until somebody takes it away, or the text says again what it did.
                if is_same(&mark.was, now) {
                    texts.stale.remove(&path);
                }
                continue;
            }
            let (before, was_at) = earlier(&self.before, place);
            let is_new = known.get(was_at) != Some(text);
            let is_confirmed = known.stale.contains_key(&was_at.path());
            let of = if is_new || is_confirmed { earlier(&self.seen, place).0 } else { before };
            if let Some(of) = of.filter(|of| !is_same(of, now)) {
                texts.stale.insert(path, StaleSource::since(self.today, of));
            }
        }
    }
}

/// What a text said in an earlier product, and what it was of there.
fn earlier<'f>(
    (texts, moves): &'f (Originals, Relabelled),
    place: &'f TextPlace,
) -> (Option<&'f str>, &'f TextPlace) {
    let place = moves.get(place).unwrap_or(place);
    (texts.get(place).map(String::as_str), place)
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim() == other.trim()
}

fn originals(source: &Source) -> Originals {
    source.originals().into_iter().map(|(place, text)| (place, text.to_owned())).collect()
}

/// Which surcharges and reasons of a product are those of an earlier one under another text: what is the same else, or stands where it
/// stood.
fn relabelled(before: &Source, after: &Source) -> Relabelled {
    let blank = |price: &PriceSource| PriceSource { label: String::new(), ..price.clone() };
    let entries = |source: &Source| {
        source.prices.iter().map(|price| (price.label.clone(), blank(price))).collect::<Vec<_>>()
    };
    let prices = matched(&entries(before), &entries(after));
    let blank = |why: &NoReturnSource| NoReturnSource { reason: String::new(), ..why.clone() };
    let entries = |source: &Source| {
        source.no_returns.iter().map(|why| (why.reason.clone(), blank(why))).collect::<Vec<_>>()
    };
    let reasons = matched(&entries(before), &entries(after));
    let prices = prices.into_iter().map(|(new, old)| (TextPlace::Price(new), TextPlace::Price(old)));
    let reasons = reasons.into_iter().map(|(new, old)| (TextPlace::NoReturn(new), TextPlace::NoReturn(old)));
    prices.chain(reasons).collect()
}

/// New texts of entries with what they said before.
fn matched<T: PartialEq>(before: &[(String, T)], after: &[(String, T)]) -> Vec<(String, String)> {
    let is_in = |label: &str, entries: &[(String, T)]| entries.iter().any(|(known, _)| known == label);
    let mut left: Vec<(usize, &(String, T))> =
        before.iter().enumerate().filter(|(_, (label, _))| !is_in(label, after)).collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for by_place in [false, true] {
        for (at, (label, rest)) in after.iter().enumerate() {
            if is_in(label, before) || found.iter().any(|(known, _)| known == label) {
                continue;
            }
            let is_it = |(was, (_, other)): &(usize, &(String, T))| {
                if by_place { *was == at } else { other == rest }
            };
            if let Some(index) = left.iter().position(is_it) {
                found.push((label.clone(), left.remove(index).1.0.clone()));
            }
        }
    }
    found
}

/// Drops the translation of a text that is empty.
fn drop_without(translated: &mut Option<String>, written: &str) {
    if written.trim().is_empty() {
        *translated = None;
    }
}
