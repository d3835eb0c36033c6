//! Shoppers who click about on the shop's own products: each click does to values, price and days what its tile told, and each way
//! to a blocked option what it told; and the address brings the very same design back.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use configurator::file::{File, Located};
    use configurator::{
        AttributeId, Choices, Configured, Design, Menu, OptionId, OptionMenu, Product, State, Value,
    };
    use engine::cnf::Limits;
    use engine::effort::Patience;

    /// Clicks on each product, and on each where the solver answers.
    const CLICKS: usize = 300;
    const SOLVER_CLICKS: usize = 12;

    fn products() -> Vec<(String, Product)> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("product.toml").exists()).collect();
        folders.sort();
        let product = |path: &PathBuf| {
            let text = std::fs::read_to_string(path.join("product.toml")).unwrap();
            let checked = File::check(&text);
            let (_, product) = checked.unwrap_or_else(|faults: Vec<Located>| panic!("{}", faults[0]));
            (path.file_name().unwrap().to_string_lossy().into_owned(), product)
        };
        folders.iter().map(product).collect()
    }

    /// Numbers that look random and are the same each time (Knuth's linear congruential generator, MMIX).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % bound
        }
    }

    #[test]
    fn what_a_tile_tells_is_what_a_click_does() {
        for (name, product) in products() {
            let mut page = Page::open(&name, Configured::new(product).unwrap(), 1);
            (0..CLICKS).for_each(|_| page.click());
            println!(
                "{name}: {} clicks moved something else, {} ways were followed",
                page.moved, page.repaired
            );
            assert!(page.repaired > 0, "{name}: no way to anything");
        }
    }

    #[test]
    fn what_a_tile_tells_is_what_a_click_does_where_the_solver_answers() {
        for (name, product) in products() {
            let solved = Configured::solved(product, &Limits::default(), Patience::default()).unwrap();
            let mut page = Page::open(&name, solved, 2);
            (0..SOLVER_CLICKS).for_each(|_| page.click());
        }
    }

    /// A page and its shopper.
    struct Page<'p> {
        name: &'p str,
        product: Configured,
        choices: Choices,
        menu: Menu,
        numbers: Numbers,
        moved: usize,
        repaired: usize,
    }

    impl<'p> Page<'p> {
        fn open(name: &'p str, product: Configured, seed: u64) -> Self {
            let choices = Choices::new();
            let menu = product.menu_of_shown(&choices, product.standard()).unwrap();
            Self { name, product, choices, menu, numbers: Numbers(seed), moved: 0, repaired: 0 }
        }

        fn click(&mut self) {
            let ids: Vec<AttributeId> =
                self.product.ids().filter(|(_, attribute)| !attribute.locked).map(|(id, _)| id).collect();
            let id = ids[self.numbers.below(ids.len())];
            // Now and then something is let go of, which stays near what is shown, too.
            if self.choices.get(id).is_some() && self.numbers.below(4) == 0 {
                let shown = self.menu.design.clone().with(id, self.product.standard().value(id).clone());
                let choices = self.choices.clone().without(id);
                let taken = self.product.step(&choices, &shown, self.product.standard()).unwrap();
                return self.go_on(taken.choices, &taken.design);
            }
            let options: Vec<OptionId> =
                self.product.attribute(id).option_ids().map(|(option, _)| option).collect();
            if options.is_empty() {
                return self.enter(id);
            }
            let option = options[self.numbers.below(options.len())];
            let value = match self.menu.design.value(id) {
                Value::Options(set) => Value::Options(set.toggled(option)),
                _ => Value::Option(option),
            };
            // There are none where it doesn't apply.
            let Some(entry) = self.menu.attributes[id.index()].options.get(option.index()).cloned() else {
                return;
            };
            match &entry.state {
                State::Blocked(_) => self.repair(id, &value),
                State::Undecided => {}
                State::Available | State::Chosen | State::Implied => self.choose(id, value, &entry),
            }
        }

        /// One end of what a number can be.
        fn enter(&mut self, id: AttributeId) {
            let Some((low, high)) = self.menu.attributes[id.index()].range else { return };
            let number = Value::Number(if self.numbers.below(2) == 0 { low } else { high });
            let chosen = self.choices.clone().with(id, number);
            let taken = self.product.step(&chosen, &self.menu.design, self.product.standard()).unwrap();
            self.go_on(taken.choices, &taken.design);
        }

        fn choose(&mut self, id: AttributeId, value: Value, told: &OptionMenu) {
            let chosen = self.choices.clone().with(id, value);
            let taken = self.product.step(&chosen, &self.menu.design, self.product.standard()).unwrap();
            let (before, name) = (&self.menu.design, self.name);
            let others = taken.design.iter().filter(|(at, now)| *at != id && before.value(*at) != *now);
            let others: Vec<_> = others.map(|(at, now)| (at, now.clone())).collect();
            // Who has no time to find out what an option comes to tells nothing of it.
            if let Some(change) = told.price_change {
                let after = self.product.quote(&taken.design);
                let days = |days: u32| i64::from(days);
                assert_eq!(told.also, others, "{name}");
                assert_eq!(change, after.total.amount - self.menu.quote.total.amount, "{name}");
                let later = days(after.lead_time_days) - days(self.menu.quote.lead_time_days);
                assert_eq!(told.lead_time_change, later, "{name}");
            }
            self.moved += usize::from(!others.is_empty());
            self.go_on(taken.choices, &taken.design);
        }

        fn repair(&mut self, id: AttributeId, value: &Value) {
            let standard = self.product.standard();
            let ways = self.product.repairs_of_shown(&self.choices, standard, id, value, 3).unwrap();
            if ways.is_empty() {
                return;
            }
            let way = ways[self.numbers.below(ways.len())].clone();
            let design = self.product.complete(&way.choices, standard).unwrap();
            let told = |at: AttributeId| way.changes.iter().chain(&way.moves).find(|(own, _)| *own == at);
            for (at, now) in design.iter().filter(|(at, _)| *at != id) {
                let before = self.menu.design.value(at);
                assert_eq!(told(at).map_or(before, |(_, value)| value), now, "{}", self.name);
            }
            let after = self.product.quote(&design).total.amount;
            assert_eq!(way.price_change, after - self.menu.quote.total.amount, "{}", self.name);
            self.repaired += 1;
            self.go_on(way.choices, &design);
        }

        fn go_on(&mut self, choices: Choices, design: &Design) {
            let read = self.product.read_design(&self.product.write_choices(&choices));
            assert_eq!(read, choices, "{}", self.name);
            let menu = self.product.menu_of_shown(&read, self.product.standard()).unwrap();
            assert_eq!(menu.design, *design, "{}: the address brings another design", self.name);
            assert!(self.product.validate(design).is_empty(), "{}", self.name);
            (self.choices, self.menu) = (choices, menu);
        }
    }
}
