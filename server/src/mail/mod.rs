//! How mails leave the shop: by SMTP, or into a folder where somebody or another program finds them.

mod folder;
mod texts;

use async_trait::async_trait;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, SinglePart};
use lettre::transport::smtp;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use shop::Profile;
use shop::mail::{Delivery, Letter, Post};
use shop::shop_file::CurrentProfile;

use crate::settings::Mailing;
use folder::Folder;
use texts::Texts;
pub(crate) use texts::how_far;

/// How long an SMTP server may take to answer.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A setting about mails that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum MailSettingsError {
    /// The address of the SMTP server can't be read. It may hold a password, so it is not repeated.
    #[error(
        "the address of the SMTP server can't be read: {reason}; write one such as smtps://user:password@mail.example.org"
    )]
    Smtp {
        /// Why.
        reason: String,
    },
    /// Nobody can send mails from this address.
    #[error("mails can't come from '{address}'; write an address such as shop@example.org as mail-from")]
    Sender {
        /// The address.
        address: String,
    },
}

/// Writes and delivers mails.
#[derive(Debug)]
pub struct Postman {
    /// Who the mails are from, and what they say of it, as it is when each goes out.
    profile: CurrentProfile,
    url: String,
    /// Where mails come from, whatever the shop's own address is.
    mail_from: Option<Address>,
    way: Way,
}

/// Where mails go.
#[derive(Debug)]
enum Way {
    Folder(Folder),
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

impl Postman {
    /// Delivers as the settings say; `url` is where the shop is reached from outside.
    ///
    /// # Errors
    /// A setting can't be used.
    pub fn new(settings: &Mailing, profile: CurrentProfile, url: &str) -> Result<Self, MailSettingsError> {
        let way = match &settings.smtp {
            None => Way::Folder(Folder::new(settings.mail_folder.clone())),
            Some(address) => {
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)
                    .map_err(|error| MailSettingsError::Smtp { reason: error.to_string() })?;
                Way::Smtp(Box::new(builder.timeout(Some(PATIENCE)).build()))
            }
        };
        let sender = |address: &String| {
            address.parse().map_err(|_| MailSettingsError::Sender { address: address.clone() })
        };
        let mail_from = settings.mail_from.as_ref().map(sender).transpose()?;
        let own = profile.get().contact.email.clone();
        if let (None, Some(own)) = (&mail_from, &own)
            && let Err(error) = sender(own)
        {
            tracing::warn!(%error, "mails are from another address");
        }
        // Where neither is said, this one has to do.
        sender(&fallback(url))?;
        Ok(Self { profile, url: url.to_owned(), mail_from, way })
    }

    /// Who mails are from: the setting, the shop's address, or one made of where the shop is reached.
    fn sender(&self, profile: &Profile) -> Option<Mailbox> {
        let own = || profile.contact.email.as_deref().and_then(|own| own.parse().ok());
        let email = self.mail_from.clone().or_else(own).or_else(|| fallback(&self.url).parse().ok())?;
        Some(Mailbox::new(Some(profile.name.clone()), email))
    }

    /// A letter as RFC 5322 has it; nothing where it can't be written to its address.
    fn message(&self, letter: &Letter) -> Option<Message> {
        let to = letter.to.parse::<Address>().ok()?;
        let profile = self.profile.get();
        let sender = self.sender(&profile)?;
        let (subject, text) = Texts::new(&profile, &self.url).of(letter);
        // The same when it is tried again, so that whoever has it already can tell.
        let id = format!("<{}@{}>", letter.key, sender.email.domain());
        // Answers reach the shop, wherever its mails come from.
        let own = profile.contact.email.as_deref().and_then(|own| own.parse::<Address>().ok());
        let answers = own.filter(|own| *own != sender.email).map(|own| Mailbox::new(None, own));
        let message = Message::builder().from(sender).to(Mailbox::new(None, to));
        let message = match answers {
            Some(answers) => message.reply_to(answers),
            None => message,
        };
        let part = part(text, matches!(self.way, Way::Folder(_)));
        message.subject(subject).message_id(Some(id)).singlepart(part).ok()
    }
}

