//! What is kept of an arm's visitors: counts and sums, from which nobody can be told.

/// Sums of one measure (order value, in minor units; edits) over visitors. Whoever ordered nothing counts with 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Visitors whose time to order is over.
    pub visitors: u64,
    /// The sum of their values.
    pub sum: f64,
    /// The sum of the squares of their values.
    pub squares: f64,
}

impl Sums {
    /// Counts a visitor. Values above the cap count as the cap and those below 0 as 0: one huge order decides nothing, and all
    /// that is claimed is about values so capped.
    pub fn add(&mut self, value: f64, cap: f64) {
        let value = value.clamp(0.0, cap);
        self.visitors = self.visitors.saturating_add(1);
        self.sum += value;
        self.squares += value * value;
    }

    /// The value for each visitor; 0 without visitors.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.of_each(self.sum)
    }

    /// The mean of the squares.
    #[must_use]
    pub fn mean_of_squares(&self) -> f64 {
        self.of_each(self.squares)
    }

    /// The variance of the mean; infinite without visitors.
    #[must_use]
    pub fn variance_of_mean(&self) -> f64 {
        if self.visitors == 0 {
            return f64::INFINITY;
        }
        self.of_each(self.mean_of_squares() - self.mean().powi(2))
    }

    #[expect(clippy::cast_precision_loss, reason = "visitors of a shop fit")]
    fn of_each(&self, whole: f64) -> f64 {
        if self.visitors == 0 { 0.0 } else { whole / self.visitors as f64 }
    }
}

/// What a visitor's order value was before the experiment, in minor units; 0 for no order. From [`Sums`] of past visitors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// Its mean.
    pub mean: f64,
    /// The mean of its square.
    pub mean_of_squares: f64,
}
