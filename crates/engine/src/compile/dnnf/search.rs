//! The search whose trace is the circuit: decide, propagate, split into components, look each up or go into it.
//!
//! In the manner of sharpSAT (Thurley 2006) and Dsharp (Muise et al. 2012). As in D4 (Lagniez & Marquis 2017) what is
//! split is known to be satisfiable, so what is learnt never spoils what is remembered of a component.

use super::cache::{Cache, EntryId};
use super::component::{Component, Components};
use super::literal::Literal;
use super::propagation::{Exhausted, Propagation};
use super::trace::Trace;
use super::{DnnfError, Limits};

/// A component that is being compiled. Its two alternatives come one after the other.
struct Frame {
    component: Component,
    entry: EntryId,
    decision: Literal,
    is_second: bool,
    /// Where its alternatives, the components it waits for and what they consist of start on the stacks.
    factors: usize,
    second_factors: usize,
    waiting: usize,
    mark: (usize, usize),
}

/// What the search needs and what it has found.
pub(super) struct Search<'a> {
    propagation: Propagation,
    components: Components,
    cache: Cache,
    trace: Trace,
    /// By variable: how much deciding it early separates the rest.
    scores: &'a [f64],
    /// By variable: whether both its values must be told apart although no clause mentions it any more.
    is_told: &'a [bool],
    limits: &'a Limits,
    frames: Vec<Frame>,
    waiting: Vec<(Component, EntryId)>,
    factors: Vec<u32>,
    free: Vec<u32>,
    found: Vec<Component>,
    /// By variable: its node with two alternatives and nothing else.
    told: Vec<Option<u32>>,
}

impl<'a> Search<'a> {
    /// A search through the clauses of `propagation`, some of which make up `components`.
    pub fn new(
        mut propagation: Propagation,
        components: Components,
        scores: &'a [f64],
        is_told: &'a [bool],
        limits: &'a Limits,
    ) -> Self {
        let variables = propagation.variables();
        propagation.limit = limits.steps;
        Self {
            propagation,
            components,
            cache: Cache::new(limits.cache_bytes),
            trace: Trace::new(variables),
            scores,
            is_told,
            limits,
            frames: Vec::new(),
            waiting: Vec::new(),
            factors: Vec::new(),
            free: Vec::new(),
            found: Vec::new(),
            told: vec![None; variables],
        }
    }

    /// Compiles everything; the root is the trace's last node. The clauses must be satisfiable and nothing assigned.
    ///
    /// # Errors
    /// A limit is reached.
    pub fn run(mut self) -> Result<Trace, DnnfError> {
        let whole = self.components.whole();
        self.propagation
            .is_satisfiable(self.components.variables(&whole))
            .map_err(|Exhausted| DnnfError::TooLong(self.limits.steps))?;
        self.split(&whole);
        loop {
            let waiting = self.frames.last().map_or(0, |frame| frame.waiting);
            if self.waiting.len() > waiting
                && let Some((component, entry)) = self.waiting.pop()
            {
                self.check()?;
                self.open(component, entry);
                self.decide()?;
            } else if let Some(frame) = self.frames.last() {
                self.components.truncate(frame.mark);
                self.propagation.backtrack(self.propagation.level() - 1);
                self.turn()?;
            } else {
                break;
            }
        }
        self.trace.push_arc(&self.factors);
        self.trace.push_node();
        Ok(self.trace)
    }

    fn check(&mut self) -> Result<(), DnnfError> {
        if self.trace.factors() + self.factors.len() > self.limits.factors {
            return Err(DnnfError::TooLarge(self.limits.factors));
        }
        if self.propagation.steps > self.limits.steps {
            return Err(DnnfError::TooLong(self.limits.steps));
        }
        self.propagation.forget();
        Ok(())
    }

