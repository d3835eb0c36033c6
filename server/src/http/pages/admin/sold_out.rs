//! What of a product is sold out: a part of the page that says how it stands.

use app::pages::admin::SoldOutItem;
use app::paths;
use configurator::{Product, Slug};
use shop::stock::{MarkError, SoldOut};
use time::Date;
use time::format_description::well_known::Iso8601;

use super::super::query;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What the page shows of it.
#[derive(Default)]
pub(super) struct Stock {
    pub(super) sold_out: Vec<SoldOutItem>,
    pub(super) options: Vec<(String, String)>,
    pub(super) done: Option<String>,
    pub(super) undo: Vec<(&'static str, String)>,
}

pub(super) async fn stock(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    sent: &[(String, String)],
) -> Result<Stock, Failure> {
    let published = site.shop.published(slug).await?;
    let (product, say) = (&published.product, admin.language.assortment());
    let rows = site.shop.sold_out(slug).await?;
    let item = |row: &shop::stock::SoldOutRow| {
        let SoldOut { attribute, option, until } = &row.sold_out;
        let value = format!("{attribute}/{option}");
        let until = until.map(|day| admin.language.date(day.day(), day.month().into(), day.year()));
        let (name, until) = (name(product, &value), until.unwrap_or_default());
        SoldOutItem { value, name, until, by: row.by.clone() }
    };
    let sold_out = rows.iter().map(item).collect();
    let about = query::value(sent, "option").unwrap_or_default().to_owned();
    let is_out =
        rows.iter().any(|row| format!("{}/{}", row.sold_out.attribute, row.sold_out.option) == about);
    let (done, undo) = match query::value(sent, "done") {
        Some("sold-out") if is_out => (
            Some(say.is_sold_out_now(&name(product, &about))),
            vec![("do", "on-sale".to_owned()), ("option", about)],
        ),
        Some("on-sale") if !is_out => {
            let until = query::value(sent, "until").unwrap_or_default().to_owned();
            let undo = vec![("do", "sold-out".to_owned()), ("option", about.clone()), ("until", until)];
            (Some(say.is_on_sale_now(&name(product, &about))), undo)
        }
        _ => (None, Vec::new()),
    };
    Ok(Stock { sold_out, options: options(product), done, undo })
}

/// Everything that can be marked.
fn options(product: &Product) -> Vec<(String, String)> {
    let mut options = Vec::new();
    for (_, attribute) in product.ids() {
        for (_, option) in attribute.option_ids().filter(|(_, option)| option.available) {
            let value = format!("{}/{}", attribute.code, option.code);
            options.push((value, format!("{}: {}", attribute.label, option.label)));
        }
    }
    options
}

/// An option in words; its codes where the product has it no more.
fn name(product: &Product, value: &str) -> String {
    let known = options(product).into_iter().find(|(known, _)| known == value);
    known.map_or_else(|| value.to_owned(), |(_, words)| words)
}

/// Marks an option, and says where to go on; otherwise which field is wrong and why.
pub(super) async fn mark(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    sent: &[(String, String)],
) -> Result<Result<String, (&'static str, String)>, Failure> {
    let say = admin.language.assortment();
    let value = query::value(sent, "option").unwrap_or_default();
    let (attribute, option) = value.split_once('/').unwrap_or((value, ""));
    let typed = query::value(sent, "until").unwrap_or_default().trim();
    let until = match typed {
        "" => None,
        typed => match Date::parse(typed, &Iso8601::DATE) {
            Ok(day) => Some(day),
            Err(_) => return Ok(Err(("until", say.no_day_to_come().to_owned()))),
        },
    };
    let sold_out = SoldOut { attribute: attribute.to_owned(), option: option.to_owned(), until };
    Ok(match site.shop.mark_sold_out(slug, sold_out, &admin.email).await {
        Ok(()) => Ok(format!("{}?done=sold-out&option={value}", paths::admin::standing(slug))),
        Err(MarkError::Past(_)) => Err(("until", say.no_day_to_come().to_owned())),
        Err(MarkError::NothingLeft) => Err(("option", say.nothing_left().to_owned())),
        Err(MarkError::NoOption { .. }) => Err(("option", say.no_such_option().to_owned())),
        Err(MarkError::Shop(error)) => return Err(error.into()),
    })
}

/// Puts an option on sale again, and says where to go on: there the day is kept for undo.
pub(super) async fn put_on_sale(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    sent: &[(String, String)],
) -> Result<String, Failure> {
    let value = query::value(sent, "option").unwrap_or_default();
    let option = value.split_once('/').ok_or(Failure::Form)?;
    let rows = site.shop.sold_out(slug).await?;
    let row = rows.iter().find(|row| (&*row.sold_out.attribute, &*row.sold_out.option) == option);
    let Some(row) = row else { return Ok(paths::admin::standing(slug)) };
    site.shop.put_on_sale(slug, option, &admin.email).await?;
    let until = row.sold_out.until.map(|day| day.to_string()).unwrap_or_default();
    Ok(format!("{}?done=on-sale&option={value}&until={until}", paths::admin::standing(slug)))
}
