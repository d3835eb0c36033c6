//! Shoppers who choose by multinomial logit: what an option is worth to their segment, less its price, and a taste of their own.

use rand_xoshiro::Xoshiro256PlusPlus;

use crate::random::{chance, gumbel};

/// What there is to choose: by attribute, what each option adds to the price, in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// The price without any option.
    pub base_price: f64,
    /// By attribute and option.
    pub prices: Vec<Vec<f64>>,
    /// The merchandiser's standard: an option of each attribute.
    pub standard: Vec<usize>,
}

impl Menu {
    fn total(&self, design: &[usize]) -> f64 {
        self.base_price + self.prices.iter().zip(design).map(|(prices, option)| prices[*option]).sum::<f64>()
    }

    /// The dearest option of each attribute.
    #[must_use]
    pub fn dearest(&self) -> Vec<usize> {
        self.prices.iter().map(|prices| greatest(prices)).collect()
    }
}

/// Shoppers who think alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its name.
    pub name: &'static str,
    /// Its share of all shoppers.
    pub share: f64,
    /// What options are worth to it, by attribute and option, in units of the spread of taste.
    pub worth: Vec<Vec<f64>>,
}

/// Shoppers and how they act.
#[derive(Clone, Debug, PartialEq)]
pub struct Shoppers {
    /// What they choose from.
    pub menu: Menu,
    /// Who they are.
    pub segments: Vec<Segment>,
    /// How much worth a minor unit takes away.
    pub price_sensitivity: f64,
    /// What changing a default costs them: whoever would gain less keeps it.
    pub effort: f64,
    /// By how much effort, and what is not as they like it, lowers the logarithm of the odds that they order.
    pub hesitation: f64,
    /// How many changes are too many: they leave.
    pub patience: usize,
    /// How much they want the product: the logarithm of the odds that they order when everything is as they like it.
    pub wish: f64,
}

/// What a visitor did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Visited {
    /// Which segment they are of, by its place.
    pub segment: usize,
    /// What they ordered for, in minor units; 0 for no order.
    pub value: f64,
    /// The same order at the standard's price.
    pub at_standard: f64,
    /// How many defaults they changed.
    pub changed: u8,
}

impl Shoppers {
    /// A visitor of a segment is shown these defaults.
    pub fn visit(&self, segment: usize, defaults: &[usize], random: &mut Xoshiro256PlusPlus) -> Visited {
        let worth = &self.segments[segment].worth;
        let mut outcome = Visited { segment, ..Visited::default() };
        let (mut burden, mut design) = (0.0, defaults.to_vec());
        for (attribute, prices) in self.menu.prices.iter().enumerate() {
            let gains: Vec<f64> = (prices.iter().zip(&worth[attribute]))
                .map(|(price, worth)| worth - self.price_sensitivity * price + gumbel(random))
                .collect();
            let favourite = greatest(&gains);
            let loss = gains[favourite] - gains[defaults[attribute]];
            if loss > self.effort {
                outcome.changed += 1;
                design[attribute] = favourite;
                burden += self.effort;
            } else {
                burden += loss;
            }
        }
        let leaves = usize::from(outcome.changed) > self.patience;
        if !leaves && chance(random) < 1.0 / (1.0 + (self.hesitation * burden - self.wish).exp()) {
            outcome.value = self.menu.total(&design);
            outcome.at_standard = self.menu.total(&self.menu.standard);
        }
        outcome
    }

    /// A segment, as often as its share says.
    pub fn segment(&self, random: &mut Xoshiro256PlusPlus) -> usize {
        let mut place = chance(random);
        let found = self.segments.iter().position(|segment| {
            place -= segment.share;
            place < 0.0
        });
        found.unwrap_or(self.segments.len() - 1)
    }

    /// The best default for a segment: what most of it would choose.
    #[must_use]
    pub fn best(&self, segment: usize) -> Vec<usize> {
        self.by_worth(segment, 1.0)
    }

    /// The worst default for a segment: what fewest of it would choose.
    #[must_use]
    pub fn worst(&self, segment: usize) -> Vec<usize> {
        self.by_worth(segment, -1.0)
    }

    fn by_worth(&self, segment: usize, sign: f64) -> Vec<usize> {
        let attributes = self.menu.prices.iter().zip(&self.segments[segment].worth);
        attributes
            .map(|(prices, worth)| {
                let gains = prices
                    .iter()
                    .zip(worth)
                    .map(|(price, worth)| sign * (worth - self.price_sensitivity * price));
                greatest(&gains.collect::<Vec<_>>())
            })
            .collect()
    }
}

/// Shoppers of a travel bike, of three segments with tastes of their own; about three in a hundred order. Everything is made up.
#[must_use]
pub fn demo() -> Shoppers {
    let prices = [
        vec![0.0, 12_000.0, 30_000.0],
        vec![0.0, 8_000.0, 15_000.0, 24_000.0],
        vec![0.0, 0.0, 4_000.0],
        vec![0.0, 9_000.0, 18_000.0],
        vec![0.0, 5_000.0],
        vec![0.0, 14_000.0, 26_000.0],
    ];
    let segment = |name, share, favourites: [usize; 6], strength: f64| {
        let worth = (prices.iter().zip(favourites))
            .map(|(prices, favourite)| {
                // Whatever it costs, the favourite is wanted more than the rest by this much.
                let net = |(option, price): (usize, &f64)| {
                    price * SENSITIVITY + if option == favourite { strength } else { 0.0 }
                };
                prices.iter().enumerate().map(net).collect()
            })
            .collect();
        Segment { name, share, worth }
    };
    const SENSITIVITY: f64 = 1e-5;
    Shoppers {
        segments: vec![
            segment("commuters", 0.5, [0, 0, 0, 0, 0, 0], 1.6),
            segment("touring riders", 0.3, [1, 2, 1, 2, 1, 1], 2.2),
            segment("racers", 0.2, [2, 3, 2, 0, 0, 2], 1.2),
        ],
        menu: Menu { base_price: 120_000.0, prices: prices.to_vec(), standard: vec![0; 6] },
        price_sensitivity: SENSITIVITY,
        effort: 1.0,
        hesitation: 0.2,
        patience: 5,
        wish: -3.0,
    }
}

fn greatest(values: &[f64]) -> usize {
    let mut found = 0;
    for (place, value) in values.iter().enumerate() {
        if *value > values[found] {
            found = place;
        }
    }
    found
}
