//! Splits open variables into components that share no clause, and writes down what each is.

use std::ops::Range;

use super::literal::Literal;
use super::propagation::Propagation;

/// Variables that hang together through clauses, and those clauses of three or more literals that are not satisfied:
/// ranges of the stacks in [`Components`], both ascending.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub variables: Range<usize>,
    pub clauses: Range<usize>,
}

/// Lists of numbers for each of several things, in one array.
struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn new(lists: impl Iterator<Item = Vec<u32>>) -> Self {
        let mut starts = vec![0];
        let mut items = Vec::new();
        for list in lists {
            items.extend(list);
            starts.push(items.len() as u32);
        }
        Self { starts, items }
    }

    fn range(&self, index: usize) -> Range<usize> {
        self.starts[index] as usize..self.starts[index + 1] as usize
    }

    fn get(&self, index: usize) -> &[u32] {
        &self.items[self.range(index)]
    }
}

/// The clauses as the search for components needs them, and the components that are still to be compiled.
pub(super) struct Components {
    /// By variable: those it stands in a binary clause with.
    pairs: Lists,
    /// By variable: its longer clauses.
    memberships: Lists,
    /// Literals of the longer clauses.
    clauses: Lists,
    /// Variables of components, one behind the other.
    variables: Vec<u32>,
    /// Clauses of components, one behind the other.
    long: Vec<u32>,
    /// By variable and by clause: the component it was last found in, counted over all searches.
    variable_marks: Vec<u32>,
    clause_marks: Vec<u32>,
    marks: u32,
    /// By clause: whether it had lost literals when it was last found in a component.
    is_shortened: Vec<bool>,
    /// By variable: clauses not satisfied that it stood in when its component was found.
    frequency: Vec<u32>,
    queue: Vec<u32>,
    sizes: Vec<(usize, usize)>,
    key: Vec<u8>,
}

