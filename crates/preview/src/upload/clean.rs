//! An SVG file made a drawing: shapes, gradients, clips, masks, patterns and filters with what they look like, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use roxmltree::{Attribute, Document, Node, ParsingOptions};
use simplecss::StyleSheet;

use super::style::{self, Look, Looks};
use super::{Changed, Part, PartKind, Refusal, Upload, undrawable};
use crate::check::{self, MOST_LEVELS, is_drawn};
use crate::dots::{self, Dots, MOST_DOTS};
use crate::drawings::Drawings;
use crate::harmless;
use crate::svg::{OF_THE_DOCUMENT, Svg};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Most elements, attributes and texts of a file.
const MOST_NODES: u32 = 60_000;
/// Most parts that are told of.
const MOST_TOLD: usize = 8;
/// What refers to something that is not there refers to this.
const NOWHERE: &str = ".nowhere";
/// What is in drawings and seen by nobody.
const UNSEEN: [&str; 4] = ["desc", "metadata", "style", "title"];
/// What is drawn by itself.
const SHAPES: [&str; 9] =
    ["circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "use"];

pub(super) fn cleaned(
    name: &str,
    text: &str,
    picture: Option<[u32; 2]>,
    others: &Drawings,
) -> Result<Upload, Refusal> {
    if text.contains("<!ENTITY") {
        return Err(Refusal::Entities);
    }
    if harmless::has_endless_tags(text) {
        return Err(Refusal::TooManyParts);
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| unread(&error))?;
    let root = document.root_element();
    if !is_of_svg(root) || root.tag_name().name() != "svg" {
        return Err(Refusal::NoSvg(root.tag_name().name().to_owned()));
    }
    let view_box = view_box(root).ok_or(Refusal::NoSize)?;
    let css = style::text_of(&document);
    refuse_parts(root, &css)?;
    if style::is_too_long(&css, &document) {
        return Err(Refusal::TooManyParts);
    }
    let sheet = StyleSheet::parse(&css);
    let known = known_names(&document, &sheet);
    let made = |wanted: &BTreeSet<String>| {
        let ids = ids(root, wanted, name, others);
        let mut cleaner = Cleaner {
            sheet: &sheet,
            known: &known,
            ids: &ids,
            given: BTreeSet::new(),
            referred: BTreeSet::new(),
            out: String::with_capacity(text.len()),
            changed: style::has_more_than_is_read(&css).then_some(Changed::Rules).into_iter().collect(),
            draws: false,
            looks: Looks::new(),
            dots_left: MOST_DOTS,
        };
        cleaner.document(root, view_box, picture)?;
        let Cleaner { out, changed, draws, referred, .. } = cleaner;
        Ok((out, changed, draws, (referred.len() < ids.len()).then_some(referred)))
    };
    let (mut svg, changed, draws, referred) = made(&wanted(&document, &css))?;
    // What another style overrides refers to nothing any more: made anew without the ids that it alone wanted.
    if let Some(referred) = referred {
        svg = made(&referred)?.0;
    }
    if !draws {
        return Err(Refusal::NothingDrawn);
    }
    let faults = faults(&svg);
    if faults.is_empty() { Ok(Upload { svg, changed }) } else { Err(Refusal::Faults(faults)) }
}

/// What the check of all drawings finds in one.
fn faults(svg: &str) -> Vec<String> {
    let (mut found, _) = check::read(svg);
    match Svg::parse(svg) {
        Some(svg) if found.is_empty() => found.extend(harmless::faults(&svg)),
        Some(_) => {}
        None => drop(found.insert("no viewBox".to_owned())),
    }
    found.into_iter().collect()
}

fn unread(error: &roxmltree::Error) -> Refusal {
    if matches!(error, roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached) {
        return Refusal::TooManyParts;
    }
    let at = error.pos();
    let reason = error.to_string();
    // Where it is stands in fields of its own.
    let reason = reason.rsplit_once(" at ").map_or(reason.as_str(), |(reason, _)| reason).to_owned();
    Refusal::NoXml { reason, line: at.row, column: at.col }
}

/// Whether an element is SVG; where a file names no namespace, all of it is.
fn is_of_svg(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().namespace(), Some(SVG) | None)
}

