//! The shop file as the fields of a form: each has the name by which problems call its place, and a text.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use configurator::Problem;

use super::source::{
    CompanySource, ContactSource, MailedStateSource, PagesSource, ProfileSource, ProfileTextsSource,
    WeekdaySource,
};

/// Texts by the names of fields. A field that is not there is empty.
pub type Fields = BTreeMap<String, String>;

/// The pages that a shop says something on itself, as the shop file calls them.
pub const PAGES: [&str; 6] = ["delivery", "returns", "payment", "contact", "company", "privacy"];
/// The days of the week, as the shop file calls them.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The days on which a shop works that does not say so.
const MONDAY_TO_FRIDAY: usize = 5;
/// Everything but the texts of pages.
const OWN: [&str; 25] = [
    "name",
    "language",
    "company.legal_name",
    "company.address",
    "company.represented_by",
    "company.register",
    "company.vat_id",
    "contact.email",
    "contact.phone",
    "contact.hours",
    "time_zone",
    "working_days",
    "holidays",
    "delivery_days",
    "vat",
    "price_hold_days",
    "return_days",
    "retention_years",
    "insight_months",
    "designs_kept_days",
    "large_price_change",
    "wrong_default_costs",
    "always_standard",
    "approval",
    "order_mails",
];
/// What a field that is ticked says.
pub const YES: &str = "yes";

const DAYS: [WeekdaySource; 7] = [
    WeekdaySource::Monday,
    WeekdaySource::Tuesday,
    WeekdaySource::Wednesday,
    WeekdaySource::Thursday,
    WeekdaySource::Friday,
    WeekdaySource::Saturday,
    WeekdaySource::Sunday,
];

/// The names of all fields, with texts in these languages beside their own.
#[must_use]
pub fn names<'t>(translations: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let own = OWN.map(str::to_owned).into_iter();
    let pages = PAGES.map(|page| format!("pages.{page}"));
    let translated = translations.into_iter().flat_map(|tag| {
        let hours = std::iter::once(format!("translations.{tag}.hours"));
        hours.chain(PAGES.map(|page| format!("translations.{tag}.pages.{page}")))
    });
    own.chain(pages).chain(translated).collect()
}

/// The field that a problem of the shop file is shown beside.
#[must_use]
pub fn field_of(place: &str) -> &str {
    place.find('.').filter(|_| place.starts_with("holidays.")).map_or(place, |end| &place[..end])
}

