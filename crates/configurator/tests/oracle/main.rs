//! The configurator against an oracle that tries every design: random small products, random choices, random defaults.
//!
//! `PROPTEST_CASES=20000 cargo test -p configurator --test oracle` looks longer.

#[cfg(test)]
mod judge;
#[cfg(test)]
mod world;

#[cfg(test)]
mod tests {
    use configurator::{
        AttributeId, AttributeMenu, Choices, Design, Kind, Line, Menu, NoCompletion, OptionSet, Origin,
        Reason, Repair, RuleId, ServedBy, State, Value,
    };
    use engine::compile::Limits;
    use engine::effort::Patience;
    use engine::model::{Model, ValueId, VariableId};
    use engine::pass::{Pass, Totals};
    use proptest::prelude::*;

    use crate::judge::{attribute_code, option_code};
    use crate::world::{Engine, Judged, TYPED, Tape, World, differences};

    fn config() -> ProptestConfig {
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
        if std::env::var_os("PROPTEST_CASES").is_some() {
            config
        } else {
            ProptestConfig { cases: 256, ..config }
        }
    }

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

    /// What counts for a completion: first how many of the choices wait, then how far it is from the defaults.
    fn nearness(world: &World, values: &[Value], choices: &Choices, defaults: &[Value]) -> (usize, u64) {
        let waits = |(id, _): &(AttributeId, &Value)| values[id.index()] == Value::Absent;
        let there = world.fitted(defaults);
        let open = (0..values.len()).filter(|&index| choices.get(world.ids[index]).is_none());
        let apart = open.map(|index| world.departure(&values[index], index, defaults, &there));
        (choices.iter().filter(waits).count(), apart.sum())
    }

