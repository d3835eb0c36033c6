//! What becomes of past orders and saved designs on a draft: each is judged on the live revision and on the draft.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Weak;

use configurator::source::Source;
use configurator::{
    Choices, Configured, Design, KEPT, Money, Quantity, RevisionNumber, Slug, Succession, ValueShape,
};
use personalize::Start;
use time::OffsetDateTime;

use super::gate_store::{ReplayDesignRow, ReplayOrderRow};
use super::replaying::Replaying;
use crate::error::ShopError;
use crate::executor::Executor;
use crate::orders::order::OrderNumber;
use crate::store::Store;

/// Most orders that are looked at: the newest.
pub const MOST_ORDERS: u32 = 10_000;
/// Most saved designs that are looked at: those kept last.
pub const MOST_DESIGNS: u32 = 2_000;
/// Most orders, and most designs, that a page names.
pub const MOST_NAMED: usize = 50;
/// How many are judged at a turn, so that others get theirs in between.
const AT_ONCE: usize = 500;

/// What becomes of a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It can be ordered as before and costs the same.
    Same,
    /// It costs something else: minor units before and after.
    Repriced(i64, i64),
    /// It is priced in another currency, before and after.
    OtherCurrency(Money, Money),
    /// It can't be ordered any more.
    Lost(Loss),
    /// It can be ordered, which it could not before.
    Gained,
    /// It can't be ordered on the live revision either.
    LostBefore,
}

/// Why a design can't be ordered any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A rule forbids it: its sentence.
    Forbidden(String),
    /// The draft has one of its values no more: the attribute and the value as the live revision calls them.
    Gone {
        /// The attribute.
        attribute: String,
        /// The value.
        value: String,
    },
}

/// How many designs become what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub all: u64,
    /// How many were looked at, the newest.
    pub judged: u64,
    /// How many can't be ordered any more.
    pub lost: u64,
    /// How many could not before and can now.
    pub gained: u64,
    /// How many can't be ordered on the live revision either.
    pub lost_before: u64,
    /// How many cost more.
    pub dearer: u64,
    /// How many cost less.
    pub cheaper: u64,
    /// How many are priced in another currency.
    pub other_currency: u64,
    /// By how much the price changes: most down and most up, in minor units.
    pub changes: (i64, i64),
    /// The sum of all changes.
    pub sum: i64,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        self.judged += 1;
        match outcome {
            Outcome::Same => {}
            Outcome::Repriced(was, now) => {
                let change = now.saturating_sub(*was);
                if change > 0 {
                    self.dearer += 1
                } else {
                    self.cheaper += 1
                }
                self.changes = (self.changes.0.min(change), self.changes.1.max(change));
                self.sum = self.sum.saturating_add(change);
            }
            Outcome::OtherCurrency(..) => self.other_currency += 1,
            Outcome::Lost(_) => self.lost += 1,
            Outcome::Gained => self.gained += 1,
            Outcome::LostBefore => self.lost_before += 1,
        }
    }

    /// How many cost something else.
    #[must_use]
    pub fn repriced(&self) -> u64 {
        self.dearer + self.cheaper
    }
}

/// What becomes of past orders and saved designs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// Of orders; test orders are left out.
    pub orders: Tally,
    /// Of designs that were saved, named or shared.
    pub designs: Tally,
    /// The orders of which something else becomes: those that are lost come first, then those priced in another currency, then the
    /// largest changes of the price, then what is gained; of equal ones the newest.
    pub touched: Vec<(OrderNumber, Outcome)>,
    /// The same of designs; of equal ones those kept last.
    pub touched_designs: Vec<(ReplayedDesign, Outcome)>,
}

/// A saved design, as far as anybody may know it who has not its link: without the texts that a shopper typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayedDesign {
    /// The beginning of what the store has of its link, which leads nowhere.
    pub id: String,
    /// When it was kept last.
    pub kept_at: OffsetDateTime,
    /// The revision it was made on.
    pub revision: RevisionNumber,
    /// What it starts from.
    pub start: Start,
    /// Codes of attributes and values.
    pub choices: Vec<(String, String)>,
}