/// Where the content of a document lies: left, top, width and height.
fn view_box(root: Node<'_, '_>) -> Option<[f64; 4]> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let of_sizes = |name: &str| {
        let text = root.attribute(name)?.trim();
        let unit = text.find(|sign: char| sign.is_ascii_alphabetic()).unwrap_or(text.len());
        number(text[..unit].trim())
    };
    let written = root.attribute("viewBox").map(|text| {
        let numbers = text.split([' ', ',', '\t', '\n']).filter(|number| !number.is_empty()).map(number);
        numbers.collect::<Option<Vec<f64>>>()
    });
    let found = match written.flatten().as_deref() {
        Some(&[left, top, width, height]) => [left, top, width, height],
        _ => [0.0, 0.0, of_sizes("width")?, of_sizes("height")?],
    };
    (found[2] > 0.0 && found[3] > 0.0).then_some(found)
}

/// The elements that become part of a drawing, or keep it from being one: nothing below what is left out.
fn told<'d, 'i>(root: Node<'d, 'i>) -> impl Iterator<Item = Node<'d, 'i>> {
    let is_left_out = |node: Node<'_, '_>| {
        !is_of_svg(node) || matches!(node.tag_name().name(), "metadata" | "desc" | "title")
    };
    root.descendants()
        .filter(Node::is_element)
        .filter(move |node| !node.ancestors().filter(Node::is_element).any(is_left_out))
}

/// Names every part that does more than draw.
fn refuse_parts(root: Node<'_, '_>, css: &str) -> Result<(), Refusal> {
    if root.descendants().any(|node| node.ancestors().count() > MOST_LEVELS) {
        return Err(Refusal::TooManyParts);
    }
    let mut parts = Vec::new();
    for node in told(root) {
        let mut tell = |kind: PartKind, what: String, at: usize| {
            let at = node.document().text_pos_at(at);
            parts.push(Part { kind, what, line: at.row, column: at.col });
        };
        let element = node.tag_name().name();
        if let Some(kind) = kind_of_element(element) {
            tell(kind, format!("<{element}>"), node.range().start);
        }
        if element == "style" && is_outside(css) {
            tell(PartKind::Address, "<style>".to_owned(), node.range().start);
        }
        for attribute in node.attributes().filter(is_looked_at) {
            let value = attribute.value();
            if let Some(kind) = kind_of_attribute(element, attribute.name(), value) {
                let value: String = value.chars().take(40).collect();
                tell(kind, format!("{}=\"{value}\"", attribute.name()), attribute.range().start);
            }
        }
    }
    parts.truncate(MOST_TOLD);
    if parts.is_empty() { Ok(()) } else { Err(Refusal::Parts(parts)) }
}

/// Whether what an attribute says may be kept: what a drawing program notes for itself never is.
fn is_looked_at(attribute: &Attribute<'_, '_>) -> bool {
    let is_note = attribute.name().starts_with("data-") || attribute.name().starts_with("aria-");
    matches!(attribute.namespace(), None | Some(XLINK)) && !is_note
}

fn kind_of_element(element: &str) -> Option<PartKind> {
    Some(match element {
        "script" | "handler" | "listener" => PartKind::Script,
        "set" | "mpath" | "discard" => PartKind::Animation,
        element if element.to_ascii_lowercase().starts_with("animate") => PartKind::Animation,
        "a" | "feImage" => PartKind::Address,
        "foreignObject" | "iframe" | "audio" | "video" | "canvas" => PartKind::Page,
        "text" | "tspan" | "textPath" | "tref" | "font" | "flowRoot" => PartKind::Letters,
        element if UNSEEN.contains(&element) || is_drawn(element) => return None,
        _ => PartKind::Element,
    })
}

fn kind_of_attribute(element: &str, name: &str, value: &str) -> Option<PartKind> {
    if name.to_ascii_lowercase().starts_with("on") {
        return Some(PartKind::Script);
    }
    let value = value.trim();
    if name == "href" {
        if element != "image" {
            return (!value.starts_with('#')).then_some(PartKind::Address);
        }
        return match (value.starts_with("data:image/"), dots::data(value)) {
            (true, Some(_)) => None,
            (true, None) => Some(PartKind::Picture),
            (false, _) => Some(PartKind::Address),
        };
    }
    is_outside(value).then_some(PartKind::Address)
}

/// Whether a value or a style sheet fetches something, or hides what it says.
fn is_outside(value: &str) -> bool {
    let lower: String = value.chars().filter(|sign| !sign.is_whitespace()).collect();
    let lower = lower.to_ascii_lowercase();
    let inside = |url: &str| url.trim_start_matches(['"', '\'']).starts_with('#');
    lower.contains("@import") || lower.contains('\\') || lower.split("url(").skip(1).any(|url| !inside(url))
}

