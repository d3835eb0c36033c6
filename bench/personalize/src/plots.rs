//! Plots as SVG: accuracy by what is known, calibration, and how it begins.

use crate::figures::Share;
use crate::report::Set;
use crate::walk::COLD;

/// The plots' names and titles.
pub(crate) const TITLES: [(&str, &str); 3] = [
    ("known", "Right, by number of known attributes"),
    ("calibration", "Right, by probability"),
    ("cold", "Right, by number of orders learnt from"),
];

/// Size of a plot and what is left around it, in units of the drawing.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 48.0;
const BELOW: f64 = 44.0;
const ABOVE: f64 = 34.0;
const RIGHT: f64 = 16.0;

/// A line of a plot: what it is called, its colour, its points.
type Line = (&'static str, &'static str, Vec<(f64, f64)>);

/// Two axes.
struct Axes {
    title: String,
    /// What lies along the bottom; what its marks are called, and where.
    bottom: &'static str,
    marks: Vec<(f64, String)>,
    across: (f64, f64),
    up: (f64, f64),
}

/// All plots of a set, with their names.
pub(crate) fn all(set: &Set) -> Vec<(&'static str, String)> {
    let name = &set.sales.name;
    let [known, calibration, cold] = TITLES;
    let title = |text: &str| format!("{text} ({name})");
    vec![
        (known.0, by_known(set, title(known.1))),
        (calibration.0, calibrated(set, title(calibration.1))),
        (cold.0, at_first(set, title(cold.1))),
    ]
}

fn percent(shares: [Share; 2]) -> f64 {
    let [mut sum, other] = shares;
    sum.add(other);
    sum.percent()
}

fn by_known(set: &Set, title: String) -> String {
    let tally = set.tally();
    let points = |of: &dyn Fn([Share; 2]) -> f64| -> Vec<(f64, f64)> {
        let each = tally.by_known.iter().enumerate().map(|(known, shares)| (known as f64, of(*shares)));
        each.filter(|(_, percent)| percent.is_finite()).collect()
    };
    let last = tally.by_known.len().saturating_sub(1);
    let step = (last / 8).max(1);
    let axes = Axes {
        title,
        bottom: "known attributes",
        marks: (0..=last).step_by(step).map(|known| (known as f64, known.to_string())).collect(),
        across: (0.0, last as f64),
        up: (60.0, 100.0),
    };
    let lines = vec![
        ("all orders", "#0f6e56", points(&|shares| percent(shares))),
        ("unseen in training", "#b4530a", points(&|shares| shares[1].percent())),
    ];
    drawn(&axes, &lines)
}

fn calibrated(set: &Set, title: String) -> String {
    let points: Vec<(f64, f64)> = set
        .tally()
        .calibration()
        .into_iter()
        .filter(|(tries, _, _)| *tries >= 30)
        .map(|(_, said, right)| (said, right))
        .collect();
    let axes = Axes {
        title,
        bottom: "probability said, %",
        marks: (0..=5).map(|fifth| (f64::from(fifth) * 20.0, (fifth * 20).to_string())).collect(),
        across: (0.0, 100.0),
        up: (0.0, 100.0),
    };
    let lines = vec![
        ("as it should be", "#8a8a8a", vec![(0.0, 0.0), (100.0, 100.0)]),
        ("as it was", "#0f6e56", points),
    ];
    drawn(&axes, &lines)
}

fn at_first(set: &Set, title: String) -> String {
    let place = |orders: usize| (orders as f64).log10();
    let points = |of: &dyn Fn(usize) -> f64| -> Vec<(f64, f64)> {
        let each = COLD.iter().enumerate().map(|(at, &orders)| (place(orders), of(at)));
        each.filter(|(_, percent)| percent.is_finite()).collect()
    };
    let axes = Axes {
        title,
        bottom: "orders learnt from",
        marks: COLD.iter().map(|&orders| (place(orders), orders.to_string())).collect(),
        across: (place(COLD[0]), place(COLD[COLD.len() - 1])),
        up: (80.0, 100.0),
    };
    let lines = vec![
        ("most probable", "#0f6e56", points(&|at| percent(set.cold(at).all))),
        ("among the three most probable", "#b4530a", points(&|at| percent(set.cold(at).three))),
    ];
    drawn(&axes, &lines)
}

fn drawn(axes: &Axes, lines: &[Line]) -> String {
    let across = |value: f64| {
        LEFT + (value - axes.across.0) / (axes.across.1 - axes.across.0).max(1e-9) * (WIDTH - LEFT - RIGHT)
    };
    let up = |value: f64| {
        let part = (value.clamp(axes.up.0, axes.up.1) - axes.up.0) / (axes.up.1 - axes.up.0);
        HEIGHT - BELOW - part * (HEIGHT - BELOW - ABOVE)
    };
    let text = |x: f64, y: f64, anchor: &str, colour: &str, text: &str| {
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{text}</text>")
    };
    let mut parts = vec![
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
             font-family=\"sans-serif\" font-size=\"11\" role=\"img\"><title>{}</title>",
            axes.title
        ),
        format!("<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>"),
        text(LEFT, 18.0, "start", "#222", &axes.title),
        text(WIDTH - RIGHT, HEIGHT - 8.0, "end", "#444", axes.bottom),
    ];
    for fifth in 0..=4 {
        let value = axes.up.0 + (axes.up.1 - axes.up.0) * f64::from(fifth) / 4.0;
        let y = up(value);
        parts.push(format!("<path d=\"M{LEFT} {y:.1}H{}\" stroke=\"#ddd\"/>", WIDTH - RIGHT));
        parts.push(text(LEFT - 6.0, y + 4.0, "end", "#444", &format!("{value:.0} %")));
    }
    for (value, mark) in &axes.marks {
        parts.push(text(across(*value), HEIGHT - BELOW + 16.0, "middle", "#444", mark));
    }
    for (place, (name, colour, points)) in lines.iter().enumerate() {
        let each: Vec<String> =
            points.iter().map(|&(x, y)| format!("{:.1},{:.1}", across(x), up(y))).collect();
        parts.push(format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            each.join(" ")
        ));
        parts.push(text(WIDTH - RIGHT, HEIGHT - BELOW - 10.0 - 14.0 * place as f64, "end", colour, name));
    }
    parts.push("</svg>\n".to_owned());
    parts.join("\n")
}
