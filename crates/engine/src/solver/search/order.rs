//! Which Boolean is decided next.

/// Not in the heap.
const NOWHERE: u32 = u32::MAX;

/// Booleans by activity: a binary heap that knows where everything is.
#[derive(Clone, Default)]
pub(super) struct Order {
    heap: Vec<u32>,
    positions: Vec<u32>,
    activities: Vec<f64>,
    step: f64,
}

impl Order {
    pub(super) fn add(&mut self) {
        self.activities.push(0.0);
        self.positions.push(NOWHERE);
        self.insert(self.activities.len() - 1);
        if self.step == 0.0 {
            self.step = 1.0;
        }
    }

    pub(super) fn insert(&mut self, variable: usize) {
        if self.positions[variable] == NOWHERE {
            self.positions[variable] = self.heap.len() as u32;
            self.heap.push(variable as u32);
            self.up(self.heap.len() - 1);
        }
    }

    pub(super) fn pop(&mut self) -> Option<usize> {
        let top = *self.heap.first()? as usize;
        self.heap.swap_remove(0);
        self.positions[top] = NOWHERE;
        if let Some(&moved) = self.heap.first() {
            self.positions[moved as usize] = 0;
            self.down(0);
        }
        Some(top)
    }

    pub(super) fn bump(&mut self, variable: usize) {
        self.activities[variable] += self.step;
        if self.activities[variable] > 1e100 {
            self.step *= 1e-100;
            self.activities.iter_mut().for_each(|activity| *activity *= 1e-100);
        }
        if self.positions[variable] != NOWHERE {
            self.up(self.positions[variable] as usize);
        }
    }

    pub(super) fn decay(&mut self) {
        self.step /= 0.95;
    }

    /// Whether what is at one place comes before what is at another.
    fn before(&self, first: usize, second: usize) -> bool {
        self.activities[self.heap[first] as usize] > self.activities[self.heap[second] as usize]
    }

    fn swap(&mut self, first: usize, second: usize) {
        self.heap.swap(first, second);
        self.positions[self.heap[first] as usize] = first as u32;
        self.positions[self.heap[second] as usize] = second as u32;
    }

    fn up(&mut self, mut place: usize) {
        while place > 0 && self.before(place, (place - 1) / 2) {
            self.swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    fn down(&mut self, mut place: usize) {
        loop {
            let mut best = place;
            for child in [2 * place + 1, 2 * place + 2] {
                if child < self.heap.len() && self.before(child, best) {
                    best = child;
                }
            }
            if best == place {
                return;
            }
            self.swap(place, best);
            place = best;
        }
    }
}
