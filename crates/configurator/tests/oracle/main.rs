//! The configurator against an oracle that tries every design: random small products, random choices, random defaults.
//!
//! `PROPTEST_CASES=20000 cargo test -p configurator --test oracle` looks longer, `ORACLE_SEED=7` at other products.

#[cfg(test)]
mod analysis;
#[cfg(test)]
mod judge;
#[cfg(feature = "file")]
#[cfg(test)]
mod rename;
#[cfg(feature = "file")]
#[cfg(test)]
mod reorder;
#[cfg(feature = "file")]
#[cfg(test)]
mod said;
#[cfg(test)]
mod sold_out;
#[cfg(test)]
mod stay;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod world;

#[cfg(test)]
mod tests {
    use configurator::needs::{Needs, Why};
    use configurator::source::BenefitSource;
    use configurator::{
        AttributeId, AttributeMenu, Choices, Configured, Design, Kind, Line, Menu, NoCompletion, OptionSet,
        Origin, Product, Reason, Repair, RuleId, ServedBy, State, Value,
    };
    use engine::compile::Limits;
    use engine::effort::Patience;
    use engine::model::{Model, ValueId, VariableId};
    use engine::pass::{Pass, Totals};
    use proptest::prelude::*;

    use crate::judge::{Formula, attribute_code, option_code};
    use crate::world::{Engine, Judged, TYPED, Tape, World, config};

    fn tape() -> impl Strategy<Value = Vec<u16>> {
        prop::collection::vec(any::<u16>(), 60..400)
    }

    fn engines() -> impl Strategy<Value = Engine> {
        let solver = |steps| Engine::Solver(Patience { steps, ..Patience::default() });
        prop::sample::select(vec![Engine::Diagram, solver(0), solver(3), solver(1_000)])
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn a_design_is_valid_exactly_when_the_oracle_says_so(numbers in tape()) {
            validity(&World::new(&mut Tape::new(&numbers), Engine::Diagram));
        }

        #[test]
        fn the_price_is_the_sum_the_oracle_makes(numbers in tape()) {
            quotes(&World::new(&mut Tape::new(&numbers), Engine::Diagram));
        }

        #[test]
        fn a_completion_keeps_the_choices_and_departs_least_from_the_defaults(numbers in tape(), engine in engines()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, engine);
            completions(&world, &mut tape);
        }