/// Judges designs on two revisions. Equal ones are judged once.
pub(super) struct Judge {
    live: Configured,
    draft: Configured,
    /// Both as they are written, which says the successors of retired options.
    live_written: Source,
    written: Source,
    /// By how many pieces of what.
    known: HashMap<(u32, Vec<(String, String)>), Outcome>,
}

impl Judge {
    pub(super) fn new(live: (Configured, Source), draft: (Configured, Source)) -> Self {
        let ((live, live_written), (draft, written)) = (live, draft);
        Self { live, draft, live_written, written, known: HashMap::new() }
    }

    /// What becomes of so many pieces of a complete design.
    fn order(&mut self, quantity: Quantity, choices: Vec<(String, String)>) -> Outcome {
        let key = (quantity.get(), choices);
        if let Some(outcome) = self.known.get(&key) {
            return outcome.clone();
        }
        let before = read(&self.live, &key.1).ok();
        let outcome = self.outcome(before.as_ref(), quantity, &self.by_new_codes(&key.1));
        self.known.insert(key, outcome.clone());
        outcome
    }

    /// The same choices where an option has only another code now. What was retired stays as it was ordered.
    fn by_new_codes(&self, choices: &[(String, String)]) -> Vec<(String, String)> {
        let label = |product: &Configured, attribute: &str, option: &str| {
            let found = product.attribute(product.by_code(attribute)?);
            found.option_by_code(option).map(|id| found.option(id).label.clone())
        };
        let (now, succeeded) = self.written.with_successors(choices);
        let is_same = |one: &Succession| {
            let was = label(&self.live, &one.attribute, &one.option);
            was.is_some() && was == label(&self.draft, &one.attribute, &one.successor)
        };
        if succeeded.iter().all(is_same) { now } else { choices.to_vec() }
    }

    /// What is told of a saved design.
    fn told(&self, row: &ReplayDesignRow) -> ReplayedDesign {
        let shown = |pairs: &[(String, String)]| -> Vec<(String, String)> {
            pairs.iter().filter(|pair| !self.is_typed(pair)).cloned().collect()
        };
        let start = match row.start.clone() {
            Start::Needs { asked, base } => Start::Needs { asked, base: shown(&base) },
            Start::Personal { stated_use, base } => {
                Start::Personal { stated_use, base: base.map(|base| shown(&base)) }
            }
            Start::Standard => Start::Standard,
        };
        let choices = shown(&row.choices);
        ReplayedDesign { id: row.id.clone(), kept_at: row.kept_at, revision: row.revision, start, choices }
    }

    /// Whether a choice is a text, or of an attribute of which that is not known. What stays of a design is codes: `attribute:value`.
    fn is_typed(&self, (code, value): &(String, String)) -> bool {
        let code = if code == KEPT { value.split(':').next().unwrap_or_default() } else { code.as_str() };
        let id = self.live.by_code(code);
        id.is_none_or(|id| self.live.attribute(id).kind.shape() == ValueShape::Text)
    }

    /// What becomes of choices over a start; what a shopper does not say is as in the standard there.
    fn design(&mut self, row: ReplayDesignRow) -> Outcome {
        match completed(&self.live, &self.live_written, row) {
            Ok(design) => {
                let all = self.live.write_choices(&design.to_choices());
                // An order keeps a retired option; a design opens with its successor.
                match self.written.with_successors(&all) {
                    (all, succeeded) if succeeded.is_empty() => self.order(Quantity::ONE, all),
                    (now, _) => self.outcome(Some(&design), Quantity::ONE, &now),
                }
            }
            Err(pairs) => self.outcome(None, Quantity::ONE, &self.written.with_successors(&pairs).0),
        }
    }

