//! The tables of bench/RESULTS.md.

use personalize::gate::Promise;

use crate::figures::{Promised, Share, Tally, Times, promised};
use crate::sales::Sales;
use crate::walk::{COLD, Extent, Fold};

/// Where the section begins and ends.
const BEGIN: &str = "<!-- eval -->";
const END: &str = "<!-- /eval -->";

/// A history that was gone through.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) sales: Sales,
    pub(crate) folds: Vec<Fold>,
    pub(crate) extent: Extent,
    /// What all took, in seconds.
    pub(crate) seconds: f64,
}

impl Set {
    pub(crate) fn tally(&self) -> Tally {
        let mut sum = Tally::default();
        self.folds.iter().for_each(|fold| sum.add(&fold.tally));
        sum
    }

    /// A point of the cold-start curve, over all folds.
    pub(crate) fn cold(&self, place: usize) -> Tally {
        let mut sum = Tally::default();
        self.folds.iter().filter_map(|fold| fold.cold.get(place)).for_each(|tally| sum.add(tally));
        sum
    }

    fn shares(&self, of: impl Fn(&Fold) -> Share) -> Share {
        let mut sum = Share::default();
        self.folds.iter().for_each(|fold| sum.add(of(fold)));
        sum
    }

    fn times(&self, of: impl Fn(&Fold) -> &Times) -> Times {
        let mut all = Times::default();
        self.folds.iter().for_each(|fold| all.add(of(fold)));
        all
    }
}

/// What was published for a set, in percent, and what is wanted.
struct Published {
    oracle: &'static str,
    network: &'static str,
    neighbours: &'static str,
    wanted: f64,
    wanted_unseen: f64,
    tried_unseen: &'static str,
    /// Naive Bayes by the number of known attributes.
    naive_by_known: &'static [(usize, &'static str)],
    /// Nearest neighbours by the number of orders learnt from, as [`COLD`] has them.
    neighbours_cold: &'static [&'static str],
}

fn published(sales: &Sales) -> Option<Published> {
    let orders: usize = sales.folds.iter().map(Vec::len).sum();
    match (orders, sales.columns.count()) {
        (27_088, 48) => Some(Published {
            oracle: "93.2",
            network: "91.5",
            neighbours: "91.5",
            wanted: 92.0,
            wanted_unseen: 89.0,
            tried_unseen: "87.7",
            naive_by_known: &[
                (0, "68.8"),
                (1, "75.2"),
                (5, "85.5"),
                (10, "87.9"),
                (20, "89.5"),
                (47, "90.7"),
            ],
            neighbours_cold: &["85.9", "89.0", "90.3", "90.8", "91.4"],
        }),
        (14_786, 44) => Some(Published {
            oracle: "94.4",
            network: "93.4",
            neighbours: "93.5",
            wanted: 93.8,
            wanted_unseen: 90.0,
            tried_unseen: "88.9",
            naive_by_known: &[],
            neighbours_cold: &[],
        }),
        _ => None,
    }
}

fn both(shares: [Share; 2]) -> Share {
    let [mut sum, other] = shares;
    sum.add(other);
    sum
}

/// A number with this many digits, or a dash where there is none.
fn number(value: f64, digits: usize) -> String {
    if value.is_finite() { format!("{value:.digits$}") } else { "–".to_owned() }
}

fn percent(share: Share) -> String {
    number(share.percent(), 1)
}

fn table(lines: &mut Vec<String>, header: &[&str], rows: Vec<Vec<String>>) {
    lines.push(format!("| {} |", header.join(" | ")));
    lines.push(format!("|{}", " --- |".repeat(header.len())));
    lines.extend(rows.into_iter().map(|row| format!("| {} |", row.join(" | "))));
    lines.push(String::new());
}

fn met(reached: f64, wanted: f64) -> String {
    let short = wanted - reached;
    if short <= 0.0 { "met".to_owned() } else { format!("missed by {short:.2}") }
}

