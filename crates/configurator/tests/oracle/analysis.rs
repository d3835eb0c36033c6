//! What is said of rules, against the oracle: products with rules that their standard may break, that say the same twice, or that
//! leave no design at all.

use std::collections::BTreeSet;

use configurator::analysis::{Fault, Matter, Pairs, RuleSet};
use configurator::source::RuleSource;
use configurator::{AttributeId, Configured, OptionId, Product, RuleId, Value};
use engine::cnf;
use engine::effort::Patience;
use proptest::prelude::*;

use crate::judge::Formula;
use crate::world::{Engine, Judged, Tape, World, config, formula};

fn engines() -> impl Strategy<Value = Engine> {
    prop::sample::select(vec![Engine::Diagram, Engine::Solver(Patience::default())])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_said_at_once_is_so_of_all_designs(
        numbers in prop::collection::vec(any::<u16>(), 60..400),
        engine in engines(),
    ) {
        let draft = Draft::new(&mut Tape::new(&numbers), engine);
        draft.overview();
    }

    #[test]
    fn a_rule_matters_exactly_where_it_alone_forbids_a_design(
        numbers in prop::collection::vec(any::<u16>(), 60..400),
        engine in engines(),
    ) {
        let draft = Draft::new(&mut Tape::new(&numbers), engine);
        draft.rules();
    }

    #[test]
    fn the_fewest_rules_are_behind_what_can_not_be(
        numbers in prop::collection::vec(any::<u16>(), 60..400),
        engine in engines(),
    ) {
        let draft = Draft::new(&mut Tape::new(&numbers), engine);
        draft.faults();
    }

    #[test]
    fn an_attribute_follows_from_the_fewest_others(numbers in prop::collection::vec(any::<u16>(), 60..400)) {
        let draft = Draft::new(&mut Tape::new(&numbers), Engine::Diagram);
        draft.follows();
    }

    #[test]
    fn no_valid_design_is_nearer(
        numbers in prop::collection::vec(any::<u16>(), 60..400),
        engine in engines(),
    ) {
        let mut tape = Tape::new(&numbers);
        let draft = Draft::new(&mut tape, engine);
        draft.nearest(&mut tape);
    }
}

/// A product that need not be one to sell.
struct Draft {
    world: World,
    product: Configured,
    /// How many rules there are.
    rules: usize,
    /// The designs that can be put together at all, each with what it breaks as bits: the rules, then the budget.
    formed: Vec<(Judged, u32)>,
}

impl Draft {
    fn new(tape: &mut Tape, engine: Engine) -> Self {
        let world = World::new(tape, engine);
        let mut source = world.source.clone();
        let mut rules = world.rules.clone();
        for _ in 0..tape.pick(4) {
            let again = rules.get(tape.pick(8)).cloned();
            let new: Formula = match again {
                Some(again) => again,
                None => formula(tape, &source.attributes, &world.standard, 2),
            };
            source.rules.push(RuleSource {
                code: format!("r{}", rules.len()),
                rule: new.text(),
                sentence: format!("Rule {} says so.", rules.len()),
            });
            rules.push(new);
        }
        let product = Product::to_look_into(&source).unwrap();
        let product = match engine {
            Engine::Diagram => Configured::to_look_into(product, None).unwrap(),
            Engine::Solver(patience) => {
                Configured::solved(product, &cnf::Limits::default(), patience).unwrap()
            }
        };
        let ceiling = world.ceiling();
        let formed = world.designs.iter().filter(|judged| judged.formed).map(|judged| {
            let breaks = |rule: &Formula| !rule.holds(&source.attributes, &judged.values);
            let mut broken = 0;
            for (index, rule) in rules.iter().enumerate() {
                broken |= u32::from(breaks(rule)) << index;
            }
            broken |= u32::from(judged.points > ceiling) << rules.len();
            let own = Judged { values: judged.values.clone(), broken: judged.broken.clone(), ..*judged };
            (own, broken)
        });
        let formed = formed.collect();
        let rules = rules.len();
        Self { world, product, rules, formed }
    }

    fn valid(&self) -> impl Iterator<Item = &Judged> {
        self.formed.iter().filter(|(_, broken)| *broken == 0).map(|(judged, _)| judged)
    }

    fn rule_set(&self) -> RuleSet {
        RuleSet::new(self.product.product()).unwrap()
    }

