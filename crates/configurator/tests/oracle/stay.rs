//! Staying near what is shown, against the oracle: random walks on which every click does what its tile told and nothing else,
//! moves the fewest values shown, those to be moved last after all others, and leads to a design that an address brings back.

use configurator::{Choices, Design, State, Value};
use engine::effort::Patience;
use proptest::prelude::*;

use crate::world::{Engine, Judged, Tape, World, config};

fn engines() -> impl Strategy<Value = Engine> {
    prop::sample::select(vec![Engine::Diagram, Engine::Diagram, Engine::Solver(Patience::default())])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_click_does_what_its_tile_told_and_nothing_else(
        numbers in prop::collection::vec(any::<u16>(), 80..400),
        engine in engines(),
    ) {
        let mut tape = Tape::new(&numbers);
        let world = World::new(&mut tape, engine);
        let defaults = world.defaults(&mut tape);
        let mut walk = Walk::begin(&world, &defaults);
        for _ in 0..6 {
            walk.click(&mut tape);
        }
    }

    #[test]
    fn a_way_to_what_is_blocked_stays_near_what_is_shown(
        numbers in prop::collection::vec(any::<u16>(), 80..400),
        engine in engines(),
    ) {
        let mut tape = Tape::new(&numbers);
        let world = World::new(&mut tape, engine);
        let defaults = world.defaults(&mut tape);
        let mut walk = Walk::begin(&world, &defaults);
        for _ in 0..4 {
            walk.click(&mut tape);
            walk.repair(&mut tape);
        }
    }
}

/// A shopper on a page.
struct Walk<'w> {
    world: &'w World,
    defaults: &'w [Value],
    choices: Choices,
    design: Design,
}

impl<'w> Walk<'w> {
    fn begin(world: &'w World, defaults: &'w [Value]) -> Self {
        let choices = Choices::new();
        let design = world.product.complete(&choices, &world.design(defaults)).unwrap();
        Self { world, defaults, choices, design }
    }

    /// Chooses one of the options that are offered, or a number or text that is possible.
    fn click(&mut self, tape: &mut Tape) {
        let (world, defaults) = (self.world, self.world.design(self.defaults));
        let attribute = tape.pick(world.ids.len());
        let id = world.ids[attribute];
        let menu = world.product.menu_of_shown(&self.choices, &defaults).unwrap();
        assert_eq!(menu.design, self.design);
        if *self.design.value(id) == Value::Absent {
            assert!(menu.attributes[attribute].options.is_empty());
            return;
        }
        let offered: Vec<_> = world.product.attribute(id).option_ids().map(|(option, _)| option).collect();
        let told =
            tape.of(&offered).map(|option| (*option, &menu.attributes[attribute].options[option.index()]));
        let value = match (told, self.design.value(id)) {
            (Some((_, entry)), _)
                if !matches!(entry.state, State::Available | State::Chosen | State::Implied) =>
            {
                return;
            }
            (Some((option, _)), Value::Options(set)) => Value::Options(set.toggled(option)),
            (Some((option, _)), _) => Value::Option(option),
            (None, _) => world.value(tape, attribute),
        };
        if world.product.attribute(id).locked {
            return;
        }
        let chosen = self.choices.clone().with(id, value);
        let Ok(taken) = world.product.step(&chosen, &self.design, &defaults) else {
            assert!(told.is_none() && !world.possible_with(None, &chosen, self.defaults));
            return;
        };
        assert_eq!(chosen.iter().collect::<Vec<_>>(), taken.choices.iter().collect::<Vec<_>>());
        if let Some((_, entry)) = told {
            let moved =
                taken.design.iter().filter(|(at, value)| *at != id && self.design.value(*at) != *value);
            let moved: Vec<_> = moved.map(|(at, value)| (at, value.clone())).collect();
            assert_eq!(entry.also, moved, "{:#?}", world.source);
            let (was, is) = (world.product.quote(&self.design), world.product.quote(&taken.design));
            assert_eq!(entry.price_change, Some(is.total.amount - was.total.amount));
            assert_eq!(entry.lead_time_change, i64::from(is.lead_time_days) - i64::from(was.lead_time_days));
        }
        self.stays_near(&taken.choices, &taken.design);
        self.goes_on(taken.choices, taken.design);
    }

