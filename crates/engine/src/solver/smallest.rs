//! The fewest constraints that contradict some choices.
//!
//! Whatever contradicts has a constraint of every set without which the rest can hold. So the fewest that meet all such sets found
//! so far are tried: if they contradict, none are fewer, and otherwise they lead to another such set (Ignatiev, Previti, Liffiton,
//! Marques-Silva, "Smallest MUS extraction with minimal hitting set dualization", 2015).

use super::guarded::GuardedConstraints;
use super::search::{Literal, Search};
use super::state::{Choice, literal_of};
use crate::effort::{Effort, TooComplex};

/// What a constraint weighs; one that is spared where as few others do weighs one more.
const CONSTRAINT: u64 = 1 << 20;

/// The fewest constraints that contradict some choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smallest {
    /// Indexes of constraints, in order: none too many where that is proven.
    pub constraints: Vec<usize>,
    /// Whether it is proven that fewer don't do. Otherwise each is needed as far as the effort went.
    pub is_proven: bool,
}

/// The question which of some constraints contradict.
struct Question<'e> {
    search: Search,
    /// What holds in any case.
    fixed: Vec<Literal>,
    /// The selectors of the constraints in question.
    open: Vec<Literal>,
    /// What each of them weighs.
    weights: Vec<u64>,
    effort: &'e Effort,
}

impl GuardedConstraints {
    /// Whether an assignment has these choices and meets all constraints but those `without`; `None` when the effort does not
    /// tell.
    #[must_use]
    pub fn is_possible(&self, choices: &[Choice], without: &[usize], effort: &Effort) -> Option<bool> {
        let mut search = self.search.clone();
        effort.take(search.copying());
        search.solve_within(&self.held(choices, without), effort)
    }

    /// The fewest of the constraints in `among` that contradict these choices beside all other constraints but those `without`,
    /// without the constraint `spared` where as few others do. `None` when they do not contradict.
    ///
    /// # Errors
    /// With this effort there is no telling whether they do.
    pub fn smallest(
        &self,
        choices: &[Choice],
        (among, without): (&[usize], &[usize]),
        spared: Option<usize>,
        effort: &Effort,
    ) -> Result<Option<Smallest>, TooComplex> {
        let mut search = self.search.clone();
        effort.take(search.copying());
        for &constraint in among {
            search.prefer(self.selectors[constraint]);
        }
        let fixed = self.held(choices, &[among, without].concat());
        let open = among.iter().map(|&constraint| self.selectors[constraint]).collect();
        let weigh = |&constraint: &usize| CONSTRAINT + u64::from(Some(constraint) == spared);
        let weights = among.iter().map(weigh).collect();
        let mut question = Question { search, fixed, open, weights, effort };
        let Some(first) = question.first()? else { return Ok(None) };
        let (found, is_proven) = question.fewest(first);
        let mut constraints: Vec<usize> = found.into_iter().map(|place| among[place]).collect();
        constraints.sort_unstable();
        Ok(Some(Smallest { constraints, is_proven }))
    }

    /// The choices, and the selectors of all constraints but these.
    fn held(&self, choices: &[Choice], without: &[usize]) -> Vec<Literal> {
        let chosen = choices.iter().map(|&choice| literal_of(&self.literals, choice));
        let others = (0..self.selectors.len()).filter(|index| !without.contains(index));
        chosen.chain(others.map(|index| self.selectors[index])).collect()
    }
}

