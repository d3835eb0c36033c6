//! The state of a configurator in the browser: choices with their history, and everything that follows from them.

use std::sync::Arc;

use configurator::{
    AttributeId, Causes, Choices, Configured, Design, Menu, Obstacle, OpenPrices, Product, Repair, State,
    TooComplex, Value,
};
use leptos::prelude::*;
use personalize::StartingDesign;
use preview::Drawings;
use words::Studio;

use super::moves::Moved;
use super::said::{History, Said};
use crate::address;
use crate::state::PageState;

/// How many changed values are told after a step that changes several at once.
const MOST_TOLD: usize = 3;
/// How many ways to a blocked value a panel offers.
const MOST_REPAIRS: usize = 3;

/// What the page shows for one set of choices.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// Menu, completed design and price.
    pub menu: Menu,
    /// The layers of the picture as SVG.
    pub layers: Vec<String>,
}

pub(super) struct Fixed {
    pub(super) product: Configured,
    drawings: Arc<Drawings>,
    state: Arc<PageState>,
    pub(super) default: StartingDesign,
}

/// The configurator's state; copies share it.
#[derive(Clone, Copy)]
pub struct Desk {
    fixed: StoredValue<Arc<Fixed>>,
    pub(super) history: RwSignal<History>,
    pub(super) shown: Memo<Option<Arc<Shown>>>,
    /// The same for what is drawn after the frame that answers a change with its price: see [`Desk::draw_after_the_frame`].
    pub(super) drawn: RwSignal<Option<Arc<Shown>>>,
    /// The blocked value whose panel is open.
    pub wanted: RwSignal<Option<(AttributeId, Value)>>,
    /// What the last change did, for screen readers.
    pub announced: RwSignal<Option<String>>,
    /// What else the last change moved.
    pub moved: RwSignal<Option<Moved>>,
}

impl Desk {
    /// Sets up the state for a page. `menu` is that of the state's choices, where it was asked for already.
    #[must_use]
    pub fn new(product: Configured, drawings: Arc<Drawings>, state: PageState, menu: Option<Menu>) -> Self {
        let default = state.default_design(&product);
        let now = Said::from_pairs(&product, &[&state.choices[..], &address::typed(&state.typed)].concat());
        let history = RwSignal::new(History { now, ..History::default() });
        let wanted = state.want.as_ref().and_then(|(code, value)| product.read_choice(code, value).ok());
        let fixed = Arc::new(Fixed { product, drawings, state: Arc::new(state), default });
        let inside = Arc::clone(&fixed);
        let shown = Memo::new(move |before: Option<&Option<Arc<Shown>>>| {
            let answer = history.with(|history| match &menu {
                Some(menu) if before.is_none() => Ok(menu.clone()),
                _ => inside.product.menu_of_shown(&history.now.choices, &inside.default.design),
            });
            match answer {
                Ok(menu) => {
                    let layers = preview::layers(&inside.product, &inside.drawings, &menu.design);
                    Some(Arc::new(Shown { menu, layers }))
                }
                // Choices come from a menu that holds them possible; should that ever fail, the page stays as it was.
                Err(_) => before.cloned().flatten(),
            }
        });
        Self {
            fixed: StoredValue::new(fixed),
            history,
            shown,
            drawn: RwSignal::new(untrack(|| shown.get())),
            wanted: RwSignal::new(wanted),
            announced: RwSignal::new(None),
            moved: RwSignal::new(None),
        }
    }

    /// What never changes. Handed out as it is: a closure for every reader would be code of its own.
    pub(super) fn fixed(&self) -> Arc<Fixed> {
        self.fixed.get_value()
    }

    /// Reads something of the product.
    pub fn product<T>(&self, read: impl FnOnce(&Product) -> T) -> T {
        read(&self.fixed().product)
    }

