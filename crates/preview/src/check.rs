//! Whether a product's drawings are complete, plain and small enough. What is not known to be harmless is refused: a
//! drawing becomes part of the page.

use std::collections::{BTreeMap, BTreeSet};

use configurator::source::{LayerSource, Source};
use configurator::{Problem, line_fault};

use crate::dots;
use crate::drawings::Drawings;
use crate::harmless;
use crate::svg::{Svg, Tag, Tags};

/// Most bytes of all drawings of a product together.
pub const MOST_BYTES: usize = 512 * 1024;

/// How many bytes the drawings of a product have together at most, for a page that is there at once everywhere.
pub const USUAL_BYTES: usize = 60 * 1024;

/// Most elements within each other.
pub(crate) const MOST_LEVELS: usize = 100;

/// What to do about what is no plain drawing.
const KEEP_PLAIN: &str = "Keep drawings to shapes, gradients and clips.";

/// The elements a drawing is made of; images have their dots with them. Filters whose name begins with `fe` belong to them, but for images.
const ELEMENTS: [&str; 22] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "g",
    "image",
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

/// Something that is wrong with the drawings of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The drawing that it is about; nothing where it is about all of them.
    pub drawing: Option<String>,
    /// What is wrong, where and what to do.
    pub problem: Problem,
}

/// Everything that is wrong with a product's drawings, in words alone. See [`findings`].
#[must_use]
pub fn check(source: &Source, drawings: &Drawings) -> Vec<Problem> {
    findings(source, drawings).into_iter().map(|finding| finding.problem).collect()
}

/// Everything that is wrong with a product's drawings: missing ones, ones that are more than a plain drawing, a size
/// that does not fit the picture, ids used twice, too many bytes. The product itself need not be sound: what its own
/// check reports, such as a layer that names no drawing or a picture without a size, is not judged here.
#[must_use]
pub fn findings(source: &Source, drawings: &Drawings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (index, layer) in source.layers.iter().enumerate() {
        let Some(file) = layer.drawing() else { continue };
        let place = format!("layers.{index}.file");
        let Some(text) = drawings.get(file) else {
            let message = format!("the drawing '{file}' is missing");
            findings.push(finding(
                file,
                &place,
                message,
                "Add it under Drawings, or put it into the folder layers/.",
            ));
            continue;
        };
        let svg = Svg::parse(text);
        if let Some(svg) = &svg {
            findings.extend(
                misfit(source, layer, svg).map(|(message, advice)| finding(file, &place, message, advice)),
            );
        }
        if seen.insert(file) {
            findings.extend(judged(&place, file, text, svg.as_ref(), &mut ids));
        }
    }
    // Those that no layer names go along with the product, too.
    for (file, text) in drawings.iter().filter(|(file, _)| !seen.contains(file.as_str())) {
        if !is_name(file) {
            let message = format!("'{file}' is no name of a drawing");
            findings.push(finding(
                file,
                "layers",
                message,
                "Name it with the ending .svg and without slashes.",
            ));
        }
        findings.extend(judged("layers", file, text, Svg::parse(text).as_ref(), &mut ids));
    }
    let bytes: usize = drawings.values().map(String::len).sum();
    if bytes > MOST_BYTES {
        let message = format!("the drawings have {} KB together", bytes.div_ceil(1024));
        let advice = format!("Simplify them to {} KB.", MOST_BYTES / 1024);
        findings.push(Finding { drawing: None, ..finding("", "layers", message, &advice) });
    }
    findings
}

/// The drawings that some layer names, which is what a browser loads.
#[must_use]
pub fn used(source: &Source, drawings: &Drawings) -> Drawings {
    let named: BTreeSet<&str> = source.layers.iter().filter_map(LayerSource::drawing).collect();
    let used = drawings.iter().filter(|(file, _)| named.contains(file.as_str()));
    used.map(|(file, text)| (file.clone(), text.clone())).collect()
}

fn finding(file: &str, place: &str, message: String, advice: &str) -> Finding {
    let problem =
        Problem { place: place.to_owned(), span: None, message, advice: advice.to_owned(), correction: None };
    Finding { drawing: Some(file.to_owned()), problem }
}

fn is_name(file: &str) -> bool {
    let layer = LayerSource { file: Some(file.to_owned()), ..LayerSource::default() };
    layer.drawing().is_some() && line_fault(file).is_none()
}

/// How a drawing does not fit the layer that names it: what is wrong, and what to do.
fn misfit(source: &Source, layer: &LayerSource, svg: &Svg<'_>) -> Option<(String, &'static str)> {
    let file = layer.drawing()?;
    let fills_the_picture = layer.area().iter().all(Option::is_none);
    let [width, height] = source.picture;
    let wanted = format!("0 0 {width} {height}");
    if fills_the_picture && width > 0 && height > 0 && svg.view_box != wanted {
        let advice = "Draw it at the picture's size, or place it in a box with x, y, width and height.";
        return Some((
            format!("'{file}' has the viewBox '{}', the picture has '{wanted}'", svg.view_box),
            advice,
        ));
    }
    // Each time it would be there whole.
    if layer.repeat.is_some() && svg.content.contains("<image") {
        let advice = "Draw it as shapes, or give each place a layer.";
        return Some((format!("'{file}' is a picture of dots and is repeated"), advice));
    }
    None
}

/// What is wrong with a drawing in itself, and with its ids beside those of others.
fn judged<'d>(
    place: &str,
    file: &'d str,
    text: &'d str,
    svg: Option<&Svg<'d>>,
    ids: &mut BTreeMap<&'d str, &'d str>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report = |message: String, advice: &str| findings.push(finding(file, place, message, advice));
    if svg.is_none() {
        report(format!("'{file}' is no SVG document with a viewBox"), "Save it as plain SVG.");
    }
    let (mut found, used) = read(text);
    // A text that is no drawing has no page to do harm to, and a huge one is refused anyway.
    if let (Some(svg), true) = (svg, found.is_empty() && text.len() <= MOST_BYTES) {
        found.extend(harmless::faults(svg));
    }
    for what in found {
        report(format!("'{file}' contains {what}"), KEEP_PLAIN);
    }
    for id in used {
        if let Some(other) = ids.insert(id, file) {
            let advice = "Begin each id with its drawing's name.";
            report(format!("'{file}' uses the id '{id}', and so does '{other}'"), advice);
        }
    }
    findings
}

/// Whether an element is one that drawings are made of.
pub(crate) fn is_drawn(element: &str) -> bool {
    ELEMENTS.contains(&element) || (element.starts_with("fe") && element != "feImage")
}

/// What a drawing contains that a plain one does not, each once, and the ids it uses.
pub(crate) fn read(text: &str) -> (BTreeSet<String>, Vec<&str>) {
    let (mut found, mut ids, mut open) = (BTreeSet::new(), Vec::new(), Vec::new());
    for tag in Tags::new(text) {
        match tag {
            Some(Tag::Opening { name, attributes, closed }) => {
                if !is_drawn(name) {
                    found.insert(format!("<{name}>"));
                }
                for (attribute, value) in attributes {
                    let is_dots = name == "image" && matches!(attribute, "href" | "xlink:href");
                    found.extend(if is_dots { dots::fault(value) } else { fault(attribute, value) });
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
