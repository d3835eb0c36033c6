//! What a form without scripts moved besides what it said, in words, with the way back.

use app::address;
use app::configurator::{less_or_more, number_instead, told_change};
use app::pages::{MovedAlong, Way};
use configurator::{AttributeId, Design, KEPT, Product, RELEASED, Value};
use shop::{Consent, DesignAddress, Opened};
use words::{Language, Studio};

use super::query;
use crate::http::site::Site;

/// What a way back takes along.
const CARRIED: [&str; 3] = [address::FROM, address::PIECES, address::CAMPAIGN];

/// The end of the address that a form leads to, where something was moved: the page there tells it.
pub(super) fn to_tell(before: &Opened, after: &Opened, sent: &[(String, String)]) -> String {
    if Told::of(before, after, sent).is_nothing() {
        return String::new();
    }
    let was = sent.iter().filter(|(key, _)| key == address::WAS).take(1);
    let released = sent.iter().filter(|(key, _)| key == RELEASED);
    let pairs: Vec<_> = was.chain(released).cloned().collect();
    format!("&{}", address::query(&pairs))
}

/// What was moved since the design before, where the address says that one. Without it the page lacks a sentence.
pub(super) async fn along(
    site: &Site,
    pairs: &[(String, String)],
    opened: &Opened,
    consent: &Consent,
    language: Language,
) -> Option<MovedAlong> {
    let was = query::design(&query::pairs(query::value(pairs, address::WAS)?));
    let slug = &opened.revision.slug;
    let before = site.shop.open_design(slug, &was, consent, language).await.ok()?;
    let told = Told::of(&before, opened, pairs);
    if told.is_nothing() {
        return None;
    }
    let back = match told.is_moved() {
        true => before.clone(),
        false => site.shop.open_design(slug, &told.without(opened), consent, language).await.ok()?,
    };
    let instead = match instead(&before, opened).filter(|_| !told.moved.is_empty()) {
        Some((id, address, design)) => {
            let other = site.shop.open_design(slug, &address, consent, language).await.ok();
            other.filter(|other| other.design == design).map(|other| (id, other))
        }
        None => None,
    };
    let product: &Product = &opened.product;
    let say = &product.words().studio;
    let carried = CARRIED.iter().filter_map(|key| {
        let value = query::value(pairs, key)?;
        Some(format!("&{key}={}", address::encode(value)))
    });
    let carried: String = carried.collect();
    let way = |words: String, to: &Opened| {
        let total = |design: &Design| product.quote(design).total.amount;
        let price = product.price_change(total(&to.design).saturating_sub(total(&opened.design)));
        let href = address::product(slug, to.revision.number, &to.start, &to.pairs()) + &carried;
        Way { words: say.in_a_row(&[words, price]), href }
    };
    let mut words = told.words(&before, opened, language);
    let mut ways = Vec::new();
    if back.design != opened.design {
        ways.push(way(say.take_back().to_owned(), &back));
    }
    if let Some((id, other)) = instead {
        let describe = |design: &Design| product.describe(id, design.value(id));
        let stays = say.not_given_up(&product.attribute(id).label, &describe(&opened.design));
        words.extend([" ", &stays]);
        ways.push(way(say.take_instead(&describe(&other.design)), &other));
    }
    Some(MovedAlong { words, ways })
}

/// A number that nobody chose and for which others were moved: its attribute, and the design with the nearest one that moves nothing
/// else, by its address and as it has to be. Nothing where more than one choice was made.
fn instead(before: &Opened, after: &Opened) -> Option<(AttributeId, DesignAddress, Design)> {
    let product: &Product = &after.product;
    let is_said = |id: &AttributeId| before.choices.get(*id) != after.choices.get(*id);
    let said: Vec<AttributeId> = product.ids().map(|(id, _)| id).filter(is_said).collect();
    let &[at] = said.as_slice() else { return None };
    let value = after.choices.get(at)?.clone();
    let (id, number, design) = number_instead(product, at, &before.design, &after.design, &after.choices)?;
    let choices = before.choices.clone().with(at, value).with(id, Value::Number(number));
    let address = DesignAddress {
        revision: Some(after.revision.number),
        start: Some(after.start.clone()),
        choices: product.write_choices(&choices),
        ..DesignAddress::default()
    };
    Some((id, address, design))
}

