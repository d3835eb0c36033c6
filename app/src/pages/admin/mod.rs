//! The admin's pages: plain forms that work without a script, for the people who run the shop.

mod access;
mod editor;
mod form;
mod orders;
mod place;
mod products;
mod publish;
mod sections;
mod shell;

pub use access::{LogInForm, PasswordForm, invite, invite_over, log_in};
pub use editor::{Editor, StandardView, editor};
pub use form::Returned;
pub use orders::{OrderItem, OrderList, OrderSheet, SheetValue, order, orders};
pub use products::{ProductItem, ProductItems, products};
pub use publish::{PublishPage, RevisionItem, RevisionsPage, publish, revisions};
pub use shell::{DraftState, Frame};

/// A problem's message and advice as sentences: messages are written in lower case without a full stop.
fn sentences(message: &str, advice: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop} {advice}", letters.as_str()).trim_end().to_owned()
}

/// "1 problem", "2 problems".
fn counted(count: usize, one: &str, many: &str) -> String {
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
