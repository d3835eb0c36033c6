//! Which options of a menu are shown first: those that serve what matters to the shopper, those that the merchandiser chose for a group
//! they are of, those that most of their like have with what is chosen. The others are one click away.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use configurator::{AttributeId, Choices, Configured, OptionId, Product, Value};

use crate::asker::{Asker, Group};
use crate::learn::{Cell, Model};
use crate::learnt::Learnt;

/// How much of what is expected to be chosen the first ones hold.
pub const COVERED: f64 = 0.9;
/// Fewer are no menu.
const LEAST: usize = 4;
/// Most options that come first for what matters to the shopper.
const MOST_SERVING: usize = 4;

/// How long a menu is before only some of it is shown first, and how many those are at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortMenus {
    /// A menu of more options is long.
    pub longest: usize,
    /// A menu of more options, though not long, is shortened to what is learnt where that leaves out a third of it at least.
    pub longest_whole: usize,
    /// Most options of a long menu that are shown first, where nobody chose them.
    pub most: usize,
}

impl ShortMenus {
    /// Most options of a menu of so many that are shown first where they are learnt; nothing where all of it is shown.
    #[must_use]
    pub fn most_learnt(self, count: usize) -> Option<usize> {
        match count {
            _ if count > self.longest => Some(self.most),
            _ if count > self.longest_whole => Some(count * 2 / 3),
            _ => None,
        }
    }
}

/// The places that stand for so many: a sample from end to end, so that a range of colours shows its range.
#[must_use]
pub fn sample(count: usize, most: usize) -> Vec<usize> {
    (0..most).map(|index| index * count.saturating_sub(1) / most.saturating_sub(1).max(1)).collect()
}

/// What speaks for options to be among the first, the narrowest first; each may have nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// Those that serve best what matters to the shopper.
    pub needs: Vec<OptionId>,
    /// Those that the merchandiser chose for a group that the shopper is of.
    pub group: Vec<OptionId>,
    /// Those that the shopper's like have most, the most probable first.
    pub learnt: Vec<OptionId>,
}

/// What the options beside those that serve the shopper's needs come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The merchandiser's choice for a group.
    Group,
    /// What the shopper's like have.
    Learnt,
    /// A sample from end to end.
    Sample,
}

/// The options of a menu that are shown first, and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstOptions {
    /// The options, those with the narrowest reason first.
    pub options: Vec<OptionId>,
    /// Whether some of them are there for the shopper's needs.
    pub serves_needs: bool,
    /// Where the others come from.
    pub rest: Rest,
}

impl Voices {
    /// What is shown first of a menu with these options; nothing where all of it is, and where nothing speaks. What the merchandiser
    /// chose for a group makes any menu a short one, as long as they chose; else only long ones are shortened, and to what is learnt those
    /// of which it leaves out a third at least.
    #[must_use]
    pub fn first(&self, all: &[OptionId], menus: ShortMenus) -> Option<FirstOptions> {
        let is_long = all.len() > menus.longest;
        let (rest, others, most) = if !self.group.is_empty() {
            (Rest::Group, self.group.clone(), all.len())
        } else if let Some(most) =
            menus.most_learnt(all.len()).filter(|most| self.is_learnt_for(*most, is_long))
        {
            (Rest::Learnt, self.learnt.clone(), most)
        } else if is_long && !self.needs.is_empty() {
            let places = sample(all.len(), menus.most.saturating_sub(self.needs.len()));
            (
                Rest::Sample,
                places.into_iter().filter_map(|place| all.get(place).copied()).collect(),
                menus.most,
            )
        } else {
            return None;
        };
        let mut options: Vec<OptionId> = Vec::new();
        for option in self.needs.iter().copied().chain(others) {
            if options.len() < most && all.contains(&option) && !options.contains(&option) {
                options.push(option);
            }
        }
        let serves_needs = !self.needs.is_empty();
        (options.len() < all.len()).then_some(FirstOptions { options, serves_needs, rest })
    }