/// The bars of all sets.
fn bars(sets: &[Set]) -> Vec<String> {
    let mut rows = Vec::new();
    for set in sets {
        let name = &set.sales.name;
        let tally = set.tally();
        let (all, unseen) = (both(tally.all).percent(), tally.all[1].percent());
        let dash = || "–".to_owned();
        if let Some(published) = published(&set.sales) {
            let Published { oracle, network, neighbours, wanted, wanted_unseen, tried_unseen, .. } =
                published;
            rows.push(vec![
                format!("{name}, all orders, %"),
                oracle.to_owned(),
                network.to_owned(),
                neighbours.to_owned(),
                format!("≥ {wanted:.1}"),
                number(all, 2),
                met(all, wanted),
            ]);
            rows.push(vec![
                format!("{name}, orders unseen in training, %"),
                dash(),
                dash(),
                format!("{tried_unseen} (tried here)"),
                format!("≥ {wanted_unseen:.1}"),
                number(unseen, 2),
                met(unseen, wanted_unseen),
            ]);
        }
        rows.push(at_the_gate(name, promised(&tally.unseen, Promise::default(), set.extent.seed)));
        let slowest = set.times(|fold| &fold.predicting).at(95) / 1_000.0;
        rows.push(vec![
            format!("{name}, all open attributes, p95"),
            dash(),
            dash(),
            dash(),
            "≤ 20 ms".to_owned(),
            format!("{slowest:.2} ms"),
            if slowest <= 20.0 { "met".to_owned() } else { "missed".to_owned() },
        ]);
    }
    let mut lines = Vec::new();
    table(&mut lines, &["bar", "oracle*", "Bayes net*", "k-NN*", "wanted", "reached", ""], rows);
    lines
}

fn at_the_gate(name: &str, found: Promised) -> Vec<String> {
    let Promised { covered, right, broken } = found;
    let (covered, right, broken) = (covered.percent(), right.percent(), broken.percent());
    let mut missed = Vec::new();
    for (is_missed, what) in
        [(covered < 80.0, "covered"), (right < 95.0, "right"), (broken > 5.0, "broken promises")]
    {
        if is_missed {
            missed.push(what);
        }
    }
    let mut row = vec![format!("{name}, at the gate, unseen orders, 1 000 splits")];
    row.extend(std::iter::repeat_n("–".to_owned(), 3));
    row.extend([
        "≥ 80 % covered, ≥ 95 % right, promise broken in ≤ 5 %".to_owned(),
        format!("{covered:.1} % covered, {right:.2} % right, broken in {broken:.1} %"),
        if missed.is_empty() { "met".to_owned() } else { format!("missed: {}", missed.join(", ")) },
    ]);
    row
}

/// All about one set.
pub(crate) fn section(set: &Set) -> String {
    let sales = &set.sales;
    let tally = set.tally();
    let orders: usize = sales.folds.iter().map(Vec::len).sum();
    let mut lines = vec![format!("### {}", sales.name), String::new()];
    let asked = tally.count_of_orders();
    let sampled =
        if (asked as usize) < orders { format!(", {asked} of them asked about") } else { String::new() };
    let most = set.folds.iter().map(|fold| fold.orders).max().unwrap_or_default();
    let learnt =
        if most < set.extent.learnt { String::new() } else { format!(", {most} of them learnt from a fold") };
    let valid = match sales.valid {
        Some(valid) => format!("{valid} of the orders go with all rules as they are written"),
        None => "as they are written they are too large together".to_owned(),
    };
    lines.push(format!(
        "{orders} orders of {} attributes in ten folds{sampled}{learnt}; seed {}; {:.0} s in all, learning {:.1} s a fold. Of {} \
         rules, {} are in force; {valid}. Left out, since orders break them or they are too large: {}.",
        sales.columns.count(),
        set.extent.seed,
        set.seconds,
        set.folds.iter().map(|fold| fold.learning).sum::<f64>() / set.folds.len().max(1) as f64,
        sales.rules,
        sales.rules - sales.left_out.len(),
        if sales.left_out.is_empty() { "none".to_owned() } else { sales.left_out.join(", ") },
    ));
    lines.push(String::new());
    accuracy(&mut lines, set, &tally);
    by_known(&mut lines, set, &tally);
    cold(&mut lines, set);
    calibration(&mut lines, &tally);
    models(&mut lines, set);
    answers(&mut lines, set);
    lines.join("\n")
}

