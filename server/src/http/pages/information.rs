//! The pages about the shop: what Atelier knows of it, and what the shop file says itself.

use app::pages::{self, Fact, Information, Reader, Section};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Html;
use shop::{Profile, ProfileText, Shop, Topic};
use words::Language;

use super::account::consent;
use super::page::{Page, Times};
use super::signed_in::signed_in;
use crate::after_order::{contact, fact, foreign};
use crate::http::language::Reads;
use crate::http::site::Site;

/// The page about a topic.
pub(super) async fn show(
    topic: Topic,
    State(site): State<Site>,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Page {
    let mut page = information(topic, &site.shop, &reader);
    if topic == Topic::Privacy {
        let account = match signed_in(&site, &headers).await? {
            Some(customer) => Some(site.shop.account(&customer).await?),
            None => None,
        };
        page.consent = Some(consent(Times::of(&site, reader.language), account.as_ref()));
    }
    Ok(Html(pages::information(&site.assets, &reader, &page)))
}

fn information(topic: Topic, shop: &Shop, reader: &Reader) -> Information {
    let (say, profile) = (reader.language.shop(), shop.profile());
    let (title, facts, mut sections) = match topic {
        Topic::Company => (say.company_page(), company(&profile, reader.language), Vec::new()),
        Topic::Contact => (say.contact_page(), contact(&profile, reader.language), Vec::new()),
        Topic::Delivery => (say.delivery_page(), Vec::new(), vec![delivery(&profile, reader.language)]),
        Topic::Payment => (say.payment_page(), Vec::new(), vec![payment(&profile, reader.language)]),
        Topic::Returns => (say.returns_page(), Vec::new(), vec![returns(&profile, reader.language)]),
        Topic::Privacy => (say.privacy_page(), Vec::new(), privacy(shop, reader.language)),
    };
    if let Some(own) = profile.page(topic, reader.language) {
        sections.extend(own_sections(own, reader.language));
    }
    if facts.is_empty() && sections.is_empty() {
        sections.push(plain([say.nothing_said_yet().to_owned()]));
    }
    Information { title: title.to_owned(), facts, sections, consent: None }
}

/// A part without a title.
fn plain<const MANY: usize>(paragraphs: [String; MANY]) -> Section {
    Section { paragraphs: paragraphs.into(), ..Section::default() }
}

fn company(profile: &Profile, language: Language) -> Vec<Fact> {
    let (say, company) = (language.shop(), &profile.company);
    let facts = [
        (say.legal_name(), &company.legal_name),
        (say.address(), &company.address),
        (say.represented_by(), &company.represented_by),
        (say.register(), &company.register),
        (say.vat_id(), &company.vat_id),
    ];
    facts.into_iter().filter_map(|(name, value)| Some(fact(name, value.as_deref()?, String::new()))).collect()
}

fn delivery(profile: &Profile, language: Language) -> Section {
    let say = language.shop();
    plain([say.days_to_door(u64::from(profile.delivery_days)), say.date_is_promised().to_owned()])
}

fn payment(profile: &Profile, language: Language) -> Section {
    let say = language.shop();
    let rate = profile.vat.map(|rate| language.words().locale.hundredths(rate));
    let vat = rate.map_or_else(|| say.prices_with_some_vat().to_owned(), |rate| say.prices_with_vat(&rate));
    let days = u64::try_from(profile.price_hold.whole_days()).unwrap_or_default();
    plain([say.paid_offline().to_owned(), vat, say.prices_hold(days)])
}

fn returns(profile: &Profile, language: Language) -> Section {
    let say = language.shop();
    match profile.return_days {
        0 => plain([say.nothing_is_returned().to_owned()]),
        days => plain([say.returned_within(u64::from(days)), say.not_for_others().to_owned()]),
    }
}

fn privacy(shop: &Shop, language: Language) -> Vec<Section> {
    let say = language.shop();
    let part = |title: &str, texts: &[&str]| Section {
        title: title.to_owned(),
        paragraphs: texts.iter().map(|text| (*text).to_owned()).collect(),
        language: None,
    };
    let days = u64::try_from(shop.designs_kept().whole_days()).unwrap_or(0);
    vec![
        plain([say.kept_today().to_owned()]),
        part(say.kept_in_cookies(), &[say.kept_in_cookies_text()]),
        part(say.kept_of_designs(), &[&say.kept_of_designs_text(days)]),
        part(
            say.kept_of_orders(),
            &[
                say.kept_of_orders_text(),
                &say.known_orders(&shop.profile().retention_years),
                say.learnt_from_orders(),
            ],
        ),
        part(say.kept_of_accounts(), &[say.kept_of_accounts_text()]),
        part(
            say.kept_of_visits(),
            &[&say.kept_of_visits_text(&shop.profile().insight_months), say.kept_of_experiments_text()],
        ),
        part(
            say.kept_in_logs(),
            &[say.kept_in_logs_text(), say.kept_of_campaigns(), say.nothing_else_kept()],
        ),
    ]
}

/// What the shop says itself: an empty line ends a paragraph, and one that begins with `# ` is a title.
fn own_sections(own: ProfileText<'_>, language: Language) -> Vec<Section> {
    let tag = foreign(own, language);
    let mut sections = vec![Section { language: tag.clone(), ..Section::default() }];
    let text = own.text.replace("\r\n", "\n");
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        let (title, rest) = match paragraph.strip_prefix("# ") {
            Some(titled) => {
                titled.split_once('\n').map_or((Some(titled), ""), |(title, rest)| (Some(title), rest))
            }
            None => (None, paragraph),
        };
        if let Some(title) = title {
            let title = language.marked(title.trim().to_owned());
            sections.push(Section { title, language: tag.clone(), ..Section::default() });
        }
        if let (Some(section), false) = (sections.last_mut(), rest.trim().is_empty()) {
            section.paragraphs.push(language.marked(rest.trim().to_owned()));
        }
    }
    sections.retain(|section| !(section.title.is_empty() && section.paragraphs.is_empty()));
    sections
}
