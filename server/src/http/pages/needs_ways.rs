//! What suits a shopper best: what stays as it is on that page, and the ways out where nothing is cheap or quick enough.

use app::pages::{Kept, Way};
use app::{address, paths};
use configurator::{AttributeId, OptionId, Use, Value};
use time::Date;

use super::needs::{Pairs, Shown};

impl Shown<'_> {
    /// What stays as it is unless it is let go of: choices, measures that nobody chose, and what is enough for the use.
    pub(super) fn kept(&self) -> Vec<Kept> {
        let (product, design) = (self.product(), &self.opened.design);
        let is_let_go = |id: AttributeId| self.asked.let_go.contains(&product.attribute(id).code);
        let item = |id: AttributeId, words: String| {
            let code = product.attribute(id).code.clone();
            Kept { let_go: is_let_go(id), code, words }
        };
        let in_force = product.in_force(&self.opened.choices, None);
        let measures = &self.advice.measures;
        let can_go = |id: AttributeId| !product.attribute(id).options().is_empty() || measures.contains(&id);
        let chosen = in_force.iter().filter(|(id, _)| can_go(*id));
        let chosen = chosen.map(|(id, value)| item(id, self.attribute(id, value)));
        let measured = measures.iter().filter(|id| in_force.get(**id).is_none());
        let measured = measured.filter(|id| *design.value(**id) != Value::Absent);
        let measured = measured.map(|id| item(*id, self.attribute(*id, design.value(*id))));
        let enough =
            self.used.map(|used| (used, product.enough_for(used))).filter(|_| !self.advice.lacks_enough);
        let enough = enough.into_iter().flat_map(|(used, enough)| {
            let open = enough.into_iter().filter(|(id, _)| in_force.get(*id).is_none());
            open.map(|(id, options)| item(id, self.enough(used, id, &options))).collect::<Vec<_>>()
        });
        chosen.chain(measured).chain(enough).collect()
    }

    /// The options of an attribute that are enough for a use, in words.
    fn enough(&self, used: &Use, id: AttributeId, options: &[OptionId]) -> String {
        let attribute = self.product().attribute(id);
        let named = options.iter().map(|option| attribute.option(*option).label.as_str());
        let options = self.product().words().listed(&named.collect::<Vec<_>>(), self.or);
        self.say.enough_of(&attribute.label, &options, &used.label)
    }

    pub(super) fn ways(&self, design: &Pairs) -> Vec<Way> {
        if self.advice.best.is_some() {
            return Vec::new();
        }
        let product = self.product();
        let lowest = self.advice.steps.first().map(|step| Way {
            words: self.say.show_for(&product.price(step.price)),
            href: self.href(design, Some(step.price), &[]),
        });
        let without = self.advice.without.iter().map(|(ids, price)| {
            let codes: Vec<&str> = ids.iter().map(|id| product.attribute(*id).code.as_str()).collect();
            Way {
                words: self.way_without(ids, &product.price(*price)),
                href: self.href(design, Some((*price).max(self.advice.most)), &codes),
            }
        });
        let is_late = self.advice.steps.is_empty() && self.by.is_some();
        let later = is_late.then(|| {
            let earliest = self.terms.calendar.arrival(self.quickest());
            let words = self.say.look_by(&self.dated(earliest));
            let unhurried = self.say.without_limit().to_owned();
            [(words, Some(earliest)), (unhurried, None)]
                .map(|(words, by)| Way { words, href: self.href_by(design, None, &[], by) })
        });
        lowest.into_iter().chain(without).chain(later.into_iter().flatten()).collect()
    }

    /// Letting go of choices, measures or of what is enough, in words, with what it costs from then on.
    fn way_without(&self, ids: &[AttributeId], price: &str) -> String {
        let (product, needs) = (self.product(), &self.advice.needs);
        let least = |id: AttributeId| {
            let least = needs.enough.iter().find(|(known, _)| *known == id).zip(self.used);
            let least = least.filter(|_| needs.kept.get(id).is_none());
            least.map(|((_, options), used)| self.enough(used, id, options))
        };
        let value = |id: AttributeId| needs.kept.get(id).unwrap_or_else(|| self.opened.design.value(id));
        if let [id] = *ids {
            return match least(id) {
                Some(least) => self.say.let_go_of(&least, &price),
                None => {
                    let value = product.describe(id, value(id));
                    self.say.without_choice(&product.attribute(id).label, &value, &price)
                }
            };
        }
        let named = |id: &AttributeId| least(*id).unwrap_or_else(|| self.attribute(*id, value(*id)));
        let named: Vec<String> = ids.iter().map(named).collect();
        let words = product.words();
        let all = words.listed(&named.iter().map(String::as_str).collect::<Vec<_>>(), words.engine.and());
        self.say.let_go_of(&all, &price)
    }

    /// This page, asked for another price or with more let go of.
    pub(super) fn href(&self, design: &Pairs, most: Option<i64>, let_go: &[&str]) -> String {
        self.href_by(design, most, let_go, self.by)
    }

    /// The same for another day.
    fn href_by(&self, design: &Pairs, most: Option<i64>, let_go: &[&str], by: Option<Date>) -> String {
        let mut pairs = design.clone();
        let weights = self.asked.weights.iter();
        pairs.extend(
            weights.map(|(code, weight)| (format!("{}{code}", address::MATTERS), weight.to_string())),
        );
        let most = most.or(self.asked.most).map(|most| self.whole(most));
        pairs.extend(most.map(|most| (address::UP_TO.to_owned(), most.to_string())));
        pairs.extend(by.map(|by| (address::BY.to_owned(), by.to_string())));
        let let_go = self.asked.let_go.iter().map(String::as_str).chain(let_go.iter().copied());
        pairs.extend(let_go.map(|code| (address::LET_GO.to_owned(), code.to_owned())));
        format!("{}?{}", paths::needs(&self.opened.revision.slug), address::query(&pairs))
    }
}
