//! What the engine answers on random walks, as bytes to compare: two places that answer alike write the same bytes.

use engine::model::{ValueId, VariableId};
use engine::pass::Bounds;
use engine::pass::{Semiring, Totals, Weight};

use crate::random::Random;
use crate::session::Session;
use crate::shopper::Shopper;

/// Every so many clicks there are more questions than the menu.
const MORE_EVERY: u64 = 5;
/// Most choices of a walk that are followed.
const MOST_CHOICES: usize = 40;
/// How many repairs and best designs are asked for.
const SEVERAL: usize = 3;

impl Session {
    /// Everything asked on so many random walks: the menu after every choice, and now and then a conflict, repairs, the
    /// best designs and a random one; of a product also the menus a page shows.
    pub fn answers(&mut self, walks: u32, seed: u64) -> Vec<u8> {
        let mut written = Written(Vec::new());
        let mut random = Random::new(seed);
        for _ in 0..walks {
            self.walk(&mut random, &mut written);
        }
        let shoppers = if self.product.is_some() { walks } else { 0 };
        for own in 0..shoppers {
            let mut shopper = Shopper::new(self, seed.wrapping_add(u64::from(own)));
            while shopper.ask() {
                written.text(&format!("{:?}", shopper.answer()));
                shopper.decide();
            }
        }
        written.0
    }

    fn walk(&mut self, random: &mut Random, written: &mut Written) {
        let variables = self.engine.model().variables.len();
        let mut chosen: Vec<Option<ValueId>> = vec![None; variables];
        let mut choices = Vec::new();
        while choices.len() < MOST_CHOICES {
            let (total, totals) = self.menu(&chosen);
            written.totals(&total);
            totals.iter().for_each(|totals| written.totals(totals));
            for count in self.engine.completions(&chosen) {
                written.bytes(&count.to_bytes_le());
            }
            if random.next().is_multiple_of(MORE_EVERY) {
                self.ask_more(&chosen, &choices, random, written);
            }
            let open: Vec<(VariableId, ValueId)> = self
                .literals()
                .zip(&totals)
                .filter(|((variable, _), totals)| totals.is_possible() && chosen[variable.index()].is_none())
                .map(|(literal, _)| literal)
                .collect();
            let Some((variable, value)) = random.one_of(&open) else { return };
            chosen[variable.index()] = Some(value);
            choices.push((variable, value));
        }
    }

    fn ask_more(
        &self,
        chosen: &[Option<ValueId>],
        choices: &[(VariableId, ValueId)],
        random: &mut Random,
        written: &mut Written,
    ) {
        let literals: Vec<_> = self.literals().collect();
        let Some(wanted) = random.one_of(&literals) else { return };
        let variables = &self.engine.model().variables;
        match self.engine.conflict(choices, wanted) {
            None => written.number(-1),
            Some(conflict) => {
                written.length(conflict.len());
                for (variable, value) in conflict {
                    written.number(variable.0.into());
                    written.number(value.0.into());
                }
            }
        }
        for change in self.engine.repairs(chosen, &vec![1; variables.len()], wanted, SEVERAL) {
            written.number(change.weight);
            written.number(change.total);
            written.assignment(&change.assignment);
        }
        let allowed: Vec<bool> = self.engine.allowed(chosen).collect();
        let prices = variables.iter().flat_map(|variable| &variable.prices);
        let weights: Vec<Weight> = allowed
            .iter()
            .zip(prices)
            .map(|(&allowed, &price)| if allowed { Weight { weight: 0, price } } else { Weight::IMPOSSIBLE })
            .collect();
        let open: Vec<VariableId> = (0..variables.len()).map(VariableId::new).collect();
        let diagram = self.engine.diagram();
        for (weight, assignment) in
            diagram.lightest_several(&weights, &open[..open.len().min(SEVERAL)], SEVERAL)
        {
            written.number(weight.price);
            written.assignment(&assignment);
        }
        let drawn = diagram.random(&allowed, |below| {
            (u128::from(random.next()) << 64 | u128::from(random.next())) % below.max(1)
        });
        written.assignment(&drawn.unwrap_or_default());
        written.bytes(&self.engine.count(chosen).to_le_bytes());
    }

    fn literals(&self) -> impl Iterator<Item = (VariableId, ValueId)> + '_ {
        self.engine.model().variables.iter().enumerate().flat_map(|(index, variable)| {
            (0..variable.size()).map(move |value| (VariableId::new(index), ValueId::new(value)))
        })
    }
}

/// Bytes that are the same on every machine.
struct Written(Vec<u8>);

impl Written {
    fn number(&mut self, number: i64) {
        self.0.extend(number.to_le_bytes());
    }

    fn length(&mut self, length: usize) {
        self.number(i64::try_from(length).unwrap_or(i64::MAX));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn totals(&mut self, totals: &Totals) {
        let told = if totals.is_possible() { *totals } else { Bounds::zero() };
        self.number(told.low());
        self.number(told.high());
        self.0.extend(told.count().to_le_bytes());
    }

    fn assignment(&mut self, assignment: &[ValueId]) {
        self.length(assignment.len());
        assignment.iter().for_each(|value| self.number(value.0.into()));
    }
}
