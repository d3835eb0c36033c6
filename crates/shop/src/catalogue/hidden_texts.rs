//! Texts of a product with characters that nobody sees, or with nothing else: in whichever field, also those to come.

use configurator::source::Source;
use configurator::{Problem, TextFault, line_fault, text_fault};
use serde_json::Value;

/// Texts that stand in one line. All others may have several, as rules and descriptions do.
const ONE_LINE: [&str; 6] = ["name", "summary", "label", "people", "unit", "search_words"];

/// Every field of a product whose text people do not see as it is.
pub(super) fn hidden_texts(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    match serde_json::to_value(source) {
        Ok(value) => find(String::new(), &value, &mut problems),
        Err(error) => problems.push(Problem {
            place: "name".to_owned(),
            span: None,
            correction: None,
            message: format!("the product can't be looked through for hidden characters: {error}"),
            advice: "Type its texts anew.".to_owned(),
        }),
    }
    problems
}

fn find(place: String, value: &Value, problems: &mut Vec<Problem>) {
    let within = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    match value {
        Value::String(text) => {
            let field = place.rsplit('.').next().unwrap_or_default();
            let fault = if ONE_LINE.contains(&field) { line_fault(text) } else { text_fault(text) };
            let (message, advice) = match fault {
                None => return,
                Some(TextFault::Unseen) => (
                    "nobody sees anything of this".to_owned(),
                    "Write what people shall read, or leave it empty where that may be.",
                ),
                Some(TextFault::Hidden(hidden)) => (
                    format!("this has a character that nobody sees (U+{:04X})", u32::from(hidden)),
                    "Type the text anew instead of pasting it.",
                ),
            };
            problems.push(Problem {
                place,
                span: None,
                message,
                advice: advice.to_owned(),
                correction: None,
            });
        }
        Value::Array(values) => {
            values
                .iter()
                .enumerate()
                .for_each(|(index, value)| find(within(&index.to_string()), value, problems));
        }
        Value::Object(fields) => {
            // What a text said once is kept as it was.
            let is_language = place.starts_with("translations.") && place.matches('.').count() == 1;
            let is_former = |key: &str| key == "stale" && is_language;
            let fields = fields.iter().filter(|(key, _)| !is_former(key));
            fields.for_each(|(key, value)| find(within(key), value, problems));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