impl Components {
    /// For these clauses of at least two literals each.
    pub fn new(variables: usize, clauses: &[Vec<Literal>]) -> Self {
        let mut pairs = vec![Vec::new(); variables];
        let mut memberships = vec![Vec::new(); variables];
        let mut long = Vec::new();
        for clause in clauses {
            if let [first, second] = clause.as_slice() {
                pairs[first.variable()].push(second.variable() as u32);
                pairs[second.variable()].push(first.variable() as u32);
            } else {
                for literal in clause {
                    memberships[literal.variable()].push(long.len() as u32);
                }
                long.push(clause.iter().map(|literal| literal.0).collect::<Vec<u32>>());
            }
        }
        for list in &mut pairs {
            list.sort_unstable();
            list.dedup();
        }
        Self {
            pairs: Lists::new(pairs.into_iter()),
            memberships: Lists::new(memberships.into_iter()),
            variable_marks: vec![0; variables],
            clause_marks: vec![0; long.len()],
            is_shortened: vec![false; long.len()],
            marks: 0,
            frequency: vec![0; variables],
            variables: (0..variables as u32).collect(),
            long: (0..long.len() as u32).collect(),
            clauses: Lists::new(long.into_iter()),
            queue: Vec::new(),
            sizes: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Everything there is, as one component.
    pub fn whole(&self) -> Component {
        Component { variables: 0..self.variables.len(), clauses: 0..self.long.len() }
    }

    /// The variables of a component, ascending.
    pub fn variables(&self, component: &Component) -> &[u32] {
        &self.variables[component.variables.clone()]
    }

    /// Whether a variable belongs to a component.
    pub fn contains(&self, component: &Component, variable: usize) -> bool {
        self.variables(component).binary_search(&(variable as u32)).is_ok()
    }

    /// How much the stacks hold now, for [`Components::truncate`].
    pub fn mark(&self) -> (usize, usize) {
        (self.variables.len(), self.long.len())
    }

    /// How many unsatisfied clauses a variable stood in when its component was found.
    pub fn frequency(&self, variable: usize) -> u32 {
        self.frequency[variable]
    }

    /// Splits what is open of a component. Appends the components to `found` and the variables that stand in no clause
    /// to `free`.
    pub fn split(
        &mut self,
        whole: &Component,
        propagation: &Propagation,
        found: &mut Vec<Component>,
        free: &mut Vec<u32>,
    ) {
        if self.marks > u32::MAX / 2 {
            self.variable_marks.fill(0);
            self.clause_marks.fill(0);
            self.marks = 0;
        }
        let base = self.marks + 1;
        self.marks = base;
        self.sizes.clear();
        for position in whole.variables.clone() {
            let variable = self.variables[position];
            if !propagation.is_open(variable as usize) || self.variable_marks[variable as usize] > base {
                continue;
            }
            self.marks += 1;
            let size = self.spread(variable, base, propagation);
            if size.0 == 1 && size.1 == 0 {
                self.marks -= 1;
                self.variable_marks[variable as usize] = 0;
                free.push(variable);
            } else {
                self.sizes.push(size);
            }
        }
        let mut variables = self.variables.len();
        let mut clauses = self.long.len();
        let first = found.len();
        for &(variable_count, clause_count) in &self.sizes {
            // Ends grow below, while members are put in their place.
            found.push(Component { variables: variables..variables, clauses: clauses..clauses });
            variables += variable_count;
            clauses += clause_count;
        }
        self.variables.resize(variables, 0);
        self.long.resize(clauses, 0);
        for position in whole.variables.clone() {
            let variable = self.variables[position];
            let mark = self.variable_marks[variable as usize];
            if mark > base {
                let place = &mut found[first + (mark - base - 1) as usize].variables.end;
                self.variables[*place] = variable;
                *place += 1;
            }
        }
        for position in whole.clauses.clone() {
            let clause = self.long[position];
            let mark = self.clause_marks[clause as usize];
            if mark > base {
                let place = &mut found[first + (mark - base - 1) as usize].clauses.end;
                self.long[*place] = clause;
                *place += 1;
            }
        }
    }

    /// Marks the component of a variable; how many variables and long clauses it has.
    fn spread(&mut self, variable: u32, base: u32, propagation: &Propagation) -> (usize, usize) {
        let mark = self.marks;
        let mut clause_count = 0;
        self.queue.clear();
        self.queue.push(variable);
        self.variable_marks[variable as usize] = mark;
        let mut next = 0;
        while let Some(&variable) = self.queue.get(next) {
            next += 1;
            let mut frequency = 0;
            for &other in self.pairs.get(variable as usize) {
                if propagation.is_open(other as usize) {
                    frequency += 1;
                    if self.variable_marks[other as usize] != mark {
                        self.variable_marks[other as usize] = mark;
                        self.queue.push(other);
                    }
                }
            }
            'clauses: for index in self.memberships.range(variable as usize) {
                let clause = self.memberships.items[index] as usize;
                let seen = self.clause_marks[clause];
                if seen >= base {
                    frequency += u32::from(seen > base);
                    continue;
                }
                let literals = self.clauses.range(clause);
                let start = self.queue.len();
                let mut shortened = false;
                for index in literals {
                    let literal = Literal(self.clauses.items[index]);
                    let other = literal.variable();
                    if propagation.is_open(other) {
                        if self.variable_marks[other] != mark {
                            self.queue.push(other as u32);
                        }
                    } else if propagation.is_true(literal) {
                        self.clause_marks[clause] = base;
                        self.queue.truncate(start);
                        continue 'clauses;
                    } else {
                        shortened = true;
                    }
                }
                for &other in &self.queue[start..] {
                    self.variable_marks[other as usize] = mark;
                }
                self.clause_marks[clause] = mark;
                self.is_shortened[clause] = shortened;
                clause_count += 1;
                frequency += 1;
            }
            self.frequency[variable as usize] = frequency;
        }
        (self.queue.len(), clause_count)
    }

    /// What a component is, right after it was found: its variables and those of its clauses that have lost literals.
    /// The other clauses follow from the variables.
    pub fn key(&mut self, component: &Component) -> &[u8] {
        self.key.clear();
        write_ascending(&mut self.key, self.variables[component.variables.clone()].iter().copied());
        let shortened = self.long[component.clauses.clone()].iter().copied();
        let is_shortened = &self.is_shortened;
        write_ascending(&mut self.key, shortened.filter(|clause| is_shortened[*clause as usize]));
        &self.key
    }

    /// Drops what was found since [`Components::mark`].
    pub fn truncate(&mut self, (variables, clauses): (usize, usize)) {
        self.variables.truncate(variables);
        self.long.truncate(clauses);
    }
}

/// Writes ascending numbers, the differences in groups of seven bits, and a mark that no difference has behind them.
fn write_ascending(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut last = 0;
    for number in numbers {
        // From one on: zero ends the list.
        let mut difference = number + 1 - last;
        last = number + 1;
        while difference > 127 {
            bytes.push(difference as u8 | 128);
            difference >>= 7;
        }
        bytes.push(difference as u8);
    }
    bytes.push(0);
}