impl Question<'_> {
    fn weight(&self, places: &[usize]) -> u64 {
        places.iter().map(|&place| self.weights[place]).sum()
    }

    /// Whether the constraints at these places can hold together; `None` where the effort does not tell.
    fn is_possible(&mut self, places: &[usize]) -> Option<bool> {
        let chosen = places.iter().map(|&place| self.open[place]);
        let question: Vec<Literal> = self.fixed.iter().copied().chain(chosen).collect();
        self.search.solve_within(&question, self.effort)
    }

    /// Some that contradict, each needed for that as far as effort goes; `None` when all can hold together.
    fn first(&mut self) -> Result<Option<Vec<usize>>, TooComplex> {
        let all: Vec<usize> = (0..self.open.len()).collect();
        if self.is_possible(&all).ok_or(TooComplex)? {
            return Ok(None);
        }
        let core = std::mem::take(&mut self.search.core);
        let core = self.open.iter().copied().filter(|selector| core.contains(selector)).collect();
        let share = self.effort.share();
        let own = std::mem::replace(&mut self.search.effort, share);
        let needed = self.search.shrink(&self.fixed, core);
        self.effort.take(share - self.search.effort);
        self.search.effort = own;
        Ok(Some((0..self.open.len()).filter(|&place| needed.contains(&self.open[place])).collect()))
    }

    /// The fewest that contradict, where these do, and whether that is proven.
    fn fewest(&mut self, known: Vec<usize>) -> (Vec<usize>, bool) {
        let most = self.weight(&known);
        let mut sets: Vec<Vec<usize>> = Vec::new();
        loop {
            let mut meeting =
                Meeting { sets: &sets, weights: &self.weights, effort: self.effort, best: None };
            meeting.search(&mut Vec::new(), 0, most);
            let best = meeting.best;
            // What came of a search that was broken off proves nothing.
            if self.effort.is_spent() {
                return (known, false);
            }
            // Nothing lighter than what is known meets all the sets.
            let Some(best) = best else { return (known, true) };
            match self.is_possible(&best) {
                Some(false) => return (best, true),
                Some(true) => sets.push(self.missing(best)),
                None => return (known, false),
            }
        }
    }

    /// The places without which the others can hold, among them these that were just found to.
    fn missing(&mut self, mut held: Vec<usize>) -> Vec<usize> {
        let holds = |search: &Search, open: &[Literal]| -> Vec<usize> {
            (0..open.len()).filter(|&place| search.holds(open[place])).collect()
        };
        held.extend(holds(&self.search, &self.open));
        held.sort_unstable();
        held.dedup();
        let mut missing = Vec::new();
        for place in 0..self.open.len() {
            if held.contains(&place) {
                continue;
            }
            held.push(place);
            if self.is_possible(&held) == Some(true) {
                held.extend(holds(&self.search, &self.open));
                held.sort_unstable();
                held.dedup();
            } else {
                held.pop();
                missing.push(place);
            }
        }
        missing.retain(|place| !held.contains(place));
        missing
    }
}

/// A search for the lightest places of which each set has one.
struct Meeting<'s> {
    sets: &'s [Vec<usize>],
    weights: &'s [u64],
    effort: &'s Effort,
    best: Option<Vec<usize>>,
}

impl Meeting<'_> {
    /// Looks for some that weigh less than `most`, with `chosen` among them, which weigh `weight`. Returns what the lightest found
    /// weigh, or `most`.
    fn search(&mut self, chosen: &mut Vec<usize>, weight: u64, mut most: u64) -> u64 {
        if self.effort.is_spent() {
            return most;
        }
        self.effort.take(self.sets.len() as u64 + 1);
        let open = self.sets.iter().filter(|set| !set.iter().any(|place| chosen.contains(place)));
        // Sets that share nothing each need a place of their own.
        let (mut used, mut least, mut smallest): (Vec<usize>, u64, Option<&Vec<usize>>) =
            (Vec::new(), 0, None);
        for set in open {
            if !set.iter().any(|place| used.contains(place)) {
                least += set.iter().map(|&place| self.weights[place]).min().unwrap_or(0);
                used.extend(set);
            }
            if smallest.is_none_or(|known| set.len() < known.len()) {
                smallest = Some(set);
            }
        }
        if weight + least >= most {
            return most;
        }
        let Some(set) = smallest else {
            self.best = Some(chosen.clone());
            return weight;
        };
        for &place in set {
            chosen.push(place);
            most = self.search(chosen, weight + self.weights[place], most);
            chosen.pop();
        }
        most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The edges of a grid whose ends are joined: what meets all of them is hard to find.
    fn grid(side: usize) -> Vec<Vec<usize>> {
        let place = |row: usize, column: usize| (row % side) * side + column % side;
        let cells = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
        let edges = cells.flat_map(|(row, column)| {
            let own = place(row, column);
            [vec![own, place(row, column + 1)], vec![own, place(row + 1, column)]]
        });
        edges.collect()
    }

    #[test]
    fn a_search_for_what_meets_all_sets_ends_with_the_effort() {
        let meet = |side: usize, effort: &Effort| {
            let (sets, weights) = (grid(side), vec![1; side * side]);
            let mut meeting = Meeting { sets: &sets, weights: &weights, effort, best: None };
            let least = meeting.search(&mut Vec::new(), 0, (side * side) as u64 + 1);
            (least, meeting.best.map(|best| best.len()))
        };
        let effort = Effort::new(1_000_000);
        assert_eq!(meet(3, &effort), (6, Some(6)));
        assert!(!effort.is_spent());
        meet(15, &effort);
        assert!(effort.is_spent());
    }
}