    /// Options on the menu that no valid design has.
    fn dead(&self) -> Vec<(AttributeId, OptionId)> {
        let mut dead = Vec::new();
        for (id, attribute) in self.product.ids().filter(|(_, attribute)| !attribute.locked) {
            for (option, _) in attribute.option_ids().filter(|(_, option)| option.available) {
                if !self.valid().any(|judged| judged.values[id.index()].includes(option)) {
                    dead.push((id, option));
                }
            }
        }
        dead
    }

    fn overview(&self) {
        let found = self.product.overview();
        let source = &self.product;
        let valid: Vec<&Judged> = self.valid().collect();
        assert_eq!(found.has_designs, Some(!valid.is_empty()), "{source:#?}");
        if let Some(designs) = found.designs {
            assert_eq!(designs, valid.len() as u128);
        }
        let totals = || valid.iter().map(|judged| self.world.total(&judged.values));
        match (found.prices, totals().min().zip(totals().max())) {
            (None, None) => {}
            (Some(prices), Some(range)) if prices.is_exact => assert_eq!((prices.low, prices.high), range),
            (Some(prices), Some((low, high))) => assert!(prices.low <= low && prices.high >= high),
            other => panic!("{other:?}"),
        }
        if valid.is_empty() {
            assert!(found.dead.is_empty() && found.fixed.is_empty());
            return;
        }
        assert_eq!(found.dead, self.dead());
        let mut fixed = Vec::new();
        for (id, _) in self.product.ids().filter(|(_, attribute)| !attribute.locked) {
            let values: BTreeSet<String> =
                valid.iter().map(|judged| format!("{:?}", judged.values[id.index()])).collect();
            let value = &valid[0].values[id.index()];
            let is_typed =
                matches!(value, Value::Text(text) if !text.is_empty() && value != self.product.initial(id));
            if values.len() == 1 && !is_typed {
                fixed.push((id, value.clone()));
            }
        }
        assert_eq!(found.fixed, fixed, "{source:#?}");
    }

    /// The smallest number of constraints of which each of some designs breaks one, and whether the budget is needed for that;
    /// `None` where some design breaks none of these.
    fn fewest(&self, designs: &[u32], among: u32) -> Option<(u32, bool)> {
        let designs: BTreeSet<u32> = designs.iter().map(|broken| broken & among).collect();
        let does = |set: u32| designs.iter().all(|broken| broken & set != 0);
        let budget = 1 << self.rules;
        let sets = (0..=among).filter(|set| set & !among == 0 && does(*set));
        let least = sets.map(|set| (set.count_ones(), set & budget != 0)).min()?;
        Some(least)
    }

    /// That these are the fewest constraints of which each of some designs breaks one.
    fn is_smallest(&self, fault: &Fault, designs: &[u32], among: u32) {
        let mut set = fault.rules.iter().fold(0_u32, |set, rule| set | 1 << rule.index());
        set |= u32::from(fault.budget) << self.rules;
        assert_eq!(set & !among, 0, "{fault:?}");
        assert!(designs.iter().all(|broken| broken & set != 0), "{fault:?} is not enough");
        let fewest = self.fewest(designs, among);
        assert_eq!(
            Some((set.count_ones(), fault.budget)),
            fewest,
            "{fault:?}\n{:#?}",
            self.product.product()
        );
        assert!(fault.is_smallest);
    }

    fn everything(&self) -> u32 {
        (1 << (self.rules + 1)) - 1
    }

    fn rules(&self) {
        let rules = self.rule_set();
        assert_eq!(rules.ids().count(), self.rules);
        let reference = self.world.values(self.product.standard());
        let departure = |values: &[Value]| -> u64 {
            let of = |index| self.world.departure(&values[index], index, &reference, &reference);
            (0..values.len()).map(of).sum()
        };
        for (index, rule) in rules.ids().enumerate() {
            let own = 1 << index;
            let forbidden: Vec<&Judged> =
                self.formed.iter().filter(|(_, broken)| *broken == own).map(|(judged, _)| judged).collect();
            match rules.matter(rule) {
                Matter::Matters(witness) => {
                    let witness = witness.expect("small products have one");
                    let violations = self.product.validate(&witness.design);
                    let broken: Vec<Option<RuleId>> = violations.iter().map(|found| found.rule).collect();
                    assert_eq!(broken, [Some(rule)], "{witness:?}\n{:#?}", self.product.product());
                    let least = forbidden.iter().map(|judged| departure(&judged.values)).min();
                    assert_eq!(Some(witness.changes), least, "{witness:?}\n{:#?}", self.product.product());
                    assert!(witness.is_nearest);
                }
                Matter::Never(fault) => {
                    assert!(forbidden.is_empty(), "{index} {:#?}", self.product.product());
                    let broken: Vec<u32> = self
                        .formed
                        .iter()
                        .map(|(_, broken)| *broken)
                        .filter(|broken| broken & own != 0)
                        .collect();
                    self.is_smallest(&fault, &broken, self.everything() & !own);
                }
                Matter::Undecided => panic!("undecided"),
            }
        }
    }

