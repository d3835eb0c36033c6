//! The engine on real car ranges: what independent tools found is found.

#[cfg(test)]
mod tests {
    use engine::Engine;
    use engine::compile::{Limits, dnnf};
    use engine::model::{Model, ValueId, VariableId};
    use engine::pass::{Bounds, Count, Pass, Totals};

    /// A file of the test data; `None`, and a word about it, where there is none.
    fn data(name: &str) -> Option<String> {
        let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).ok();
        if text.is_none() {
            eprintln!("skipped: {path} is not there");
        }
        text
    }

    fn range(name: &str) -> Option<Model> {
        let mut model = import::read("rules.xml", &data(&format!("renault/{name}/rules.xml"))?).unwrap();
        import::add_prices(&mut model, &data(&format!("renault/{name}/prices.xml"))?).unwrap();
        Some(model)
    }

    #[test]
    fn counts_and_price_ranges_are_those_of_independent_tools() {
        for (name, count, low, high) in
            [("small", 172_056, 5_897, 11_986), ("medium", 278_744, 5_843, 11_420)]
        {
            let Some(model) = range(name) else { return };
            let engine = Engine::new(model, Limits::default()).unwrap();
            let nothing = vec![None; engine.model().variables.len()];
            let (total, by_literal) = engine.totals(&nothing, &mut Pass::default(), &mut Vec::new());
            assert_eq!((total.count(), total.low(), total.high()), (count, low, high), "{name}");
            assert_eq!(engine.count(&nothing), u128::from(count));
            // The completions of a variable's values are all there are.
            for index in 0..nothing.len() {
                let own = engine.diagram().literals_of(VariableId::new(index));
                assert_eq!(by_literal[own].iter().map(|totals| totals.count()).sum::<u64>(), count);
            }
        }
    }

    #[test]
    fn compiled_by_clauses_they_have_as_many_designs() {
        for (name, count, low, high) in
            [("small", 172_056, 5_897, 11_986), ("medium", 278_744, 5_843, 11_420)]
        {
            let Some(model) = range(name) else { return };
            let bare = Model { prices: Vec::new(), ..model.clone() };
            let diagram = bare.compile_clauses(&dnnf::Limits::default()).unwrap();
            let mut pass = Pass::<Count>::default();
            pass.upwards(&diagram, &vec![1; diagram.literals()]);
            assert_eq!(pass.total(&diagram), u128::from(count), "{name}");
            let diagram = model.compile_clauses(&dnnf::Limits::default()).unwrap();
            let prices = model.variables.iter().flat_map(|variable| &variable.prices);
            let weights: Vec<Totals> = prices.map(|&price| Totals::of(price)).collect();
            let mut pass = Pass::<Bounds>::default();
            pass.upwards(&diagram, &weights);
            let total = pass.total(&diagram);
            assert_eq!((total.count(), total.low(), total.high()), (count, low, high), "{name}");
        }
    }

    #[test]
    fn equal_models_have_equal_diagrams() {
        let Some(model) = range("small") else { return };
        let one = model.compile(Limits::default()).unwrap();
        assert_eq!(one, model.compile(Limits::default()).unwrap());
    }

    #[test]
    fn shoppers_never_meet_a_dead_end_and_see_what_they_will_pay() {
        for name in ["small", "medium"] {
            let Some(model) = range(name) else { return };
            let engine = Engine::new(model, Limits::default()).unwrap();
            let mut random = 1_u64;
            let mut draw = |below: usize| {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from((random >> 33) % below as u64).unwrap()
            };
            for _ in 0..50 {
                let mut chosen: Vec<Option<ValueId>> = vec![None; engine.model().variables.len()];
                while let Some(open) = chosen.iter().position(Option::is_none) {
                    let (_, by_literal) = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new());
                    let own = engine.diagram().literals_of(VariableId::new(open));
                    let available: Vec<usize> =
                        (0..own.len()).filter(|&value| by_literal[own.start + value].is_possible()).collect();
                    let value = available[draw(available.len())];
                    let promised = by_literal[own.start + value];
                    chosen[open] = Some(ValueId::new(value));
                    let after = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new()).0;
                    assert_eq!(promised, after);
                }
                let assignment: Vec<ValueId> = chosen.iter().copied().flatten().collect();
                assert!(engine.model().is_valid(&assignment));
                let total = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new()).0;
                assert_eq!((total.low(), total.count()), (engine.model().price(&assignment), 1));
            }
        }
    }
}
