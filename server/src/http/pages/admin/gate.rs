//! What publishing a draft does, as its page shows it.

use app::address;
use app::pages::admin::{EffectView, PriceRow, ReplayLine, ReplayView};
use app::paths::admin as paths;
use configurator::{Currency, Money, Slug};
use shop::drafts::{MOST_NAMED, ReplayProgress, ReplayedDesign, StandardCost};
use shop::{Effect, Loss, Outcome, PriceOf, Replay, Repriced, Tally};
use words::{Gate, Language};

/// Writes amounts of a currency for a reader.
#[derive(Clone, Copy)]
pub(super) struct Amounts {
    currency: Currency,
    language: Language,
}

impl Amounts {
    pub(super) fn new(currency: &str, language: Language) -> Self {
        Self { currency: Currency::new(currency).unwrap_or(Currency::NONE), language }
    }

    /// The reader's.
    pub(super) fn language(self) -> Language {
        self.language
    }

    fn written(self, amount: i64) -> String {
        Money::new(amount, self.currency).written(&self.language.words().locale)
    }

    fn signed(self, amount: i64) -> String {
        Money::new(amount, self.currency).signed(&self.language.words().locale)
    }
}

/// What a draft does to prices and to how many designs there are; with nothing live, what they are.
pub(super) fn effect(effect: &Effect, is_live: bool, amounts: Amounts) -> EffectView {
    EffectView {
        is_first: !is_live,
        prices: currency(effect, amounts)
            .into_iter()
            .chain(effect.prices.iter().map(|price| row(price, effect, amounts)))
            .collect(),
        notes: notes(effect, amounts.language),
        designs: designs(effect, is_live, amounts.language),
        cost: effect.cost.map(|cost| standard_cost(cost, amounts)),
        threshold: effect.threshold,
        is_large: effect.is_large(),
    }
}

/// What is to be known of the prices.
fn notes(effect: &Effect, language: Language) -> Vec<String> {
    let is_bounded = effect.prices.iter().any(|price| matches!(price.of, PriceOf::AtLeast | PriceOf::AtMost));
    let bounds = is_bounded.then(|| language.analysis().bounds_hint().to_owned());
    let left_out = (!effect.is_whole).then(|| language.gate().totals_left_out().to_owned());
    bounds.into_iter().chain(left_out).collect()
}

/// What the options of the standard design cost the shop.
fn standard_cost(cost: StandardCost, amounts: Amounts) -> String {
    let say = amounts.language.gate();
    let told = say.standard_costs(&amounts.written(cost.cost), &amounts.written(cost.price));
    match cost.unsaid {
        0 => told,
        unsaid => format!("{told} {}", say.cost_unsaid(unsaid as u64)),
    }
}

/// The currency, where it changes.
fn currency(effect: &Effect, amounts: Amounts) -> Option<PriceRow> {
    let say = amounts.language.gate();
    let [was, now] = effect.currencies?.map(|currency| currency.code().to_owned());
    let (what, change) = (say.the_currency().to_owned(), say.another_currency().to_owned());
    Some(PriceRow { what, was, now, change, is_large: false, is_of_product: true })
}

fn row(price: &Repriced, effect: &Effect, amounts: Amounts) -> PriceRow {
    let language = amounts.language;
    let (say, admin) = (language.gate(), language.admin());
    let what = match &price.of {
        PriceOf::Base => admin.place_base_price().to_owned(),
        PriceOf::Option(attribute, option) => say.option_of(attribute, option),
        PriceOf::Attribute(attribute) => language.marked(attribute.clone()),
        PriceOf::With(attribute, value) => say.nearest_with(&say.option_of(attribute, value)),
        PriceOf::Surcharge(name) | PriceOf::Terms(name) => say.surcharge_of(&admin.quoted(name)),
        PriceOf::Pieces(pieces) => say.pieces_of_standard(u64::from(*pieces)),
        PriceOf::Standard => say.the_standard().to_owned(),
        PriceOf::Lowest => say.the_cheapest().to_owned(),
        PriceOf::Highest => say.the_dearest().to_owned(),
        PriceOf::AtLeast => say.at_least().to_owned(),
        PriceOf::AtMost => say.at_most().to_owned(),
    };
    let before = effect.currencies.map_or(amounts, |[currency, _]| Amounts { currency, ..amounts });
    let amount = |amounts: Amounts, amount: Option<i64>| {
        amount.map_or_else(|| "—".to_owned(), |amount| amounts.written(amount))
    };
    let change = match (price.was, price.now) {
        (Some(_), Some(_)) if matches!(price.of, PriceOf::Terms(_)) => say.counts_otherwise().to_owned(),
        (Some(_), Some(_)) if effect.currencies.is_some() => "—".to_owned(),
        (Some(was), Some(now)) => amounts.signed(now.saturating_sub(was)),
        (None, _) => say.is_new().to_owned(),
        (_, None) => say.is_gone().to_owned(),
    };
    let (was, now) = (amount(before, price.was), amount(amounts, price.now));
    let is_of_product = match price.of {
        PriceOf::Base | PriceOf::Standard => true,
        PriceOf::Lowest | PriceOf::Highest | PriceOf::AtLeast | PriceOf::AtMost => true,
        PriceOf::Option(..) | PriceOf::Attribute(_) | PriceOf::With(..) => false,
        PriceOf::Surcharge(_) | PriceOf::Terms(_) | PriceOf::Pieces(_) => false,
    };
    PriceRow { what, was, now, change, is_large: price.is_large, is_of_product }
}