    fn faults(&self) {
        let rules = self.rule_set();
        let all: Vec<u32> = self.formed.iter().map(|(_, broken)| *broken).collect();
        let found = rules.behind_no_design().unwrap();
        assert_eq!(found.is_none(), self.valid().next().is_some());
        if let Some(fault) = found {
            self.is_smallest(&fault, &all, self.everything());
        }
        for (id, option) in self.dead() {
            let with = self.formed.iter().filter(|(judged, _)| judged.values[id.index()].includes(option));
            let with: Vec<u32> = with.map(|(_, broken)| *broken).collect();
            let fault = rules.behind_dead(id, option).unwrap().expect("it is dead");
            self.is_smallest(&fault, &with, self.everything());
        }
        for (id, attribute) in self.product.ids().filter(|(_, attribute)| !attribute.locked) {
            for (option, _) in attribute.option_ids().filter(|(_, option)| option.available) {
                let is_alive = self.valid().any(|judged| judged.values[id.index()].includes(option));
                assert_eq!(rules.behind_dead(id, option).unwrap().is_none(), is_alive);
            }
        }
    }

    fn follows(&self) {
        // Pairs of designs: few are enough to tell.
        let valid: Vec<&Judged> = self.valid().collect();
        let valid = &valid[..];
        if valid.len() > 150 {
            return;
        }
        let pairs = Pairs::new(self.product.product()).unwrap();
        let candidates: Vec<AttributeId> = pairs.candidates().collect();
        let may_follow = self.product.ids().filter(|(_, own)| !own.locked && !own.kind.is_text());
        for (id, _) in may_follow {
            let own = id.index();
            let mut apart = BTreeSet::new();
            for (place, one) in valid.iter().enumerate() {
                for other in &valid[place..] {
                    let differ = |index: &usize| one.values[*index] != other.values[*index];
                    if differ(&own) {
                        let others = (0..one.values.len()).filter(|index| *index != own && differ(index));
                        apart.insert(others.fold(0_u32, |set, index| set | 1 << index));
                    }
                }
            }
            let among = (0..self.world.ids.len()).filter(|index| *index != own);
            let among = among.fold(0_u32, |set, index| set | 1 << index);
            let sets = (0..=among).filter(|set| set & !among == 0);
            let fewest = sets.filter(|set| apart.iter().all(|apart| apart & set != 0));
            let fewest = fewest.map(u32::count_ones).min();
            if !candidates.contains(&id) {
                assert!(matches!(fewest, None | Some(0)), "{id:?}\n{:#?}", self.product.product());
                continue;
            }
            let found = pairs.follows(id).unwrap();
            assert_eq!(found.as_ref().map(|found| found.from.len() as u32), fewest, "{found:?}");
            if let Some(found) = found {
                let set = found.from.iter().fold(0_u32, |set, id| set | 1 << id.index());
                assert!(apart.iter().all(|apart| apart & set != 0));
                assert!(found.is_smallest);
            }
        }
    }

    fn nearest(&self, tape: &mut Tape) {
        let Some(from) = tape.of(&self.world.designs) else { return };
        let reference = &from.values;
        let departure = |values: &[Value]| -> u64 {
            let of = |index| self.world.moved(&values[index], index, reference, reference);
            (0..values.len()).map(of).sum()
        };
        // Nobody types a text for somebody else.
        let is_typed = |value: &Value, index: usize| matches!(value, Value::Text(text) if !text.is_empty() && *value != self.world.standard[index]);
        let usual = |index: usize| match &reference[index] {
            Value::Absent => &self.world.standard[index],
            value => value,
        };
        let may_be = |judged: &&Judged| {
            let own = judged.values.iter().enumerate();
            own.into_iter().all(|(index, value)| !is_typed(value, index) || usual(index) == value)
        };
        let least = self.valid().filter(may_be).map(|judged| departure(&judged.values)).min();
        let found = self.product.nearest_valid(&self.world.design(reference)).unwrap();
        if let Some(found) = &found {
            assert!(self.product.validate(&found.design).is_empty());
            assert!(found.is_proven);
        }
        let own = found.map(|found| departure(&self.world.values(&found.design)));
        assert_eq!(own, least, "{reference:?}\n{:#?}", self.product.product());
    }
}