    fn outcome(&self, before: Option<&Design>, quantity: Quantity, choices: &[(String, String)]) -> Outcome {
        let before = before.filter(|design| self.live.validate(design).is_empty());
        let after = read(&self.draft, choices).map_err(|code| self.gone(code, choices));
        let after = after.and_then(|design| match self.draft.validate(&design).into_iter().next() {
            Some(violation) => Err(Loss::Forbidden(violation.sentence)),
            None => Ok(design),
        });
        match (before, after) {
            (Some(before), Ok(after)) => {
                let [was, now] = [(&self.live, before), (&self.draft, &after)]
                    .map(|(product, design)| product.quote_for(design, quantity).total);
                if was == now {
                    Outcome::Same
                } else if was.currency == now.currency {
                    Outcome::Repriced(was.amount, now.amount)
                } else {
                    Outcome::OtherCurrency(was, now)
                }
            }
            (Some(_), Err(why)) => Outcome::Lost(why),
            (None, Ok(_)) => Outcome::Gained,
            (None, Err(_)) => Outcome::LostBefore,
        }
    }

    /// That the draft can't read what is said of an attribute, in the live revision's words.
    fn gone(&self, code: &str, choices: &[(String, String)]) -> Loss {
        let text = choices.iter().find(|(known, _)| known == code).map_or("", |(_, text)| text);
        match self.live.read_choice(code, text) {
            Ok((id, value)) => Loss::Gone {
                attribute: self.live.attribute(id).label.clone(),
                value: self.live.describe(id, &value),
            },
            Err(_) => Loss::Gone { attribute: code.to_owned(), value: text.to_owned() },
        }
    }
}

/// A saved design as it is completed, with the successors that the product has as it is written; its choices where they can't be.
pub(super) fn completed(
    product: &Configured,
    written: &Source,
    row: ReplayDesignRow,
) -> Result<Design, Vec<(String, String)>> {
    let base = match row.start {
        Start::Needs { base, .. } | Start::Personal { base: Some(base), .. } => base,
        // What is learnt by now is not what they started from.
        Start::Standard | Start::Personal { base: None, .. } => Vec::new(),
    };
    let chosen = row.choices.into_iter().filter(|(code, _)| code != KEPT);
    let mut pairs = base;
    for (code, value) in chosen {
        match pairs.iter_mut().find(|(known, _)| *known == code) {
            Some((_, known)) => *known = value,
            None => pairs.push((code, value)),
        }
    }
    let pairs = written.with_successors(&pairs).0;
    let read: Choices =
        pairs.iter().filter_map(|(code, text)| product.read_choice(code, text).ok()).collect();
    product.complete(&read, product.standard()).map_err(|_| pairs)
}

/// So many pieces; one where an order says what none can have.
fn pieces(quantity: u32) -> Quantity {
    Quantity::new(quantity).unwrap_or(Quantity::ONE)
}

/// The design that these values are on a product: what is new there is as in its standard. Otherwise the code of an attribute that it
/// has not, or not with this value.
fn read<'c>(product: &Configured, choices: &'c [(String, String)]) -> Result<Design, &'c str> {
    let mut design = product.standard().clone();
    for (code, text) in choices {
        let (id, value) = product.read_choice(code, text).map_err(|_| code.as_str())?;
        design = design.with(id, value);
    }
    Ok(product.fitted(design))
}

/// Judges the newest orders and designs, as long as somebody waits for it; nothing otherwise.
pub(super) async fn judged(
    store: &dyn Store,
    executor: &Executor,
    slug: &Slug,
    judge: Judge,
    replaying: &Weak<Replaying>,
) -> Result<Option<Replay>, ShopError> {
    let (all_orders, orders) = store.replay_orders(slug, MOST_ORDERS).await?;
    let (all_designs, designs) = store.replay_designs(slug, MOST_DESIGNS).await?;
    let mut replay = Replay::default();
    (replay.orders.all, replay.designs.all) = (all_orders, all_designs);
    let Some(seen) = replaying.upgrade() else { return Ok(None) };
    seen.tell_all(orders.len() + designs.len());
    drop(seen);
    let mut turns = Turns { executor, replaying, judge: Some(judge) };
    let order =
        |judge: &mut Judge, row: ReplayOrderRow| (row.number, judge.order(pieces(row.quantity), row.choices));
    let Some(found) = turns.all(orders, AT_ONCE, order).await? else { return Ok(None) };
    found.iter().for_each(|(_, outcome)| replay.orders.count(outcome));
    replay.touched = touched(found);
    let design = |judge: &mut Judge, row: ReplayDesignRow| {
        let known = judge.told(&row);
        (known, judge.design(row))
    };
    let Some(found) = turns.all(designs, AT_ONCE / 10, design).await? else { return Ok(None) };
    found.iter().for_each(|(_, outcome)| replay.designs.count(outcome));
    replay.touched_designs = touched(found);
    Ok(Some(replay))
}

