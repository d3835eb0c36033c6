//! What is to be done after an order: how it is paid, until when it can be corrected or cancelled, and how the shop is reached. The
//! same on the order's page and in its mails.

use app::pages::{Fact, Section};
use shop::{OrderState, Profile, ProfileText, Topic};
use words::Language;

/// How an order in a state is paid, and what can still be done about it.
pub(crate) fn after_order(profile: &Profile, state: OrderState, language: Language) -> Vec<Section> {
    let say = language.shop();
    let is_open = matches!(state, OrderState::Placed | OrderState::Confirmed);
    let mut sections = Vec::new();
    if is_open {
        sections.push(Section {
            title: say.paying().to_owned(),
            paragraphs: vec![say.paid_offline().to_owned()],
            language: None,
        });
        sections.extend(profile.page(Topic::Payment, language).map(|own| Section {
            title: String::new(),
            paragraphs: introduction(own.text).into_iter().map(|text| language.marked(text)).collect(),
            language: foreign(own, language),
        }));
    }
    let can_be_done = match state {
        OrderState::Placed | OrderState::Confirmed => say.correct_until(),
        OrderState::InProduction => say.correct_no_more(),
        OrderState::Shipped | OrderState::Delivered | OrderState::Cancelled | OrderState::Returned => {
            say.questions_about_order()
        }
    };
    let answer = profile.contact.email.as_ref().map(|_| say.answer_our_mail());
    sections.push(Section {
        title: if is_open { say.correcting() } else { say.contact_page() }.to_owned(),
        paragraphs: [Some(can_be_done), answer].into_iter().flatten().map(str::to_owned).collect(),
        language: None,
    });
    sections.retain(|section| !section.paragraphs.is_empty());
    sections
}

/// The paragraphs before the first title: what a page of the shop says first.
fn introduction(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.take_while(|paragraph| !paragraph.starts_with("# ")).map(str::to_owned).collect()
}

/// How the shop is reached.
pub(crate) fn contact(profile: &Profile, language: Language) -> Vec<Fact> {
    let (say, contact) = (language.shop(), &profile.contact);
    let email = contact.email.as_ref().map(|email| fact(say.email(), email, format!("mailto:{email}")));
    let phone = contact.phone.as_ref().map(|phone| {
        // `+49 (0)30 …` is dialled without the nought in brackets.
        let dialled =
            if phone.trim_start().starts_with('+') { phone.replace("(0)", "") } else { phone.clone() };
        let digits: String = dialled.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
        fact(say.phone(), phone, format!("tel:{digits}"))
    });
    let hours = profile.hours(language).map(|hours| Fact {
        language: foreign(hours, language),
        ..fact(say.hours(), hours.text, String::new())
    });
    email.into_iter().chain(phone).chain(hours).collect()
}

/// A fact with its name, and where it leads.
pub(crate) fn fact(name: &str, value: &str, href: String) -> Fact {
    Fact { name: name.to_owned(), value: value.trim().to_owned(), href, language: None }
}

/// The language of a text of the shop file, where it is another than the reader's.
pub(crate) fn foreign(text: ProfileText<'_>, language: Language) -> Option<String> {
    (words::matching(text.language) != Some(language)).then(|| text.language.to_owned())
}