    /// What the page says.
    #[must_use]
    pub fn say(&self) -> &'static Studio {
        &self.fixed().product.words().studio
    }

    /// What stands between things in a list.
    #[must_use]
    pub fn comma(&self) -> &'static str {
        self.fixed().product.words().engine.comma()
    }

    /// What stands between things that have commas of their own.
    #[must_use]
    pub fn semicolon(&self) -> &'static str {
        self.fixed().product.words().engine.semicolon()
    }

    /// What the page started from.
    #[must_use]
    pub fn state(&self) -> Arc<PageState> {
        Arc::clone(&self.fixed().state)
    }

    /// Where the default of an attribute comes from, in words.
    #[must_use]
    pub fn default_reason(&self, attribute: AttributeId) -> String {
        let fixed = self.fixed();
        fixed.default.reason(&fixed.product, attribute)
    }

    /// Reads something of what is shown, and is called again when that changes. `None` only while a product beyond the
    /// engine's limits is shown.
    pub fn read<T>(&self, read: impl FnOnce(&Product, &Shown) -> T) -> Option<T> {
        let shown = self.shown.get()?;
        Some(read(&self.fixed().product, &shown))
    }

    /// Reads something of what is drawn, as [`Desk::read`] does: what it was before, until the frame after a change.
    pub fn read_drawn<T>(&self, read: impl FnOnce(&Product, &Shown) -> T) -> Option<T> {
        let drawn = self.drawn.get()?;
        Some(read(&self.fixed().product, &drawn))
    }

    /// A layer of the picture as SVG.
    #[must_use]
    pub fn layer(&self, index: usize) -> String {
        self.read_drawn(|_, shown| shown.layers[index].clone()).unwrap_or_default()
    }

    /// The total in minor units.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.read(|_, shown| shown.menu.quote.total.amount).unwrap_or_default()
    }

    /// The value of an attribute in the design shown.
    #[must_use]
    pub fn value(&self, attribute: AttributeId) -> Option<Value> {
        self.read(|_, shown| shown.menu.design.value(attribute).clone())
    }

    /// What was typed for an attribute and could not be taken.
    #[must_use]
    pub fn entry(&self, attribute: AttributeId) -> Option<String> {
        self.history.with(|history| history.now.entry(attribute).map(str::to_owned))
    }

    /// The attributes for which something was typed that could not be taken, as far as they apply.
    #[must_use]
    pub fn entries(&self) -> Vec<AttributeId> {
        let is_there = |id: &AttributeId| self.value(*id) != Some(Value::Absent);
        let entries =
            self.history.with(|history| history.now.entries.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        entries.into_iter().filter(is_there).collect()
    }

    /// What was typed for an attribute and could not be taken, as the value that it stands for, or why it is none.
    #[must_use]
    pub fn refused(&self, attribute: AttributeId) -> Option<Result<Value, String>> {
        let text = self.entry(attribute)?;
        Some(self.product(|product| product.read_typed(attribute, &text)).map_err(|error| error.to_string()))
    }

    /// The same in a sentence.
    #[must_use]
    pub fn refused_in_words(&self, attribute: AttributeId) -> Option<String> {
        Some(match self.refused(attribute)? {
            Err(sentence) => sentence,
            Ok(value) => {
                let reason = match self.causes(attribute, &value) {
                    Ok(causes) => causes.unwrap_or_default().sentence(),
                    Err(TooComplex) => self.undecided(),
                };
                self.product(|product| {
                    let (label, value) =
                        (&product.attribute(attribute).label, product.describe(attribute, &value));
                    product.words().engine.cant_be_now(label, &value, &reason)
                })
            }
        })
    }

    /// The values nearest to what was typed for an attribute and could not be taken.
    #[must_use]
    pub fn nearest(&self, attribute: AttributeId) -> Vec<Value> {
        let Some(text) = self.entry(attribute) else { return Vec::new() };
        let fixed = self.fixed();
        fixed.product.nearest_typed(&self.choices(), &fixed.default.design, attribute, &text)
    }

    /// What was asked for and is blocked at an attribute: a click, or what was typed there.
    #[must_use]
    pub fn asked(&self, attribute: AttributeId) -> Option<Value> {
        let clicked = self.wanted.get().filter(|(wanted, _)| *wanted == attribute).map(|(_, value)| value);
        clicked.or_else(|| self.refused(attribute)?.ok())
    }

    /// Takes what was typed for an attribute, or keeps it in its field where that can't be.
    pub fn enter(&self, attribute: AttributeId, text: &str) {
        self.change(Some(attribute), untrack(|| self.said()).typed(attribute, text));
    }

    /// Gives up what was asked for at an attribute.
    pub fn give_up(&self, attribute: AttributeId) {
        if untrack(|| self.entry(attribute)).is_some() {
            self.change(Some(attribute), untrack(|| self.said()).without_entry(attribute));
        } else {
            self.ask(None);
        }
    }

    /// Asks for a value that is blocked, which opens its panel; with nothing, closes it.
    pub fn ask(&self, wanted: Option<(AttributeId, Value)>) {
        if wanted.is_none() {
            // The same panel is told again when it opens again.
            self.announced.set(None);
        }
        self.wanted.set(wanted);
    }

    /// Where something that was typed could not be taken: says so, goes there, and nothing can be ordered.
    pub fn stop_order(&self) -> bool {
        let Some(first) = untrack(|| self.entries()).first().copied() else { return false };
        let reason = untrack(|| self.refused_in_words(first)).unwrap_or_default();
        self.announced.set(Some(self.say().before_ordering(&reason)));
        self.focus(first);
        true
    }

    /// The shopper's choices as pairs of code and value.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.fixed().product.write_choices(&self.choices())
    }

    fn said(&self) -> Said {
        self.history.with(|history| history.now.clone())
    }

    /// Between which totals the design lies, whatever is chosen of the rest.
    #[must_use]
    pub fn open_prices(&self, menu: &Menu) -> OpenPrices {
        self.fixed().product.open_prices(&untrack(|| self.choices()), menu)
    }

    /// The shopper's choices.
    #[must_use]
    pub fn choices(&self) -> Choices {
        self.history.with(|history| history.now.choices.clone())
    }

    /// The query that stands for the design.
    #[must_use]
    pub fn query(&self) -> String {
        let pairs = self.history.with(|history| history.now.to_pairs(&self.fixed().product));
        let state = self.state();
        address::by_campaign(address::design_query(state.revision, &state.start, &pairs), &state.campaign)
    }

    /// Whether there is anything to undo, and to redo.
    #[must_use]
    pub fn can_step(&self) -> (bool, bool) {
        self.history.with(|history| (!history.past.is_empty(), !history.future.is_empty()))
    }

    /// Chooses a value that the menu offers.
    pub fn choose(&self, attribute: AttributeId, value: Value) {
        let (said, fixed) = (untrack(|| self.said()), self.fixed());
        let said = said.chosen(&fixed.product, attribute, value, &fixed.default.design);
        self.change(Some(attribute), said);
    }

    /// Makes what stands there the shopper's own choice, where nobody chose it and it could be another.
    pub fn pin(&self, attribute: AttributeId) {
        let is_chosen = self.history.with_untracked(|history| history.now.choices.get(attribute).is_some());
        let is_fixed = is_chosen || self.product(|product| product.attribute(attribute).locked);
        if let Some(value) = untrack(|| self.value(attribute)).filter(|_| !is_fixed) {
            self.choose(attribute, value);
        }
    }

    /// Chooses a number while it is dragged; all of the drag is one step to undo.
    pub fn drag(&self, attribute: AttributeId, value: Value) {
        let begun = self.history.with_untracked(|history| {
            let begun = history.dragged.as_ref().filter(|(dragged, _)| *dragged == attribute);
            begun.map(|(_, before)| before.clone())
        });
        let goes_on = begun.is_some();
        let Some(before) = begun.or_else(|| untrack(|| self.design())) else { return };
        let at = Some((attribute, before.clone()));
        let fixed = self.fixed();
        let now = untrack(|| self.said()).without_entry(attribute);
        let next = Said { choices: now.choices.with(attribute, value), entries: now.entries };
        // From where the drag began: values on the way leave nothing behind.
        let next = next.staying(&fixed.product, &before, &fixed.default.design);
        let change = move |history: &mut History| {
            if next != history.now {
                let passed = core::mem::replace(&mut history.now, next);
                if !goes_on {
                    history.past.push(passed);
                }
                history.future.clear();
            }
            history.dragged = Some((attribute, before));
        };
        self.announcing(at, Box::new(change));
    }

    /// Ends a drag.
    pub fn drop_it(&self) {
        self.history.update_untracked(|history| history.dragged = None);
    }

    /// Takes a choice back.
    pub fn release(&self, attribute: AttributeId) {
        let said = untrack(|| self.said()).without_entry(attribute);
        let next = Said { choices: said.choices.without(attribute), entries: said.entries };
        self.change_from(Some(attribute), next, untrack(|| self.without(attribute)));
    }

    /// What is shown, but for an attribute's default.
    fn without(&self, attribute: AttributeId) -> Option<Design> {
        let default = self.fixed().default.design.value(attribute).clone();
        self.design().map(|shown| shown.with(attribute, default))
    }

    /// An address's pairs for the design once a choice is taken back.
    #[must_use]
    pub fn pairs_without(&self, attribute: AttributeId) -> Vec<(String, String)> {
        self.pairs_of(self.choices().without(attribute), self.without(attribute))
    }

    /// An address's pairs for the design once a value is chosen.
    #[must_use]
    pub fn pairs_with(&self, attribute: AttributeId, value: Value) -> Vec<(String, String)> {
        self.pairs_of(self.choices().with(attribute, value), self.design())
    }

    fn pairs_of(&self, choices: Choices, shown: Option<Design>) -> Vec<(String, String)> {
        let fixed = self.fixed();
        let said = Said { choices, ..Said::default() };
        let said = match shown {
            Some(shown) => said.staying(&fixed.product, &shown, &fixed.default.design),
            None => said,
        };
        said.to_pairs(&fixed.product)
    }

    /// Whether an attribute has another value than its default, which nobody chose and no choice needs.
    #[must_use]
    pub fn keeps(&self, attribute: AttributeId) -> bool {
        self.history.with(|history| history.now.choices.keeps(attribute))
    }

    /// Takes all choices back.
    pub fn clear(&self) {
        self.change_from(None, Said::default(), None);
    }

    /// What to choose to have a design.
    #[must_use]
    pub fn choices_for(&self, design: &Design) -> Choices {
        let fixed = self.fixed();
        fixed.product.choices_for(design, &fixed.default.design)
    }

    /// Takes these choices in place of those made so far.
    pub fn take(&self, choices: Choices) {
        self.change_from(None, Said { choices, ..Said::default() }, None);
    }

    /// Follows a repair to a value of an attribute.
    pub fn follow(&self, attribute: AttributeId, repair: Repair) {
        let entries = untrack(|| self.said()).without_entry(attribute).entries;
        self.change(Some(attribute), Said { choices: repair.choices, entries });
    }

    /// Goes one change back, or forth.
    pub fn step(&self, back: bool) {
        let step = move |history: &mut History| {
            let (from, to) = if back {
                (&mut history.past, &mut history.future)
            } else {
                (&mut history.future, &mut history.past)
            };
            if let Some(next) = from.pop() {
                to.push(core::mem::replace(&mut history.now, next));
            }
            history.dragged = None;
        };
        self.announcing(None, Box::new(step));
    }

    /// A change of the design that is shown, near which everything else stays.
    fn change(&self, at: Option<AttributeId>, next: Said) {
        self.change_from(at, next, untrack(|| self.design()));
    }

    /// A change, after which everything else stays near such a design; near the defaults where there is none.
    pub(super) fn change_from(&self, at: Option<AttributeId>, next: Said, shown: Option<Design>) {
        let fixed = self.fixed();
        let defaults = &fixed.default.design;
        let mut next = next.settled(&fixed.product, defaults);
        if let Some(shown) = shown {
            next = next.staying(&fixed.product, &shown, defaults);
        }
        let at = at.zip(untrack(|| self.design()));
        let change = move |history: &mut History| {
            if next != history.now {
                history.past.push(core::mem::replace(&mut history.now, next));
                history.future.clear();
            }
            history.dragged = None;
        };
        self.announcing(at, Box::new(change));
    }

    /// Makes a change and says what it did: `at` is the attribute it was made at, with the design before.
    fn announcing(&self, at: Option<(AttributeId, Design)>, change: Box<dyn FnOnce(&mut History)>) {
        // A tile that is as it was before the last change would keep the mark that it was clicked with.
        self.draw_now();
        let before = untrack(|| self.total());
        let was = if at.is_none() { untrack(|| self.design()) } else { None };
        self.history.update(change);
        self.wanted.set(None);
        let after = untrack(|| self.total());
        let say = self.say();
        let (total, difference) =
            self.product(|product| (product.price(after), product.price_change(after - before)));
        let change = if difference.is_empty() { say.no_price_change().to_owned() } else { difference };
        // What can't be taken is told beside its field.
        let is_taken = at.as_ref().is_none_or(|(attribute, _)| untrack(|| self.entry(*attribute)).is_none());
        if !is_taken && before == after {
            self.announced.set(None);
            return self.moved.set(None);
        }
        let made = at.as_ref().map(|(attribute, _)| self.in_words(*attribute));
        let made = made.or_else(|| was.map(|was| self.changes_since(&was))).unwrap_or_default();
        let moved = at.and_then(|(attribute, before)| self.moved_since(attribute, &before));
        let told = [made, say.total_now(&total, &change)];
        let moved_for = moved.as_ref().and_then(|moved| moved.instead.as_ref());
        let told = told.iter().chain(moved.as_ref().map(|moved| &moved.words));
        let told = told.chain(moved_for.map(|instead| &instead.words));
        let told: Vec<&str> = told.map(String::as_str).filter(|told| !told.is_empty()).collect();
        self.announced.set(Some(told.join(" ")));
        self.moved.set(moved);
    }

    fn in_words(&self, attribute: AttributeId) -> String {
        let value = untrack(|| self.value(attribute));
        let words = |product: &Product| {
            let value = value.map(|value| product.describe(attribute, &value)).unwrap_or_default();
            product.words().studio.attribute_is(&product.attribute(attribute).label, &value)
        };
        self.product(words)
    }

    /// The values that are others than before; nothing where those are too many to listen to.
    fn changes_since(&self, before: &Design) -> String {
        let after = untrack(|| self.design());
        let changed = after.iter().flat_map(Design::iter).filter(|(id, value)| before.value(*id) != *value);
        let changed: Vec<AttributeId> = changed.map(|(id, _)| id).collect();
        if changed.len() > MOST_TOLD {
            return String::new();
        }
        changed.into_iter().map(|id| self.in_words(id)).collect::<Vec<_>>().join(" ")
    }

    /// The nearest ways to a blocked value.
    ///
    /// # Errors
    /// It would take too long to find them.
    pub fn repairs(&self, attribute: AttributeId, value: &Value) -> Result<Vec<Repair>, TooComplex> {
        let fixed = self.fixed();
        fixed.product.repairs_of_shown(&self.choices(), &fixed.default.design, attribute, value, MOST_REPAIRS)
    }

    /// Whether a value can't be chosen, as far as that is known.
    #[must_use]
    pub fn is_blocked(&self, attribute: AttributeId, value: &Value) -> bool {
        let choices = self.choices().without(attribute);
        !matches!(self.fixed().product.explain_blocked(&choices, attribute, value), Ok(None))
    }

    /// Why a value is blocked, in words.
    ///
    /// # Errors
    /// It would take too long to find out whether it is.
    pub fn causes(&self, attribute: AttributeId, value: &Value) -> Result<Option<Causes>, TooComplex> {
        self.fixed().product.causes(&self.choices().without(attribute), attribute, value)
    }

    /// What to say where it would take too long to find out whether something fits.
    #[must_use]
    pub fn undecided(&self) -> String {
        self.fixed().product.undecided().to_owned()
    }

    /// Why an option is blocked, in the few words that fit on its tile: the choices in its way.
    #[must_use]
    pub fn short_reason(&self, state: &State) -> String {
        let say = self.say();
        let reason = match state {
            State::Blocked(reason) => reason,
            State::Undecided => return say.not_known_to_fit().to_owned(),
            _ => return String::new(),
        };
        self.read_drawn(|product, shown| {
            let words = |obstacle: &Obstacle| {
                if obstacle.value == Value::Text(String::new()) {
                    return say.needs(&product.attribute(obstacle.attribute).label);
                }
                let value = product.describe(obstacle.attribute, &obstacle.value);
                if obstacle.missing { say.not_without(&value) } else { say.not_with(&value) }
            };
            match &reason.obstacles[..] {
                [one] => words(one),
                [one, ..] => say.and_more(&words(one)),
                [] if reason.rules.is_empty() => reason.sentence.clone(),
                [] => {
                    // What is sold out says so. A text that is asked for and not there yet is a way, not an obstacle.
                    let mut text = None;
                    for rule in reason.rules.iter().map(|rule| product.rule(*rule)) {
                        if rule.condition.forbids_option() {
                            return rule.sentence.clone();
                        }
                        rule.condition.attributes(&mut |id| {
                            if *shown.menu.design.value(id) == Value::Text(String::new()) {
                                text = Some(&product.attribute(id).label);
                            }
                        });
                    }
                    text.map_or_else(|| say.not_possible().to_owned(), |label| say.needs(label))
                }
            }
        })
        .unwrap_or_default()
    }

    /// The value a click on an option of an attribute stands for.
    #[must_use]
    pub fn clicked(&self, attribute: AttributeId, option: configurator::OptionId) -> Option<Value> {
        untrack(|| self.value(attribute)).map(|value| match value {
            Value::Options(set) => Value::Options(set.toggled(option)),
            _ => Value::Option(option),
        })
    }

    /// The completed design.
    #[must_use]
    pub fn design(&self) -> Option<Design> {
        self.read(|_, shown| shown.menu.design.clone())
    }

    /// The option that was clicked where this value is asked for.
    #[must_use]
    pub fn asked_option(&self, attribute: AttributeId, value: &Value) -> Option<configurator::OptionId> {
        match (value, self.value(attribute)?) {
            (Value::Option(option), _) => Some(*option),
            (Value::Options(asked), Value::Options(now)) => asked.symmetric_difference(now).iter().next(),
            _ => None,
        }
    }
}
