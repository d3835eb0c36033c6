//! The learnt policy: for each stated use, and for none, the design to start from; for those who agreed to more, by their own past, their
//! segment and what matters to them, too. Models learn from two thirds of the orders; the
//! others are the cases that each attribute's default is held to by its gate. What passes is preselected, everything else stays the
//! standard's. What shoppers did with such defaults shuts a gate again where they keep too few.

use std::collections::BTreeMap;

use configurator::{AttributeId, Choices, Configured, Design, Product, Value};
use engine::Diagram;
use engine::model::{ValueId, VariableId};
use engine::pass::Weight;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::asker::{Asker, Group};
use crate::completion::score;
use crate::gate::{Decision, Gate, HeldOut, Promise, Proposal, Speaker, Verdict, decide};
use crate::individual::{OwnPast, OwnValue, Repeats};
use crate::learn::blend::Blend;
use crate::learn::choose::{Candidate, Choice, Trial, Trials, choose};
use crate::learn::{Cell, Columns, Model};
use crate::orders::PastOrders;
use crate::{DefaultPolicy, Evidence, Level, PastDesign, StartingDesign};

/// One order in so many is held out.
const HELD_OUT: usize = 3;
/// Where chance comes from: the same everywhere, so that replicas agree.
const SEED: u64 = 20;

/// What is done with an attribute for shoppers of one use, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasoned {
    /// The attribute.
    pub attribute: AttributeId,
    /// What its gate says. Where it says to preselect and the start has another value, the value did not go with surer ones.
    pub decision: Decision<Value>,
}

/// A start with what led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct LearntStart {
    /// The design, with the figures told of it.
    pub starting_design: StartingDesign,
    /// By attribute; texts are not among them.
    pub reasoned: Vec<Reasoned>,
}

/// What was learnt of a product's orders; nothing by default.
#[derive(Debug, Default)]
pub struct Learnt {
    /// By stated use; nothing stands for none.
    starts: BTreeMap<Option<String>, LearntStart>,
    /// By group: what that level would have.
    guesses: BTreeMap<Group, Guess>,
    /// Whether who asks tells more than the use they stated: kept-aside orders have shown it.
    asks: bool,
    /// How far those who order again have what they had before.
    repeats: Repeats,
    /// What it was learnt from.
    pub(crate) past: PastOrders,
    /// What tells how probable each value is; nothing where nothing was learnt.
    pub(crate) model: Option<Blend>,
    /// How the models did that were tried.
    trials: Vec<Trial>,
}

impl Learnt {
    /// Learns from orders. The same orders give the same starts, in whatever order they come. Nothing is learnt, and the standard
    /// stands, where there are no valid orders. Of a product that is too large for a diagram there is no model: each attribute's
    /// most frequent value is what its gate is asked about.
    #[must_use]
    pub fn from_orders(
        product: &Configured,
        past: &[PastDesign],
        candidates: &[Candidate],
        promise: Promise,
    ) -> Self {
        let counted = PastOrders::new(product, past);
        let training = Training::new(product, past, &counted);
        if training.orders.is_empty() {
            return Self { past: counted, ..Self::default() };
        }
        let (learnt_from, held_out) = training.divided();
        let chosen = product.diagram().map(|diagram| training.chosen(diagram, candidates, &learnt_from));
        // Without a model the groups speak by what they have most.
        let asks = chosen.as_ref().map_or(!counted.like().is_empty(), |chosen| chosen.uses_optional);
        let (model, trials) = chosen.map(|chosen| (chosen.model, chosen.trials)).unzip();
        let guess = |group: &Group| {
            let is_of = |order: &usize| training.is_of(*order, group);
            let cases: Vec<usize> = held_out.iter().copied().filter(is_of).collect();
            let likeliest = match (product.diagram(), &model) {
                (Some(diagram), Some(model)) => training.likeliest(diagram, model, group)?,
                _ => training.most_frequent(learnt_from.iter().copied().filter(is_of)),
            };
            Some(training.held_to(promise, likeliest, &cases))
        };
        let like = counted.like().iter().filter(|_| asks).cloned();
        let uses = training.uses.iter().cloned().map(Group::Use);
        let groups = [Group::Everybody].into_iter().chain(uses).chain(like);
        let guesses = groups.filter_map(|group| guess(&group).map(|guess| (group, guess))).collect();
        let stated: Vec<Option<String>> = training.uses.iter().cloned().map(Some).chain([None]).collect();
        let trials = trials.unwrap_or_default();
        let learnt = Self { guesses, asks, model, trials, past: counted, ..Self::default() };
        Self { starts: learnt.begin_all(product, stated), ..learnt }
    }

