//! Whether a product's drawings are complete, plain and small enough. What is not known to be harmless is refused: a
//! drawing becomes part of the page.

use std::collections::{BTreeMap, BTreeSet};

use configurator::Problem;
use configurator::source::Source;

use crate::Drawings;
use crate::harmless;
use crate::svg::{Svg, Tag, Tags};

/// Most bytes of all drawings of a product together.
pub const MOST_BYTES: usize = 60 * 1024;

/// Most elements within each other.
const MOST_LEVELS: usize = 100;

/// The elements a drawing is made of. Filters whose name begins with `fe` belong to them, but for images.
const ELEMENTS: [&str; 21] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "g",
    "line",
    "linearGradient",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "title",
    "use",
];

/// Everything that is wrong with a product's drawings: missing ones, ones that are more than a plain drawing, a size
/// that does not fit the picture, ids used twice, too many bytes. The product itself need not be sound: what its own
/// check reports, such as a layer that names no drawing or a picture without a size, is not judged here.
#[must_use]
pub fn check(source: &Source, drawings: &Drawings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let [width, height] = source.picture;
    let wanted = (width > 0 && height > 0).then(|| format!("0 0 {width} {height}"));
    for (index, layer) in source.layers.iter().enumerate() {
        let Some(file) = layer.drawing() else { continue };
        let mut report = |message: String, advice: &str| {
            let place = format!("layers.{index}.file");
            problems.push(Problem {
                place,
                span: None,
                message,
                advice: advice.to_owned(),
                correction: None,
            });
        };
        let Some(text) = drawings.get(file) else {
            report(format!("the drawing '{file}' is missing"), "Put it into the product's folder layers/.");
            continue;
        };
        let svg = Svg::parse(text);
        let fills_the_picture = layer.area().iter().all(Option::is_none);
        if let (Some(svg), Some(wanted), true) = (&svg, &wanted, fills_the_picture)
            && svg.view_box != *wanted
        {
            let advice = "Draw it at the picture's size, or place it in a box with x, y, width and height.";
            report(
                format!("'{file}' has the viewBox '{}', the picture has '{wanted}'", svg.view_box),
                advice,
            );
        }
        if !seen.insert(file) {
            continue;
        }
        if svg.is_none() {
            report(format!("'{file}' is no SVG document with a viewBox"), "Save it as plain SVG.");
        }
        let (mut found, used) = read(text);
        // A text that is no drawing has no page to do harm to, and a huge one is refused anyway.
        if let (Some(svg), true) = (&svg, found.is_empty() && text.len() <= MOST_BYTES) {
            found.extend(harmless::faults(svg));
        }
        for what in found {
            report(format!("'{file}' contains {what}"), "Keep drawings to shapes, gradients and clips.");
        }
        for id in used {
            if let Some(other) = ids.insert(id, file) {
                let advice = "Begin each id with its drawing's name.";
                report(format!("'{file}' uses the id '{id}', and so does '{other}'"), advice);
            }
        }
    }
    let bytes: usize = drawings.values().map(String::len).sum();
    if bytes > MOST_BYTES {
        problems.push(Problem {
            place: "layers".to_owned(),
            span: None,
            correction: None,
            message: format!("the drawings have {} KB together", bytes.div_ceil(1024)),
            advice: format!("Simplify them to {} KB.", MOST_BYTES / 1024),
        });
    }
    problems
}

/// What a drawing contains that a plain one does not, each once, and the ids it uses.
fn read(text: &str) -> (BTreeSet<String>, Vec<&str>) {
    let (mut found, mut ids, mut open) = (BTreeSet::new(), Vec::new(), Vec::new());
    for tag in Tags::new(text) {
        match tag {
            Some(Tag::Opening { name, attributes, closed }) => {
                if !ELEMENTS.contains(&name) && (!name.starts_with("fe") || name == "feImage") {
                    found.insert(format!("<{name}>"));
                }
                for (attribute, value) in attributes {
                    found.extend(fault(attribute, value));
                    if attribute == "id" {
                        ids.push(value);
                    }
                }
                if !closed {
                    open.push(name);
                    if open.len() > MOST_LEVELS {
                        found.insert(format!("elements in more than {MOST_LEVELS} levels"));
                    }
                }
            }
            Some(Tag::Closing { name }) => {
                if open.pop() != Some(name) {
                    found.insert(format!("</{name}> in the wrong place"));
                }
            }
            Some(Tag::Other { begins }) => {
                found.insert(begins.to_owned());
            }
            None => {
                found.insert("a tag that is not well formed".to_owned());
                open.clear();
            }
        }
    }
    found.extend(open.first().map(|name| format!("<{name}> that is never closed")));
    (found, ids)
}

/// What is wrong with an attribute of a drawing.
fn fault(name: &str, value: &str) -> Option<String> {
    let lower: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let outside =
        lower.split("url(").skip(1).any(|url| !url.trim_start_matches(['"', '\'']).starts_with('#'));
    if name.to_ascii_lowercase().starts_with("on") {
        Some(format!("the event handler {name}"))
    } else if name == "xmlns" || name.starts_with("xmlns:") {
        (!value.starts_with("http://www.w3.org/")).then(|| format!("the namespace '{value}'"))
    } else if matches!(name, "href" | "xlink:href") && !value.starts_with('#')
        || lower.contains("//")
        || outside
    {
        Some(format!("the address '{value}'"))
    } else if name == "style" && lower.contains(['"', '\'', '&']) {
        Some(format!("the style '{value}'"))
    } else if lower.contains("&#") || lower.contains('\\') {
        Some(format!("the character reference '{value}'"))
    } else {
        None
    }
}
