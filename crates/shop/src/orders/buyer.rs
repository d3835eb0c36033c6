//! Who orders: the fields of the order form and what they take.

use configurator::{line_fault, text_fault};
use serde::{Deserialize, Serialize};
use words::Shop;

/// Who orders, and where it goes.
#[derive(Clone, Default, Serialize, Deserialize, PartialEq, Eq, Debug)]
pub struct Buyer {
    /// First and last name.
    pub name: String,
    /// Where the confirmation goes.
    pub email: String,
    /// Postal address in several lines.
    pub address: String,
    /// Anything else; may be empty.
    pub note: String,
}

/// A field that can't be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field in [`Buyer`].
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// There is no name.
    NoName,
    /// The name has more characters than this.
    LongName(u64),
    /// There is no e-mail address, or what there is has not the form of one.
    NoEmail,
    /// What follows the `@` is no whole domain, as in `ana@example`.
    HalfEmail,
    /// The address is too short to be one.
    NoAddress,
    /// The address has more characters than this.
    LongAddress(u64),
    /// The note has more characters than this.
    LongNote(u64),
    /// It has characters that nobody sees, such as those that turn the direction of writing.
    Hidden,
}

impl FieldError {
    /// What to do.
    #[must_use]
    pub fn sentence(&self, say: &Shop) -> String {
        match self.problem {
            FieldProblem::NoName => say.enter_name().to_owned(),
            FieldProblem::LongName(most) => say.shorten_name(most),
            FieldProblem::NoEmail => say.enter_email().to_owned(),
            FieldProblem::HalfEmail => say.finish_email().to_owned(),
            FieldProblem::NoAddress => say.enter_address().to_owned(),
            FieldProblem::LongAddress(most) => say.shorten_address(most),
            FieldProblem::LongNote(most) => say.shorten_note(most),
            FieldProblem::Hidden => say.hidden_characters().to_owned(),
        }
    }
}

const LONGEST_EMAIL: usize = 254;

impl Buyer {
    /// Every field that can't be taken.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldError> {
        self.checked().err().unwrap_or_default()
    }

    /// The same without blanks around the fields and without control characters.
    ///
    /// # Errors
    /// Every field that can't be taken.
    pub(crate) fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let buyer = Self {
            name: one_line(&self.name),
            email: self.email.trim().to_owned(),
            address: lines(&self.address),
            note: lines(&self.note),
        };
        let mut errors = Vec::new();
        let mut report = |field, problem| errors.push(FieldError { field, problem });
        for (field, text) in [
            ("name", &buyer.name),
            ("email", &buyer.email),
            ("address", &buyer.address),
            ("note", &buyer.note),
        ] {
            if text_fault(text).is_some() {
                report(field, FieldProblem::Hidden);
            }
        }
        match buyer.name.chars().count() {
            0 => report("name", FieldProblem::NoName),
            1..=120 => {}
            _ => report("name", FieldProblem::LongName(120)),
        }
        if !is_email(&buyer.email) && text_fault(&buyer.email).is_none() {
            let is_half = |(name, domain): (&str, &str)| !name.is_empty() && !domain.contains(['.', '@']);
            let is_half = buyer.email.split_once('@').is_some_and(is_half);
            report("email", if is_half { FieldProblem::HalfEmail } else { FieldProblem::NoEmail });
        }
        match buyer.address.chars().count() {
            0..=9 => report("address", FieldProblem::NoAddress),
            10..=600 => {}
            _ => report("address", FieldProblem::LongAddress(600)),
        }
        if buyer.note.chars().count() > 1_000 {
            report("note", FieldProblem::LongNote(1_000));
        }
        if errors.is_empty() { Ok(buyer) } else { Err(errors) }
    }
}

/// Whether a text has the form of an e-mail address: one `@` with text on both sides and a dot inside what follows, and each
/// character one that people see.
pub(crate) fn is_email(text: &str) -> bool {
    let is_seen = |character: char| {
        !character.is_whitespace() && line_fault(character.encode_utf8(&mut [0; 4])).is_none()
    };
    let Some((name, domain)) = text.split_once('@') else { return false };
    let dot_inside = domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    !name.is_empty()
        && dot_inside
        && !domain.contains('@')
        && text.chars().count() <= LONGEST_EMAIL
        && text.chars().all(is_seen)
}