    /// Whether who asks tells more than the use they stated: their segment, and what matters to them.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// How the models did that were tried; none for a product without a diagram, of which the most frequent values are taken.
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// The starts of those of whose own orders nothing is known, by stated use: first that of who stated none.
    pub fn starts(&self) -> impl Iterator<Item = (Option<&str>, &LearntStart)> {
        self.starts.iter().map(|(stated, start)| (stated.as_deref(), start))
    }

    /// The starts of those of whose own orders nothing is known.
    fn begin_all(
        &self,
        product: &Configured,
        stated: Vec<Option<String>>,
    ) -> BTreeMap<Option<String>, LearntStart> {
        let begin = |stated: Option<String>| {
            let start = self.begin(product, &levels(Vec::new(), stated.as_deref()), &BTreeMap::new());
            (stated, start)
        };
        stated.into_iter().map(begin).collect()
    }

    /// The same with what buyers who came back tell, each with their orders, the oldest first.
    #[must_use]
    pub fn with_buyers(self, product: &Product, buyers: &[Vec<Choices>], promise: Promise) -> Self {
        Self { repeats: Repeats::of(product, buyers, promise), ..self }
    }

    /// The start of somebody by their own past, and by the groups that they are of; nothing where there is neither or nothing was learnt.
    #[must_use]
    pub fn own_start(
        &self,
        product: &Configured,
        stated_use: Option<&str>,
        own: &OwnPast,
    ) -> Option<LearntStart> {
        let known = stated_use.filter(|code| self.starts.contains_key(&Some((*code).to_owned())));
        // What can't be had any more is no default and no advice.
        let is_possible = |id, value: &Value| {
            let alone = Choices::new().with(id, value.clone());
            product.complete(&alone, product.standard()).is_ok()
        };
        let had = product.ids().filter_map(|(id, _)| Some((id, OwnValue::of_past(product, own, id)?)));
        let had: Had = had.filter(|(id, own)| is_possible(*id, &own.value)).collect();
        let like = self.groups_of(product, &own.asker);
        let speaks = !(self.starts.is_empty() || had.is_empty() && like.is_empty());
        speaks.then(|| self.begin(product, &levels(like, known), &had))
    }

    /// By what somebody had, else by these groups, from narrow to wide.
    fn begin(&self, product: &Configured, groups: &[Group], had: &Had) -> LearntStart {
        let ids = product.ids().map(|(id, _)| id);
        let reasoned: Vec<Reasoned> = ids
            .filter(|id| !matches!(product.initial(*id), Value::Text(_)))
            .map(|attribute| {
                let own = had.get(&attribute).map(|own| {
                    let (value, confidence) = (own.value.clone(), own.confidence());
                    let gate =
                        if own.is_ordered { self.repeats.gate(attribute) } else { self.repeats.never() };
                    Proposal { speaker: Speaker::INDIVIDUAL, value, confidence, gate }
                });
                let of = |group: &Group| {
                    let (value, confidence, gate) = self.guesses.get(group)?.get(&attribute)?;
                    let speaker = group.speaker();
                    Some(Proposal { speaker, value: value.clone(), confidence: *confidence, gate })
                };
                let levels = own.into_iter().chain(groups.iter().filter_map(of));
                let proposals: Vec<Proposal<'_, Value>> = levels.collect();
                Reasoned { attribute, decision: decide(&proposals) }
            })
            .collect();
        let told = Told { product, past: &self.past, groups, had };
        LearntStart { starting_design: told.preselected(&reasoned), reasoned }
    }

    /// What it was learnt from.
    #[must_use]
    pub fn past(&self) -> &PastOrders {
        &self.past
    }

    /// The start for a stated use, with what led to it; nothing where nothing was learnt.
    #[must_use]
    pub fn start(&self, stated_use: Option<&str>) -> Option<&LearntStart> {
        self.starts.get(&stated_use.map(str::to_owned)).or_else(|| self.starts.get(&None))
    }
}

/// These groups, those of a use, and everybody.
fn levels(like: Vec<Group>, stated_use: Option<&str>) -> Vec<Group> {
    let stated = stated_use.map(|code| Group::Use(code.to_owned()));
    like.into_iter().chain(stated).chain([Group::Everybody]).collect()
}