/// What a shop file says, field by field; nothing for what it does not say. Days that are worked on and states that are mailed about are always said.
#[must_use]
pub fn to_fields(source: &ProfileSource) -> Fields {
    let mut fields = Fields::new();
    let mut put = |name: &str, text: Option<&str>| {
        if let Some(text) = text.map(plain).filter(|text| !text.is_empty()) {
            fields.insert(name.to_owned(), text);
        }
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    put("name", Some(&source.name));
    put("language", Some(&source.language));
    let CompanySource { legal_name, address, represented_by, register, vat_id } = &source.company;
    put("company.legal_name", legal_name.as_deref());
    put("company.address", address.as_deref());
    put("company.represented_by", represented_by.as_deref());
    put("company.register", register.as_deref());
    put("company.vat_id", vat_id.as_deref());
    let ContactSource { email, phone, hours } = &source.contact;
    put("contact.email", email.as_deref());
    put("contact.phone", phone.as_deref());
    put("contact.hours", hours.as_deref());
    put("time_zone", source.time_zone.as_deref());
    put("working_days", Some(&days(source.working_days.as_deref()).join("\n")));
    put("holidays", Some(&source.holidays.join("\n")));
    put("delivery_days", number(source.delivery_days).as_deref());
    put("vat", source.vat.as_deref());
    put("price_hold_days", number(source.price_hold_days).as_deref());
    put("return_days", number(source.return_days).as_deref());
    put("retention_years", number(source.retention_years).as_deref());
    put("insight_months", number(source.insight_months).as_deref());
    put("designs_kept_days", number(source.designs_kept_days).as_deref());
    put("large_price_change", number(source.large_price_change).as_deref());
    put("wrong_default_costs", number(source.wrong_default_costs).as_deref());
    put("always_standard", number(source.always_standard).as_deref());
    put("order_mails", Some(&mailed(source.order_mails.as_deref()).join("\n")));
    put("approval", (source.approval == Some(true)).then_some(YES));
    for (page, text) in source.pages.named() {
        put(&format!("pages.{page}"), Some(text));
    }
    for (tag, texts) in &source.translations {
        put(&format!("translations.{tag}.hours"), texts.hours.as_deref());
        for (page, text) in texts.pages.named() {
            put(&format!("translations.{tag}.pages.{page}"), Some(text));
        }
    }
    fields
}

/// The shop file that fields say.
///
/// # Errors
/// Fields that hold no number where one is needed.
pub fn from_fields(fields: &Fields) -> Result<ProfileSource, Vec<Problem>> {
    let mut reader = Reader { fields, problems: Vec::new() };
    let source = ProfileSource {
        name: reader.text("name").unwrap_or_default(),
        language: reader.text("language").unwrap_or_default(),
        company: CompanySource {
            legal_name: reader.text("company.legal_name"),
            address: reader.text("company.address"),
            represented_by: reader.text("company.represented_by"),
            register: reader.text("company.register"),
            vat_id: reader.text("company.vat_id"),
        },
        contact: ContactSource {
            email: reader.text("contact.email"),
            phone: reader.text("contact.phone"),
            hours: reader.text("contact.hours"),
        },
        time_zone: reader.text("time_zone"),
        working_days: reader.working_days(),
        holidays: reader.lines("holidays"),
        delivery_days: reader.number("delivery_days"),
        vat: reader.text("vat"),
        price_hold_days: reader.number("price_hold_days"),
        return_days: reader.number("return_days"),
        retention_years: reader.number("retention_years"),
        insight_months: reader.number("insight_months"),
        designs_kept_days: reader.number("designs_kept_days"),
        large_price_change: reader.number("large_price_change"),
        wrong_default_costs: reader.number("wrong_default_costs"),
        always_standard: reader.number("always_standard"),
        approval: reader.text("approval").map(|said| said == YES),
        order_mails: reader.order_mails(),
        pages: reader.pages("pages"),
        translations: reader.translations(),
    };
    if reader.problems.is_empty() { Ok(source) } else { Err(reader.problems) }
}

/// The days that are worked on, in the week's order.
fn days(said: Option<&[WeekdaySource]>) -> Vec<&'static str> {
    match said {
        None => WEEKDAYS.into_iter().take(MONDAY_TO_FRIDAY).collect(),
        Some(said) => {
            let named = WEEKDAYS.into_iter().zip(DAYS);
            named.filter(|(_, day)| said.contains(day)).map(|(name, _)| name).collect()
        }
    }
}

/// The states that mails go out about of a shop that does not say so.
const MAILED: [MailedStateSource; 3] =
    [MailedStateSource::Confirmed, MailedStateSource::Shipped, MailedStateSource::Cancelled];

/// The states that mails go out about, in the order of an order's way.
fn mailed(said: Option<&[MailedStateSource]>) -> Vec<&'static str> {
    let said = said.unwrap_or(&MAILED);
    let mailed = MailedStateSource::ALL.into_iter().filter(|state| said.contains(state));
    mailed.map(|mailed| mailed.state().code()).collect()
}

/// A text as it is compared and kept: browsers end lines otherwise, and what is around it is no part of it.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