    /// Whether what is learnt speaks for so many options at most: in a long menu for the most probable of them, else for no fewer than
    /// all that are expected.
    fn is_learnt_for(&self, most: usize, is_long: bool) -> bool {
        !self.learnt.is_empty() && (is_long || self.learnt.len() <= most)
    }
}

/// The options of an attribute that serve best what matters to a shopper, the best first and of equals the product's first: at most four
/// of those in the upper half between the least and the best. None where all of them serve it alike. `weights` says by code of a benefit how much it matters.
#[must_use]
pub fn serving_best(
    product: &Product,
    attribute: AttributeId,
    weights: &BTreeMap<String, u8>,
) -> Vec<OptionId> {
    let worth = |option: OptionId| -> i64 {
        let benefits = &product.attribute(attribute).option(option).benefits;
        let worth = |(code, served): (&String, &i64)| {
            i64::from(weights.get(code).copied().unwrap_or(0)).saturating_mul(*served)
        };
        benefits.iter().map(worth).sum()
    };
    let available = product.attribute(attribute).option_ids().filter(|(_, option)| option.available);
    let mut by_worth: Vec<(i64, OptionId)> = available.map(|(id, _)| (worth(id), id)).collect();
    by_worth.sort_by_key(|(worth, _)| Reverse(*worth));
    let (Some((best, _)), Some((least, _))) = (by_worth.first().copied(), by_worth.last().copied()) else {
        return Vec::new();
    };
    let serving = by_worth.into_iter().filter(|(worth, _)| *worth > least && 2 * worth >= best + least);
    serving.map(|(_, option)| option).take(MOST_SERVING).collect()
}

/// The codes of the benefits that matter to a shopper and that these options serve: the most important first, of equals the product's first.
#[must_use]
pub fn benefits_served(
    product: &Product,
    attribute: AttributeId,
    options: &[OptionId],
    weights: &BTreeMap<String, u8>,
) -> Vec<String> {
    let attribute = product.attribute(attribute);
    let serves = |code: &String| {
        options
            .iter()
            .any(|option| attribute.option(*option).benefits.get(code).is_some_and(|served| *served > 0))
    };
    let weight = |code: &String| weights.get(code).copied().unwrap_or(0);
    let codes = product.benefits.iter().map(|benefit| benefit.code.clone());
    let mut codes: Vec<String> = codes.filter(|code| weight(code) > 0 && serves(code)).collect();
    codes.sort_by_key(|code| Reverse(weight(code)));
    codes
}

impl Learnt {
    /// The options of a choice that are shown first to somebody, the most probable first, and whose orders speak for that: the narrowest
    /// of the groups that they are of with four options at least of which enough of it ordered each to tell of it. They are as few as 9 in
    /// 10 of it are expected to choose among, four at least and so many at most; with them goes the share that is expected to. Nothing
    /// where there is no such group, and where nothing was learnt.
    #[must_use]
    pub fn first_options(
        &self,
        product: &Configured,
        stated_use: Option<&str>,
        asker: &Asker,
        choices: &Choices,
        attribute: AttributeId,
        most: usize,
    ) -> Option<(Vec<OptionId>, Group, f64)> {
        self.model.as_ref()?;
        let others = choices.iter().filter(|(id, _)| *id != attribute);
        let others: Choices = others.map(|(id, value)| (id, value.clone())).collect();
        let chosen = self.past.spans.cells(product, &product.in_force(&others, None));
        let stated = stated_use.map(|code| Group::Use(code.to_owned()));
        let groups = self.groups_of(product, asker).into_iter().chain(stated).chain([Group::Everybody]);
        let groups: Vec<Group> = groups.collect();
        (0..groups.len()).find_map(|narrowest| {
            let groups = groups.get(narrowest..)?;
            let group = groups.first()?;
            let known = [chosen.clone(), self.known_as_of(product, group, asker)].concat();
            let likely = self.likely(product, &known, attribute)?;
            let (options, covered) = self.enough(product, likely, attribute, groups, most)?;
            Some((options, group.clone(), covered))
        })
    }

