//! The words of mails: subject and text.

use app::paths::{self, route};
use app::terms;
use configurator::{Currency, Money};
use shop::mail::{About, Letter};
use shop::{Order, OrderState, Profile};
use words::{Language, Shop as ShopWords};

use crate::after_order::{after_order, contact};
use crate::roles;

/// What the texts say of the shop.
#[derive(Debug)]
pub(super) struct Texts<'t> {
    /// The shop's name.
    shop: String,
    /// Who runs it, a line each.
    signature: Vec<String>,
    /// Where it is reached from outside, without a slash at its end.
    url: String,
    /// Where its days begin.
    profile: &'t Profile,
}

impl<'t> Texts<'t> {
    pub(super) fn new(profile: &'t Profile, url: &str) -> Self {
        let company = [&profile.company.legal_name, &profile.company.address];
        let company = company.into_iter().flatten().map(|text| text.trim().to_owned());
        let signature = [profile.name.clone()].into_iter().chain(company).collect();
        Self { shop: profile.name.clone(), signature, url: url.trim_end_matches('/').to_owned(), profile }
    }

    /// Subject and text of a letter.
    pub(super) fn of(&self, letter: &Letter) -> (String, String) {
        let say = letter.language.shop();
        let (subject, mut paragraphs) = match &letter.about {
            About::SignIn { token } => {
                let link = format!("{}{}", self.url, paths::account_link(token));
                let text = format!("{}\n{link}", say.mail_sign_in_text());
                (say.mail_sign_in_subject(&self.shop), vec![text, say.mail_not_asked().to_owned()])
            }
            About::Invite { token, role } => {
                let say = letter.language.people();
                let link = format!("{}{}", self.url, paths::admin::invite(token));
                let text = format!(
                    "{}\n{link}",
                    say.mail_invite_text(&self.shop, &roles::name(letter.language, *role))
                );
                (say.mail_invite_subject(&self.shop), vec![text, say.mail_invite_note().to_owned()])
            }
            About::Approval { release } => {
                let say = letter.language.releases();
                let link = format!("{}{}", self.url, paths::admin::release(release.id.get()));
                let products: Vec<&str> = release.products.iter().map(|product| &*product.name).collect();
                let text = say.mail_text(&release.made_by, &release.name, &products.join(", "));
                (say.mail_subject(&self.shop), vec![format!("{text}\n{link}")])
            }
            About::ReleaseFailed { release } => {
                let say = letter.language.releases();
                let link = format!("{}{}", self.url, paths::admin::release(release.id.get()));
                let products: Vec<&str> = release.products.iter().map(|product| &*product.name).collect();
                let text = say.mail_failed_text(&release.name, &products.join(", "));
                (say.mail_failed_subject(&self.shop, &release.name), vec![format!("{text}\n{link}")])
            }
            About::Order { order, others, token } => {
                let link = format!("{}{}", self.url, paths::order(token));
                let subject = match numbers(order, others) {
                    Some(numbers) => say.mail_orders_subject(&numbers, &self.shop),
                    None => say.mail_order_subject(&order.number, &self.shop),
                };
                (subject, self.orders(order, others, &link, letter.language))
            }
            About::OrderState { order, state, since, token } => {
                let link = format!("{}{}", self.url, paths::order(token));
                let day = self.profile.day(*since);
                let date = letter.language.date(day.day(), day.month().into(), day.year());
                let mut paragraphs = vec![
                    how_far(say, *state, &date),
                    format!("{}\n{}", say.order_number(&order.number), product(order)),
                    format!("{}\n{link}", say.mail_order_page()),
                ];
                paragraphs.extend(self.after(*state, letter.language));
                (say.mail_state_subject(&order.number, &self.shop), paragraphs)
            }
        };
        paragraphs.push(format!("-- \n{}", self.signature.join("\n")));
        (subject, paragraphs.join("\n\n") + "\n")
    }

    /// What the mail says of an order and the others of its basket.
    fn orders(&self, order: &Order, others: &[Order], link: &str, language: Language) -> Vec<String> {
        let say = language.shop();
        let is_alone = others.is_empty();
        let thanks = if is_alone { say.thank_you() } else { say.mail_orders_thanks() };
        let page = if is_alone { say.mail_order_page() } else { say.mail_orders_page() };
        let mut paragraphs = vec![thanks.to_owned()];
        paragraphs.extend([order].into_iter().chain(others).flat_map(|order| self.order(order, language)));
        if let Some(total) = together(order, others) {
            paragraphs.push(say.mail_orders_total(&total.written(&language.words().locale)));
        }
        paragraphs.push(format!("{page}\n{link}"));
        paragraphs.extend(self.after(order.progress.state, language));
        paragraphs
    }

