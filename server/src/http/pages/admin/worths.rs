//! What options are worth to those who ordered, as a part of Insight and as a file.

use app::pages::admin::{WorthItem, WorthMenu, Worths};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use configurator::{Product, Slug};
use personalize::part_worths::PartWorth;
use shop::ShopError;
use shop::learning::{MenuWorths, OptionWorth, OptionWorths};
use words::Language;

use super::insight::names;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The names of the file's columns. Amounts are of the currency.
const COLUMNS: [&str; 10] = [
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
];

/// What is shown of them.
pub(super) fn shown(language: Language, product: &Product, found: &OptionWorths) -> Worths {
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
        options: menu.options.iter().map(|option| item(language, product, &menu.attribute, option)).collect(),
    };
    Worths { orders, menus: found.menus.iter().map(menu).collect() }
}

fn item(language: Language, product: &Product, attribute: &str, option: &OptionWorth) -> WorthItem {
    let (texts, locale) = (language.insight(), language.words().locale);
    let tenths = |value: f64| locale.tenths(rounded(value * 10.0));
    let (told, taken) = match option.worth {
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
        told,
        taken,
        pays,
    }
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
    let live = site.shop.live(&slug).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"worths-{slug}.csv\"")),
    ];
    Ok((headers, file(&slug, live.product.product(), &found)?).into_response())
}

fn file(slug: &Slug, product: &Product, found: &OptionWorths) -> Result<Vec<u8>, ShopError> {
    let failed = |error: String| ShopError::Failed(error);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| failed(error.to_string()))?;
    let decimal = |value: Option<f64>| value.map(|value| format!("{value:.3}")).unwrap_or_default();
    let amount =
        |value: Option<f64>| value.map(|value| product.money(rounded(value)).decimal()).unwrap_or_default();
    for (menu, option) in
        found.menus.iter().flat_map(|menu| menu.options.iter().map(move |option| (menu, option)))
    {
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
        ];
        writer.write_record(record).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}