fn designs(effect: &Effect, is_live: bool, language: Language) -> String {
    let say = language.gate();
    let written = |count: u128| count_in_words(count, language);
    let (before, after) = match effect.designs {
        [Some(before), Some(after)] => (before, after),
        [None, Some(after)] if !is_live => return say.designs_first(&written(after)),
        _ => return say.designs_untold().to_owned(),
    };
    let (was, now) = (written(before), written(after));
    match effect.forbidden_and_allowed() {
        Some([0, 0]) => say.designs_those(&now),
        Some([forbidden, 0]) => {
            say.designs_forbidden(&was, &now, &written(forbidden), &share(forbidden, before, language))
        }
        Some([0, allowed]) => {
            say.designs_allowed(&was, &now, &written(allowed), &share(allowed, after, language))
        }
        Some([forbidden, allowed]) => say.designs_both(
            &was,
            &now,
            &written(forbidden),
            &share(forbidden, before, language),
            &written(allowed),
            &share(allowed, after, language),
        ),
        None if before == after => say.designs_same(&now),
        None => say.designs_net(&was, &now),
    }
}

/// A part of all, in percent; what is no whole is never told as all or nothing.
fn share(part: u128, all: u128, language: Language) -> String {
    let say = language.gate();
    // Beyond what can be multiplied, less of both is the same share.
    let shift = 16_u32.saturating_sub(all.leading_zeros());
    let (some, whole) = (part >> shift, (all >> shift).max(1));
    let tenths = some * 1000 / whole;
    if tenths == 0 && part > 0 {
        return say.less_than_share().to_owned();
    }
    let rounded = match tenths {
        100..990 => (tenths + 5) / 10 * 10,
        tenths => tenths,
    };
    let tenths = i64::try_from(rounded).unwrap_or(1000).min(if part < all { 999 } else { 1000 });
    say.share(&language.words().locale.tenths(tenths))
}

/// How many designs there are.
pub(super) fn count_in_words(count: u128, language: Language) -> String {
    let locale = &language.words().locale;
    match i64::try_from(count) {
        Ok(count) => locale.number(count),
        Err(_) => language.gate().beyond_count(&locale.number(i64::MAX)),
    }
}

/// What becomes of orders and saved designs of a product; `query` is that of the page that names them all.
pub(super) fn replay(replay: &Replay, (slug, query): (&Slug, &str), amounts: Amounts) -> ReplayView {
    let language = amounts.language;
    let (say, locale) = (language.gate(), &language.words().locale);
    let number = |count: u64| locale.count(count);
    let judged = |tally: &Tally,
                  all: fn(&Gate, u64, &str) -> String,
                  newest: fn(&Gate, &str, &str) -> String| match tally.all > tally.judged {
        true => newest(say, &number(tally.judged), &number(tally.all)),
        false => all(say, tally.all, &number(tally.all)),
    };
    let orders = judged(
        &replay.orders,
        |say, all, written| match all {
            0 => say.no_orders().to_owned(),
            all => say.judged_orders(all, &written),
        },
        |say, judged, all| say.newest_orders(&judged, &all),
    );
    let designs = judged(
        &replay.designs,
        |say, all, written| match all {
            0 => say.no_designs().to_owned(),
            all => say.judged_designs(all, &written),
        },
        |say, judged, all| say.newest_designs(&judged, &all),
    );
    ReplayView {
        hint: say.replay_hint().to_owned(),
        orders: (orders, sentences(&replay.orders, amounts)),
        designs: (designs, sentences(&replay.designs, amounts)),
        touched: replay
            .touched
            .iter()
            .take(MOST_NAMED)
            .map(|(order, outcome)| (order.get(), touched(outcome, amounts)))
            .collect(),
        more_orders: more(replay.touched.len(), language),
        touched_designs: replay
            .touched_designs
            .iter()
            .take(MOST_NAMED)
            .map(|(design, outcome)| {
                let name = say.design_named(&design.id);
                (name, design_address(slug, design), touched(outcome, amounts))
            })
            .collect(),
        more_designs: more(replay.touched_designs.len(), language),
        all: paths::replay(slug, query),
        file: paths::replay_csv(slug, query),
    }
}

