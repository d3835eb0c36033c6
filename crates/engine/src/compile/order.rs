//! Orders of variables for decision diagrams: variables that constraints tie together close to each other.
//!
//! A front finishes constraints as soon as they are begun. FORCE pulls each variable to the middle of the constraints it
//! occurs in (F. A. Aloul, I. L. Markov, K. A. Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic",
//! 2003). MCS takes next the variable with most neighbours already taken (R. E. Tarjan, M. Yannakakis, 1984); reversed it
//! suits product ranges (H. Fargier, P. Marquis, N. Schmidt, "Semiring labelled decision diagrams, revisited", 2013).

/// Rounds of FORCE; it has mostly settled by then.
const ROUNDS: usize = 40;
/// Most pairs of variables in one constraint that are looked at.
const MOST_PAIRS: usize = 1_000_000;
/// How many of the busiest variables an order is begun with.
const FRONTS: usize = 3;
/// Random starts of FORCE.
const SEEDS: u64 = 12;

/// Which variables occur together.
pub(crate) struct Ties {
    /// By variable: binary logarithm of its domain's size, in 1024ths.
    pub weights: Vec<u64>,
    /// Variables that occur in one constraint or price.
    pub groups: Vec<Vec<usize>>,
}

impl Ties {
    /// Orders worth trying, the most promising first, none twice; each lists all variables from the top down.
    pub(crate) fn orders(&self) -> Vec<Vec<usize>> {
        let natural: Vec<usize> = (0..self.weights.len()).collect();
        let mut found = vec![natural.clone()];
        let mut starts = vec![natural.clone()];
        // These look at pairs, of which a long constraint has too many.
        if self.groups.iter().map(|group| group.len() * group.len()).sum::<usize>() <= MOST_PAIRS {
            for order in [self.cardinality_search(false), self.cardinality_search(true), self.elimination()] {
                starts.push(order.clone());
                found.push(order);
            }
        }
        let mut busiest = natural.clone();
        let occurrences = self.occurrences();
        busiest.sort_by_key(|&variable| (std::cmp::Reverse(occurrences[variable].len()), variable));
        for &first in busiest.iter().take(FRONTS) {
            let order = self.front(first, &occurrences);
            starts.push(order.clone());
            found.push(order);
        }
        for seed in 0..SEEDS {
            starts.push(shuffled(natural.clone(), seed));
        }
        for start in starts {
            found.push(self.force(start));
        }
        let reversed: Vec<Vec<usize>> =
            found.iter().map(|order| order.iter().rev().copied().collect()).collect();
        found.extend(reversed);
        let mut scored: Vec<(u64, Vec<usize>)> =
            found.into_iter().map(|order| (self.width(&order), order)).collect();
        scored.sort();
        scored.dedup();
        scored.into_iter().map(|(_, order)| order).collect()
    }

    /// An estimate of a diagram's size in this order: the bits that are still to be remembered of the variables above, summed
    /// over the levels.
    fn width(&self, order: &[usize]) -> u64 {
        let place = places(order);
        let mut last = place.clone();
        for group in &self.groups {
            let end = group.iter().map(|&variable| place[variable]).max().unwrap_or(0);
            for &variable in group {
                last[variable] = last[variable].max(end);
            }
        }
        let mut ending = vec![0; order.len()];
        let (mut open, mut total) = (0_u64, 0_u64);
        for (level, &variable) in order.iter().enumerate() {
            if last[variable] > level {
                open += self.weights[variable];
                ending[last[variable]] += self.weights[variable];
            }
            open -= ending[level];
            total = total.saturating_add(open);
        }
        total
    }

    /// By variable: the groups it occurs in.
    fn occurrences(&self) -> Vec<Vec<usize>> {
        let mut groups_of = vec![Vec::new(); self.weights.len()];
        for (index, group) in self.groups.iter().enumerate() {
            group.iter().for_each(|&variable| groups_of[variable].push(index));
        }
        groups_of
    }

