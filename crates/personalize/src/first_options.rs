//! Which options of a long menu are shown first: those that most of the shopper's like have with what is chosen. The others are
//! one click away.

use configurator::{AttributeId, Choices, Configured, OptionId, Value};

use crate::learn::{Cell, Model};
use crate::learnt::Learnt;

/// How much of what is expected to be chosen the first ones hold.
const COVERED: f64 = 0.9;
/// Fewer are no menu.
const LEAST: usize = 4;

impl Learnt {
    /// The options of a choice that are shown first, the most probable first: as few as 9 in 10 are expected to choose among, four at
    /// least and so many at most, and only what enough ordered to tell of it. Nothing where those are fewer than four, and where nothing
    /// was learnt.
    #[must_use]
    pub fn first_options(
        &self,
        product: &Configured,
        stated_use: Option<&str>,
        choices: &Choices,
        attribute: AttributeId,
        most: usize,
    ) -> Option<Vec<OptionId>> {
        let model = self.model.as_ref()?;
        let others = choices.iter().filter(|(id, _)| *id != attribute);
        let others: Choices = others.map(|(id, value)| (id, value.clone())).collect();
        let in_force = product.in_force(&others, None);
        let mut known: Vec<Cell> = self.past.cells(product, &in_force);
        known.push(self.past.use_cell(stated_use));
        let at = product.variables().iter().position(|id| *id == attribute)?;
        let chances = model.predict(&known, &[at]);
        let chances = chances.first()?;
        let chance = |option| {
            let chosen = product.to_chosen(&Choices::new().with(attribute, Value::Option(option)));
            let value = chosen.get(at).copied().flatten()?;
            chances.get(value.index()).copied()
        };
        let is_told =
            |option| self.past.told(product, stated_use, (attribute, &Value::Option(option)), None).is_some();
        let ids = product.attribute(attribute).option_ids().map(|(option, _)| option);
        let mut likely: Vec<(f64, OptionId)> =
            ids.filter_map(|option| Some((chance(option)?, option))).collect();
        // Of equals the first in the product's order.
        likely.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut covered = 0.0;
        // Orders are gone through for the likely ones alone.
        let likely = likely.into_iter().filter(|(_, option)| is_told(*option));
        let first = likely.take(most).enumerate().take_while(|(place, (chance, _))| {
            let is_wanted = *place < LEAST || covered < COVERED;
            covered += chance;
            is_wanted
        });
        let first: Vec<OptionId> = first.map(|(_, (_, option))| option).collect();
        (first.len() >= LEAST).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Promise;
    use crate::learn::choose::candidates;
    use crate::tests::{past, product_of_colours};

    /// What is shown first of the colours, which are "c0", "c1" and so on.
    fn first(
        orders: &[(&str, [&str; 3], u32)],
        stated_use: Option<&str>,
        wheel: Option<&str>,
    ) -> Vec<String> {
        let product = Configured::new(product_of_colours(12)).unwrap();
        let past = past(&product, orders);
        let learnt = Learnt::from_orders(&product, &past, &candidates(), Promise::default());
        let colour = product.by_code("colour").unwrap();
        // What is chosen of the menu itself doesn't narrow it.
        let chosen = [("colour", "c11")].into_iter().chain(wheel.map(|wheel| ("wheel", wheel)));
        let choices = product.read_choices(chosen).unwrap();
        let found = learnt.first_options(&product, stated_use, &choices, colour, 6);
        let code = |option| product.attribute(colour).option(option).code.clone();
        found.unwrap_or_default().into_iter().map(code).collect()
    }

    /// Who tours has c5 to c8 and hardly c9, who is in town c1 to c4.
    fn orders() -> Vec<(&'static str, [&'static str; 3], u32)> {
        let touring = [("c5", 90), ("c6", 80), ("c7", 70), ("c8", 60), ("c9", 14)];
        let town = [("c1", 90), ("c2", 80), ("c3", 70), ("c4", 60), ("c10", 5)];
        let touring = touring.map(|(colour, count)| ("touring", [colour, "large", ""], count));
        let town = town.map(|(colour, count)| ("town", [colour, "small", ""], count));
        touring.into_iter().chain(town).collect()
    }

    #[test]
    fn first_comes_what_the_shoppers_like_have_and_as_many_as_nine_in_ten_choose_among() {
        assert_eq!(first(&orders(), Some("touring"), None), ["c5", "c6", "c7", "c8"]);
        assert_eq!(first(&orders(), Some("town"), None), ["c1", "c2", "c3", "c4"]);
        let everybody = first(&orders(), None, None);
        assert_eq!(everybody.len(), 6, "at most so many: {everybody:?}");
        let with_small_wheels = first(&orders(), None, Some("small"));
        assert!(["c1", "c2", "c3", "c4"].iter().all(|code| with_small_wheels.contains(&(*code).to_owned())));
        assert!(!everybody.contains(&"c10".to_owned()), "too few had it to tell of it");
    }

    #[test]
    fn too_few_to_tell_of_make_no_menu() {
        assert!(first(&orders()[..3], Some("touring"), None).is_empty());
        assert!(first(&[], None, None).is_empty());
    }
}