/// What is otherwise without anybody having said so.
#[derive(Default)]
struct Told {
    moved: Vec<String>,
    /// What applies now and did not, and what does not any more.
    come: Vec<String>,
    gone: Vec<String>,
    /// What followed from a choice that is taken back, and stays.
    stays: Vec<AttributeId>,
}

impl Told {
    fn of(before: &Opened, after: &Opened, pairs: &[(String, String)]) -> Self {
        let mut told = Self::default();
        if before.revision.number != after.revision.number {
            return told;
        }
        let product: &Product = &after.product;
        let is_released = |id: AttributeId| {
            pairs.iter().any(|(key, code)| key == RELEASED && *code == product.attribute(id).code)
        };
        let is_said = |id: AttributeId| is_released(id) || before.choices.get(id) != after.choices.get(id);
        for (id, value) in after.design.iter().filter(|(id, _)| !is_said(*id)) {
            let was = before.design.value(id);
            if was == value {
                continue;
            }
            match (was, value) {
                (_, Value::Absent) => told.gone.push(product.attribute(id).label.clone()),
                (Value::Absent, _) => {
                    told.come.push(told_change(product, id, was, value, Studio::attribute_becomes));
                }
                _ => told.moved.push(told_change(product, id, was, value, Studio::changed_to)),
            }
        }
        let defaults = &after.default.design;
        let followed = |id: AttributeId| before.choices.get(id).is_none() && !before.choices.keeps(id);
        let kept = after.choices.kept().filter(|(id, value)| {
            followed(*id) && before.design.value(*id) == *value && defaults.value(*id) != *value
        });
        told.stays = kept.map(|(id, _)| id).collect();
        told
    }

    fn is_moved(&self) -> bool {
        !(self.moved.is_empty() && self.come.is_empty() && self.gone.is_empty())
    }

    fn is_nothing(&self) -> bool {
        !self.is_moved() && self.stays.is_empty()
    }

    /// The design without what stays.
    fn without(&self, after: &Opened) -> DesignAddress {
        let is_kept = |kept: &str| {
            let code = kept.split(':').next().unwrap_or_default();
            !self.stays.iter().any(|id| after.product.attribute(*id).code == code)
        };
        let mut choices = after.pairs();
        choices.retain(|(key, value)| key != KEPT || is_kept(value));
        DesignAddress {
            revision: Some(after.revision.number),
            start: Some(after.start.clone()),
            choices,
            ..DesignAddress::default()
        }
    }

    fn words(&self, before: &Opened, after: &Opened, language: Language) -> String {
        let product: &Product = &after.product;
        let (say, semicolon) = (&product.words().studio, product.words().engine.semicolon());
        let stays = |id: &AttributeId| {
            let (default, value) = (after.default.design.value(*id), after.design.value(*id));
            told_change(product, *id, default, value, Studio::attribute_becomes)
        };
        let stays: Vec<String> = self.stays.iter().map(stays).collect();
        let mut told = Vec::new();
        if !self.moved.is_empty() {
            told.push(say.also_changed(&self.moved.join(semicolon)));
        }
        if !self.come.is_empty() {
            told.push(say.now_to_choose(&self.come.join(semicolon)));
        }
        if !self.gone.is_empty() {
            told.push(say.no_longer_to_choose(&self.gone.join(semicolon)));
        }
        if !stays.is_empty() {
            told.push(say.still_there(&stays.join(semicolon)));
        }
        let quote = product.quote(&after.design);
        let total = quote.total.written(&product.words().locale);
        told.push(language.shop().it_comes_to(&total, &less_or_more(product, &quote, &before.design)));
        told.join(" ")
    }
}
