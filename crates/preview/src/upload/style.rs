//! Style sheets of a drawing, written out as attributes: a drawing has none, since they would hold for the whole page.

use roxmltree::{Document, Node};
use simplecss::{AttributeOperator, Declaration, DeclarationTokenizer, Element, PseudoClass, StyleSheet};

/// What means another thing as an attribute than in a style, or nothing.
const IN_STYLES_ALONE: [&str; 5] =
    ["isolation", "mix-blend-mode", "transform", "transform-box", "transform-origin"];
/// Attributes that no style sets.
const NEVER_STYLED: [&str; 4] = ["class", "href", "id", "style"];

/// The text of all style sheets of a document, without comments.
pub(super) fn text_of(document: &Document<'_>) -> String {
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "style");
    let texts = sheets.flat_map(|sheet| sheet.children().filter_map(|child| child.text()));
    without_comments(&texts.collect::<Vec<_>>().join("\n"))
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// What an element looks like by its own attributes, the style sheets and its style, each later one over those before.
pub(super) struct Look {
    /// Attributes in their order.
    pub(super) attributes: Vec<(String, String)>,
    style: String,
}

impl Look {
    pub(super) fn new() -> Self {
        Self { attributes: Vec::new(), style: String::new() }
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => value.clone_into(known),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Adds what style sheets and the style of an element say; `is_known` tells which attributes there are.
    pub(super) fn styled(
        &mut self,
        node: Node<'_, '_>,
        sheet: &StyleSheet<'_>,
        is_known: impl Fn(&str) -> bool,
    ) {
        let own = without_comments(node.attribute("style").unwrap_or_default());
        let own: Vec<Declaration<'_>> = DeclarationTokenizer::from(own.as_str()).collect();
        let matching = sheet.rules.iter().filter(|rule| rule.selector.matches(&Styled(node)));
        let rules: Vec<Declaration<'_>> = matching.flat_map(|rule| rule.declarations.clone()).collect();
        for important in [false, true] {
            for said in rules.iter().chain(&own).filter(|said| said.important == important) {
                if IN_STYLES_ALONE.contains(&said.name) {
                    self.style.push_str(&format!("{}:{};", said.name, said.value.trim()));
                } else if !NEVER_STYLED.contains(&said.name) && is_known(said.name) {
                    self.set(said.name, said.value.trim());
                }
            }
        }
        if !self.style.is_empty() {
            let style = std::mem::take(&mut self.style);
            self.set("style", style.trim_end_matches(';'));
        }
    }
}

/// The names that style sheets and styles set.
pub(super) fn names(sheet: &StyleSheet<'_>, document: &Document<'_>) -> Vec<String> {
    let of_sheet = sheet.rules.iter().flat_map(|rule| rule.declarations.iter().map(|said| said.name));
    let styles = document.descendants().filter_map(|node| node.attribute("style"));
    let of_styles = styles.flat_map(|style| {
        let style = without_comments(style);
        DeclarationTokenizer::from(style.as_str()).map(|said| said.name.to_owned()).collect::<Vec<_>>()
    });
    of_sheet.map(str::to_owned).chain(of_styles).collect()
}

struct Styled<'d, 'i>(Node<'d, 'i>);

impl Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Self)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Self)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.0.prev_sibling_element().is_none()
    }
}