/// What shoppers who ordered did with a default that was chosen for them.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultOutcome {
    /// The attribute.
    pub attribute: AttributeId,
    /// The level that spoke for it.
    pub level: Level,
    /// The default's value.
    pub value: Value,
    /// How many ordered it.
    pub kept: u32,
    /// How many ordered another.
    pub changed: u32,
}

impl Learnt {
    /// The same with what shoppers did with defaults that were chosen for them: each gate is held to its promise by them, too, at
    /// every look ([`Gate::is_closed`]).
    #[must_use]
    pub fn with_outcomes(mut self, product: &Configured, outcomes: &[DefaultOutcome]) -> Self {
        for DefaultOutcome { attribute, level, value, kept, changed } in outcomes {
            if *level == Level::Individual
                && let Some(gate) = self.repeats.gate_mut(*attribute)
            {
                gate.count_all(*kept, *changed);
            }
            // Which segment it was is not kept: what is told of one is told of all.
            let of_level = self.guesses.iter_mut().filter(|(group, _)| group.level() == *level);
            let guesses = of_level.filter_map(|(_, guesses)| guesses.get_mut(attribute));
            for (_, _, gate) in guesses.filter(|guess| guess.0 == *value) {
                gate.count_all(*kept, *changed);
            }
        }
        let stated: Vec<Option<String>> = self.starts.keys().cloned().collect();
        self.starts = self.begin_all(product, stated);
        self
    }
}

impl DefaultPolicy for Learnt {
    fn default_design(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        _: &[PastDesign],
    ) -> StartingDesign {
        let known = self.start(stated_use).map(|start| start.starting_design.clone());
        known
            .filter(|start| product.validate(&start.design).is_empty())
            .unwrap_or_else(|| StartingDesign::standard(product))
    }
}

/// What a level would have: by attribute its value, how sure it is, and the gate.
type Guess = BTreeMap<AttributeId, (Value, f64, Gate)>;
/// The same before it is held to anything.
type Likeliest = BTreeMap<AttributeId, (Value, f64)>;
/// What the shopper's own orders have.
type Had = BTreeMap<AttributeId, OwnValue>;

/// An order to learn from.
#[derive(Clone, Copy)]
struct PastOrder<'p> {
    /// The place of its use.
    stated: Option<usize>,
    design: &'p Design,
    asker: &'p Asker,
}

/// Orders of a product as rows of its model's variables, and what is known of those behind them.
struct Training<'p> {
    product: &'p Configured,
    /// By variable: its attribute.
    attributes: Vec<AttributeId>,
    /// Codes of the product's uses.
    uses: Vec<String>,
    /// Sorted.
    orders: Vec<PastOrder<'p>>,
    /// The same, counted.
    past: &'p PastOrders,
}

impl<'p> Training<'p> {
    fn new(product: &'p Configured, past: &'p [PastDesign], counted: &'p PastOrders) -> Self {
        let uses: Vec<String> =
            product.uses.iter().flat_map(|uses| &uses.answers).map(|answer| answer.code.clone()).collect();
        let mut valid: Vec<_> = past
            .iter()
            .filter(|past| product.validate(&past.design).is_empty())
            .map(|past| {
                let place = uses.iter().position(|code| past.stated_use.as_ref() == Some(code));
                (place, product.write_choices(&past.design.to_choices()), past)
            })
            .collect();
        valid.sort_by(|one, other| (one.0, &one.1, &one.2.asker).cmp(&(other.0, &other.1, &other.2.asker)));
        let mut orders = Vec::new();
        for (stated, _, past) in valid {
            let PastDesign { design, asker, .. } = past;
            orders.extend((0..past.count).map(|_| PastOrder { stated, design, asker }));
        }
        let attributes = product.variables();
        Self { product, attributes, uses, orders, past: counted }
    }

    fn columns(&self, diagram: &Diagram) -> Columns {
        let like = self.past.like().iter().map(|_| 2);
        let sizes: Vec<usize> = diagram.sizes().chain([self.uses.len()]).chain(like).collect();
        Columns::new(&sizes)
    }

    /// The models that these orders speak for. What is known of who asks beyond their use is in them only where that makes what was kept
    /// aside more probable.
    fn chosen(&self, diagram: &Diagram, candidates: &[Candidate], learnt_from: &[usize]) -> Choice {
        let rows: Vec<(Vec<Cell>, u32)> = learnt_from.iter().map(|&order| (self.row(order), 1)).collect();
        let columns = self.columns(diagram);
        let beyond = self.use_column() + 1;
        let optional = (columns.count() > beyond).then_some(beyond);
        let given = (self.use_column()..columns.count()).collect();
        choose(&columns, &rows, candidates, &Trials { given, optional, ..Trials::of(rows.len(), SEED) })
    }

