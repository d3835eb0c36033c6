//! Style sheets of a drawing, written out as attributes: a drawing has none, since they would hold for the whole page.

use std::cell::Cell;

use roxmltree::{Document, Node};
use simplecss::{AttributeOperator, Declaration, DeclarationTokenizer, Element, PseudoClass, StyleSheet};

/// What means another thing as an attribute than in a style, or nothing.
const IN_STYLES_ALONE: [&str; 5] =
    ["isolation", "mix-blend-mode", "transform", "transform-box", "transform-origin"];
/// Attributes that no style sets.
const NEVER_STYLED: [&str; 4] = ["class", "href", "id", "style"];
/// How often rules may look at elements of a file. A selector of many parts looks at all elements around one for each of them.
const MOST_LOOKS: u32 = 10_000_000;

/// Most bytes of a file's style sheets, and of an element's style. How long they take to read grows with their square: a quarter of a
/// second for these sheets, as much for a thousand of these styles.
const MOST_CSS: usize = 64 * 1024;
const MOST_STYLE: usize = 2 * 1024;

/// Whether what styles a document is too long to be read.
pub(super) fn is_too_long(css: &str, document: &Document<'_>) -> bool {
    let mut styles = document.descendants().filter_map(|node| node.attribute("style"));
    css.len() > MOST_CSS || styles.any(|style| style.len() > MOST_STYLE)
}

/// The text of all style sheets of a document, without comments.
pub(super) fn text_of(document: &Document<'_>) -> String {
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "style");
    let texts = sheets.flat_map(|sheet| sheet.children().filter_map(|child| child.text()));
    without_comments(&texts.collect::<Vec<_>>().join("\n"))
}

/// Whether a style sheet has rules that say nothing here: those for some screens alone, and selectors beyond the elements, classes,
/// ids and attributes of an element, its parents and the one before it.
pub(super) fn has_more_than_is_read(css: &str) -> bool {
    let selectors = css.split('}').filter_map(|rule| rule.split('{').next());
    selectors
        .into_iter()
        .any(|selector| selector.contains(['@', '~']) || selector.replace(":first-child", "").contains(':'))
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
        looks: &Looks,
        is_known: impl Fn(&str) -> bool,
    ) {
        let own = without_comments(node.attribute("style").unwrap_or_default());
        let own: Vec<Declaration<'_>> = DeclarationTokenizer::from(own.as_str()).collect();
        let matching = sheet.rules.iter().filter(|rule| rule.selector.matches(&Styled { node, looks }));
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

/// How many looks at elements are left for the rules of a file.
pub(super) struct Looks(Cell<u32>);

impl Looks {
    pub(super) fn new() -> Self {
        Self(Cell::new(MOST_LOOKS))
    }

    /// Whether rules looked at so much that the rest went unread.
    pub(super) fn are_over(&self) -> bool {
        self.0.get() == 0
    }

    fn look(&self) -> bool {
        self.0.set(self.0.get().saturating_sub(1));
        !self.are_over()
    }
}

/// An element as rules see it, which see nothing more once their looks are over.
struct Styled<'d, 'i, 'l> {
    node: Node<'d, 'i>,
    looks: &'l Looks,
}

impl Styled<'_, '_, '_> {
    fn seen(self) -> Option<Self> {
        self.looks.look().then_some(self)
    }
}

impl Element for Styled<'_, '_, '_> {
    fn parent_element(&self) -> Option<Self> {
        let node = self.node.parent_element()?;
        Self { node, ..*self }.seen()
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let node = self.node.prev_sibling_element()?;
        Self { node, ..*self }.seen()
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.looks.look() && self.node.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.looks.look() && self.node.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.node.prev_sibling_element().is_none()
    }
}
