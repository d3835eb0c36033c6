//! What options are worth to those who ordered, as a part of Insight and as a file.

use app::pages::admin::{FEW, WorthItem, WorthMenu, Worths, told};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use configurator::{Product, Slug};
use personalize::part_worths::PartWorth;
use shop::ShopError;
use shop::insight::Sums;
use shop::learning::{Agreement, ChoicesOf, Chosen, MenuWorths, OptionWorth, OptionWorths, beside_orders};
use words::Language;

use super::insight::names;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The names of the file's columns. Amounts are of the currency.
const COLUMNS: [&str; 16] = [
    "product",
    "attribute",
    "option",
    "measured_against",
    "orders",
    "worth",
    "worth_within",
    "would_pay",
    "would_pay_within",
    "currency",
    "shown",
    "chosen",
    "chosen_share",
    "chosen_share_low",
    "chosen_share_high",
    "choices_and_orders",
];

/// What is shown of them, beside what choices say.
pub(super) fn shown(language: Language, product: &Product, found: &OptionWorths, sums: &Sums) -> Worths {
    let texts = language.insight();
    let count = |count: u32| language.words().locale.count(count.into());
    let mut orders = vec![texts.worths_orders(&count(found.orders))];
    orders.extend((found.personal > 0).then(|| texts.worths_personal(&count(found.personal))));
    let menu = |menu: &MenuWorths| WorthMenu {
        label: names(product, &menu.attribute, "").0,
        against: match &menu.base {
            Some(base) => texts.measured_against(&names(product, &menu.attribute, base).1),
            None => texts.measured_against_without().to_owned(),
        },
        options: beside(product, menu, sums)
            .map(|told| item(language, product, &menu.attribute, told))
            .collect(),
    };
    Worths { orders, menus: found.menus.iter().map(menu).collect() }
}

/// The options of a menu, each with what choices say of it.
fn beside<'m>(
    product: &Product,
    menu: &'m MenuWorths,
    sums: &Sums,
) -> impl Iterator<Item = (&'m OptionWorth, ChoicesOf)> + use<'m> {
    menu.options.iter().zip(beside_orders(product, menu, sums))
}

fn item(
    language: Language,
    product: &Product,
    attribute: &str,
    (option, choices): (&OptionWorth, ChoicesOf),
) -> WorthItem {
    let (texts, locale) = (language.insight(), language.words().locale);
    let tenths = |value: f64| locale.tenths(rounded(value * 10.0));
    let (worth_told, taken) = match option.worth {
        None => (texts.worth_unknown().to_owned(), "—".to_owned()),
        Some(PartWorth { worth, within }) => {
            let (low, high) = (share(worth - within), share(worth + within));
            (texts.within(&tenths(worth), &tenths(within)), texts.taken_between(&share(worth), &low, &high))
        }
    };
    let pays = match option.pays {
        None => texts.prices_hardly_varied().to_owned(),
        Some(PartWorth { worth, within }) => {
            texts.within(&product.price(rounded(worth)), &product.price(rounded(within)))
        }
    };
    WorthItem {
        label: names(product, attribute, &option.option).1,
        orders: locale.count(option.orders.into()),
        worth: option.worth.map(|found| (found.worth, found.within)),
        told: worth_told,
        taken,
        pays,
        chosen: chosen(language, choices),
        agrees: match choices.agreement {
            None => "—".to_owned(),
            Some(Agreement::Agrees) => texts.choices_agree().to_owned(),
            Some(Agreement::Differs) => texts.choices_differ().to_owned(),
            Some(Agreement::Unclear) => texts.choices_unclear().to_owned(),
        },
    }
}

/// How often an option was chosen where it was shown. Of few it says only that they are fewer.
fn chosen(language: Language, choices: ChoicesOf) -> String {
    let (texts, locale) = (language.insight(), language.words().locale);
    let Some(found) = choices.chosen else { return texts.shown_too_rarely().to_owned() };
    let shown = locale.count(found.shown.into());
    if (1..FEW).contains(&found.chosen) {
        return texts.chosen_few(&told(language, found.chosen), &shown);
    }
    let percent = |share: f64| texts.percent(&locale.tenths(rounded(share * 1_000.0)));
    let (low, high) = found.interval();
    texts.chosen_share(&percent(found.share()), &shown, &percent(low), &percent(high))
}

/// Of a hundred who choose between an option and the one that it is measured against, how many take it.
fn share(worth: f64) -> i64 {
    rounded(100.0 / (1.0 + (-worth).exp()))
}

fn rounded(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "cut to the type's range")]
    let rounded = value.round() as i64;
    rounded
}

/// All of it as a file for spreadsheets.
pub(super) async fn csv(
    _: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let found = site.shop.option_worths(&slug).await?;
    let (live, sums) = (site.shop.live(&slug).await?, site.shop.sums_kept(&slug).await?);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"worths-{slug}.csv\"")),
    ];
    Ok((headers, file(&slug, live.product.product(), &found, &sums)?).into_response())
}

fn file(slug: &Slug, product: &Product, found: &OptionWorths, sums: &Sums) -> Result<Vec<u8>, ShopError> {
    let failed = |error: String| ShopError::Failed(error);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| failed(error.to_string()))?;
    let decimal = |value: Option<f64>| value.map(|value| format!("{value:.3}")).unwrap_or_default();
    let few = |times: u32| if (1..FEW).contains(&times) { format!("<{FEW}") } else { times.to_string() };
    let amount =
        |value: Option<f64>| value.map(|value| product.money(rounded(value)).decimal()).unwrap_or_default();
    let of_menu = |menu| beside(product, menu, sums).map(move |(option, choices)| (menu, option, choices));
    for (menu, option, choices) in found.menus.iter().flat_map(of_menu) {
        let share = choices.chosen.filter(|chosen| !(1..FEW).contains(&chosen.chosen));
        let interval = share.map(Chosen::interval);
        let (worth, pays, currency) = (option.worth, option.pays, product.money(0).currency);
        let record = [
            slug.as_str(),
            &menu.attribute,
            &option.option,
            menu.base.as_deref().unwrap_or_default(),
            &option.orders.to_string(),
            &decimal(worth.map(|found| found.worth)),
            &decimal(worth.map(|found| found.within)),
            &amount(pays.map(|found| found.worth)),
            &amount(pays.map(|found| found.within)),
            currency.code(),
            &choices.chosen.map(|chosen| chosen.shown.to_string()).unwrap_or_default(),
            &choices.chosen.map(|chosen| few(chosen.chosen)).unwrap_or_default(),
            &decimal(share.map(Chosen::share)),
            &decimal(interval.map(|(low, _)| low)),
            &decimal(interval.map(|(_, high)| high)),
            match choices.agreement {
                None => "",
                Some(Agreement::Agrees) => "agree",
                Some(Agreement::Differs) => "differ",
                Some(Agreement::Unclear) => "unclear",
            },
        ];
        writer.write_record(record).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}