/// Where a saved design is opened, as far as it may be known.
pub(super) fn design_address(slug: &Slug, design: &ReplayedDesign) -> String {
    address::product(slug, design.revision, &design.start, &design.choices)
}

/// What becomes of an order or a design, by its name and address, as a line of a table.
pub(super) fn line((name, href): (String, String), outcome: &Outcome, amounts: Amounts) -> ReplayLine {
    let (say, locale) = (amounts.language.gate(), &amounts.language.words().locale);
    let line = ReplayLine { name, href, ..ReplayLine::default() };
    match outcome {
        Outcome::Repriced(was, now) => ReplayLine {
            before: amounts.written(*was),
            after: amounts.written(*now),
            change: amounts.signed(now.saturating_sub(*was)),
            ..line
        },
        Outcome::OtherCurrency(was, now) => ReplayLine {
            before: was.written(locale),
            after: now.written(locale),
            why: say.another_currency().to_owned(),
            ..line
        },
        Outcome::Lost(_) | Outcome::Gained | Outcome::Same | Outcome::LostBefore => {
            ReplayLine { why: touched(outcome, amounts), ..line }
        }
    }
}

/// That more are touched than a page names.
fn more(touched: usize, language: Language) -> Option<String> {
    let all = language.words().locale.count(touched as u64);
    (touched > MOST_NAMED).then(|| language.gate().first_of(&MOST_NAMED, &all))
}

/// How far a replay came, in words.
pub(super) fn replaying((judged, all): ReplayProgress, language: Language) -> String {
    let (say, locale) = (language.gate(), &language.words().locale);
    match all {
        0 => say.replay_begins().to_owned(),
        all => say.replay_goes_on(&locale.count(judged), &locale.count(all)),
    }
}

/// What becomes of designs, in sentences.
fn sentences(tally: &Tally, amounts: Amounts) -> Vec<String> {
    let say = amounts.language.gate();
    if tally.judged == 0 {
        return vec![say.none_yet().to_owned()];
    }
    let (mut told, locale) = (Vec::new(), &amounts.language.words().locale);
    let mut tell = |count: u64, sentence: &dyn Fn(u64, &str) -> String| {
        if count > 0 {
            told.push(sentence(count, &locale.count(count)));
        }
    };
    tell(tally.lost, &|count, written| say.become_invalid(count, &written));
    tell(tally.dearer, &|count, written| {
        say.become_dearer(count, &written, &amounts.signed(tally.changes.1))
    });
    tell(tally.cheaper, &|count, written| {
        say.become_cheaper(count, &written, &amounts.signed(tally.changes.0))
    });
    tell(u64::from(tally.repriced() > 1), &|_, _| say.all_changes(&amounts.signed(tally.sum)));
    tell(tally.other_currency, &|count, written| say.become_other_currency(count, &written));
    tell(tally.gained, &|count, written| say.become_possible(count, &written));
    if tally.lost + tally.repriced() + tally.other_currency + tally.gained == 0 {
        told.push(say.all_stay().to_owned());
    }
    if tally.lost_before > 0 {
        told.push(say.invalid_already(tally.lost_before, &locale.count(tally.lost_before)));
    }
    told
}

fn touched(outcome: &Outcome, amounts: Amounts) -> String {
    let say = amounts.language.gate();
    match outcome {
        Outcome::Lost(Loss::Forbidden(reason)) => say.order_lost(&amounts.language.marked(reason.clone())),
        Outcome::Lost(Loss::Gone { attribute, value }) => {
            let marked = |text: &String| amounts.language.marked(text.clone());
            say.order_lost(&say.order_value_gone(&marked(attribute), &marked(value)))
        }
        Outcome::Repriced(was, now) => {
            let change = amounts.signed(now.saturating_sub(*was));
            say.order_costs(&amounts.written(*was), &amounts.written(*now), &change)
        }
        Outcome::OtherCurrency(was, now) => {
            let locale = &amounts.language.words().locale;
            say.order_costs(&was.written(locale), &now.written(locale), &say.another_currency())
        }
        Outcome::Gained => say.order_gained().to_owned(),
        Outcome::Same | Outcome::LostBefore => String::new(),
    }
}
