//! What of a drawing a filter for strangers' SVG takes away, and how many shapes a drawing comes to once everything that
//! it uses is there.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use crate::dots;
use crate::svg::Svg;

/// Most elements of a drawing, each counted as often as it is used.
const MOST_ELEMENTS: u64 = 5_000;

/// Most links of a chain of what is within and what is used; no drawing program comes near it. Counting goes along it.
const LONGEST_CHAIN: usize = 500;

/// Most attributes of a tag: a reader compares each with all before it.
const MOST_IN_A_TAG: usize = 1_000;

/// Most attributes of an element that the filter is asked about.
const MOST_ATTRIBUTES: usize = 100;

/// Attributes with keywords that the filter's list is too old for.
const LATER: [&str; 2] = ["paint-order", "vector-effect"];

/// What a drawing has that is not known to be harmless, or is no XML.
pub(crate) fn faults(svg: &Svg<'_>) -> BTreeSet<String> {
    let text = &as_document(svg);
    let mut found = BTreeSet::new();
    if has_endless_tags(text) {
        return [format!("a tag with more than {MOST_IN_A_TAG} attributes")].into();
    }
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return [format!("what is no XML: {error}")].into(),
    };
    let mut kept = Vec::new();
    match filter().filter(text.as_bytes(), &mut kept) {
        Ok(()) => {
            let kept = String::from_utf8_lossy(&kept);
            match Document::parse(&kept) {
                Ok(kept) => compare(document.root_element(), kept.root_element(), &mut found),
                Err(error) => found.extend([format!("what can't be filtered: {error}")]),
            }
        }
        Err(error) => found.extend([format!("what can't be filtered: {error}")]),
    }
    let elements = Used::new(&document).count(document.root_element(), LONGEST_CHAIN);
    if elements > MOST_ELEMENTS {
        found.insert(format!("more than {MOST_ELEMENTS} shapes, each counted as often as it is used"));
    }
    found
}

/// What of attributes' names there is in SVG, as far as the filter knows.
pub(crate) fn known(names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut known: BTreeSet<String> =
        LATER.into_iter().filter(|name| names.contains(*name)).map(str::to_owned).collect();
    let names: Vec<&String> = names.iter().collect();
    for some in names.chunks(MOST_ATTRIBUTES) {
        let attributes: String = some.iter().map(|name| format!(" {name}=\"1\"")).collect();
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><path{attributes}/></svg>");
        let mut kept = Vec::new();
        if filter().filter(text.as_bytes(), &mut kept).is_err() {
            continue;
        }
        let kept = String::from_utf8_lossy(&kept);
        let Ok(kept) = Document::parse(&kept) else { continue };
        let kept = kept.descendants().flat_map(|node| node.attributes());
        known.extend(kept.map(|attribute| attribute.name().to_owned()));
    }
    known
}

/// Whether a tag has more attributes than any drawing needs, told before anything reads the file.
pub(crate) fn has_endless_tags(text: &str) -> bool {
    // No tag, and no value within one, has a `<` in it.
    text.split('<').any(|tag| tag.bytes().filter(|byte| *byte == b'=').count() > MOST_IN_A_TAG)
}

/// The filter. Addresses of data are looked at by the check before ([`crate::dots`]).
fn filter() -> svg_hush::Filter {
    let mut filter = svg_hush::Filter::new();
    filter.set_data_url_filter(|_| svg_hush::data_url_filter::DataUrlFilterResult::Keep);
    filter
}

/// What becomes part of a picture, as a document of its own.
fn as_document(svg: &Svg<'_>) -> String {
    let style = svg.style.iter().map(|(name, value)| format!(" {name}=\"{value}\""));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"{}>{}</svg>",
        style.collect::<String>(),
        svg.content
    )
}

/// Tells what the filter took away of an element.
fn compare(written: Node<'_, '_>, kept: Node<'_, '_>, found: &mut BTreeSet<String>) {
    for attribute in written.attributes() {
        let value = attribute.value().trim();
        if LATER.contains(&attribute.name()) && is_keywords(value) {
            continue;
        }
        if kept.attribute(attribute.name()).map(str::trim) != Some(value) {
            found.insert(format!("the attribute {}=\"{value}\"", attribute.name()));
        }
    }
    let mut kept = kept.children().filter(Node::is_element).peekable();
    for child in written.children().filter(Node::is_element) {
        match kept.next_if(|kept| kept.tag_name().name() == child.tag_name().name()) {
            Some(kept) => compare(child, kept, found),
            None => {
                found.insert(format!("<{}>", child.tag_name().name()));
            }
        }
    }
}

fn is_keywords(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ' || byte == b'-')
}

/// Counts elements with what they use.
struct Used<'d> {
    by_id: BTreeMap<&'d str, Node<'d, 'd>>,
    counted: BTreeMap<usize, u64>,
}

impl<'d> Used<'d> {
    fn new(document: &'d Document<'d>) -> Self {
        let nodes = document.descendants();
        let by_id = nodes.filter_map(|node| Some((node.attribute("id")?, node))).collect();
        Self { by_id, counted: BTreeMap::new() }
    }

    /// What uses itself, which browsers don't draw, and what is at the end of too long a chain counts as too many.
    fn count(&mut self, node: Node<'d, 'd>, links: usize) -> u64 {
        if let Some(count) = self.counted.get(&node.id().get_usize()) {
            return *count;
        }
        let Some(links) = links.checked_sub(1) else { return u64::MAX };
        self.counted.insert(node.id().get_usize(), u64::MAX);
        let mut count = 1 + node.attribute("href").map_or(0, dots::weight);
        for child in node.children().filter(Node::is_element) {
            count = count.saturating_add(self.count(child, links));
        }
        for attribute in node.attributes() {
            for used in self.used(attribute.value()) {
                count = count.saturating_add(self.count(used, links));
            }
        }
        self.counted.insert(node.id().get_usize(), count);
        count
    }

    /// The elements that an attribute's value names: as `#name` or in `url(#name)`.
    fn used(&self, value: &'d str) -> Vec<Node<'d, 'd>> {
        let names = value.split('#').skip(1);
        let names = names.map(|rest| rest.split([')', '"', '\'', ' ']).next().unwrap_or_default());
        names.filter_map(|name| self.by_id.get(name).copied()).collect()
    }
}