fn accuracy(lines: &mut Vec<String>, set: &Set, tally: &Tally) {
    let row = |name: &str, shares: [Share; 2]| {
        vec![name.to_owned(), percent(both(shares)), percent(shares[0]), percent(shares[1])]
    };
    lines.push(format!(
        "What was ordered is the most probable value, in % of positions; all orders ± {:.2}, unseen ones ± {:.2} with 95 % confidence (orders \
         drawn at random). {:.1} % of the orders were unseen in training.",
        tally.half_width(false),
        tally.half_width(true),
        100.0 * tally.all[1].tries as f64 / both(tally.all).tries as f64,
    ));
    lines.push(String::new());
    let mut rows = vec![
        row("most probable", tally.all),
        row("among the three most probable", tally.three),
        row("most probable, where more than one value is possible", tally.open),
    ];
    let tallies: Vec<Tally> = set.folds.iter().map(|fold| fold.tally.clone()).collect();
    let least = tallies.iter().map(|tally| both(tally.all).percent()).fold(f64::INFINITY, f64::min);
    let most = tallies.iter().map(|tally| both(tally.all).percent()).fold(f64::NEG_INFINITY, f64::max);
    rows.push(vec!["by fold".to_owned(), format!("{least:.1} … {most:.1}"), String::new(), String::new()]);
    table(lines, &["", "all orders", "seen in training", "unseen"], rows);
}

fn by_known(lines: &mut Vec<String>, set: &Set, tally: &Tally) {
    let naive = published(&set.sales).map_or(&[][..], |published| published.naive_by_known);
    let beside = |known: usize| naive.iter().find(|(at, _)| *at == known).map_or("–", |(_, right)| *right);
    let last = tally.by_known.len().saturating_sub(1);
    let points = [0, 1, 2, 5, 10, 20, 30, 40].into_iter().filter(|known| *known < last).chain([last]);
    let rows = points
        .filter_map(|known| Some((known, tally.by_known.get(known)?)))
        .map(|(known, shares)| {
            let row =
                [known.to_string(), percent(both(*shares)), percent(shares[1]), beside(known).to_owned()];
            row.to_vec()
        })
        .collect();
    table(lines, &["known attributes", "all orders, %", "unseen, %", "naive Bayes*, all orders, %"], rows);
}

fn cold(lines: &mut Vec<String>, set: &Set) {
    let neighbours = published(&set.sales).map_or(&[][..], |published| published.neighbours_cold);
    let rows = COLD
        .iter()
        .enumerate()
        .map(|(place, orders)| {
            let tally = set.cold(place);
            let beside = neighbours.get(place).copied().unwrap_or("–").to_owned();
            vec![orders.to_string(), percent(both(tally.all)), percent(both(tally.three)), beside]
        })
        .collect();
    let header = ["orders learnt from", "most probable, %", "among three, %", "k-NN tried here, one fold, %"];
    table(lines, &header, rows);
}

fn calibration(lines: &mut Vec<String>, tally: &Tally) {
    let rows = tally
        .calibration()
        .into_iter()
        .enumerate()
        .filter(|(_, (tries, _, _))| *tries > 0)
        .map(|(tenth, (tries, said, right))| {
            vec![
                format!("{} – {} %", tenth * 10, tenth * 10 + 10),
                tries.to_string(),
                number(said, 1),
                number(right, 1),
            ]
        })
        .collect();
    lines.push(format!("Probabilities are off by {:.2} points in the mean.", tally.calibration_error()));
    lines.push(String::new());
    table(lines, &["said", "predictions", "mean said, %", "right, %"], rows);
}

