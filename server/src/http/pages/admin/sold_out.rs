//! What of a product is sold out, and the forms that say so.

use app::pages::FieldMessage;
use app::pages::admin::{self, Returned, SoldOutItem, SoldOutPage};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Product, Slug};
use shop::Standing;
use shop::stock::{MarkError, SoldOut, SoldOutRow};
use time::Date;
use time::format_description::well_known::Iso8601;
use words::Language;

use super::super::query;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Where forms have what they are about: the codes of attribute and option, with `/` between them.
const OPTION: &str = "option";

/// The page, with what was done just now.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    page(&site, &admin, slug, &sent, None, StatusCode::OK).await
}

async fn page(
    site: &Site,
    admin: &Admin,
    slug: Slug,
    sent: &[(String, String)],
    returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let draft = site.shop.draft(&slug).await?;
    let standing = site.shop.standing(&slug).await?.ok_or(Failure::NoPage)?;
    let published = site.shop.published(&slug).await?;
    let product = &published.product;
    let rows = site.shop.sold_out(&slug).await?;
    let is_begun = standing.standing == Standing::Begun;
    let page = SoldOutPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        sold_out: rows.iter().map(|row| item(row, product, admin.language)).collect(),
        options: if is_begun { Vec::new() } else { options(product) },
        unsold: match standing.standing {
            Standing::Begun => Some(admin.language.assortment().unsold_begun()),
            Standing::Archived => Some(admin.language.assortment().unsold_archived()),
            _ => None,
        },
        done: done(sent, &rows, product, admin.language),
        returned,
        slug,
    };
    Ok((status, Html(admin::sold_out(admin.frame(site), &page))).into_response())
}

fn item(row: &SoldOutRow, product: &Product, language: Language) -> SoldOutItem {
    let value = value_of(&row.sold_out);
    let until = row.sold_out.until.map(|day| language.date(day.day(), day.month().into(), day.year()));
    let until = until.unwrap_or_else(|| language.assortment().until_put_on_sale().to_owned());
    SoldOutItem { name: name(product, &value, language), value, until, by: row.by.clone() }
}

/// What was done to an option, as its address says and as far as that is still so, and the form that undoes it.
fn done(
    sent: &[(String, String)],
    rows: &[SoldOutRow],
    product: &Product,
    language: Language,
) -> Option<(String, Vec<(&'static str, String)>)> {
    let about = query::value(sent, OPTION)?.to_owned();
    let is_out = rows.iter().any(|row| value_of(&row.sold_out) == about);
    let (say, name) = (language.assortment(), name(product, &about, language));
    match query::value(sent, "done")? {
        "sold-out" if is_out => {
            Some((say.is_sold_out_now(&name), vec![("do", "on-sale".to_owned()), (OPTION, about)]))
        }
        "on-sale" if !is_out => {
            let until = query::value(sent, "until").unwrap_or_default().to_owned();
            let undo = vec![("do", "sold-out".to_owned()), (OPTION, about), ("until", until)];
            Some((say.is_on_sale_now(&name), undo))
        }
        _ => None,
    }
}

fn value_of(sold_out: &SoldOut) -> String {
    format!("{}/{}", sold_out.attribute, sold_out.option)
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

/// An option in words; its codes where it is on the menu no more.
fn name(product: &Product, value: &str, language: Language) -> String {
    let known = options(product).into_iter().find(|(known, _)| known == value);
    known.map_or_else(|| language.assortment().sold_out_gone(&value), |(_, words)| words)
}

/// Does what a button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::form(&body)?;
    let to = |address: String| Ok(Redirect::to(&address).into_response());
    match query::value(&sent, "do") {
        Some("on-sale") => to(put_on_sale(&site, &admin, &slug, &sent).await?),
        Some("sold-out") => match mark(&site, &admin, &slug, &sent).await? {
            Ok(address) => to(address),
            Err((field, message)) => {
                let messages = vec![FieldMessage { field: field.to_owned(), message }];
                let typed = sent.into_iter().collect();
                let form = "sold-out".to_owned();
                let returned = Returned { form, typed, messages, ..Returned::default() };
                page(&site, &admin, slug, &[], Some(returned), StatusCode::UNPROCESSABLE_ENTITY).await
            }
        },
        _ => Err(Failure::Form),
    }
}

/// Marks an option, and says where to go on; otherwise which field is wrong and why.
async fn mark(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    sent: &[(String, String)],
) -> Result<Result<String, (&'static str, String)>, Failure> {
    let say = admin.language.assortment();
    let value = query::value(sent, OPTION).unwrap_or_default();
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
        Ok(()) => Ok(format!("{}?done=sold-out&option={value}", paths::sold_out(slug))),
        Err(MarkError::Past(_)) => Err(("until", say.no_day_to_come().to_owned())),
        Err(MarkError::NothingLeft) => Err((OPTION, say.nothing_left().to_owned())),
        Err(MarkError::NoOption { .. }) => Err((OPTION, say.no_such_option().to_owned())),
        Err(MarkError::Shop(error)) => return Err(error.into()),
    })
}

/// Puts an option on sale again, and says where to go on: there the day is kept for undo.
async fn put_on_sale(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    sent: &[(String, String)],
) -> Result<String, Failure> {
    let value = query::value(sent, OPTION).unwrap_or_default();
    let option = value.split_once('/').ok_or(Failure::Form)?;
    let rows = site.shop.sold_out(slug).await?;
    let row = rows.iter().find(|row| value_of(&row.sold_out) == value);
    let Some(row) = row else { return Ok(paths::sold_out(slug)) };
    site.shop.put_on_sale(slug, option, &admin.email).await?;
    let until = row.sold_out.until.map(|day| day.to_string()).unwrap_or_default();
    Ok(format!("{}?done=on-sale&option={value}&until={until}", paths::sold_out(slug)))
}