/// An e-mail address as it is compared: lower case, without blanks around it, no longer than any can be.
#[must_use]
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase().chars().take(255).collect()
}

/// The text on one line: a name goes into e-mail headers and onto labels.
fn one_line(text: &str) -> String {
    text.split(|character: char| character.is_whitespace() || character.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn lines(text: &str) -> String {
    text.lines().map(one_line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> Buyer {
        Buyer {
            name: "Ana Lima".to_owned(),
            email: "ana@example.org".to_owned(),
            address: "Rua do Ouro 1\n1100-060 Lisboa".to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn takes_fields_without_what_forms_put_around_them() {
        let typed = Buyer {
            name: "  Ana\r\nLima ".to_owned(),
            email: " ana@example.org ".to_owned(),
            address: "Rua do Ouro 1\r\n1100-060  Lisboa\r\n".to_owned(),
            note: "\n".to_owned(),
        };
        assert_eq!(typed.checked(), Ok(ana()));
    }

    /// What turns the direction of writing makes an address read as another one.
    #[test]
    fn refuses_what_nobody_sees_in_every_field() {
        for hidden in [
            "Ana \u{202e}amiL",
            "Ana\u{200b}Lima 12345",
            "\u{200d}\u{200d}",
            "\u{2800}\u{3164}",
            "a\u{fffe}b",
        ] {
            for (buyer, field) in [
                (Buyer { name: hidden.to_owned(), ..ana() }, "name"),
                (Buyer { email: format!("{hidden}@example.org"), ..ana() }, "email"),
                (Buyer { address: format!("Rua do Ouro 1\n{hidden}\u{202c}"), ..ana() }, "address"),
                (Buyer { note: hidden.to_owned(), ..ana() }, "note"),
            ] {
                let errors = buyer.checked().unwrap_err();
                assert!(errors.iter().any(|error| error.field == field), "{buyer:?}: {errors:?}");
            }
        }
        // Languages that are written from right to left, and pictures that are joined of several.
        let buyer = Buyer { name: "\u{200f}שרה כהן 👩\u{200d}🚀".to_owned(), ..ana() };
        assert_eq!(buyer.checked().map(|checked| checked.name), Ok(buyer.name));
    }

    #[test]
    fn says_which_fields_to_change() {
        let wrong = [
            (Buyer { name: " ".to_owned(), ..ana() }, "name"),
            (Buyer { name: "x".repeat(121), ..ana() }, "name"),
            (Buyer { address: "Lisboa".to_owned(), ..ana() }, "address"),
            (Buyer { address: "x".repeat(601), ..ana() }, "address"),
            (Buyer { note: "x".repeat(1_001), ..ana() }, "note"),
        ];
        for (buyer, field) in wrong {
            let errors = buyer.checked().unwrap_err();
            assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), [field]);
        }
        assert_eq!(Buyer::default().checked().unwrap_err().len(), 3);
    }

    #[test]
    fn an_address_that_ends_too_early_is_told_apart_from_none() {
        for (email, problem) in [
            ("ana@example", FieldProblem::HalfEmail),
            ("ana@", FieldProblem::HalfEmail),
            ("ana", FieldProblem::NoEmail),
            ("@example", FieldProblem::NoEmail),
            ("a@b@c", FieldProblem::NoEmail),
        ] {
            let errors = Buyer { email: email.to_owned(), ..ana() }.checked().unwrap_err();
            assert_eq!(errors, [FieldError { field: "email", problem }], "{email}");
        }
    }

    #[test]
    fn knows_the_form_of_e_mail_addresses() {
        for right in ["ana@example.org", "a+b@x.y.zz", "ä@ö.de"] {
            assert!(is_email(right), "{right}");
        }
        let long = format!("{}@example.org", "x".repeat(250));
        for wrong in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@org",
            "ana@.org",
            "ana@org.",
            "a@b@c.de",
            "a b@c.de",
            "a\u{200d}b@c.de",
            "ana@c.de\u{fe0f}",
            &long,
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