    /// Follows a way to an option that is blocked.
    fn repair(&mut self, tape: &mut Tape) {
        let (world, defaults) = (self.world, self.world.design(self.defaults));
        let attribute = tape.pick(world.ids.len());
        let id = world.ids[attribute];
        let value = world.value(tape, attribute);
        if matches!(value, Value::Options(_)) || world.product.attribute(id).locked {
            return;
        }
        let ways = world.product.repairs_of_shown(&self.choices, &defaults, id, &value, 3).unwrap();
        let Some(way) = ways.into_iter().next() else { return };
        let after = world.product.complete(&way.choices, &defaults).unwrap();
        assert_eq!(after.value(id), &value);
        let told = |at, now: &Value| {
            let mut all = way.changes.iter().chain(&way.moves);
            all.any(|(changed, value)| *changed == at && value == now)
        };
        for (at, now) in after.iter().filter(|(at, _)| *at != id) {
            // A choice that is let go may have waited.
            let is_let_go = way.changes.contains(&(at, Value::Absent));
            assert_eq!(told(at, now), is_let_go || self.design.value(at) != now, "{:#?}", world.source);
        }
        let (was, is) = (world.product.quote(&self.design), world.product.quote(&after));
        assert_eq!(way.price_change, is.total.amount - was.total.amount);
        assert_eq!(way.lead_time_change, i64::from(is.lead_time_days) - i64::from(was.lead_time_days));
        // No other valid design gives up less of what was chosen, or as much and moves less of what is shown.
        let in_force = world.in_force(&self.choices.clone().with(id, value.clone()), Some(id));
        let mut start = self.shown(&self.choices);
        let mut there = world.fitted(&start);
        for (other, own) in self.choices.iter() {
            start[other.index()] = own.clone();
            there[other.index()] = in_force.get(other).map_or(Value::Absent, |_| own.clone());
        }
        let cost = |values: &[Value]| {
            let (mut given_up, mut moved) = (0, 0);
            for (at, _) in world.ids.iter().enumerate().filter(|(_, at)| **at != id) {
                match self.choices.get(world.ids[at]) {
                    Some(_) => given_up += world.departure(&values[at], at, &start, &there),
                    None => moved += world.moved(&values[at], at, &start, &there),
                }
            }
            (given_up, moved)
        };
        let wanted = Choices::new().with(id, value);
        let least = world.valid(&wanted, &start).map(|judged| cost(&judged.values)).min();
        assert_eq!(Some(cost(&world.values(&after))), least, "{:#?}", world.source);
        self.goes_on(way.choices, after);
    }

    /// What is shown, as far as it may stay: not a text that nobody chose, where the default is one that somebody typed. For what
    /// doesn't apply it is what that would start with.
    fn shown(&self, choices: &Choices) -> Vec<Value> {
        let usual = |index: usize| {
            let (id, standard) = (self.world.ids[index], &self.world.standard[index]);
            let default = match &self.defaults[index] {
                Value::Absent => standard,
                default => default,
            };
            let is_typed =
                |value: &Value| matches!(value, Value::Text(text) if !text.is_empty()) && value != standard;
            match self.design.value(id) {
                Value::Absent => default.clone(),
                shown if choices.get(id).is_some() => shown.clone(),
                shown if is_typed(default) || is_typed(shown) => default.clone(),
                shown => shown.clone(),
            }
        };
        (0..self.world.ids.len()).map(usual).collect()
    }

    /// That no valid design with the choices has fewer values that are others than shown, and among those none departs less from
    /// the defaults.
    fn stays_near(&self, choices: &Choices, design: &Design) {
        let world = self.world;
        let shown = self.shown(choices);
        let there = world.fitted(&shown);
        let defaults_there = world.fitted(self.defaults);
        let in_force = world.in_force(choices, None);
        let texts = |judged: &&Judged| {
            (0..world.ids.len()).all(|index| match &judged.values[index] {
                Value::Text(text) => {
                    let usual = [&world.standard[index], &self.defaults[index]];
                    let value = &judged.values[index];
                    in_force.get(world.ids[index]).is_some() || text.is_empty() || usual.contains(&value)
                }
                _ => true,
            })
        };
        let is_open = |index: &usize| in_force.get(world.ids[*index]).is_none();
        let departs = |values: &[Value]| -> u64 {
            let is_number = |index: &usize| world.product.attribute(world.ids[*index]).kind.is_number();
            let others = (0..values.len()).filter(is_open).filter(|index| !is_number(index));
            others.map(|index| world.departure(&values[index], index, self.defaults, &defaults_there)).sum()
        };
        let far = |values: &[Value]| -> (u64, u64) {
            let open = (0..values.len()).filter(is_open);
            let moved = open.map(|index| world.moved(&values[index], index, &shown, &there)).sum();
            (moved, if matches!(world.engine, Engine::Diagram) { departs(values) } else { 0 })
        };
        let keeps = |judged: &&Judged| in_force.iter().all(|(id, value)| judged.values[id.index()] == *value);
        let all = world.designs.iter().filter(|judged| judged.valid).filter(keeps).filter(texts);
        let least = all.map(|judged| far(&judged.values)).min();
        assert_eq!(Some(far(&world.values(design))), least, "{:#?}", world.source);
    }

    /// Goes on from a design, which its address brings back; what is kept in that is what a fresh completion has otherwise.
    fn goes_on(&mut self, choices: Choices, design: Design) {
        let (product, defaults) = (&self.world.product, self.world.design(self.defaults));
        assert!(product.validate(&design).is_empty());
        let read = product.read_design(&product.write_choices(&choices));
        assert_eq!(read, choices);
        assert_eq!(product.complete(&read, &defaults).as_ref(), Ok(&design), "{:#?}", self.world.source);
        let fresh = product.complete(&choices.clone().keeping([]), &defaults).unwrap();
        let departs =
            design.iter().filter(|(id, value)| **value != Value::Absent && fresh.value(*id) != *value);
        assert_eq!(choices.kept().collect::<Vec<_>>(), departs.collect::<Vec<_>>());
        (self.choices, self.design) = (choices, design);
    }
}
