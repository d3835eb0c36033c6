//! Whether as many visitors came into each arm as should: where not, something loses or sends visitors on one side, and
//! nothing else that the experiment says is worth anything.

use statrs::function::gamma::ln_gamma;

/// How many visitors the belief in the shares weighs: shares that are a little off are looked for, not wild ones.
const WEIGHT: f64 = 1_000.0;

/// The evidence, as a natural logarithm, that visitors do not come in these shares. Where they do, the chance that it is ever above
/// ln(1/a) is a at most, however often one looks.
///
/// The Bayes factor of a Dirichlet prior around the shares against the shares themselves: Lindon and Malek, "Anytime-valid
/// inference for multinomial count data", 2022.
#[must_use]
pub fn evidence_against_shares(visitors: &[u64], shares: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "visitors of a shop fit")]
    let arms: Vec<(f64, f64)> =
        visitors.iter().zip(shares).map(|(count, share)| (*count as f64, *share)).collect();
    let all: f64 = arms.iter().map(|(count, _)| count).sum();
    let of_arms: f64 = arms
        .iter()
        .map(|(count, share)| {
            ln_gamma(WEIGHT * share + count) - ln_gamma(WEIGHT * share) - count * share.ln()
        })
        .sum();
    ln_gamma(WEIGHT) - ln_gamma(WEIGHT + all) + of_arms
}