/// Most bytes of a line, as RFC 5322 has it (section 2.1.1).
const LONGEST_LINE: usize = 998;

/// A text as it goes into a mail. What needs no encoding has none; in a file of the folder letters of any language stay as
/// they are, so that whoever opens it finds each link whole.
fn part(text: String, is_file: bool) -> SinglePart {
    let encoding = match text.is_ascii() {
        true => ContentTransferEncoding::SevenBit,
        false if is_file => ContentTransferEncoding::EightBit,
        false => return SinglePart::plain(text),
    };
    if text.contains('\0') || text.lines().any(|line| line.len() > LONGEST_LINE) {
        return SinglePart::plain(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes();
    let body = Body::dangerous_pre_encoded(lines, encoding);
    SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body)
}

/// Where mails come from where nobody says so.
fn fallback(url: &str) -> String {
    format!("atelier@{}", host(url))
}

/// The host of an address, without its port; that of this machine where there is none that mails can come from.
fn host(url: &str) -> String {
    let parsed = url::Url::parse(url).ok();
    let domain = parsed.as_ref().and_then(url::Url::domain).filter(|domain| domain.contains('.'));
    domain.unwrap_or("localhost").to_owned()
}

#[async_trait]
impl Post for Postman {
    async fn deliver(&self, letter: &Letter) -> Delivery {
        let Some(message) = self.message(letter) else {
            return Delivery::Never("nothing can be sent to its address".to_owned());
        };
        match &self.way {
            Way::Folder(folder) => match folder.put(&letter.key, &message.formatted()).await {
                Ok(()) => Delivery::Sent,
                Err(reason) => Delivery::Later(reason),
            },
            Way::Smtp(server) => match server.send(message).await {
                Ok(_) => Delivery::Sent,
                Err(error) => refused(&error),
            },
        }
    }

    async fn forget(&self, keys: &[String]) -> Result<(), String> {
        match &self.way {
            Way::Folder(folder) => folder.remove(keys).await,
            Way::Smtp(_) => Ok(()),
        }
    }
}

/// What a server's refusal means. Its words are left out: they repeat the address.
fn refused(error: &smtp::Error) -> Delivery {
    let code = error.status().map(|code| format!("the mail server answered {code}"));
    if error.is_permanent() {
        return Delivery::Never(code.unwrap_or_else(|| "the mail server refused it".to_owned()));
    }
    let reason = code.unwrap_or_else(|| {
        let reason = match () {
            () if error.is_timeout() => "the mail server took too long",
            () if error.is_tls() => "the mail server could not be trusted",
            () => "the mail server could not be reached",
        };
        reason.to_owned()
    });
    Delivery::Later(reason)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use shop::mail::About;
    use words::Language;

    use super::*;

    fn letter(to: &str) -> Letter {
        let order = tests_order();
        let (others, token) = (Vec::new(), "0123".to_owned());
        let about = About::Order { order: Box::new(order), others, token };
        Letter { key: "order-1001".to_owned(), to: to.to_owned(), language: Language::ENGLISH, about }
    }

    fn tests_order() -> shop::Order {
        let content = shop::OrderContent {
            placed_at: time::OffsetDateTime::UNIX_EPOCH,
            slug: "mug".parse().unwrap(),
            revision: shop::RevisionNumber::FIRST,
            product_name: "Mug".to_owned(),
            design: Vec::new(),
            lines: Vec::new(),
            total: 2400,
            currency: "EUR".to_owned(),
            quantity: 1,
            lead_time_days: 9,
            arrival: None,
            vat: None,
            return_days: None,
            weight: 0,
            points: 0,
            picture: String::new(),
            stated_use: None,
            buyer: shop::Buyer::default(),
        };
        let progress = shop::Progress::default();
        shop::Order { number: 1001.try_into().unwrap(), progress, basket: None, content }
    }

    fn postman(smtp: Option<String>, folder: &std::path::Path) -> Postman {
        let settings = Mailing { smtp, mail_folder: folder.to_owned(), mail_from: None };
        Postman::new(&settings, CurrentProfile::default(), "https://shop.example.org").unwrap()
    }

    #[tokio::test]
    async fn a_mail_lies_in_the_folder_once_however_often_it_comes_and_is_forgotten() {
        let kept = tempfile::tempdir().unwrap();
        let folder = kept.path().join("outbox");
        let postman = postman(None, &folder);
        for _ in 0..2 {
            assert_eq!(postman.deliver(&letter("ana@example.org")).await, Delivery::Sent);
        }
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files, [folder.join("order-1001.eml")]);
        let text = std::fs::read_to_string(&files[0]).unwrap();
        for part in [
            "To: ana@example.org",
            "From: Atelier <atelier@shop.example.org>",
            "Message-ID: <order-1001@shop.example.org>",
            "Date: ",
            "https://shop.example.org/orders/0123",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        let keys = ["order-1001".to_owned(), "order-1002".to_owned()];
        postman.forget(&keys).await.unwrap();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn the_mail_of_a_basket_lists_its_orders_and_their_sum() {
        let folder = tempfile::tempdir().unwrap();
        let other = |number: i64| {
            let mut other = tests_order();
            other.number = number.try_into().unwrap();
            (other.content.product_name, other.content.quantity) = ("Lamp".to_owned(), 2);
            other.content.total = 10_000;
            other
        };
        let told = async |key: &str, language: Language, others: Vec<shop::Order>| {
            let about = About::Order { order: Box::new(tests_order()), others, token: "0123".to_owned() };
            let letter = Letter { key: key.to_owned(), to: "ana@example.org".to_owned(), language, about };
            assert_eq!(postman(None, folder.path()).deliver(&letter).await, Delivery::Sent);
            std::fs::read_to_string(folder.path().join(format!("{key}.eml"))).unwrap()
        };
        let text = told("two", Language::ENGLISH, vec![other(1002)]).await;
        for part in [
            "Subject: Your orders 1001, 1002 at Atelier",
            "We have your orders.",
            "Order 1001\r\n\r\nMug\r\n",
            "Order 1002\r\n\r\n2 × Lamp\r\n",
            "All orders together, VAT included: €124",
            "https://shop.example.org/orders/0123",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        let german = words::matching("de").unwrap();
        let text = told("four", german, (1002..=1004).map(other).collect()).await;
        // Umlauts and dashes of a subject are encoded.
        assert!(text.contains("Alle Bestellungen zusammen, inkl. MwSt.: 324"), "{text}");
        let mut francs = other(1002);
        francs.content.currency = "CHF".to_owned();
        let text = told("francs", Language::ENGLISH, vec![francs]).await;
        assert!(text.contains("Order 1002") && !text.contains("All orders together"), "{text}");
    }

    #[tokio::test]
    async fn an_invitation_says_to_what_and_as_what() {
        let folder = tempfile::tempdir().unwrap();
        let about = About::Invite { token: "0123".to_owned(), role: shop::access::Role::Merchandiser };
        let (key, to) = ("invite-1".to_owned(), "ben@example.org".to_owned());
        let letter = Letter { key, to, language: Language::ENGLISH, about };
        assert_eq!(postman(None, folder.path()).deliver(&letter).await, Delivery::Sent);
        let text = std::fs::read_to_string(folder.path().join("invite-1.eml")).unwrap();
        assert!(text.contains("log in to the admin of Atelier."), "{text}");
        assert!(text.contains("Your role there: Merchandiser."), "{text}");
        assert!(text.contains("https://shop.example.org/admin/invite/0123"), "{text}");
    }

    #[tokio::test]
    async fn a_step_is_told_in_the_language_of_the_order() {
        let folder = tempfile::tempdir().unwrap();
        for (tag, subject, sentence) in [
            (
                "en",
                "Subject: News of your order 1001 at Atelier",
                "We confirmed your order on 1 January 1970.",
            ),
            ("de", "Subject: Neues von deiner Bestellung 1001 bei Atelier", "am 1. Januar 1970"),
        ] {
            let about = About::OrderState {
                order: Box::new(tests_order()),
                state: shop::OrderState::Confirmed,
                since: time::OffsetDateTime::UNIX_EPOCH,
                token: "0123".to_owned(),
            };
            let (key, to) = (format!("order-1001-confirmed-{tag}"), "ana@example.org".to_owned());
            let language = words::matching(tag).unwrap();
            let letter = Letter { key: key.clone(), to, language, about };
            assert_eq!(postman(None, folder.path()).deliver(&letter).await, Delivery::Sent);
            let text = std::fs::read_to_string(folder.path().join(format!("{key}.eml"))).unwrap();
            for part in [subject, sentence, "Mug", "https://shop.example.org/orders/0123"] {
                assert!(text.contains(part), "{part} is missing in {text}");
            }
        }
    }

    #[tokio::test]
    async fn the_mail_of_an_order_says_how_it_is_paid_and_whom_to_ask() {
        let mut profile = Profile::default();
        profile.contact.email = Some("hello@example.org".to_owned());
        profile.contact.phone = Some("+49 30 12 34".to_owned());
        let folder = tempfile::tempdir().unwrap();
        let settings = Mailing {
            smtp: None,
            mail_folder: folder.path().to_owned(),
            mail_from: Some("no-answer@example.org".to_owned()),
        };
        let url = "https://shop.example.org";
        let postman = Postman::new(&settings, CurrentProfile::from(profile), url).unwrap();
        assert_eq!(postman.deliver(&letter("ana@example.org")).await, Delivery::Sent);
        let text = std::fs::read_to_string(folder.path().join("order-1001.eml")).unwrap();
        for part in [
            "From: Atelier <no-answer@example.org>",
            "Reply-To: hello@example.org",
            "Nothing is paid online.",
            "Until production begins we can still correct this order or cancel it.",
            "Answer our mail about it, or reach us here:",
            "hello@example.org\r\nTelephone: +49 30 12 34",
            "Payment: https://shop.example.org/payment",
            "Returns: https://shop.example.org/returns",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }

    #[tokio::test]
    async fn a_mail_of_a_cancelled_order_asks_for_no_money() {
        let folder = tempfile::tempdir().unwrap();
        let about = About::OrderState {
            order: Box::new(tests_order()),
            state: shop::OrderState::Cancelled,
            since: time::OffsetDateTime::UNIX_EPOCH,
            token: "0123".to_owned(),
        };
        let (key, to) = ("order-1001-cancelled".to_owned(), "ana@example.org".to_owned());
        let letter = Letter { key: key.clone(), to, language: Language::ENGLISH, about };
        assert_eq!(postman(None, folder.path()).deliver(&letter).await, Delivery::Sent);
        let text = std::fs::read_to_string(folder.path().join(format!("{key}.eml"))).unwrap();
        assert!(text.contains("If you have a question about this order, tell us its number."), "{text}");
        assert!(!text.contains("Nothing is paid online.") && !text.contains("Until production"), "{text}");
    }

    /// Quoted-printable would break the link in two.
    #[tokio::test]
    async fn a_link_is_whole_in_a_file_where_the_shop_has_letters_beyond_ascii() {
        let mut profile = Profile::default();
        profile.name = "Öko Räder".to_owned();
        let current = CurrentProfile::from(profile);
        let folder = tempfile::tempdir().unwrap();
        let settings = Mailing { smtp: None, mail_folder: folder.path().to_owned(), mail_from: None };
        let postman = Postman::new(&settings, current, "https://shop.example.org").unwrap();
        let token = "0123456789abcdef".repeat(4);
        let about = About::Invite { token: token.clone(), role: shop::access::Role::Merchandiser };
        let (key, to) = ("invite-1".to_owned(), "ben@example.org".to_owned());
        let letter = Letter { key, to, language: Language::ENGLISH, about };
        assert_eq!(postman.deliver(&letter).await, Delivery::Sent);
        let text = std::fs::read_to_string(folder.path().join("invite-1.eml")).unwrap();
        assert!(text.contains("the admin of Öko Räder."), "{text}");
        assert!(text.contains("Content-Transfer-Encoding: 8bit"), "{text}");
        assert!(text.contains(&format!("https://shop.example.org/admin/invite/{token}\r\n")), "{text}");
    }

    #[tokio::test]
    async fn an_address_that_no_mail_goes_to_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = postman(None, folder.path()).deliver(&letter("ana,ben@example.org")).await;
        assert!(matches!(outcome, Delivery::Never(_)), "{outcome:?}");
    }

    /// A server that answers each line with the next of these, and what it was told.
    fn server(answers: &'static [&'static str]) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let told = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let mut told = Vec::new();
            let mut is_text = false;
            for answer in answers {
                stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
                is_text |= answer.starts_with("354");
                while let Some(Ok(line)) = lines.next() {
                    let is_last = !is_text || line == ".";
                    told.push(line);
                    if is_last {
                        is_text = false;
                        break;
                    }
                }
            }
            told
        });
        (address, told)
    }

    #[tokio::test]
    async fn a_mail_goes_by_smtp() {
        let answers =
            &["220 mail.example.org", "250 mail.example.org", "250 ok", "250 ok", "354 go on", "250 taken"];
        let (address, told) = server(answers);
        let folder = tempfile::tempdir().unwrap();
        let outcome = postman(Some(address), folder.path()).deliver(&letter("ana@example.org")).await;
        assert_eq!(outcome, Delivery::Sent);
        let told = told.join().unwrap();
        assert!(told.contains(&"RCPT TO:<ana@example.org>".to_owned()), "{told:?}");
        assert!(told.contains(&"https://shop.example.org/orders/0123".to_owned()), "{told:?}");
    }

    /// What a server says of an address is in no log.
    #[tokio::test]
    async fn a_refusal_is_told_without_the_address() {
        let folder = tempfile::tempdir().unwrap();
        for (answer, is_over) in
            [("550 ana@example.org is unknown", true), ("451 ana@example.org waits", false)]
        {
            let answers: &'static [&'static str] =
                vec!["220 mail.example.org", "250 mail.example.org", "250 ok", answer, "250 ok"].leak();
            let (address, _told) = server(answers);
            let outcome = postman(Some(address), folder.path()).deliver(&letter("ana@example.org")).await;
            let (Delivery::Never(reason) | Delivery::Later(reason)) = &outcome else { unreachable!() };
            assert!(!reason.contains("ana") && reason.contains(&answer[..3]), "{reason}");
            assert_eq!(matches!(outcome, Delivery::Never(_)), is_over);
        }
        let nobody = postman(Some("smtp://127.0.0.1:1".to_owned()), folder.path());
        assert!(matches!(nobody.deliver(&letter("ana@example.org")).await, Delivery::Later(_)));
    }

    #[test]
    fn settings_that_can_not_be_used_are_told_without_the_password() {
        let profile = CurrentProfile::default();
        let wrong = Mailing {
            smtp: Some("smtp://ana:s3cret@[".to_owned()),
            mail_folder: "outbox".into(),
            mail_from: None,
        };
        let told = Postman::new(&wrong, profile.clone(), "http://127.0.0.1:3000").unwrap_err().to_string();
        assert!(told.contains("SMTP server") && !told.contains("s3cret"), "{told}");
        let wrong = Mailing { smtp: None, mail_folder: "outbox".into(), mail_from: Some("shop".to_owned()) };
        let told = Postman::new(&wrong, profile, "http://127.0.0.1:3000").unwrap_err().to_string();
        assert!(told.contains("'shop'"), "{told}");
    }
}