    fn completions(world: &World, tape: &mut Tape) {
        for _ in 0..4 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let nearness = |values: &[Value]| nearness(world, values, &choices, &defaults);
            let least = world.valid(&choices, &defaults).map(|judged| nearness(&judged.values)).min();
            match (world.product.complete(&choices, &world.design(&defaults)), least) {
                (Ok(design), Some(least)) => {
                    let values = world.values(&design);
                    assert!(choices.iter().all(|(id, value)| keeps(&design, id, value)));
                    assert!(world.product.validate(&design).is_empty());
                    assert!(world.designs.iter().any(|judged| judged.valid && judged.values == values));
                    assert_eq!(nearness(&values), least, "{values:?} {choices:?}\n{:#?}", world.source);
                }
                (Err(NoCompletion::Conflict(reason)), None) => {
                    conflict(world, &choices, None, &reason, &defaults);
                }
                (outcome, least) => panic!("{outcome:?}, but {least:?}\n{:#?}", world.source),
            }
        }
    }

    /// Whether a design keeps a choice, which may wait until its attribute applies.
    fn keeps(design: &Design, id: AttributeId, value: &Value) -> bool {
        [value, &Value::Absent].contains(&design.value(id))
    }

    fn menus(world: &World, tape: &mut Tape) {
        for _ in 0..2 {
            let (choices, defaults) = (world.choices(tape), world.defaults(tape));
            let design = world.design(&defaults);
            let Ok(menu) = world.product.menu(&choices, &design) else {
                assert!(!world.possible(&choices, &defaults));
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
            let possible = bounded(&wanted) && world.possible_with(&[id], &with, defaults);
            match &offered.state {
                State::Blocked(reason) => {
                    assert!(!possible, "{wanted:?} is blocked: {reason:?}\n{:#?}", world.source);
                    assert_eq!(offered.price_change, None);
                    assert!(!reason.sentence.is_empty());
                    if bounded(&wanted) {
                        conflict(world, &with, Some(attribute), reason, defaults);
                    }
                }
                _ => {
                    assert!(possible, "{wanted:?} is offered\n{:#?}", world.source);
                    let completed = world.product.complete(&with, &world.design(defaults)).unwrap();
                    // Where more choices wait for it, it would rather wait itself.
                    if *completed.value(id) == Value::Absent {
                        continue;
                    }
                    assert_eq!(offered.price_change, Some(world.total(&world.values(&completed)) - total));
                    if offered.selected && matches!(now, Value::Option(_)) {
                        assert_eq!(offered.price_change, Some(0), "what is selected costs nothing more");
                    }
                }
            }
        }
        let numbers = world.valid(others, defaults).filter_map(|judged| match judged.values[attribute] {
            Value::Number(number) => Some(number),
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
        with.any(|with| world.possible_with(&[id], &with, defaults))
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
        let mut left: Vec<&Value> =
            world.valid(&others, defaults).map(|judged| &judged.values[attribute]).collect();
        left.retain(|value| **value != Value::Absent);
        left.sort_by_key(|value| format!("{value:?}"));
        left.dedup();
        let fixed = match now {
            Value::Text(text) => text.is_empty() && entry.blocked.is_some(),
            _ => left.len() == 1,
        };
        let locked = world.source.attributes[attribute].locked;
        let expected = match () {
            () if locked => Origin::Implied,
            () if choices.get(id).is_some() => Origin::Chosen,
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
                    && wanted.is_none_or(|id| world.has(judged, &[id]))
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
                let firm: Vec<AttributeId> = wanted.into_iter().chain([obstacle.attribute]).collect();
                world.possible_with(&firm, &kept.clone().with(obstacle.attribute, toggled), reference)
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
                assert!(!world.possible_with(wanted.as_slice(), &only, reference));
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
            let possible = world.possible_with(&[world.ids[attribute]], &wanted, &world.standard);
            match world.product.explain_blocked(&choices, world.ids[attribute], &value).unwrap() {
                None => assert!(possible),
                Some(reason) => {
                    assert!(!possible);
                    conflict(world, &wanted, Some(attribute), &reason, &world.standard);
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
                    assert!(!world.possible(&choices, &defaults) && !reason.sentence.is_empty());
                    continue;
                }
                Err(NoCompletion::TooComplex(_)) => continue,
            };
            let values = world.values(&menu.design);
            assert!(world.valid(&choices, &defaults).any(|judged| judged.values == values));
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
                    let possible = world.possible_with(&[id], &with, &defaults);
                    match &offered.state {
                        State::Undecided => assert_eq!(offered.price_change, None),
                        State::Blocked(reason) => {
                            assert!(!possible && offered.price_change.is_none(), "{wanted:?} is blocked");
                            assert!(!reason.sentence.is_empty());
                            let (kept, reference) = stripped(world, &with, Some(id), reason, &defaults);
                            assert!(
                                !world.possible_with(&[id], &kept, &reference),
                                "{reason:?}\n{:#?}",
                                world.source
                            );
                        }
                        state => {
                            assert!(possible, "{wanted:?} is {state:?}\n{:#?}", world.source);
                            let clicked = world.product.complete(&with, &world.design(&defaults));
                            let clicked = clicked.ok().filter(|design| *design.value(id) != Value::Absent);
                            if let (Some(change), Some(clicked)) = (offered.price_change, clicked) {
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
                    let mut values = world.valid(&others, &defaults).map(|judged| &judged.values[attribute]);
                    values.all(|value| [now, &Value::Absent].contains(&value))
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
                        assert!(world.possible_with(&[id], &with, &defaults));
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
            assert_eq!(menu.is_some(), world.possible(&choices, &defaults));
            let Some(Menu { design, is_nearest, .. }) = menu else { continue };
            let values = world.values(&design);
            let mut distances = world
                .valid(&choices, &defaults)
                .map(|judged| nearness(world, &judged.values, &choices, &defaults));
            let own = nearness(world, &values, &choices, &defaults);
            assert!(
                !is_nearest || distances.all(|other| other >= own),
                "{values:?} {own:?} {choices:?} {defaults:?}\n{:#?}",
                world.source
            );
            let judged = world.designs.iter().find(|judged| judged.values == values).unwrap();
            assert!(judged.valid && choices.iter().all(|(id, value)| keeps(&design, id, value)));
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
            let mut with_it = start.clone();
            with_it[attribute] = value.clone();
            let there = world.fitted(&with_it);
            // First the shopper's choices, then the defaults.
            let cost = |values: &[Value]| {
                let mut cost = (0, 0);
                for index in (0..values.len()).filter(|&index| index != attribute) {
                    let differences = world.departure(&values[index], index, &start, &there);
                    match choices.get(world.ids[index]) {
                        Some(_) => cost.0 += differences,
                        None => cost.1 += differences,
                    }
                }
                cost
            };
            let wanted = Choices::new().with(id, value.clone());
            let with_it = world.valid(&wanted, &start).filter(|judged| world.has(judged, &[id]));
            let least = with_it.map(|judged| cost(&judged.values)).min();
            let repair = world.product.repair(&choices, &design, id, &value).unwrap();
            if !world.is_whole() {
                waiting(world, (&choices, &start), (id, &value), least, repair);
                continue;
            }
            if least.is_none() {
                part_of_a_set(world, (&choices, &design), (id, &value), &start, &cost, repair);
                continue;
            }
            let several = world.product.repairs(&choices, &design, id, &value, 3).unwrap();
            assert!(several.len() <= 3 && several.first() == repair.as_ref(), "{several:?}");
            for (at, other) in several.iter().enumerate() {
                let after = world.product.complete(&other.choices, &design).unwrap();
                assert_eq!(*after.value(id), value);
                let keeps = |before: &Repair| {
                    let changed =
                        |changes: &[(AttributeId, Value)], id| changes.iter().any(|(own, _)| *own == id);
                    before.changes.iter().any(|(own, _)| !changed(&other.changes, *own))
                };
                assert!(several[..at].iter().all(keeps), "{several:?}");
            }
            // There are more as long as some design keeps a choice of those that each of them changes.
            let another = |judged: &Judged| {
                several.iter().all(|way| {
                    way.changes.iter().any(|(own, _)| {
                        let index = world.ids.iter().position(|other| other == own).unwrap();
                        Some(&judged.values[index]) == choices.get(*own)
                    })
                })
            };
            assert!(several.len() == 3 || !world.valid(&wanted, &start).any(another), "{several:?}");
            let repair = repair.unwrap();
            assert!(repair.is_nearest);
            let after = world.product.complete(&repair.choices, &design).unwrap();
            let changes = choices.iter().filter(|(other, old)| *other != id && after.value(*other) != *old);
            let changes: Vec<_> = changes.map(|(other, _)| (other, after.value(other).clone())).collect();
            assert_eq!(repair.changes, changes);
            let expected =
                changes.iter().fold(choices.clone().with(id, value.clone()), |choices, (id, value)| {
                    choices.with(*id, value.clone())
                });
            assert_eq!(repair.choices, expected);
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

    /// Where attributes may not apply: what is wanted can be had then, and no fewer choices have to change for it.
    fn waiting(
        world: &World,
        (choices, start): (&Choices, &[Value]),
        (id, value): (AttributeId, &Value),
        least: Option<(u64, u64)>,
        repair: Option<Repair>,
    ) {
        let Some((least, _)) = least else {
            assert!(repair.is_none() || matches!(value, Value::Options(_)));
            return;
        };
        let repair = repair.unwrap_or_else(|| panic!("there is a way\n{:#?}", world.source));
        assert_eq!(repair.choices.get(id), Some(value));
        assert!(world.possible_with(&[id], &repair.choices, start), "{repair:?}\n{:#?}", world.source);
        let changed: u64 =
            repair.changes.iter().map(|(id, new)| differences(new, choices.get(*id).unwrap())).sum();
        assert!(changed <= least, "{repair:?} {least}\n{:#?}", world.source);
    }

    /// A set that no design has is wanted for what it adds: as much of it as goes, or with others that come along.
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
        let added = wanted.difference(now);
        let place = world.ids.iter().position(|other| *other == id).unwrap();
        let judged = |values: &[Value]| match &values[place] {
            Value::Options(set) if added.difference(*set).is_empty() => {
                let (chosen, rest) = cost(values);
                let alone = set.difference(*wanted).is_empty();
                Some((!alone, chosen + u64::from(wanted.symmetric_difference(*set).len()), rest))
            }
            _ => None,
        };
        let nothing = Choices::new();
        let sets = world.valid(&nothing, start).filter_map(|design| judged(&design.values));
        let least = sets.min().filter(|_| !added.is_empty());
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
        if let Ok(after) = world.product.menu(&more, &defaults) {
            for (index, _) in world.ids.iter().enumerate().filter(|(index, _)| *index != attribute) {
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
}