/// The attributes and properties in a document that the filter for strangers' SVG knows.
fn known_names(document: &Document<'_>, sheet: &StyleSheet<'_>) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = style::names(sheet, document).into_iter().collect();
    let attributes = document.descendants().flat_map(|node| node.attributes());
    let own = attributes.filter(|attribute| attribute.namespace().is_none());
    names.extend(own.map(|attribute| attribute.name().to_owned()));
    names.retain(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    names.retain(|name| name.bytes().next().is_some_and(|first| first.is_ascii_alphabetic()));
    harmless::known(&names)
}

/// The ids that something in a document refers to.
fn wanted(document: &Document<'_>, css: &str) -> BTreeSet<String> {
    let mut wanted: BTreeSet<&str> = references(css).into_iter().collect();
    for attribute in document.descendants().flat_map(|node| node.attributes()) {
        let whole = attribute.value().trim().strip_prefix('#').filter(|_| attribute.name() == "href");
        wanted.extend(whole.into_iter().chain(references(attribute.value())));
    }
    wanted.into_iter().map(str::to_owned).collect()
}

/// The wanted ids of elements that are kept, by what they become: numbers behind the drawing's name.
fn ids(
    root: Node<'_, '_>,
    wanted: &BTreeSet<String>,
    name: &str,
    others: &Drawings,
) -> BTreeMap<String, String> {
    let kept = told(root).filter(|node| *node != root && !UNSEEN.contains(&node.tag_name().name()));
    let there: Vec<&str> =
        kept.filter_map(|node| node.attribute("id")).filter(|id| wanted.contains(*id)).collect();
    if there.is_empty() {
        return BTreeMap::new();
    }
    let others = others.iter().filter(|(other, _)| *other != name);
    let taken: Vec<&str> = others.flat_map(|(_, text)| check::read(text).1).collect();
    let stem = name.strip_suffix(super::ENDING).unwrap_or(name);
    let beginnings = (1..).map(|number| match number {
        1 => format!("{stem}."),
        _ => format!("{stem}-{number}."),
    });
    let beginning = beginnings.into_iter().find(|begins| !taken.iter().any(|id| id.starts_with(begins)));
    let beginning = beginning.unwrap_or_default();
    let mut ids = BTreeMap::new();
    for id in there {
        let number = ids.len() + 1;
        ids.entry(id.to_owned()).or_insert_with(|| format!("{beginning}{number}"));
    }
    ids
}

/// The ids that a value refers to as `url(#name)`.
fn references(value: &str) -> Vec<&str> {
    let urls = value.split("url(").skip(1).filter_map(|rest| {
        let url = rest.split_once(')').map(|(url, _)| url)?;
        url.trim().trim_matches(['"', '\'']).trim().strip_prefix('#')
    });
    urls.collect()
}

struct Cleaner<'c> {
    sheet: &'c StyleSheet<'c>,
    known: &'c BTreeSet<String>,
    ids: &'c BTreeMap<String, String>,
    /// Those of them that an element has: of several with one id, the first is what is referred to.
    given: BTreeSet<String>,
    /// Those of them that something written refers to.
    referred: BTreeSet<String>,
    out: String,
    changed: BTreeSet<Changed>,
    draws: bool,
    looks: Looks,
    /// How many dots of pictures may still be read.
    dots_left: u64,
}