    /// An order: its number, its design, and what was promised with it.
    fn order(&self, order: &Order, language: Language) -> [String; 3] {
        let (say, words) = (language.shop(), language.words());
        let money = |amount: i64| {
            Currency::new(&order.currency).map_or_else(
                || amount.to_string(),
                |currency| Money::new(amount, currency).written(&words.locale),
            )
        };
        let values = order.design.iter().map(|value| format!("{}: {}", value.label, value.words));
        let design = [product(order)].into_iter().chain(values).collect::<Vec<_>>().join("\n");
        let ready = order.arrival.map_or_else(
            || app::configurator::lead_time(&words.studio, order.lead_time_days),
            |arrival| terms::arrival(&words.studio, arrival, self.profile.day(order.placed_at)),
        );
        let total = Currency::new(&order.currency).map(|currency| Money::new(order.total, currency));
        let vat = order.vat.zip(total).map(|(rate, total)| terms::vat(words, total, rate));
        // Why it can't be returned stands on the order's page.
        let returns = order.return_days.map(|days| terms::returns(&words.studio, days, None));
        let total = format!("{}: {}", words.studio.total_incl_vat(), money(order.total));
        let total: Vec<String> = [Some(total), vat, Some(ready), returns].into_iter().flatten().collect();
        [say.order_number(&order.number), design, total.join("\n")]
    }

    /// How an order is paid, what can still be done about it, how the shop is reached, and where there is more of that.
    fn after(&self, state: OrderState, language: Language) -> Vec<String> {
        let say = language.shop();
        let told = after_order(self.profile, state, language);
        let contact = contact(self.profile, language);
        let contact = contact.iter().map(|fact| format!("{}: {}", fact.name, fact.value)).collect::<Vec<_>>();
        let pages = [
            (say.payment_page(), route::PAYMENT),
            (say.returns_page(), route::RETURNS),
            (say.contact_page(), route::CONTACT),
        ];
        let pages = pages.map(|(name, path)| format!("{name}: {}{path}", self.url));
        let told = told.into_iter().flat_map(|section| section.paragraphs);
        told.chain([contact.join("\n"), pages.join("\n")]).filter(|text| !text.is_empty()).collect()
    }
}

/// The numbers of an order and the others of its basket; nothing where there are none.
fn numbers(order: &Order, others: &[Order]) -> Option<String> {
    let last = others.last()?;
    Some(match others {
        [_] | [_, _] => {
            let all = [order].into_iter().chain(others).map(|order| order.number.to_string());
            all.collect::<Vec<_>>().join(", ")
        }
        // Those of a basket follow each other.
        _ => format!("{}–{}", order.number, last.number),
    })
}

/// What the orders of a basket cost together; nothing where one is alone, or they are in several currencies.
fn together(order: &Order, others: &[Order]) -> Option<Money> {
    let currency = Currency::new(&order.currency)?;
    let is_one = !others.is_empty() && others.iter().all(|other| other.currency == order.currency);
    let total = others.iter().fold(order.total, |sum, other| sum.saturating_add(other.total));
    is_one.then(|| Money::new(total, currency))
}

/// What was ordered, with how many pieces where that is not one.
fn product(order: &Order) -> String {
    match order.quantity {
        1 => order.product_name.clone(),
        many => format!("{many} × {}", order.product_name),
    }
}

/// How far an order is since a day, for whoever placed it.
pub(crate) fn how_far(say: &ShopWords, state: OrderState, date: &str) -> String {
    match state {
        OrderState::Placed => say.state_placed(&date),
        OrderState::Confirmed => say.state_confirmed(&date),
        OrderState::InProduction => say.state_in_production(&date),
        OrderState::Shipped => say.state_shipped(&date),
        OrderState::Delivered => say.state_delivered(&date),
        OrderState::Cancelled => say.state_cancelled(&date),
        OrderState::Returned => say.state_returned(&date),
    }
}