    /// Whether an order is of a group.
    fn is_of(&self, order: usize, group: &Group) -> bool {
        let PastOrder { stated, asker, .. } = &self.orders[order];
        match group {
            Group::Use(code) => stated.is_some_and(|place| self.uses[place] == *code),
            other => other.includes(self.product, asker) == Some(true),
        }
    }

    fn use_column(&self) -> usize {
        self.attributes.len()
    }

    fn is_text(&self, id: AttributeId) -> bool {
        matches!(self.product.initial(id), Value::Text(_))
    }

    /// An order as a row. Texts are personal: nothing is learnt from them.
    fn row(&self, order: usize) -> Vec<Cell> {
        let PastOrder { stated, design, asker } = self.orders[order];
        let mut cells = self.past.spans.cells(self.product, &design.to_choices());
        cells.push(stated.and_then(|place| u16::try_from(place).ok()));
        cells.extend(self.past.cells_of(self.product, asker));
        cells
    }

    /// The orders to learn from and those held out, by lot.
    fn divided(&self) -> (Vec<usize>, Vec<usize>) {
        let mut random = SplitMix64::seed_from_u64(SEED);
        let mut lots: Vec<(u64, usize)> =
            (0..self.orders.len()).map(|order| (random.next_u64(), order)).collect();
        lots.sort_unstable();
        let mut drawn: Vec<usize> = lots.into_iter().map(|(_, order)| order).collect();
        let learnt_from = drawn.split_off(drawn.len() / HELD_OUT);
        (learnt_from, drawn)
    }

    /// The most probable valid design for those of a group, and how sure each attribute of it is.
    fn likeliest(&self, diagram: &Diagram, model: &dyn Model, group: &Group) -> Option<Likeliest> {
        let mut known: Vec<Cell> = vec![None; self.attributes.len()];
        known.push(match group {
            Group::Use(code) => self.past.use_cell(Some(code)),
            _ => None,
        });
        known.extend(self.past.like().iter().map(|like| (like == group).then_some(1)));
        let open: Vec<usize> = (0..self.attributes.len()).collect();
        let chances = model.predict(&known, &open);
        let assignment = self.most_probable(diagram, &chances)?;
        let design = self.product.read_assignment(&assignment);
        let mut sure: BTreeMap<AttributeId, f64> = BTreeMap::new();
        for ((id, value), chances) in self.attributes.iter().zip(&assignment).zip(&chances) {
            *sure.entry(*id).or_insert(1.0) *= chances.get(value.index()).copied().unwrap_or(0.0);
        }
        let open = sure.into_iter().filter(|(id, _)| !self.is_text(*id));
        Some(open.map(|(id, confidence)| (id, (design.value(id).clone(), confidence))).collect())
    }

    /// Of each attribute the value that most of these orders have, and how many of them. Of values as frequent, the standard's
    /// comes first, then the one that comes first among the orders, which are sorted.
    fn most_frequent(&self, orders: impl Iterator<Item = usize>) -> Likeliest {
        let mut orders: Vec<usize> = orders.collect();
        orders.sort_unstable();
        let standard = self.product.standard();
        let of_one = |id: AttributeId| {
            let mut counted: Vec<(&Value, u32)> = vec![(standard.value(id), 0)];
            for &order in &orders {
                let value = self.orders[order].design.value(id);
                match counted.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, count)) => *count = count.saturating_add(1),
                    None => counted.push((value, 1)),
                }
            }
            let most = counted.iter().map(|(_, count)| *count).max().unwrap_or_default();
            let (value, _) = counted.into_iter().find(|(_, count)| *count == most)?;
            let share = f64::from(most) / (orders.len().max(1)) as f64;
            Some((id, (value.clone(), share)))
        };
        let ids = self.product.ids().map(|(id, _)| id);
        ids.filter(|id| !self.is_text(*id)).filter_map(of_one).collect()
    }

    /// What is likeliest with its gates, of the cases that were kept aside.
    fn held_to(&self, promise: Promise, likeliest: Likeliest, cases: &[usize]) -> Guess {
        let of_one = |(id, (value, confidence)): (AttributeId, (Value, f64))| {
            let is_right = |order: usize| *self.orders[order].design.value(id) == value;
            let tried: Vec<HeldOut> =
                cases.iter().map(|&order| HeldOut { confidence, right: is_right(order) }).collect();
            (id, (value, confidence, Gate::calibrate(promise, &tried)))
        };
        likeliest.into_iter().map(of_one).collect()
    }

    /// The valid assignment whose probabilities have the greatest product, and of equals the one nearest to the standard.
    fn most_probable(&self, diagram: &Diagram, chances: &[Vec<f64>]) -> Option<Vec<ValueId>> {
        let standard = self.product.to_chosen(&self.product.standard().to_choices());
        let mut weights = vec![Weight { weight: 0, price: 0 }; diagram.literals()];
        for (at, (chances, id)) in chances.iter().zip(&self.attributes).enumerate() {
            for (value, literal) in diagram.literals_of(VariableId::new(at)).enumerate() {
                let is_standard = standard[at].is_some_and(|own| own.index() == value);
                let probability = match self.is_text(*id) {
                    true => f64::from(u8::from(is_standard)),
                    false => chances.get(value).copied().unwrap_or(0.0),
                };
                let weight = -i64::from(score(probability));
                weights[literal] = Weight { weight, price: i64::from(!is_standard) };
            }
        }
        diagram.lightest(&weights).map(|(_, assignment)| assignment.to_vec())
    }
}

