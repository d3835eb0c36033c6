//! XML as the importers need it: elements, attributes and words with their places.

use roxmltree::{Document, Error, Node, NodeType, ParsingOptions};

use crate::text::{ImportError, Text, shown};

/// Most elements, texts and comments of a document.
const MOST_NODES: u32 = 2_000_000;

/// Reads the form of a document. Document type definitions, and with them entities, are refused.
pub(super) fn parse(text: &str) -> Result<Document<'_>, ImportError> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let (message, advice) = match &error {
            Error::DtdDetected => {
                ("document type definitions are not read".to_owned(), "Remove <!DOCTYPE …>.")
            }
            Error::NodesLimitReached => (format!("there are more than {MOST_NODES} elements"), "Divide it."),
            _ => {
                let message = error.to_string();
                let place = format!(" at {}:{}", place.row, place.col);
                let message = message.strip_suffix(&place).unwrap_or(&message);
                (format!("this is no well-formed XML: {message}"), "Correct the XML here.")
            }
        };
        if matches!(error, Error::UnclosedRootNode | Error::UnexpectedEndOfStream) {
            return Text(text).error(text.trim_end().len(), message, advice);
        }
        let (line, column) = (place.row as usize, place.col as usize);
        ImportError { file: None, line, column, message, advice: advice.to_owned() }
    })
}

/// An error at a byte of the text that a node belongs to.
pub(super) fn error_at(
    node: Node<'_, '_>,
    at: usize,
    message: impl Into<String>,
    advice: impl Into<String>,
) -> ImportError {
    Text(node.document().input_text()).error(at, message, advice)
}

/// An error at the start of a node.
pub(super) fn error(
    node: Node<'_, '_>,
    message: impl Into<String>,
    advice: impl Into<String>,
) -> ImportError {
    error_at(node, node.range().start, message, advice)
}

/// The elements in an element.
pub(super) fn elements<'a, 't>(node: Node<'a, 't>) -> impl Iterator<Item = Node<'a, 't>> {
    node.children().filter(Node::is_element)
}

/// What an element that is not known is refused with.
pub(super) fn unknown(node: Node<'_, '_>, advice: impl Into<String>) -> ImportError {
    error(node, format!("the element '{}' is not known here", shown(node.tag_name().name())), advice)
}

/// An attribute that has to be there.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, ImportError> {
    node.attribute(name).ok_or_else(|| {
        let message = format!("the element '{}' has no attribute '{name}'", node.tag_name().name());
        error(node, message, format!("Add {name}=\"…\"."))
    })
}

/// The words of an attribute that has to be there, with their places.
pub(super) fn attribute_words<'a>(
    node: Node<'a, '_>,
    name: &str,
) -> Result<Vec<(usize, &'a str)>, ImportError> {
    let value = attribute(node, name)?;
    let start = node.attribute_node(name).map_or(0, |attribute| attribute.range_value().start);
    let raw = node.document().input_text().get(start..).unwrap_or_default();
    Ok(words(value, start, raw.starts_with(value), char::is_whitespace).collect())
}

/// The words of the texts in an element, with their places; `separates` says which characters are between words.
pub(super) fn text_words<'a>(
    node: Node<'a, '_>,
    separates: fn(char) -> bool,
) -> impl Iterator<Item = (usize, &'a str)> {
    node.children().filter(|child| child.node_type() == NodeType::Text).flat_map(move |child| {
        let text = child.text().unwrap_or_default();
        let exact = node.document().input_text().get(child.range()) == Some(text);
        words(text, child.range().start, exact, separates)
    })
}

/// The words of a piece of text that starts at a byte; all of them are there when it doesn't stand in the file as it is.
fn words(
    text: &str,
    start: usize,
    exact: bool,
    separates: fn(char) -> bool,
) -> impl Iterator<Item = (usize, &str)> {
    text.split(separates).filter(|word| !word.is_empty()).map(move |word| {
        let inside = if exact { Text(text).position(word) } else { 0 };
        (start + inside, word)
    })
}