    /// From a first variable on, each next one leaves fewest groups begun but not finished; among equals it finishes most,
    /// and has most of its groups begun.
    fn front(&self, first: usize, occurrences: &[Vec<usize>]) -> Vec<usize> {
        let mut missing: Vec<usize> = self.groups.iter().map(Vec::len).collect();
        let mut left: std::collections::BTreeSet<usize> = (0..self.weights.len()).collect();
        let mut order = Vec::with_capacity(left.len());
        let mut next = Some(first);
        while let Some(variable) = next {
            left.remove(&variable);
            order.push(variable);
            occurrences[variable].iter().for_each(|&group| missing[group] -= 1);
            next = left.iter().copied().min_by_key(|&variable| {
                let count = |wanted: &dyn Fn(usize) -> bool| {
                    occurrences[variable].iter().filter(|&&group| wanted(group)).count() as i64
                };
                let begun = count(&|group| missing[group] < self.groups[group].len());
                let finished = count(&|group| missing[group] == 1);
                let opened = count(&|group| missing[group] == self.groups[group].len() && missing[group] > 1);
                (opened - finished, -finished, -begun)
            });
        }
        order
    }

    fn force(&self, mut order: Vec<usize>) -> Vec<usize> {
        let groups_of = self.occurrences();
        let mut best = (self.width(&order), order.clone());
        for _ in 0..ROUNDS {
            let place = places(&order);
            let middles: Vec<f64> = self
                .groups
                .iter()
                .map(|group| mean(group.iter().map(|&variable| place[variable] as f64)))
                .collect();
            let wanted: Vec<f64> = (0..order.len())
                .map(|variable| {
                    let groups = &groups_of[variable];
                    if groups.is_empty() {
                        place[variable] as f64
                    } else {
                        mean(groups.iter().map(|&group| middles[group]))
                    }
                })
                .collect();
            let before = order.clone();
            order.sort_by(|&one, &other| wanted[one].total_cmp(&wanted[other]));
            let width = self.width(&order);
            if width < best.0 {
                best = (width, order.clone());
            }
            if before == order {
                break;
            }
        }
        best.1
    }

    /// By variable: the variables it occurs with, in order.
    fn neighbours(&self) -> Vec<Vec<usize>> {
        let mut neighbours = vec![Vec::new(); self.weights.len()];
        for group in &self.groups {
            for &one in group {
                neighbours[one].extend(group.iter().copied().filter(|&other| other != one));
            }
        }
        for own in &mut neighbours {
            own.sort_unstable();
            own.dedup();
        }
        neighbours
    }

    /// Each next variable has most neighbours before it; among equals the one with most (or, unless `heaviest`, fewest)
    /// neighbours.
    fn cardinality_search(&self, heaviest: bool) -> Vec<usize> {
        let neighbours = self.neighbours();
        let mut taken = vec![false; neighbours.len()];
        let mut before = vec![0_usize; neighbours.len()];
        let mut order = Vec::with_capacity(neighbours.len());
        while order.len() < neighbours.len() {
            let degree = |variable: usize| {
                if heaviest { neighbours[variable].len() } else { usize::MAX - neighbours[variable].len() }
            };
            let next = (0..neighbours.len())
                .filter(|&variable| !taken[variable])
                .max_by_key(|&variable| (before[variable], degree(variable), std::cmp::Reverse(variable)));
            let Some(next) = next else { break };
            taken[next] = true;
            order.push(next);
            neighbours[next].iter().for_each(|&other| before[other] += 1);
        }
        order
    }

    /// The reverse of eliminating the variable with fewest neighbours first (min-degree).
    fn elimination(&self) -> Vec<usize> {
        let mut neighbours: Vec<std::collections::BTreeSet<usize>> =
            self.neighbours().into_iter().map(|own| own.into_iter().collect()).collect();
        let mut left: std::collections::BTreeSet<usize> = (0..neighbours.len()).collect();
        let mut order = Vec::with_capacity(neighbours.len());
        while let Some(next) = left.iter().copied().min_by_key(|&variable| neighbours[variable].len()) {
            left.remove(&next);
            order.push(next);
            let around = std::mem::take(&mut neighbours[next]);
            for &one in &around {
                neighbours[one].remove(&next);
                neighbours[one].extend(around.iter().copied().filter(|&other| other != one));
            }
        }
        order.reverse();
        order
    }
}

fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, &variable) in order.iter().enumerate() {
        places[variable] = place;
    }
    places
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// A shuffle that is the same everywhere (G. Marsaglia, "Xorshift RNGs", 2003; Fisher-Yates).
fn shuffled(mut order: Vec<usize>, seed: u64) -> Vec<usize> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x2545_f491_4f6c_dd1d) | 1;
    for end in (1..order.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let other = usize::try_from(state % (end as u64 + 1)).unwrap_or(0);
        order.swap(end, other);
    }
    order
}
