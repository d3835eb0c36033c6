//! Phrases that several of the admin's pages use.

/// A problem's message and advice as sentences: messages are written in lower case without a full stop.
pub(super) fn sentences(message: &str, advice: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop} {advice}", letters.as_str()).trim_end().to_owned()
}

/// "1 problem", "2 problems".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_sentences_of_messages() {
        assert_eq!(sentences("there is no step 'x'", "Add it."), "There is no step 'x'. Add it.");
        assert_eq!(sentences("the standard is not valid: No.", ""), "The standard is not valid: No.");
        assert_eq!(counted(1, "rule", "rules"), "1 rule");
        assert_eq!(counted(0, "rule", "rules"), "0 rules");
    }
}
