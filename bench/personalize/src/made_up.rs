//! A made-up sales history of any size, to try the evaluation on: people of a few kinds, rules of a product, and orders that obey them.

use std::fmt::Write as _;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;

use crate::sales::FOLDS;
use crate::walk::below;

/// Kinds of people, each with a value of each attribute that it likes best.
const KINDS: usize = 12;
/// How many in a hundred choose what their kind likes best.
const AGREE: usize = 70;
/// One in this many attributes is bound to the next by a rule.
const RULED: usize = 2;

/// How much is made up: `270x60000` are 270 attributes and 60 000 orders.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    attributes: usize,
    orders: usize,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('x').and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
        match parts {
            Some((attributes, orders)) if attributes >= 2 && orders >= FOLDS => {
                Ok(Self { attributes, orders })
            }
            _ => Err(format!(
                "'{text}' is no size; write attributes and orders, such as 270x60000 (2 and {FOLDS} at least)"
            )),
        }
    }
}

/// Writes `rules.xml` and `sales-0.csv` to `sales-9.csv`.
///
/// # Errors
///
/// A folder that can't be written to.
pub(crate) fn write(folder: &Path, size: Size, seed: u64) -> Result<()> {
    let mut random = SplitMix64::seed_from_u64(seed);
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let sizes: Vec<usize> = (0..size.attributes).map(|_| 2 + below(&mut random, 6)).collect();
    let put = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    };
    put("rules.xml", rules(&sizes))?;
    let liked: Vec<Vec<usize>> =
        (0..KINDS).map(|_| sizes.iter().map(|size| below(&mut random, *size)).collect()).collect();
    let header: Vec<String> = (0..sizes.len()).map(|at| format!("v{at}")).collect();
    for fold in 0..FOLDS {
        let mut text = header.join(",");
        for _ in (fold..size.orders).step_by(FOLDS) {
            text.push('\n');
            text.push_str(&order(&sizes, &liked, &mut random).join(","));
        }
        put(&format!("sales-{fold}.csv"), text)?;
    }
    Ok(())
}

/// Whether a rule binds an attribute to the next: the last value of one forbids the last of the other.
fn is_ruled(at: usize, sizes: &[usize]) -> bool {
    at.is_multiple_of(RULED) && at + 1 < sizes.len()
}

fn order(sizes: &[usize], liked: &[Vec<usize>], random: &mut SplitMix64) -> Vec<String> {
    let kind = below(random, liked.len());
    let mut chosen: Vec<usize> = Vec::with_capacity(sizes.len());
    for (at, &size) in sizes.iter().enumerate() {
        let agrees = below(random, 100) < AGREE;
        let value = if agrees { liked[kind][at] } else { below(random, size) };
        let is_forbidden =
            at > 0 && is_ruled(at - 1, sizes) && value + 1 == size && chosen[at - 1] + 1 == sizes[at - 1];
        chosen.push(if is_forbidden { 0 } else { value });
    }
    chosen.iter().map(usize::to_string).collect()
}

/// The rules as XCSP 2.1.
fn rules(sizes: &[usize]) -> String {
    let ruled: Vec<usize> = (0..sizes.len()).filter(|at| is_ruled(*at, sizes)).collect();
    let (mut domains, mut variables) = (String::new(), String::new());
    let (mut relations, mut constraints) = (String::new(), String::new());
    for (at, size) in sizes.iter().enumerate() {
        let values: Vec<String> = (0..*size).map(|value| value.to_string()).collect();
        let values = values.join(" ");
        let _ = writeln!(domains, "<domain name=\"d{at}\" nbValues=\"{size}\">{values}</domain>");
        let _ = writeln!(variables, "<variable name=\"v{at}\" domain=\"d{at}\"/>");
    }
    for &at in &ruled {
        let (one, other) = (sizes[at] - 1, sizes[at + 1] - 1);
        let _ = writeln!(
            relations,
            "<relation name=\"r{at}\" arity=\"2\" nbTuples=\"1\" semantics=\"conflicts\">{one} {other}</relation>"
        );
        let _ = writeln!(
            constraints,
            "<constraint name=\"c{at}\" arity=\"2\" reference=\"r{at}\" scope=\"v{at} v{}\"/>",
            at + 1
        );
    }
    let (all, rules) = (sizes.len(), ruled.len());
    format!(
        "<instance>\n<presentation format=\"XCSP 2.1\" type=\"CSP\" name=\"made up\"/>\n<domains nbDomains=\"{all}\">\n{domains}</domains>\n\
         <variables nbVariables=\"{all}\">\n{variables}</variables>\n<relations nbRelations=\"{rules}\">\n{relations}</relations>\n\
         <constraints nbConstraints=\"{rules}\">\n{constraints}</constraints>\n</instance>\n"
    )
}