    /// What is known of somebody as of a group, and nothing else of them, as cells.
    fn known_as_of(&self, product: &Product, group: &Group, asker: &Asker) -> Vec<Cell> {
        let (stated_use, asker) = match group {
            Group::Segment(_) => (None, Asker { segments: asker.segments.clone(), ..Asker::default() }),
            Group::Wanting(_) => (None, Asker { needs: asker.needs.clone(), ..Asker::default() }),
            Group::Use(code) => (Some(code.as_str()), Asker::default()),
            Group::Everybody => (None, Asker::default()),
        };
        let beyond = if self.asks() { self.past.cells_of(product, &asker) } else { Vec::new() };
        [self.past.use_cell(stated_use)].into_iter().chain(beyond).collect()
    }

    /// The options of a choice with how probable each is, the most probable first.
    fn likely(
        &self,
        product: &Configured,
        known: &[Cell],
        attribute: AttributeId,
    ) -> Option<Vec<(f64, OptionId)>> {
        let at = product.variables().iter().position(|id| *id == attribute)?;
        let chances = self.model.as_ref()?.predict(known, &[at]);
        let chances = chances.first()?;
        let chance = |option| {
            let chosen = product.to_chosen(&Choices::new().with(attribute, Value::Option(option)));
            let value = chosen.get(at).copied().flatten()?;
            chances.get(value.index()).copied()
        };
        let ids = product.attribute(attribute).option_ids().map(|(option, _)| option);
        let mut likely: Vec<(f64, OptionId)> =
            ids.filter_map(|option| Some((chance(option)?, option))).collect();
        // Of equals the first in the product's order.
        likely.sort_by(|one, other| other.0.total_cmp(&one.0));
        Some(likely)
    }