/// Judges some at a turn.
struct Turns<'t> {
    executor: &'t Executor,
    replaying: &'t Weak<Replaying>,
    judge: Option<Judge>,
}

impl Turns<'_> {
    /// What becomes of all of them; nothing where nobody waits for it any more.
    async fn all<R: Send + 'static, N: Send + 'static>(
        &mut self,
        rows: Vec<R>,
        at_once: usize,
        judge_one: fn(&mut Judge, R) -> (N, Outcome),
    ) -> Result<Option<Vec<(N, Outcome)>>, ShopError> {
        let (mut found, mut rows) = (Vec::with_capacity(rows.len()), rows.into_iter().peekable());
        while rows.peek().is_some() {
            let some: Vec<R> = rows.by_ref().take(at_once).collect();
            let Some(mut judge) = self.judge.take() else { return Ok(None) };
            let work = move || {
                let judged: Vec<(N, Outcome)> =
                    some.into_iter().map(|row| judge_one(&mut judge, row)).collect();
                (judge, judged)
            };
            let (judge, judged) = self.executor.run(work).await?;
            self.judge = Some(judge);
            let Some(seen) = self.replaying.upgrade() else { return Ok(None) };
            seen.tell_judged(judged.len());
            found.extend(judged);
        }
        Ok(Some(found))
    }
}

/// Those of which something else becomes, by how much that is.
fn touched<N>(mut judged: Vec<(N, Outcome)>) -> Vec<(N, Outcome)> {
    judged.retain(|(_, outcome)| !matches!(outcome, Outcome::Same | Outcome::LostBefore));
    judged.sort_by_key(|(_, outcome)| match outcome {
        Outcome::Lost(_) => (0, Reverse(0)),
        Outcome::OtherCurrency(..) => (1, Reverse(0)),
        Outcome::Repriced(was, now) => (2, Reverse(now.abs_diff(*was))),
        Outcome::Gained | Outcome::Same | Outcome::LostBefore => (3, Reverse(0)),
    });
    judged
}