        #[test]
        fn a_menu_offers_exactly_what_is_possible(numbers in tape(), engine in engines()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, engine);
            menus(&world, &mut tape);
        }

        #[test]
        fn a_reason_is_a_minimal_conflict(numbers in tape(), engine in engines()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, engine);
            reasons(&world, &mut tape);
        }

        #[test]
        fn a_repair_changes_least(numbers in tape(), engine in engines()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, engine);
            repairs(&world, &mut tape);
        }

        /// Without the patience for any proof, or for more than a short one.
        #[test]
        fn an_impatient_solver_keeps_the_choices_and_what_goes_of_the_defaults(
            numbers in tape(),
            proving in prop::sample::select(vec![0, 100, 1_000, 10_000]),
        ) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, Engine::Solver(Patience { steps: 0, proving, ..Patience::default() }));
            impatient(&world, &mut tape);
        }

        /// With hardly any effort to find out what is possible.
        #[test]
        fn what_a_hurried_solver_says_is_so(
            numbers in tape(),
            menu in prop::sample::select(vec![0, 100, 1_000, 10_000]),
            finding in prop::sample::select(vec![0, 100, 1_000]),
        ) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, Engine::Solver(Patience { steps: 0, finding, proving: 1_000, menu }));
            hurried(&world, &mut tape);
        }

        #[test]
        fn dead_options_are_those_that_no_design_has(numbers in tape(), engine in engines()) {
            dead_options(&World::new(&mut Tape::new(&numbers), engine));
        }

        #[test]
        fn figures_of_a_product_are_those_of_all_its_designs(numbers in tape()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, Engine::Diagram);
            figures(&world, &mut tape);
        }

        #[test]
        fn no_design_costs_less_or_more_than_what_is_told_of_what_is_open(numbers in tape(), engine in engines()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, engine);
            open_prices(&world, &mut tape);
        }

        #[test]
        fn what_suits_best_is_the_best_of_all_designs(numbers in tape()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, Engine::Diagram);
            advice(&world, &mut tape);
        }

        #[test]
        fn choosing_frees_nothing_and_undoing_restores_everything(numbers in tape(), engine in engines()) {
            let mut tape = Tape::new(&numbers);
            let world = World::new(&mut tape, engine);
            laws(&world, &mut tape);
        }
    }

    /// About 150 designs, spread over all of them.
    fn sample(world: &World) -> impl Iterator<Item = &Judged> {
        world.designs.iter().step_by(world.designs.len() / 150 + 1)
    }

    fn validity(world: &World) {
        for judged in sample(world) {
            let violations = world.product.validate(&world.design(&judged.values));
            let broken: Vec<usize> =
                violations.iter().filter_map(|violation| violation.rule).map(RuleId::index).collect();
            assert_eq!(violations.is_empty(), judged.valid, "{violations:?}\n{:#?}", world.source);
            assert_eq!(broken, judged.broken);
            let sentences = violations.iter().filter(|violation| violation.rule.is_some());
            for (violation, rule) in sentences.zip(&judged.broken) {
                assert_eq!(violation.sentence, world.source.rules[*rule].sentence);
            }
        }
    }

    fn quotes(world: &World) {
        for judged in sample(world) {
            let quote = world.product.quote(&world.design(&judged.values));
            assert_eq!(quote.total.amount, world.total(&judged.values), "{quote:?}");
            let lines = |line: &Line| line.amount.amount;
            assert_eq!(quote.lines.iter().map(lines).sum::<i64>(), quote.total.amount);
            assert!(quote.lines[1..].iter().all(|line| line.amount.amount != 0), "empty lines are left out");
            assert_eq!(u64::from(quote.points), world.points(&judged.values));
            let chosen = || {
                let rows = world.source.attributes.iter().zip(&judged.values);
                rows.flat_map(|(attribute, value)| crate::judge::chosen(attribute, value))
            };
            assert_eq!(quote.weight, chosen().map(|option| option.weight).sum::<i64>());
            assert_eq!(
                quote.lead_time_days,
                world.source.lead_time_days + chosen().map(|option| option.lead_time_days).sum::<u32>()
            );
        }
    }

    /// How far a completion of choices in force is from the defaults.
    fn distance(world: &World, values: &[Value], choices: &Choices, defaults: &[Value]) -> u64 {
        let there = world.fitted(defaults);
        let open = (0..values.len()).filter(|&index| choices.get(world.ids[index]).is_none());
        open.map(|index| world.moved(&values[index], index, defaults, &there)).sum()
    }

    fn completions(world: &World, tape: &mut Tape) {
        for _ in 0..4 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let in_force = world.in_force(&choices, None);
            let distance = |values: &[Value]| distance(world, values, &in_force, &defaults);
            let least = world.valid(&in_force, &defaults).map(|judged| distance(&judged.values)).min();
            match (world.product.complete(&choices, &world.design(&defaults)), least) {
                (Ok(design), Some(least)) => {
                    let values = world.values(&design);
                    assert!(in_force.iter().all(|(id, value)| design.value(id) == value));
                    assert!(world.product.validate(&design).is_empty());
                    assert!(world.designs.iter().any(|judged| judged.valid && judged.values == values));
                    assert_eq!(distance(&values), least, "{values:?} {choices:?}\n{:#?}", world.source);
                }
                (Err(NoCompletion::Conflict(reason)), None) => {
                    conflict(world, &in_force, None, &reason, &defaults);
                }
                (outcome, least) => panic!("{outcome:?}, but {least:?}\n{:#?}", world.source),
            }
        }
    }

    fn menus(world: &World, tape: &mut Tape) {
        for _ in 0..2 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let design = world.design(&defaults);
            let Ok(menu) = world.product.menu(&choices, &design) else {
                assert!(!world.possible_with(None, &choices, &defaults));
                continue;
            };
            assert_eq!(Ok(&menu.design), world.product.complete(&choices, &design).as_ref());
            let served_by = match world.engine {
                Engine::Diagram => ServedBy::Diagram,
                Engine::Solver(_) => ServedBy::Solver,
            };
            assert!(menu.is_nearest && menu.served_by == served_by);
            assert_eq!(menu.quote, world.product.quote(&menu.design));
            for (attribute, entry) in menu.attributes.iter().enumerate() {
                let others = choices.clone().without(world.ids[attribute]);
                let now = menu.design.value(world.ids[attribute]);
                assert_eq!(entry.source == Origin::Absent, *now == Value::Absent);
                if *now == Value::Absent {
                    assert!(entry.options.is_empty() && entry.range.is_none() && entry.blocked.is_none());
                    continue;
                }
                options(world, attribute, entry, now, &others, &defaults, menu.quote.total.amount);
                origin(world, attribute, entry, now, &choices, &defaults);
            }
        }
    }

    /// Options, ranges and texts of one attribute on a menu.
    fn options(
        world: &World,
        attribute: usize,
        entry: &AttributeMenu,
        now: &Value,
        others: &Choices,
        defaults: &[Value],
        total: i64,
    ) {
        let id = world.ids[attribute];
        let bounded = |value: &Value| {
            world.designs.iter().any(|judged| judged.bounded && &judged.values[attribute] == value)
        };
        for ((option, _), offered) in world.product.attribute(id).option_ids().zip(&entry.options) {
            assert_eq!(offered.selected, now.includes(option));
            let wanted = match now {
                Value::Options(set) => Value::Options(set.toggled(option)),
                _ => Value::Option(option),
            };
            let with = others.clone().with(id, wanted.clone());
            let possible = bounded(&wanted) && world.possible_with(Some(id), &with, defaults);
            match &offered.state {
                State::Blocked(reason) => {
                    assert!(!possible, "{wanted:?} is blocked: {reason:?}\n{:#?}", world.source);
                    assert_eq!(offered.price_change, None);
                    assert!(!reason.sentence.is_empty());
                    if bounded(&wanted) {
                        conflict(world, &world.in_force(&with, Some(id)), Some(attribute), reason, defaults);
                    }
                }
                _ => {
                    assert!(possible, "{wanted:?} is offered\n{:#?}", world.source);
                    let completed = world.product.complete(&with, &world.design(defaults)).unwrap();
                    assert_eq!(offered.price_change, Some(world.total(&world.values(&completed)) - total));
                    if offered.selected && matches!(now, Value::Option(_)) {
                        assert_eq!(offered.price_change, Some(0), "what is selected costs nothing more");
                    }
                }
            }
        }
        let left = world.left(attribute, others, defaults);
        let numbers = left.iter().filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        });
        let numbers: Vec<i64> = numbers.collect();
        assert_eq!(entry.range, numbers.iter().min().copied().zip(numbers.iter().max().copied()));
        if let Value::Text(text) = now {
            let possible = can_be_filled(world, attribute, others, defaults);
            assert_eq!(entry.blocked.is_none(), possible || !text.is_empty(), "{:#?}", world.source);
        }
    }

    /// Whether some text can stand beside the choices for other attributes.
    fn can_be_filled(world: &World, attribute: usize, others: &Choices, defaults: &[Value]) -> bool {
        let typed = [Value::Text(TYPED.to_owned()), world.standard[attribute].clone()];
        let filled = typed.into_iter().filter(|text| *text != Value::Text(String::new()));
        let id = world.ids[attribute];
        let mut with = filled.map(|text| others.clone().with(id, text));
        with.any(|with| world.possible_with(Some(id), &with, defaults))
    }

    /// Where the value of one attribute comes from, and the states that follow from that.
    fn origin(
        world: &World,
        attribute: usize,
        entry: &AttributeMenu,
        now: &Value,
        choices: &Choices,
        defaults: &[Value],
    ) {
        let id = world.ids[attribute];
        let others = choices.clone().without(id);
        let left = world.left(attribute, &others, defaults);
        // Of a set that decides what is in force only neighbours are looked at.
        if matches!(now, Value::Options(_)) && world.decides(attribute, choices) {
            return;
        }
        let fixed = match now {
            Value::Text(text) => text.is_empty() && entry.blocked.is_some(),
            _ => left.len() == 1,
        };
        let locked = world.source.attributes[attribute].locked;
        let expected = match () {
            () if locked => Origin::Implied,
            () if world.in_force(choices, None).get(id).is_some() => Origin::Chosen,
            () if fixed => Origin::Implied,
            () if now == &defaults[attribute] => Origin::Default,
            () if defaults[attribute] == Value::Absent && now == &world.standard[attribute] => {
                Origin::Default
            }
            () => Origin::Adjusted,
        };
        assert_eq!(entry.source, expected, "{attribute}: {now:?} of {left:?}\n{:#?}", world.source);
        for offered in entry.options.iter().filter(|offered| !matches!(offered.state, State::Blocked(_))) {
            let expected = match entry.source {
                Origin::Chosen if offered.selected => State::Chosen,
                Origin::Implied if offered.selected => State::Implied,
                _ => State::Available,
            };
            assert_eq!(offered.state, expected);
        }
    }

    /// The choices that a reason names, with the wanted one, and the reference they stand on: what was typed may stay where its
    /// choice is left out.
    fn stripped(
        world: &World,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reason: &Reason,
        reference: &[Value],
    ) -> (Choices, Vec<Value>) {
        assert!(reason.choices.iter().all(|id| choices.get(*id).is_some() && Some(*id) != wanted));
        let kept = choices
            .iter()
            .filter(|(id, _)| Some(*id) == wanted || reason.choices.contains(id))
            .fold(Choices::new(), |kept, (id, value)| kept.with(id, value.clone()));
        let typed = |(id, now): (&AttributeId, &Value)| match choices.get(*id) {
            Some(value @ Value::Text(text)) if !text.is_empty() => value.clone(),
            _ => now.clone(),
        };
        (kept, world.ids.iter().zip(reference).map(typed).collect())
    }

    /// That a reason names a conflict, and one from which nothing can be left out. `wanted` is the value that cannot be
    /// had; the rest of the choices are the shopper's.
    fn conflict(
        world: &World,
        choices: &Choices,
        wanted: Option<usize>,
        reason: &Reason,
        reference: &[Value],
    ) {
        let wanted = wanted.map(|attribute| world.ids[attribute]);
        let (kept, reference) = stripped(world, choices, wanted, reason, reference);
        let reference = &reference[..];
        let rules: Vec<usize> = reason.rules.iter().map(|rule| rule.index()).collect();
        let every: Vec<usize> = (0..world.source.rules.len()).collect();
        let possible = |choices: &Choices, rules: &[usize], budget: bool| {
            world.designs.iter().any(|judged| {
                judged.formed
                    && world.keeps(judged, choices, reference)
                    && !judged.broken.iter().any(|rule| rules.contains(rule))
                    && (!budget || judged.points <= world.ceiling())
            })
        };
        assert!(!possible(&kept, &rules, true), "no conflict: {reason:?}\n{:#?}", world.source);
        for &choice in &reason.choices {
            let fewer = kept.clone().without(choice);
            assert!(
                possible(&fewer, &every, true),
                "{choice:?} is superfluous in {reason:?}\n{:#?}",
                world.source
            );
        }
        obstacles(world, &kept, wanted, reason, reference);
        let budget = possible(&kept, &rules, false);
        for rule in &rules {
            let fewer: Vec<usize> = rules.iter().copied().filter(|other| other != rule).collect();
            assert!(
                possible(&kept, &fewer, budget),
                "rule {rule} is superfluous in {reason:?}\n{:#?}",
                world.source
            );
            assert!(reason.sentence.contains(&world.source.rules[*rule].sentence));
        }
        assert_eq!(budget, reason.sentence.contains("customisation"), "{reason:?}");
        assert!(!reason.sentence.is_empty());
    }

    /// That the amount by which choices miss a rule is the least there is.
    fn misses(world: &World, all: &Choices, reason: &Reason) {
        for rule in &reason.rules {
            let Some(miss) = world.product.miss(*rule, all) else { continue };
            let formed = || world.designs.iter().filter(|judged| judged.formed);
            let kept = |judged: &&Judged| {
                let own = world.ids.iter().zip(&judged.values);
                own.into_iter().all(|(id, own)| all.get(*id).is_none_or(|value| value == own))
            };
            let least = |formula: &Formula| {
                let missed = |judged: &Judged| formula.missed(&world.source.attributes, &judged.values);
                formed().filter(kept).filter_map(missed).min()
            };
            // Choices that an attribute never has are told as that.
            if !formed().any(|judged| kept(&judged)) {
                continue;
            }
            let found: Vec<_> = world.rules[rule.index()].compared().into_iter().map(least).collect();
            let told = if miss.is_too_much { miss.amount } else { -miss.amount };
            let is_least = |found: &(i64, bool)| found.0 == miss.amount && found.1 == miss.is_too_much;
            assert!(found.iter().flatten().any(is_least), "{told} of {found:?}\n{:#?}", world.source);
        }
    }

    /// That of a multi-choice in a conflict exactly those options are named which could go, or one that is missing.
    fn obstacles(
        world: &World,
        kept: &Choices,
        wanted: Option<AttributeId>,
        reason: &Reason,
        reference: &[Value],
    ) {
        for obstacle in
            reason.obstacles.iter().filter(|obstacle| reason.choices.contains(&obstacle.attribute))
        {
            let value = kept.get(obstacle.attribute).unwrap();
            let (Value::Options(set), Value::Options(named)) = (value, &obstacle.value) else {
                assert_eq!(value, &obstacle.value);
                assert_eq!(obstacle.missing, *value == Value::Text(String::new()));
                continue;
            };
            let helps = |option| {
                let toggled = Value::Options(set.toggled(option));
                world.possible_with(wanted, &kept.clone().with(obstacle.attribute, toggled), reference)
            };
            let options =
                || world.product.attribute(obstacle.attribute).option_ids().map(|(option, _)| option);
            let in_the_way: OptionSet =
                options().filter(|option| set.contains(*option) && helps(*option)).collect();
            if obstacle.missing {
                assert!(in_the_way.is_empty());
                assert_eq!(named.len(), 1);
                assert!(named.iter().all(|option| !set.contains(option) && helps(option)));
            } else if in_the_way.is_empty() {
                // It takes more than one: some that are impossible by themselves.
                assert!(!options().any(helps), "{obstacle:?} in {reason:?}");
                assert!(named.iter().all(|option| set.contains(option)));
                let only = kept.clone().with(obstacle.attribute, obstacle.value.clone());
                assert!(!world.possible_with(wanted, &only, reference));
            } else {
                assert_eq!(
                    *named, in_the_way,
                    "{obstacle:?} in {reason:?} with {kept:?}\n{:#?}",
                    world.source
                );
            }
        }
        let choices = reason.choices.iter();
        assert!(choices.into_iter().all(|id| reason.obstacles.iter().any(|other| other.attribute == *id)));
    }

    fn reasons(world: &World, tape: &mut Tape) {
        for _ in 0..6 {
            let choices = world.choices(tape);
            let attribute = tape.pick(world.ids.len());
            let value = world.value(tape, attribute);
            let wanted = choices.clone().with(world.ids[attribute], value.clone());
            let possible = world.possible_with(Some(world.ids[attribute]), &wanted, &world.standard);
            let wanted = world.in_force(&wanted, Some(world.ids[attribute]));
            match world.product.explain_blocked(&choices, world.ids[attribute], &value).unwrap() {
                None => assert!(possible),
                Some(reason) => {
                    assert!(!possible);
                    conflict(world, &wanted, Some(attribute), &reason, &world.standard);
                    misses(world, &wanted, &reason);
                    let causes =
                        world.product.causes(&choices, world.ids[attribute], &value).unwrap().unwrap();
                    assert!(
                        causes.causes.len() >= reason.rules.len() && !causes.causes.is_empty()
                            || !causes.obstacles.is_empty()
                    );
                }
            }
        }
    }

    /// That what is said is so; it may be left open.
    fn hurried(world: &World, tape: &mut Tape) {
        for _ in 0..4 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let menu = match world.product.menu(&choices, &world.design(&defaults)) {
                Ok(menu) => menu,
                Err(NoCompletion::Conflict(reason)) => {
                    assert!(!world.possible_with(None, &choices, &defaults) && !reason.sentence.is_empty());
                    continue;
                }
                Err(NoCompletion::TooComplex(_)) => continue,
            };
            let values = world.values(&menu.design);
            let in_force = world.in_force(&choices, None);
            assert!(world.valid(&in_force, &defaults).any(|judged| judged.values == values));
            for (attribute, entry) in menu.attributes.iter().enumerate() {
                let id = world.ids[attribute];
                let (now, others) = (menu.design.value(id), choices.clone().without(id));
                if *now == Value::Absent {
                    continue;
                }
                for ((option, _), offered) in world.product.attribute(id).option_ids().zip(&entry.options) {
                    let wanted = match now {
                        Value::Options(set) => Value::Options(set.toggled(option)),
                        _ => Value::Option(option),
                    };
                    let with = others.clone().with(id, wanted.clone());
                    let possible = world.possible_with(Some(id), &with, &defaults);
                    match &offered.state {
                        State::Undecided => assert_eq!(offered.price_change, None),
                        State::Blocked(reason) => {
                            assert!(!possible && offered.price_change.is_none(), "{wanted:?} is blocked");
                            assert!(!reason.sentence.is_empty());
                            let all = world.in_force(&with, Some(id));
                            let (kept, reference) = stripped(world, &all, Some(id), reason, &defaults);
                            assert!(!world.possible(&kept, &reference), "{reason:?}\n{:#?}", world.source);
                        }
                        state => {
                            assert!(possible, "{wanted:?} is {state:?}\n{:#?}", world.source);
                            let clicked = world.product.complete(&with, &world.design(&defaults));
                            if let (Some(change), Ok(clicked)) = (offered.price_change, clicked) {
                                let total = world.total(&world.values(&clicked));
                                assert_eq!(change, total - menu.quote.total.amount);
                            }
                        }
                    }
                    if offered.selected && matches!(now, Value::Option(_)) {
                        assert!(offered.state.is_offered(), "the design has it: {offered:?}");
                    }
                }
                let fixed = || {
                    matches!(now, Value::Options(_)) && world.decides(attribute, &choices)
                        || world.left(attribute, &others, &defaults).iter().all(|value| value == now)
                };
                let is_fixed = || match now {
                    Value::Text(_) => !can_be_filled(world, attribute, &others, &defaults),
                    _ => fixed(),
                };
                if entry.source == Origin::Implied {
                    assert!(world.source.attributes[attribute].locked || is_fixed(), "{entry:?}");
                }
                if let Some((low, high)) = entry.range {
                    assert!(low <= high);
                    for number in [low, high] {
                        let with = others.clone().with(id, Value::Number(number));
                        assert!(world.possible_with(Some(id), &with, &defaults));
                    }
                }
            }
        }
        for (id, option) in world.product.dead_options() {
            let index = world.ids.iter().position(|own| *own == id).unwrap();
            let mut valid = world.designs.iter().filter(|judged| judged.valid);
            assert!(!valid.any(|judged| judged.values[index].includes(option)));
        }
    }

    fn impatient(world: &World, tape: &mut Tape) {
        for _ in 0..6 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let wanted: Vec<Value> = (0..world.ids.len())
                .map(|index| choices.get(world.ids[index]).unwrap_or(&defaults[index]).clone())
                .collect();
            let menu = world.product.menu(&choices, &world.design(&defaults)).ok();
            let in_force = world.in_force(&choices, None);
            assert_eq!(menu.is_some(), world.possible(&in_force, &defaults));
            let Some(Menu { design, is_nearest, .. }) = menu else { continue };
            let values = world.values(&design);
            let mut distances = world
                .valid(&in_force, &defaults)
                .map(|judged| distance(world, &judged.values, &in_force, &defaults));
            let own = distance(world, &values, &in_force, &defaults);
            assert!(
                !is_nearest || distances.all(|other| other >= own),
                "{values:?} {own:?} {choices:?} {defaults:?}\n{:#?}",
                world.source
            );
            let judged = world.designs.iter().find(|judged| judged.values == values).unwrap();
            assert!(judged.valid && in_force.iter().all(|(id, value)| design.value(id) == value));
            if !world.is_whole() {
                continue;
            }
            // Nothing departs alone for which the default would do.
            for index in (0..values.len()).filter(|&index| values[index] != wanted[index]) {
                let back = |judged: &&Judged| {
                    (0..values.len()).all(|at| {
                        judged.values[at] == if at == index { wanted[at].clone() } else { values[at].clone() }
                    })
                };
                assert!(!world.valid(&choices, &defaults).any(|judged| back(&judged)), "{values:?}");
            }
        }
    }

    fn repairs(world: &World, tape: &mut Tape) {
        for _ in 0..4 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let attribute = tape.pick(world.ids.len());
            let (id, value) = (world.ids[attribute], world.value(tape, attribute));
            let design = world.design(&defaults);
            let start: Vec<Value> = (0..world.ids.len())
                .map(|index| choices.get(world.ids[index]).unwrap_or(&defaults[index]).clone())
                .collect();
            let in_force = world.in_force(&choices.clone().with(id, value.clone()), Some(id));
            let mut there = world.fitted(&defaults);
            for (other, own) in choices.iter() {
                there[other.index()] = in_force.get(other).map_or(Value::Absent, |_| own.clone());
            }
            // First the shopper's choices, then the defaults.
            let cost = |values: &[Value]| {
                let mut cost = (0, 0);
                for index in (0..values.len()).filter(|&index| index != attribute) {
                    match choices.get(world.ids[index]) {
                        Some(_) => cost.0 += world.departure(&values[index], index, &start, &there),
                        None => cost.1 += world.moved(&values[index], index, &start, &there),
                    }
                }
                cost
            };
            let wanted = Choices::new().with(id, value.clone());
            let least = world.valid(&wanted, &start).map(|judged| cost(&judged.values)).min();
            let repair = world.product.repair(&choices, &design, id, &value).unwrap();
            if least.is_none() {
                part_of_a_set(world, (&choices, &design), (id, &value), &start, &cost, repair);
                continue;
            }
            ways(world, (&choices, &defaults), (attribute, &value), &cost, repair.as_ref());
            let repair = repair.unwrap();
            assert!(repair.is_nearest);
            let after = world.product.complete(&repair.choices, &design).unwrap();
            let changes = choices.iter().filter(|(other, old)| *other != id && after.value(*other) != *old);
            let changes = changes.filter(|(other, _)| *after.value(*other) != Value::Absent);
            let mut changes: Vec<_> = changes.map(|(other, _)| (other, after.value(other).clone())).collect();
            let mut expected =
                changes.iter().fold(choices.clone().with(id, value.clone()), |choices, (id, value)| {
                    choices.with(*id, value.clone())
                });
            let pinned = pinned(&choices, &repair, id);
            if pinned.is_empty() {
                // What is gone waits by the other choices, or is let go.
                while let Some(id) = gone(world, &expected, id, &after) {
                    changes.push((id, Value::Absent));
                    expected = expected.without(id);
                }
            } else {
                waits(world, (&choices, &design), (id, &value), (&expected, &pinned), &after, &cost);
                expected = pinned.iter().fold(expected, |all, id| all.with(*id, after.value(*id).clone()));
            }
            assert_eq!((&repair.changes, &repair.choices), (&changes, &expected), "{:#?}", world.source);
            assert_eq!(Some(cost(&world.values(&after))), least, "{repair:?}\n{:#?}", world.source);
            let quote = |design: &Design| world.product.quote(design);
            let before = quote(&world.product.complete(&choices, &design).unwrap_or_else(|_| design.clone()));
            assert_eq!(repair.price_change, quote(&after).total.amount - before.total.amount);
            assert_eq!(
                repair.lead_time_change,
                i64::from(quote(&after).lead_time_days) - i64::from(before.lead_time_days)
            );
        }
    }

    /// The attributes that a way makes choices of though nobody did.
    fn pinned(choices: &Choices, way: &Repair, wanted: AttributeId) -> Vec<AttributeId> {
        let after = way.choices.iter().map(|(id, _)| id);
        after.filter(|id| choices.get(*id).is_none() && *id != wanted).collect()
    }

    /// A choice in force for an attribute that a design is without.
    fn gone(world: &World, choices: &Choices, wanted: AttributeId, design: &Design) -> Option<AttributeId> {
        let in_force = world.in_force(choices, Some(wanted));
        in_force.iter().map(|(id, _)| id).find(|id| *design.value(*id) == Value::Absent)
    }

    /// That a way makes more choices than there were only so that others wait, only as many as that takes, and only where it
    /// would come to something else if it let these go.
    fn waits(
        world: &World,
        (choices, defaults): (&Choices, &Design),
        (id, value): (AttributeId, &Value),
        (changed, pinned): (&Choices, &[AttributeId]),
        after: &Design,
        cost: &dyn Fn(&[Value]) -> (u64, u64),
    ) {
        let with = |pinned: &mut dyn Iterator<Item = &AttributeId>| {
            pinned.fold(changed.clone(), |all, id| all.with(*id, after.value(*id).clone()))
        };
        assert_eq!(gone(world, &with(&mut pinned.iter()), id, after), None);
        for one in pinned {
            let fewer = with(&mut pinned.iter().filter(|other| *other != one));
            assert!(gone(world, &fewer, id, after).is_some(), "{one:?} is superfluous\n{:#?}", world.source);
        }
        let (mut rest, mut let_go) = (changed.clone(), Vec::new());
        while let Some(gone) = gone(world, &rest, id, after) {
            rest = rest.without(gone);
            let_go.push(gone);
        }
        let anew = world.product.complete(&rest, defaults).unwrap();
        let wanted: Vec<Option<Value>> = world
            .ids
            .iter()
            .map(|other| if *other == id { Some(value.clone()) } else { choices.get(*other).cloned() })
            .collect();
        let in_force = world.in_force(&choices.clone().with(id, value.clone()), Some(id));
        let parts = |design: &Design| given_up(world, &world.values(design), &wanted, &in_force);
        let is_another = let_go.iter().any(|id| *anew.value(*id) != Value::Absent)
            || parts(&anew) != parts(after)
            || cost(&world.values(&anew)) != cost(&world.values(after));
        assert!(is_another || matches!(world.engine, Engine::Solver(_)), "{:#?}", world.source);
    }

    /// What of the choices a design gives up: a choice, or an option that comes to a set or goes.
    fn given_up(
        world: &World,
        values: &[Value],
        wanted: &[Option<Value>],
        in_force: &Choices,
    ) -> Vec<(usize, Option<usize>)> {
        let mut parts = Vec::new();
        for attribute in 0..world.ids.len() {
            match (&wanted[attribute], &values[attribute]) {
                (Some(_), Value::Absent) if in_force.get(world.ids[attribute]).is_none() => {}
                (Some(Value::Options(own)), Value::Absent) => {
                    parts.extend(own.iter().map(|option| (attribute, Some(option.index()))));
                }
                (Some(Value::Options(own)), Value::Options(now)) => {
                    let gone = own.symmetric_difference(*now);
                    parts.extend(gone.iter().map(|option| (attribute, Some(option.index()))));
                }
                (Some(own), now) if own != now => parts.push((attribute, None)),
                _ => {}
            }
        }
        parts
    }

    /// That the ways to a value differ, that none could give up less, that they come in order, and that there are no others.
    fn ways(
        world: &World,
        (choices, defaults): (&Choices, &[Value]),
        (attribute, value): (usize, &Value),
        cost: &dyn Fn(&[Value]) -> (u64, u64),
        first: Option<&Repair>,
    ) {
        let (id, design) = (world.ids[attribute], world.design(defaults));
        let ask = || world.product.repairs(choices, &design, id, value, 3).unwrap();
        let several = ask();
        assert_eq!(several, ask(), "equal questions get equal answers");
        assert!(several.len() <= 3 && several.first() == first, "{several:?}");
        let start: Vec<Value> = (0..world.ids.len())
            .map(|index| choices.get(world.ids[index]).unwrap_or(&defaults[index]).clone())
            .collect();
        let wanted: Vec<Option<Value>> = world
            .ids
            .iter()
            .map(|other| if *other == id { Some(value.clone()) } else { choices.get(*other).cloned() })
            .collect();
        let in_force = world.in_force(&choices.clone().with(id, value.clone()), Some(id));
        let before = world.product.complete(choices, &design).ok();
        let nothing = Choices::new();
        // All of the value, and of a set also as much of it as holds what is new, or leaves out what is to go.
        let has_it = |values: &[Value]| values[attribute] == *value;
        let has_part =
            |values: &[Value]| match (value, before.as_ref().map(|now| now.value(id)), &values[attribute]) {
                (Value::Options(wanted), Some(Value::Options(now)), Value::Options(set)) => {
                    let added = wanted.difference(*now);
                    wanted != now && added.difference(*set).is_empty() && set.difference(*wanted).is_empty()
                }
                _ => has_it(values),
            };
        let afters: Vec<Vec<Value>> = several
            .iter()
            .map(|way| world.values(&world.product.complete(&way.choices, &design).unwrap()))
            .collect();
        let parts: Vec<_> = afters.iter().map(|after| given_up(world, after, &wanted, &in_force)).collect();
        let within = |inner: &[(usize, Option<usize>)], outer: &[(usize, Option<usize>)]| {
            inner.iter().all(|part| outer.contains(part))
        };
        for (at, (way, after)) in several.iter().zip(&afters).enumerate() {
            assert!(has_it(after) || has_part(after), "{way:?}");
            for other in (0..parts.len()).filter(|other| *other != at) {
                assert!(!within(&parts[at], &parts[other]), "{several:?}\n{:#?}", world.source);
            }
            let less = world
                .valid(&nothing, &start)
                .filter(|judged| has_it(&judged.values) || !has_it(after) && has_part(&judged.values));
            for judged in less {
                let others = given_up(world, &judged.values, &wanted, &in_force);
                let is_least = others.len() >= parts[at].len() || !within(&others, &parts[at]);
                assert!(is_least, "{way:?}\n{:#?}", world.source);
            }
            if at > 0 && has_it(after) == has_it(&afters[at - 1]) {
                let weight = |at: usize| (parts[at].len(), cost(&afters[at]).1);
                assert!(weight(at - 1) <= weight(at), "{several:?}");
            }
            assert!(at == 0 || has_it(&afters[at - 1]) || !has_it(after), "all of a set comes first");
            let pinned = pinned(choices, way, id);
            moves(world, (way, &pinned), before.as_ref().unwrap_or(&design), after);
        }
        if several.len() < 3 && parts.iter().all(|parts| !parts.is_empty()) {
            for judged in world
                .valid(&nothing, &start)
                .filter(|judged| has_it(&judged.values) || has_part(&judged.values))
            {
                let others = given_up(world, &judged.values, &wanted, &in_force);
                assert!(
                    parts.iter().any(|parts| within(parts, &others)),
                    "{others:?} is missing in {several:?}\n{:#?}",
                    world.source
                );
            }
        }
    }

    /// That a way tells all that becomes another, and tells it once.
    fn moves(world: &World, (way, pinned): (&Repair, &[AttributeId]), before: &Design, after: &[Value]) {
        let in_force = world.in_force(&way.choices, None);
        for (index, id) in world.ids.iter().enumerate() {
            let told = way.moves.iter().find(|(moved, _)| moved == id).map(|(_, value)| value);
            let is_changed = way.changes.iter().any(|(changed, _)| changed == id);
            let is_unasked = in_force.get(*id).is_none() || pinned.contains(id);
            let is_moved = !is_changed && is_unasked && before.value(*id) != &after[index];
            assert_eq!(told, is_moved.then_some(&after[index]), "{way:?}");
        }
    }

    /// A set that no design has is wanted for what it adds, or where it adds nothing, for what it leaves out: as much of it as
    /// goes, or with others that come along.
    fn part_of_a_set(
        world: &World,
        (choices, defaults): (&Choices, &Design),
        (id, value): (AttributeId, &Value),
        start: &[Value],
        cost: &dyn Fn(&[Value]) -> (u64, u64),
        repair: Option<Repair>,
    ) {
        let now = world.product.complete(choices, defaults).ok().map(|design| design.value(id).clone());
        let (Value::Options(wanted), Some(Value::Options(now))) = (value, now) else {
            assert_eq!(repair, None);
            return;
        };
        let (added, gone) = (wanted.difference(now), now.difference(*wanted));
        let is_had = |set: OptionSet| match added.is_empty() {
            true => set.difference(gone) == set,
            false => added.difference(set).is_empty(),
        };
        let place = world.ids.iter().position(|other| *other == id).unwrap();
        let judged = |values: &[Value]| match &values[place] {
            Value::Options(set) if is_had(*set) => {
                let (chosen, rest) = cost(values);
                let alone = set.difference(*wanted).is_empty();
                Some((!alone, chosen + u64::from(wanted.symmetric_difference(*set).len()), rest))
            }
            _ => None,
        };
        let nothing = Choices::new();
        let sets = world.valid(&nothing, start).filter_map(|design| judged(&design.values));
        let least = sets.min().filter(|_| *wanted != now);
        let found = repair.map(|repair| {
            let after = world.product.complete(&repair.choices, defaults).unwrap();
            assert_eq!(repair.changes[0], (id, after.value(id).clone()));
            judged(&world.values(&after))
                .unwrap_or_else(|| panic!("{wanted:?} {now:?} {repair:?} {:#?}", world.source))
        });
        assert_eq!(found, least, "{value:?}\n{:#?}", world.source);
    }

    fn dead_options(world: &World) {
        let mut expected = Vec::new();
        for (index, &id) in world.ids.iter().enumerate() {
            let attribute = world.product.attribute(id);
            for (option, opt) in attribute.option_ids() {
                let alive =
                    world.designs.iter().any(|judged| judged.valid && judged.values[index].includes(option));
                if !alive && opt.available && !attribute.locked {
                    expected.push((id, option));
                }
            }
        }
        assert_eq!(world.product.dead_options(), expected, "{:#?}", world.source);
    }

    /// The assignment of a product's model that stands for a design.
    fn assignment(world: &World, model: &Model, values: &[Value]) -> Vec<ValueId> {
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let mut named = Vec::new();
        for (attribute, value) in values.iter().enumerate() {
            let code = attribute_code(attribute);
            match value {
                Value::Absent => {
                    let codes = world.source.attributes[attribute].options.iter();
                    match &world.product.attributes[attribute].kind {
                        Kind::MultiChoice { .. } => named.extend(
                            codes.map(|option| (format!("{code}.{}", option.code), "ABSENT".to_owned())),
                        ),
                        _ => named.push((code, "ABSENT".to_owned())),
                    }
                }
                Value::Option(option) => named.push((code, option_code(attribute, option.index()))),
                Value::Options(set) => {
                    for index in 0..world.source.attributes[attribute].options.len() {
                        let inside = set.iter().any(|option| option.index() == index);
                        named.push((format!("{code}.{}", option_code(attribute, index)), yes(inside)));
                    }
                }
                Value::Number(number) => named.push((code, number.to_string())),
                Value::Text(text) if text.is_empty() => named.push((code, "empty".to_owned())),
                text if *text == world.standard[attribute] => named.push((code, "standard".to_owned())),
                Value::Text(_) => named.push((code, "typed".to_owned())),
            }
        }
        let mut assignment = vec![None; model.variables.len()];
        for (variable, value) in named {
            let variable = model.variable_named(&variable).unwrap();
            assignment[variable.index()] = Some(model.value_named(variable, &value).unwrap());
        }
        assignment.into_iter().map(Option::unwrap).collect()
    }

    fn figures(world: &World, tape: &mut Tape) {
        let engine = engine::Engine::new(world.product.to_model(), Limits::default()).unwrap();
        let model = engine.model();
        let valid: Vec<(Vec<ValueId>, i64)> = world
            .designs
            .iter()
            .filter(|judged| judged.valid)
            .map(|judged| (assignment(world, model, &judged.values), world.total(&judged.values)))
            .collect();
        let chosen: Vec<Option<ValueId>> = model
            .variables
            .iter()
            .map(|variable| tape.one_in(3).then(|| ValueId::new(tape.pick(variable.size()))))
            .collect();
        // Lowest and highest total, and number, of the designs that have these choices but for one variable's, and a value of
        // that.
        let expected = |but: Option<(VariableId, ValueId)>| {
            let has = |assignment: &[ValueId]| {
                let kept = assignment.iter().zip(&chosen).enumerate().all(|(index, (&own, &chosen))| {
                    but.is_some_and(|(variable, _)| variable.index() == index)
                        || chosen.is_none_or(|chosen| chosen == own)
                });
                kept && but.is_none_or(|(variable, value)| assignment[variable.index()] == value)
            };
            let totals = || valid.iter().filter(|(assignment, _)| has(assignment)).map(|&(_, total)| total);
            totals().min().zip(totals().max()).map(|(low, high)| (low, high, totals().count() as u64))
        };
        let told =
            |totals: &Totals| totals.is_possible().then(|| (totals.low(), totals.high(), totals.count()));
        let (total, by_literal) = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new());
        assert_eq!(told(&total), expected(None), "{:#?}", world.source);
        assert_eq!(engine.count(&chosen), u128::from(expected(None).map_or(0, |(_, _, count)| count)));
        let literals: Vec<(VariableId, ValueId)> = (0..model.variables.len())
            .map(VariableId::new)
            .flat_map(|id| (0..model.variable(id).size()).map(move |value| (id, ValueId::new(value))))
            .collect();
        assert_eq!(by_literal.len(), literals.len());
        for (totals, &literal) in by_literal.iter().zip(&literals) {
            assert_eq!(told(totals), expected(Some(literal)), "{literal:?}\n{:#?}", world.source);
        }
        // Every design has one value of an attribute that is open.
        for (variable, _) in chosen.iter().enumerate().filter(|(_, chosen)| chosen.is_none()) {
            let own = literals.iter().zip(&by_literal).filter(|((id, _), _)| id.index() == variable);
            let sum: u64 = own.filter_map(|(_, totals)| told(totals)).map(|(_, _, count)| count).sum();
            assert_eq!(sum, told(&total).map_or(0, |(_, _, count)| count));
        }
        let allowed: Vec<bool> = engine.allowed(&chosen).collect();
        let mut draw = |below: u128| tape.pick(usize::try_from(below).unwrap()) as u128;
        match engine.diagram().random(&allowed, &mut draw) {
            Some(drawn) => {
                assert!(valid.iter().any(|(assignment, _)| *assignment == drawn), "{drawn:?} is no design");
                assert!(
                    drawn.iter().zip(&chosen).all(|(own, chosen)| chosen.is_none_or(|chosen| chosen == *own))
                );
            }
            None => assert!(!total.is_possible()),
        }
        for (count, totals) in engine.completions(&chosen).iter().zip(&by_literal) {
            assert_eq!(*count, told(totals).map_or(0, |(_, _, count)| count).into());
        }
    }

    /// Whatever a shopper may still choose or type.
    fn open_prices(world: &World, tape: &mut Tape) {
        let (choices, defaults) = (world.choices(tape), world.design(&world.defaults(tape)));
        let Ok(menu) = world.product.menu(&choices, &defaults) else { return };
        let told = world.product.open_prices(&choices, &menu);
        // A choice waits where its attribute doesn't apply.
        let may_wait = |id: AttributeId| world.product.attribute(id).applies.is_some();
        let has = |judged: &&Judged| {
            let keeps = |id: AttributeId, value: &Value| {
                let own = &judged.values[id.index()];
                own == value || may_wait(id) && *own == Value::Absent
            };
            judged.valid && choices.iter().all(|(id, value)| keeps(id, value))
        };
        let totals: Vec<i64> =
            world.designs.iter().filter(has).map(|judged| world.total(&judged.values)).collect();
        let (low, high) = (told.low.amount, told.high.amount);
        assert!(totals.iter().all(|total| (low..=high).contains(total)), "{told:?}\n{:#?}", world.source);
        assert!((low..=high).contains(&menu.quote.total.amount));
        if told.is_exact && !choices.iter().any(|(id, _)| may_wait(id)) {
            assert_eq!(
                totals.iter().min().zip(totals.iter().max()),
                Some((&low, &high)),
                "{:#?}",
                world.source
            );
        }
        assert_eq!(told.is_exact, matches!(world.engine, Engine::Diagram));
    }

    fn laws(world: &World, tape: &mut Tape) {
        let (choices, defaults) = (world.choices(tape), world.design(&world.defaults(tape)));
        let written = world.product.write_choices(&choices);
        let pairs = written.iter().map(|(code, text)| (code.as_str(), text.as_str()));
        assert_eq!(world.product.read_choices(pairs).unwrap(), choices);
        let Ok(before) = world.product.menu(&choices, &defaults) else { return };
        for &id in &world.ids {
            if *before.design.value(id) == Value::Absent {
                continue;
            }
            let same = choices.clone().with(id, before.design.value(id).clone());
            let completed = world.product.complete(&same, &defaults).unwrap();
            assert_eq!(completed, before.design, "choosing what is there already changes nothing");
        }
        let attribute = tape.pick(world.ids.len());
        let (id, value) = (world.ids[attribute], world.value(tape, attribute));
        // What only a shopper can type is no part of a completion, so typing it may free what needs a text.
        if choices.get(id).is_some() || value == Value::Text(TYPED.to_owned()) {
            return;
        }
        let more = choices.clone().with(id, value);
        // Where it puts choices out of force it may free what these block.
        let holds_on = {
            let after = world.in_force(&more, Some(id));
            world.in_force(&choices, None).iter().all(|(id, _)| after.get(id).is_some())
        };
        if let Some(after) = world.product.menu(&more, &defaults).ok().filter(|_| holds_on) {
            let stays = |index: &usize| *index != attribute && !world.decides(*index, &more);
            for index in (0..world.ids.len()).filter(stays) {
                let (before, after) = (&before.attributes[index], &after.attributes[index]);
                if let (Some((low, high)), Some((least, most))) = (before.range, after.range) {
                    assert!(low <= least && most <= high);
                }
                if matches!(world.product.attributes[index].kind, Kind::Choice { .. }) {
                    let blocked = |entry: &AttributeMenu| {
                        let states =
                            entry.options.iter().map(|option| matches!(option.state, State::Blocked(_)));
                        states.collect::<Vec<bool>>()
                    };
                    let freed = blocked(before).into_iter().zip(blocked(after)).any(|(old, new)| old && !new);
                    assert!(!freed, "{:#?}", world.source);
                }
            }
        }
        assert_eq!(world.product.menu(&more.without(id), &defaults).unwrap(), before);
    }

    /// What suits best at every price, beside a valid design, against all designs.
    fn advice(world: &World, tape: &mut Tape) {
        let mut source = world.source.clone();
        let benefits = ["comfort", "range"];
        source.benefits =
            benefits.map(|code| BenefitSource { code: code.to_owned(), label: code.to_uppercase() }).to_vec();
        for option in source.attributes.iter_mut().flat_map(|attribute| &mut attribute.options) {
            let served = benefits.map(|code| (code.to_owned(), tape.between(0, 5)));
            option.benefits = served.into_iter().filter(|(_, served)| *served > 0).collect();
        }
        let product = Configured::compiled(Product::check(&source).unwrap(), Limits::default()).unwrap();
        let valid: Vec<&Judged> = world.designs.iter().filter(|judged| judged.valid).collect();
        let Some(present) = tape.of(&valid) else { return };
        let kept = world.ids.iter().zip(&present.values).filter(|_| tape.one_in(4));
        let kept = kept.filter(|(_, value)| **value != Value::Absent);
        let kept = kept.fold(Choices::new(), |kept, (&id, value)| kept.with(id, value.clone()));
        let weights = benefits.map(|code| (code.to_owned(), u8::try_from(tape.pick(4)).unwrap())).into();
        let most_days = tape.one_in(2).then(|| i64::try_from(tape.pick(12)).unwrap() - 1);
        let design = |values: &[Value]| {
            let values = world.ids.iter().zip(values);
            values.fold(product.standard().clone(), |design, (&id, value)| design.with(id, value.clone()))
        };
        let now = design(&present.values);
        let advisor = product.advisor(&now).unwrap();
        let free: Vec<AttributeId> = advisor.measures().filter(|_| tape.one_in(3)).collect();
        let mut enough = Vec::new();
        for &id in &world.ids {
            if product.attribute(id).kind.is_choice() && tape.one_in(4) {
                let options = product.attribute(id).option_ids().map(|(option, _)| option);
                enough.push((id, options.filter(|_| !tape.one_in(3)).collect()));
            }
        }
        let needs = Needs { weights, kept, most_days, enough, free, stays_near: tape.one_in(2) };
        let worth = |values: &[Value]| -> i64 {
            let own = world.ids.iter().zip(values).flat_map(|(&id, value)| {
                let options = product.attribute(id).option_ids();
                options.filter(|(option, _)| value.includes(*option)).map(|(_, option)| option)
            });
            own.flat_map(|option| &option.benefits)
                .map(|(code, served)| served * i64::from(needs.weights[code]))
                .sum()
        };
        let is_measure = |id: AttributeId| product.attribute(id).options().is_empty();
        let serves = |id: AttributeId| {
            let served = product.attribute(id).options().iter().flat_map(|option| &option.benefits);
            let mut mattering = served.filter(|(code, served)| **served > 0 && needs.weights[*code] > 0);
            mattering.next().is_some()
        };
        let stays = |id: AttributeId| match is_measure(id) {
            true => !needs.free.contains(&id),
            false => needs.stays_near && !serves(id),
        };
        let is_enough = |id: AttributeId, value: &Value| {
            let mut known = needs.enough.iter().filter(|(attribute, _)| *attribute == id);
            needs.kept.get(id).is_some()
                || known.all(|(_, options)| options.iter().any(|option| value.includes(*option)))
        };
        let with = valid.iter().filter(|judged| {
            world.ids.iter().zip(judged.values.iter().zip(&present.values)).all(|(&id, (value, now))| {
                let now = if *now == Value::Absent { product.initial(id) } else { now };
                (!stays(id) || value == now || *value == Value::Absent)
                    && (*value == Value::Absent || is_enough(id, value))
                    && needs.kept.get(id).is_none_or(|kept| kept == value)
            })
        });
        let (mut all, mut fewest): (Vec<(i64, i64)>, Option<u32>) = (Vec::new(), None);
        for judged in with {
            let quote = product.quote(&design(&judged.values));
            fewest = fewest.into_iter().chain([quote.lead_time_days]).min();
            if needs.most_days.is_none_or(|most| i64::from(quote.lead_time_days) <= most) {
                all.push((quote.total.amount, worth(&judged.values)));
            }
        }
        all.sort_by_key(|&(price, worth)| (price, std::cmp::Reverse(worth)));
        let mut expected: Vec<(i64, i64)> = Vec::new();
        for (price, worth) in all {
            if expected.last().is_none_or(|&(_, best)| worth > best) {
                expected.push((price, worth));
            }
        }
        let staircase = advisor.staircase(&needs).unwrap();
        let found: Vec<(i64, i64)> = staircase.steps().iter().map(|step| (step.price, step.worth)).collect();
        assert_eq!(found, expected, "{needs:?}\n{source:#?}");
        // Both ask about everything that may change at all.
        if !needs.stays_near {
            let lowest = advisor.cheapest(&needs).map(|(price, _)| price);
            assert_eq!(lowest, expected.first().map(|(price, _)| *price));
            assert_eq!(advisor.fewest_days(&needs), fewest);
        }
        for step in staircase.steps() {
            let design = staircase.design(step).unwrap();
            assert!(product.validate(&design).is_empty());
            let quote = product.quote(&design);
            assert_eq!(quote.total.amount, step.price);
            assert!(needs.most_days.is_none_or(|most| i64::from(quote.lead_time_days) <= most));
            let values: Vec<Value> = design.iter().map(|(_, value)| value.clone()).collect();
            assert_eq!(worth(&values), step.worth);
            for (id, value) in needs.kept.iter() {
                assert_eq!((design.value(id), product.why(&needs, &design, id)), (value, Why::Chosen));
            }
        }
    }
}