impl Cleaner<'_> {
    fn document(
        &mut self,
        root: Node<'_, '_>,
        view_box: [f64; 4],
        picture: Option<[u32; 2]>,
    ) -> Result<(), Refusal> {
        let own = view_box.map(|number| number.to_string()).join(" ");
        let look = self.look(root, |name| !OF_THE_DOCUMENT.contains(&name) && !name.starts_with("aria-"))?;
        let whole = picture.map(|[width, height]| format!("0 0 {width} {height}"));
        match picture.zip(whole).filter(|(_, whole)| *whole != own) {
            Some(([width, height], whole)) => {
                self.changed.insert(Changed::Fitted);
                self.write(format_args!(
                    r#"<svg xmlns="{SVG}" viewBox="{whole}"><svg width="{width}" height="{height}" viewBox="{own}""#
                ));
                self.inside(root, &look)?;
                self.out.push_str("</svg></svg>");
            }
            None => {
                self.write(format_args!(r#"<svg xmlns="{SVG}" viewBox="{own}""#));
                self.inside(root, &look)?;
                self.out.push_str("</svg>");
            }
        }
        Ok(())
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String can't fail.
        let _ = self.out.write_fmt(text);
    }

    /// The attributes of an opened tag, its end, and its content.
    fn inside(&mut self, node: Node<'_, '_>, look: &[(String, String)]) -> Result<(), Refusal> {
        self.attributes(look);
        self.out.push('>');
        self.content(node)
    }

    fn attributes(&mut self, look: &[(String, String)]) {
        for (name, value) in look {
            let value = if name == "href" { self.leading(value) } else { self.referring(value) };
            self.write(format_args!(r#" {name}="{}""#, escaped(&value)));
        }
    }

    /// The elements within one.
    fn content(&mut self, node: Node<'_, '_>) -> Result<(), Refusal> {
        for child in node.children().filter(Node::is_element) {
            if !is_of_svg(child) || child.tag_name().name() == "metadata" {
                self.changed.insert(Changed::Editor);
            } else if !UNSEEN.contains(&child.tag_name().name()) {
                self.element(child)?;
            }
        }
        Ok(())
    }

    fn element(&mut self, node: Node<'_, '_>) -> Result<(), Refusal> {
        let element = node.tag_name().name();
        self.draws |= SHAPES.contains(&element);
        let look = self.look(node, |_| true)?;
        self.write(format_args!("<{element}"));
        self.attributes(&look);
        if let Some(id) = node.attribute("id").and_then(|id| self.ids.get(id)).cloned()
            && self.given.insert(id.clone())
        {
            self.write(format_args!(r#" id="{id}""#));
        }
        // Whether something stays within shows once it is written: titles and notes do not.
        let opened = self.out.len();
        self.out.push('>');
        self.content(node)?;
        if self.out.len() == opened + 1 {
            self.out.truncate(opened);
            self.out.push_str("/>");
        } else {
            self.write(format_args!("</{element}>"));
        }
        Ok(())
    }

    /// What an element looks like, in attributes that are known.
    fn look(
        &mut self,
        node: Node<'_, '_>,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>, Refusal> {
        let names = self.known;
        let known = |name: &str| names.contains(name) && is_wanted(name);
        let mut look = Look::new();
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value().trim());
            match attribute.namespace() {
                _ if name == "href" && node.tag_name().name() == "image" => {
                    let made = self.picture(&dots::data(value).unwrap_or_default())?;
                    self.changed.extend(made.is_scaled.then_some(Changed::Scaled));
                    look.set("href", &made.address);
                }
                None | Some(XLINK) if name == "href" => look.set(name, value),
                None if !is_looked_at(&attribute) || matches!(name, "class" | "id" | "style") => {}
                None if known(name) => look.set(name, value),
                None | Some(XLINK | "http://www.w3.org/XML/1998/namespace") => {}
                Some(_) => drop(self.changed.insert(Changed::Editor)),
            }
        }
        look.styled(node, self.sheet, &self.looks, known);
        if self.looks.are_over() { Err(Refusal::TooManyParts) } else { Ok(look.attributes) }
    }

    /// A picture made anew, as long as all of the file together are not too large.
    fn picture(&mut self, bytes: &[u8]) -> Result<Dots, Refusal> {
        // What is no picture is refused where it is read.
        let dots = dots::size(bytes).map_or(0, |[width, height]| u64::from(width) * u64::from(height));
        self.dots_left = self.dots_left.checked_sub(dots).ok_or(Refusal::TooManyParts)?;
        dots::made_anew(bytes).map_err(|error| undrawable(&error))
    }

    /// What an id became. One that is not there leads to none of another drawing either.
    fn id(&mut self, id: &str) -> &str {
        let Some(known) = self.ids.get(id) else { return NOWHERE };
        self.referred.insert(id.to_owned());
        known
    }

    /// An address that follows the ids.
    fn leading(&mut self, value: &str) -> String {
        value.strip_prefix('#').map_or_else(|| value.to_owned(), |id| format!("#{}", self.id(id)))
    }

    /// A value whose references follow the ids.
    fn referring(&mut self, value: &str) -> String {
        let mut out = String::with_capacity(value.len());
        let mut rest = value;
        while let Some((before, behind)) = rest.split_once("url(") {
            let Some((url, behind)) = behind.split_once(')') else { break };
            let id = url.trim().trim_matches(['"', '\'']).trim().trim_start_matches('#');
            out.push_str(before);
            out.push_str(&format!("url(#{})", self.id(id)));
            rest = behind;
        }
        out + rest
    }
}

fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