/// What is told of a start: by whose orders.
struct Told<'t> {
    product: &'t Configured,
    past: &'t PastOrders,
    groups: &'t [Group],
    had: &'t Had,
}

impl Told<'_> {
    /// What speaks for what was decided; nothing where too few ordered it to say so.
    fn evidence(&self, one: &Reasoned) -> Option<Evidence> {
        let Decision { speaker, value, confidence, .. } = &one.decision;
        let sure = hundredths(*confidence);
        if *speaker == Speaker::INDIVIDUAL {
            return self.had.get(&one.attribute).map(|own| own.evidence(sure));
        }
        let group = self.groups.iter().find(|group| group.speaker() == *speaker)?;
        let had = (one.attribute, value.as_ref()?);
        let evidence = self.past.told_by(self.product, group, had, None)?;
        Some(Evidence { sure, ..evidence })
    }

    /// The standard with what may be preselected, the surest first; what would move anything else, or what too few ordered to
    /// speak of it, stays the standard's. What is probable otherwise is suggested.
    fn preselected(&self, reasoned: &[Reasoned]) -> StartingDesign {
        let speaks = |one: &&Reasoned| one.decision.verdict == Verdict::Preselect;
        let mut surest: Vec<&Reasoned> = reasoned.iter().filter(speaks).collect();
        surest.sort_by(|one, other| other.decision.confidence.total_cmp(&one.decision.confidence));
        let standard = self.product.standard();
        let (mut taken, mut start) = (Choices::new(), StartingDesign::standard(self.product));
        // Once more: what would have moved something sure may go with it now.
        for one in surest.iter().chain(&surest) {
            if taken.get(one.attribute).is_some() {
                continue;
            }
            let (Some(value), Some(evidence)) = (&one.decision.value, self.evidence(one)) else { continue };
            let with = taken.clone().with(one.attribute, value.clone());
            let Ok(found) = self.product.complete(&with, standard) else { continue };
            let stays = found.iter().all(|(id, value)| {
                with.get(id).is_some_and(|own| own == value) || standard.value(id) == value
            });
            if !stays {
                continue;
            }
            if evidence.level.width() < start.level.width() {
                start.level = evidence.level.clone();
            }
            if let Some(place) = start.evidence.get_mut(one.attribute.index()) {
                *place = evidence;
            }
            (taken, start.design) = (with, found);
        }
        let open = reasoned.iter().filter(|one| taken.get(one.attribute).is_none());
        let suggested = open.filter(|one| one.decision.verdict == Verdict::Suggest).filter_map(|one| {
            let value = one.decision.value.clone()?;
            let is_other = value != Value::Absent && *start.design.value(one.attribute) != value;
            Some((one.attribute, value, self.evidence(one).filter(|_| is_other)?))
        });
        start.suggested = suggested.collect();
        start
    }
}

/// A probability in whole hundredths, never more than it is.
pub(crate) fn hundredths(probability: f64) -> u8 {
    (probability.clamp(0.0, 1.0) * 100.0) as u8
}

#[cfg(test)]
mod tests;