    /// Of likely options those that are shown first, told of by the first of these groups, which takes four, or by a wider one.
    fn enough(
        &self,
        product: &Product,
        likely: Vec<(f64, OptionId)>,
        attribute: AttributeId,
        groups: &[Group],
        most: usize,
    ) -> Option<(Vec<OptionId>, f64)> {
        let is_told = |group: &Group, option| {
            self.past.told_by(product, group, (attribute, &Value::Option(option)), None).is_some()
        };
        let narrowest = groups.first()?;
        let told = likely.iter().filter(|(_, option)| is_told(narrowest, *option)).take(LEAST).count();
        if told < LEAST {
            return None;
        }
        // Orders are gone through for the likely ones alone.
        let likely =
            likely.into_iter().filter(|(_, option)| groups.iter().any(|group| is_told(group, *option)));
        let (mut first, mut covered) = (Vec::new(), 0.0);
        for (chance, option) in likely.take(most) {
            if first.len() >= LEAST && covered >= COVERED {
                break;
            }
            first.push(option);
            covered += chance;
        }
        (first.len() >= LEAST).then_some((first, covered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PastDesign;
    use crate::gate::Promise;
    use crate::learn::choose::candidates;
    use crate::tests::{past, product_of_colours, product_serving};
    use proptest::collection::vec;
    use proptest::prelude::*;

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
        let found = learnt.first_options(&product, stated_use, &Asker::default(), &choices, colour, 6);
        let code = |option| product.attribute(colour).option(option).code.clone();
        found.map(|(options, ..)| options).unwrap_or_default().into_iter().map(code).collect()
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

    fn wanting(benefit: &str) -> Asker {
        Asker { needs: [(benefit.to_owned(), 3)].into(), segments: Vec::new() }
    }

    fn in_segment(name: &str) -> Asker {
        Asker { segments: vec![name.to_owned()], ..Asker::default() }
    }

    /// What is learnt of orders of a colour each, by who asked.
    fn learnt_of(product: &Configured, orders: &[(Asker, &str, u32)]) -> Learnt {
        let past = orders.iter().map(|(asker, colour, count)| {
            let (id, value) = product.read_choice("colour", colour).unwrap();
            let design = product.standard().clone().with(id, value);
            PastDesign { stated_use: None, asker: asker.clone(), design, count: *count, synthetic: 0 }
        });
        let past: Vec<PastDesign> = past.collect();
        Learnt::from_orders(product, &past, &candidates(), Promise::default())
    }

    /// The codes of what is shown first to somebody, sorted, and who speaks.
    fn shown_to(product: &Configured, learnt: &Learnt, asker: &Asker) -> (Vec<String>, Group) {
        let colour = product.by_code("colour").unwrap();
        let (options, group, _) =
            learnt.first_options(product, None, asker, &Choices::new(), colour, 6).unwrap();
        let code = |option| product.attribute(colour).option(option).code.clone();
        let mut codes: Vec<String> = options.into_iter().map(code).collect();
        codes.sort();
        (codes, group)
    }

    #[test]
    fn what_matters_and_a_segment_speak_before_everybody_where_enough_of_them_ordered() {
        let product = Configured::new(product_serving(&[[1, 1]; 12])).unwrap();
        let counts = [90, 80, 70, 60];
        let groups =
            [(wanting("comfort"), ["c1", "c2", "c3", "c4"]), (wanting("speed"), ["c5", "c6", "c7", "c8"])];
        let of = |groups: &[(Asker, [&'static str; 4])]| -> Vec<(Asker, &'static str, u32)> {
            let orders = groups.iter().flat_map(|(asker, colours)| {
                let counted = colours.iter().zip(counts);
                counted.map(move |(colour, count)| (asker.clone(), *colour, count))
            });
            orders.collect()
        };
        let learnt = learnt_of(&product, &of(&groups));
        for (asker, colours) in &groups {
            let benefit = asker.needs.keys().next().unwrap().clone();
            let expected = (colours.map(str::to_owned).to_vec(), Group::Wanting(benefit));
            assert_eq!(shown_to(&product, &learnt, asker), expected);
        }
        let (everybodys, group) = shown_to(&product, &learnt, &Asker::default());
        assert_eq!((everybodys.len(), group), (6, Group::Everybody));
        let segments = [(in_segment("Regulars"), groups[0].1), (in_segment("Others"), groups[1].1)];
        let learnt = learnt_of(&product, &of(&segments));
        let (colours, group) = shown_to(&product, &learnt, &in_segment("Regulars"));
        assert_eq!(colours, ["c1", "c2", "c3", "c4"]);
        assert_eq!(group, Group::Segment("Regulars".to_owned()));
        assert_eq!(shown_to(&product, &learnt, &in_segment("New")).1, Group::Everybody);
        // Three of its options are told of: everybody speaks, as to whoever said nothing.
        let mut few = of(&groups);
        few.retain(|(_, colour, _)| *colour != "c4");
        let learnt = learnt_of(&product, &few);
        let everybodys = shown_to(&product, &learnt, &Asker::default());
        assert_eq!(shown_to(&product, &learnt, &wanting("comfort")), everybodys);
        assert_eq!(everybodys.1, Group::Everybody);
    }

    const MENUS: ShortMenus = ShortMenus { longest: 8, longest_whole: 6, most: 6 };

    fn weights(comfort: u8, speed: u8) -> BTreeMap<String, u8> {
        [("comfort".to_owned(), comfort), ("speed".to_owned(), speed)].into()
    }

    fn serving(colours: &[[i64; 2]], comfort: u8, speed: u8) -> Vec<usize> {
        let product = product_serving(colours);
        let colour = product.by_code("colour").unwrap();
        let best = serving_best(&product, colour, &weights(comfort, speed));
        best.into_iter().map(OptionId::index).collect()
    }

    #[test]
    fn the_best_for_what_matters_are_those_of_the_upper_half_and_four_at_most() {
        let colours = [[0, 5], [5, 0], [4, 0], [2, 2], [5, 1], [3, 3]];
        assert_eq!(serving(&colours, 1, 0), [1, 4, 2, 5], "of equals the first");
        assert_eq!(serving(&colours, 0, 3), [0, 5]);
        assert_eq!(serving(&colours, 3, 1), [4, 1, 2, 5]);
        assert!(serving(&colours, 0, 0).is_empty(), "nothing matters");
        assert!(serving(&[[3, 3]; 6], 2, 1).is_empty(), "all serve it alike");
        let product = product_serving(&colours);
        let colour = product.by_code("colour").unwrap();
        let told = |weights| {
            let best = serving_best(&product, colour, &weights);
            benefits_served(&product, colour, &best, &weights)
        };
        assert_eq!(told(weights(1, 3)), ["speed", "comfort"], "the most important first");
        assert_eq!(told(weights(2, 2)), ["comfort", "speed"], "of equals the product's first");
        assert_eq!(told(weights(2, 0)), ["comfort"]);
    }

    #[test]
    fn a_sample_goes_from_end_to_end() {
        assert_eq!(sample(30, 4), [0, 9, 19, 29]);
        assert_eq!(sample(216, 18).len(), 18);
        assert_eq!(sample(9, 1), [0]);
        assert!(sample(9, 0).is_empty());
    }

    fn ids(product: &Product) -> Vec<OptionId> {
        let colour = product.by_code("colour").unwrap();
        product.attribute(colour).option_ids().map(|(id, _)| id).collect()
    }

    proptest! {
        #[test]
        fn whoever_speaks_the_first_are_some_of_all_the_narrowest_among_them(
            count in 2_usize..20,
            needs in vec(0_usize..20, 0..5),
            group in vec(0_usize..20, 0..9),
            learnt in vec(0_usize..20, 0..9),
        ) {
            let all = ids(&product_of_colours(count));
            let some = |places: &[usize]| -> Vec<OptionId> {
                places.iter().filter_map(|place| all.get(*place).copied()).collect()
            };
            let voices = Voices { needs: some(&needs), group: some(&group), learnt: some(&learnt) };
            let first = voices.first(&all, MENUS);
            prop_assert_eq!(&first, &voices.first(&all, MENUS));
            let is_long = count > MENUS.longest;
            let learnt_of_menu = voices.learnt.len();
            let Some(FirstOptions { options, serves_needs, rest }) = first else {
                // Nothing speaks, or all of it would be first.
                let is_learnt = !voices.learnt.is_empty() && count > MENUS.longest_whole && 3 * learnt_of_menu <= 2 * count;
                let speaks = !voices.group.is_empty() || is_learnt || is_long && !(voices.learnt.is_empty() && voices.needs.is_empty());
                let together: std::collections::BTreeSet<_> = voices.needs.iter().chain(&voices.group).collect();
                prop_assert!(!speaks || together.len() == count);
                return Ok(());
            };
            let mut once = options.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), options.len(), "each once");
            prop_assert!(options.len() < count && options.iter().all(|option| all.contains(option)));
            prop_assert!(voices.needs.iter().all(|option| options.contains(option)));
            prop_assert_eq!(serves_needs, !voices.needs.is_empty());
            prop_assert_eq!(rest == Rest::Group, !voices.group.is_empty());
            if rest == Rest::Group {
                prop_assert!(voices.group.iter().all(|option| options.contains(option)));
            } else if is_long {
                prop_assert!(options.len() <= MENUS.most);
            } else {
                prop_assert!(rest == Rest::Learnt && count > MENUS.longest_whole && 3 * options.len() <= 2 * count);
            }
        }
    }
}