struct Reader<'f> {
    fields: &'f Fields,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.fields.get(name).map(|text| plain(text)).filter(|text| !text.is_empty())
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn number<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        let number = text.parse().ok();
        if number.is_none() {
            let message = format!("'{text}' is no whole number from 0 on");
            let advice = "Write digits alone, such as 14, or leave it empty.".to_owned();
            self.problems.push(Problem {
                place: name.to_owned(),
                span: None,
                message,
                advice,
                correction: None,
            });
        }
        number
    }

    /// Monday to Friday is what holds where nothing is said.
    fn working_days(&self) -> Option<Vec<WeekdaySource>> {
        let ticked = self.lines("working_days");
        let named = WEEKDAYS.into_iter().zip(DAYS);
        let said: Vec<WeekdaySource> =
            named.filter(|(name, _)| ticked.iter().any(|day| day == name)).map(|(_, day)| day).collect();
        (said != DAYS[..MONDAY_TO_FRIDAY]).then_some(said)
    }

    /// What is mailed about where nothing is said is [`MAILED`].
    fn order_mails(&self) -> Option<Vec<MailedStateSource>> {
        let ticked = self.lines("order_mails");
        let is_ticked = |mailed: &MailedStateSource| ticked.iter().any(|code| code == mailed.state().code());
        let said: Vec<MailedStateSource> = MailedStateSource::ALL.into_iter().filter(is_ticked).collect();
        (said != MAILED).then_some(said)
    }

    fn pages(&self, place: &str) -> PagesSource {
        let page = |name: &str| self.text(&format!("{place}.{name}"));
        PagesSource {
            company: page("company"),
            contact: page("contact"),
            delivery: page("delivery"),
            payment: page("payment"),
            returns: page("returns"),
            privacy: page("privacy"),
        }
    }

    fn translations(&self) -> BTreeMap<String, ProfileTextsSource> {
        let tag = |name: &String| Some(name.strip_prefix("translations.")?.split('.').next()?.to_owned());
        let tags: BTreeSet<String> = self.fields.keys().filter_map(tag).collect();
        let texts = tags.into_iter().map(|tag| {
            let place = format!("translations.{tag}");
            let hours = self.text(&format!("{place}.hours"));
            (tag, ProfileTextsSource { hours, pages: self.pages(&format!("{place}.pages")) })
        });
        texts.filter(|(_, texts)| *texts != ProfileTextsSource::default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use schemars::SchemaGenerator;
    use serde_json::{Map, Value};

    use super::*;

    /// The schema's leaves as names of fields: those of a map stand for one key of it.
    fn leaves(schema: &Value, all: &Value, place: &str, found: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap();
            return leaves(&all["$defs"][name], all, place, found);
        }
        let within = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
        let none = Map::new();
        let fields = schema["properties"].as_object().unwrap_or(&none);
        for (name, field) in fields {
            leaves(field, all, &within(name), found);
        }
        let more = &schema["additionalProperties"];
        if more.is_object() {
            leaves(more, all, &within("de"), found);
        } else if fields.is_empty() {
            found.push(place.to_owned());
        }
    }

    /// What somebody could write into a field.
    fn sample(name: &str) -> &'static str {
        match name {
            "language" => "de",
            "contact.email" => "shop@example.org",
            "time_zone" => "Europe/Berlin",
            "working_days" => "tuesday",
            "holidays" => "12-25",
            "vat" => "19 %",
            "approval" => YES,
            "order_mails" => "delivered",
            "delivery_days"
            | "price_hold_days"
            | "return_days"
            | "retention_years"
            | "insight_months"
            | "designs_kept_days"
            | "large_price_change"
            | "wrong_default_costs"
            | "always_standard" => "7",
            _ => "A text",
        }
    }

    fn plainest() -> Fields {
        to_fields(&ProfileSource {
            name: "Atelier".to_owned(),
            language: "en".to_owned(),
            ..ProfileSource::default()
        })
    }

    #[test]
    fn every_field_of_the_shop_file_is_set_by_a_field_of_the_form() {
        let schema = SchemaGenerator::default().into_root_schema_for::<ProfileSource>();
        let schema = schema.as_value().clone();
        let mut all = Vec::new();
        leaves(&schema, &schema, "", &mut all);
        assert!(all.len() > 25 && all.contains(&"translations.de.pages.privacy".to_owned()), "{all:?}");
        let mut named = names(["de"]);
        named.sort();
        all.sort();
        assert_eq!(named, all);
        for name in all {
            let mut fields = plainest();
            fields.insert(name.clone(), sample(&name).to_owned());
            let source = from_fields(&fields).unwrap();
            assert_ne!(source, from_fields(&plainest()).unwrap(), "no form sets {name}");
            super::super::check::check(&source).unwrap();
            assert_eq!(to_fields(&source), fields, "{name}");
        }
    }

    #[test]
    fn what_a_file_says_comes_back() {
        let text = include_str!("../../../../catalogs/shop.toml");
        let source = super::super::read::check_shop_file(text).unwrap().source().clone();
        let again = from_fields(&to_fields(&source)).unwrap();
        assert_eq!(to_fields(&again), to_fields(&source));
        assert_eq!((again.holidays, again.vat), (source.holidays, source.vat));
    }

    #[test]
    fn what_is_no_number_is_told_beside_its_field() {
        let mut fields = plainest();
        fields.insert("return_days".to_owned(), "two weeks".to_owned());
        let problems = from_fields(&fields).unwrap_err();
        assert_eq!((problems.len(), &*problems[0].place), (1, "return_days"));
        assert_eq!(field_of("holidays.3"), "holidays");
        assert_eq!(field_of("translations.de.hours"), "translations.de.hours");
    }
}