#[cfg(test)]
mod tests {
    use configurator::source::TierSource;
    use configurator::{Currency, Product};

    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue", "price": 150 }, { "code": "grey", "label": "Grey" },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
            ],
            "rules": [{ "code": "one", "rule": "glaze = grey implies height < 10", "sentence": "Grey ones are small." }],
        }))
        .unwrap()
    }

    fn judge(edit: impl FnOnce(&mut Source)) -> Judge {
        let mut draft = source();
        edit(&mut draft);
        let product = |source: &Source| Configured::new(Product::check(source).unwrap()).unwrap();
        Judge::new((product(&source()), source()), (product(&draft), draft))
    }

    fn pairs(glaze: &str, height: &str) -> Vec<(String, String)> {
        [("glaze", glaze), ("height", height)].map(|(code, value)| (code.to_owned(), value.to_owned())).into()
    }

    #[test]
    fn each_order_becomes_what_it_is_on_both() {
        let mut judge = judge(|source| {
            source.attributes[0].options[1].price = 100;
            source.attributes[1].max = Some(11);
            source.rules[0].rule = "glaze = grey implies height < 9".to_owned();
        });
        assert_eq!(judge.order(Quantity::ONE, pairs("red", "9")), Outcome::Same);
        assert_eq!(judge.order(Quantity::ONE, pairs("blue", "9")), Outcome::Repriced(1050, 1000));
        assert_eq!(
            judge.order(Quantity::ONE, pairs("grey", "9")),
            Outcome::Lost(Loss::Forbidden("Grey ones are small.".to_owned()))
        );
        assert!(matches!(judge.order(Quantity::ONE, pairs("red", "12")), Outcome::Lost(_)));
        assert_eq!(judge.order(Quantity::ONE, pairs("grey", "11")), Outcome::LostBefore);
        assert_eq!(judge.order(Quantity::ONE, pairs("pink", "9")), Outcome::LostBefore);
        let mut judge = self::judge(|source| source.rules.clear());
        assert_eq!(judge.order(Quantity::ONE, pairs("grey", "11")), Outcome::Gained);
        let mut judge = self::judge(|source| drop(source.attributes[0].options.remove(1)));
        let gone = Loss::Gone { attribute: "Glaze".to_owned(), value: "Blue".to_owned() };
        assert_eq!(judge.order(Quantity::ONE, pairs("blue", "9")), Outcome::Lost(gone));
    }

    #[test]
    fn a_saved_design_goes_on_with_the_successor_of_a_retired_option() {
        let mut judge = judge(|source| source.attributes[0].retire("blue", Some("grey")));
        let row = |choices| ReplayDesignRow {
            id: "0123456789ab".to_owned(),
            kept_at: OffsetDateTime::UNIX_EPOCH,
            revision: RevisionNumber::FIRST,
            start: Start::Standard,
            choices,
        };
        assert_eq!(judge.design(row(pairs("blue", "9"))), Outcome::Repriced(1050, 900));
        let forbidden = Loss::Forbidden("Grey ones are small.".to_owned());
        assert_eq!(judge.design(row(pairs("blue", "11"))), Outcome::Lost(forbidden));
        // Once that is live, the design is what it opened as.
        let mut retired = source();
        retired.attributes[0].retire("blue", Some("grey"));
        let mut dearer = retired.clone();
        dearer.attributes[0].options[1].price = 500;
        let product = |source: &Source| Configured::new(Product::check(source).unwrap()).unwrap();
        let mut next = Judge::new((product(&retired), retired.clone()), (product(&dearer), dearer.clone()));
        assert_eq!(next.design(row(pairs("blue", "9"))), Outcome::Repriced(900, 1400));
        // What was ordered is not made any more.
        assert!(matches!(judge.order(Quantity::ONE, pairs("blue", "9")), Outcome::Lost(Loss::Gone { .. })));
    }

    #[test]
    fn an_order_is_the_same_by_another_code() {
        let mut judge = judge(|source| {
            source.rename_option("glaze", "blue", "navy").unwrap();
            source.attributes[0].hand_over("blue", "navy");
        });
        assert_eq!(judge.order(Quantity::ONE, pairs("blue", "9")), Outcome::Same);
        assert_eq!(judge.order(Quantity::ONE, pairs("red", "9")), Outcome::Same);
    }

    #[test]
    fn several_pieces_are_judged_with_their_discount() {
        let tier = |discount: &str| TierSource { from: 3, discount: discount.to_owned() };
        let mut judge = judge(|source| source.tiers = vec![tier("10 %")]);
        let pieces = |pieces| Quantity::new(pieces).unwrap();
        assert_eq!(judge.order(pieces(2), pairs("red", "9")), Outcome::Same);
        assert_eq!(judge.order(pieces(3), pairs("red", "9")), Outcome::Repriced(2700, 2430));
    }

    #[test]
    fn another_currency_is_another_price() {
        let mut judge = judge(|source| source.currency = "USD".to_owned());
        let money = |code| Money::new(900, Currency::new(code).unwrap());
        let outcome = judge.order(Quantity::ONE, pairs("red", "9"));
        assert_eq!(outcome, Outcome::OtherCurrency(money("EUR"), money("USD")));
        let mut tally = Tally::default();
        tally.count(&outcome);
        assert_eq!((tally.other_currency, tally.repriced(), tally.sum), (1, 0, 0));
    }

    #[test]
    fn a_saved_design_is_judged_as_it_is_completed_today() {
        let mut judge = judge(|source| source.attributes[0].options[1].price = 100);
        let start = Start::Needs { asked: String::new(), base: pairs("blue", "8") };
        let (id, kept_at) = ("0123456789ab".to_owned(), OffsetDateTime::UNIX_EPOCH);
        let revision = RevisionNumber::FIRST;
        let row = |start, choices| ReplayDesignRow { id: id.clone(), kept_at, revision, start, choices };
        assert_eq!(judge.design(row(start.clone(), Vec::new())), Outcome::Repriced(1050, 1000));
        let stated_use = Some("tea".to_owned());
        let personal = Start::Personal { stated_use: stated_use.clone(), base: Some(pairs("blue", "8")) };
        assert_eq!(judge.design(row(personal, Vec::new())), Outcome::Repriced(1050, 1000));
        let unsaid = Start::Personal { stated_use, base: None };
        assert_eq!(judge.design(row(unsaid, Vec::new())), Outcome::Same);
        let red = vec![("glaze".to_owned(), "red".to_owned())];
        assert_eq!(judge.design(row(start, red)), Outcome::Same);
        let gone = vec![("handle".to_owned(), "left".to_owned())];
        assert_eq!(judge.design(row(Start::Standard, gone)), Outcome::Same);
    }

    #[test]
    fn what_becomes_another_is_named_by_how_much_it_changes() {
        let lost = || Outcome::Lost(Loss::Forbidden(String::new()));
        let [euros, dollars] = ["EUR", "USD"].map(|code| Money::new(900, Currency::new(code).unwrap()));
        let all = [
            Outcome::Same,
            Outcome::Gained,
            Outcome::LostBefore,
            Outcome::Repriced(100, 101),
            Outcome::Repriced(100, 20),
            Outcome::OtherCurrency(euros, dollars),
            Outcome::Repriced(50, 100),
            Outcome::Repriced(100, 101),
            lost(),
        ];
        let named = touched(all.into_iter().enumerate().collect());
        let places: Vec<usize> = named.into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [8, 5, 4, 6, 3, 7, 1]);
    }

    #[test]
    fn a_saved_design_is_told_without_what_was_typed() {
        let typed = serde_json::json!({
            "code": "words", "step": "all", "label": "Words", "kind": "text", "standard": "", "max_length": 20,
        });
        let mut source = source();
        source.attributes.push(serde_json::from_value(typed).unwrap());
        let product = Configured::new(Product::check(&source).unwrap()).unwrap();
        let judge = Judge::new((product.clone(), source.clone()), (product, source));
        let pair = |code: &str, value: &str| (code.to_owned(), value.to_owned());
        let told = judge.told(&ReplayDesignRow {
            id: "0123456789ab".to_owned(),
            kept_at: OffsetDateTime::UNIX_EPOCH,
            revision: RevisionNumber::FIRST,
            start: Start::Needs {
                asked: String::new(),
                base: vec![pair("words", "Bo"), pair("height", "8")],
            },
            choices: vec![
                pair("glaze", "blue"),
                pair("words", "\u{c9}MILIE"),
                pair("gone", "a name"),
                pair(KEPT, "words:Bo"),
                pair(KEPT, "height:8"),
            ],
        });
        assert_eq!(told.choices, [pair("glaze", "blue"), pair(KEPT, "height:8")]);
        assert_eq!(told.start, Start::Needs { asked: String::new(), base: vec![pair("height", "8")] });
    }

    #[test]
    fn a_tally_sums_what_it_counts() {
        let mut tally = Tally::default();
        for outcome in [
            Outcome::Same,
            Outcome::Repriced(100, 90),
            Outcome::Repriced(100, 130),
            Outcome::Lost(Loss::Forbidden(String::new())),
            Outcome::Gained,
            Outcome::LostBefore,
        ] {
            tally.count(&outcome);
        }
        let expected = Tally {
            all: 0,
            judged: 6,
            lost: 1,
            gained: 1,
            lost_before: 1,
            dearer: 1,
            cheaper: 1,
            other_currency: 0,
            changes: (-10, 30),
            sum: 20,
        };
        assert_eq!((tally, tally.repriced()), (expected, 2));
    }
}