    /// Looks the components of what is open up: known ones become factors, the others wait.
    fn split(&mut self, whole: &Component) {
        let mut found = std::mem::take(&mut self.found);
        let mut free = std::mem::take(&mut self.free);
        self.propagation.steps += whole.variables.len() as u64;
        self.components.split(whole, &self.propagation, &mut found, &mut free);
        for variable in free.drain(..) {
            if self.is_told[variable as usize] {
                let node = self.tell(variable as usize);
                self.factors.push(self.trace.factor(node));
            }
        }
        for component in found.drain(..) {
            match self.cache.find(self.components.key(&component)) {
                Ok(node) => self.push_factor(node),
                Err(entry) => self.waiting.push((component, entry)),
            }
        }
        (self.found, self.free) = (found, free);
    }

    /// The node of a variable that nothing constrains.
    fn tell(&mut self, variable: usize) -> u32 {
        if let Some(node) = self.told[variable] {
            return node;
        }
        self.trace.push_arc(&[Literal::new(variable, true).0]);
        self.trace.push_arc(&[Literal::new(variable, false).0]);
        let node = self.trace.push_node();
        self.told[variable] = Some(node);
        node
    }

    /// Multiplies by a node; by its factors when it has one alternative only.
    fn push_factor(&mut self, node: u32) {
        let mut arcs = self.trace.arcs(node as usize);
        match (arcs.next(), arcs.next()) {
            (Some(factors), None) => self.factors.extend_from_slice(factors),
            _ => self.factors.push(self.trace.factor(node)),
        }
    }

    /// Starts a component: chooses the variable to decide.
    fn open(&mut self, component: Component, entry: EntryId) {
        let mut best = (f64::NEG_INFINITY, 0);
        for &variable in self.components.variables(&component) {
            let variable = variable as usize;
            let score = self.scores[variable]
                + f64::from(self.components.frequency(variable))
                + self.propagation.activity(variable);
            if score > best.0 {
                best = (score, variable);
            }
        }
        let variable = best.1;
        self.frames.push(Frame {
            component,
            entry,
            decision: Literal::new(variable, self.propagation.phase(variable)),
            is_second: false,
            factors: self.factors.len(),
            second_factors: 0,
            waiting: self.waiting.len(),
            mark: self.components.mark(),
        });
    }

    /// Makes the present alternative's decision and splits what is left. When it can't hold, goes on to the next.
    fn decide(&mut self) -> Result<(), DnnfError> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let (component, decision, is_second) = (frame.component.clone(), frame.decision, frame.is_second);
        let start = self.propagation.trail().len();
        self.propagation.decide(decision);
        let level = self.propagation.level();
        // The first alternative agrees with the solution at hand.
        let holds = if is_second {
            self.propagation
                .is_satisfiable(self.components.variables(&component))
                .map_err(|Exhausted| DnnfError::TooLong(self.limits.steps))?
        } else {
            self.propagation.propagate().is_ok()
        };
        if !holds {
            self.propagation.backtrack(level - 1);
            return self.turn();
        }
        for position in start..self.propagation.trail().len() {
            let literal = self.propagation.trail()[position];
            // What was learnt may settle variables of other components too.
            if self.components.contains(&component, literal.variable()) {
                self.factors.push(literal.0);
            }
        }
        self.split(&component);
        Ok(())
    }

    /// Ends the present alternative: on to the other one, or to the node.
    fn turn(&mut self) -> Result<(), DnnfError> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        if !frame.is_second {
            frame.is_second = true;
            frame.decision = !frame.decision;
            frame.second_factors = self.factors.len();
            return self.decide();
        }
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        for range in [frame.factors..frame.second_factors, frame.second_factors..self.factors.len()] {
            if !range.is_empty() {
                self.trace.push_arc(&self.factors[range]);
            }
        }
        let node = self.trace.push_node();
        self.factors.truncate(frame.factors);
        self.cache.fill(frame.entry, node);
        self.push_factor(node);
        Ok(())
    }
}