fn models(lines: &mut Vec<String>, set: &Set) {
    let Some(first) = set.folds.first() else { return };
    let folds = set.folds.len() as f64;
    let rows = (0..first.trials.len())
        .map(|at| {
            let trials: Vec<_> = set.folds.iter().filter_map(|fold| fold.trials.get(at)).collect();
            let mean = |of: &dyn Fn(usize) -> f64| (0..trials.len()).map(of).sum::<f64>() / folds;
            vec![
                first.trials[at].name.clone(),
                number(100.0 * mean(&|fold| trials[fold].accuracy), 1),
                number(mean(&|fold| trials[fold].likelihood), 3),
                number(mean(&|fold| trials[fold].weight), 2),
            ]
        })
        .collect();
    lines.push("Models tried on training orders that were held out, without rules:".to_owned());
    lines.push(String::new());
    table(lines, &["model", "right, %", "mean log-likelihood", "mean weight in the blend"], rows);
}

fn answers(lines: &mut Vec<String>, set: &Set) {
    let completed = set.shares(|fold| fold.completed);
    let unchecked = set.shares(|fold| fold.unchecked);
    lines.push(format!(
        "Completions of {} partial orders: {} % of the engine's are valid and keep what was chosen; without its pass, taking for \
         each attribute the most probable possible value by itself, {} % are.",
        completed.tries,
        percent(completed),
        percent(unchecked),
    ));
    lines.push(String::new());
    let row =
        |name: &str, times: &Times| vec![name.to_owned(), number(times.at(50), 1), number(times.at(95), 1)];
    let rows = vec![
        row("possible values after a choice", &set.times(|fold| &fold.possible)),
        row("probabilities of all open attributes", &set.times(|fold| &fold.predicting)),
        row("most probable valid completion", &set.times(|fold| &fold.completing)),
    ];
    table(lines, &["question", "p50, µs", "p95, µs"], rows);
}

/// The whole section.
pub(crate) fn whole(sets: &[Set], note: &str) -> String {
    let mut lines = vec![
        "## Learning from orders".to_owned(),
        String::new(),
        format!(
            "`make eval`{}{note}. Ten folds; for each order of a fold its values are asked for in a random order, each given those before, \
         by a model learnt from the other nine; what the rules then leave possible is the choice. Rules that more than one in a \
         thousand orders break came after the orders and are left out; values that the rules don't know are always possible. \
         Published figures (*) are those of the sales' source, for the same folds. The gate is calibrated as \
         a shop's are, but one for all attributes together: set on one half of the unseen orders, one position of each, and judged on all positions of the other half, a thousand times over.",
            if note.is_empty() { "" } else { ", " }
        ),
        String::new(),
    ];
    lines.extend(bars(sets));
    for set in sets {
        lines.push(section(set));
        for (name, title) in crate::plots::TITLES {
            lines.push(format!(
                "![{title}, {}](personalize/plots/{}-{name}.svg)",
                set.sales.name, set.sales.name
            ));
        }
        lines.push(String::new());
    }
    lines.join("\n").trim_end().to_owned()
}

/// The text with the section between its markers, or at the end when they aren't there.
pub(crate) fn with_section(old: &str, section: &str) -> String {
    let block = format!("{BEGIN}\n{section}\n{END}\n");
    match (old.split_once(BEGIN), old.split_once(END)) {
        (Some((head, _)), Some((_, rest))) => format!("{head}{block}{}", rest.trim_start_matches('\n')),
        _ => format!("{}\n\n{block}", old.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::with_section;

    #[test]
    fn the_section_is_put_between_its_markers() {
        let first = with_section("# Results\n\nothers\n", "old");
        assert_eq!(first, "# Results\n\nothers\n\n<!-- eval -->\nold\n<!-- /eval -->\n");
        let more = format!("{first}\n<!-- other -->\n");
        let second = with_section(&more, "new");
        assert_eq!(second, "# Results\n\nothers\n\n<!-- eval -->\nnew\n<!-- /eval -->\n<!-- other -->\n");
    }
}
