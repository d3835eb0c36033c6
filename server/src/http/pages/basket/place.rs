//! Orders what is in the basket: all of it or nothing.

use app::pages::FieldMessage;
use app::paths;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use shop::{BasketError, BasketLine, BasketOrder, Client, OrderError, OrderInHand, Receipt};
use words::Language;

use super::super::counting::may_count;
use super::super::orders::buyer::{Sent, general};
use super::super::page::PRIVATE;
use super::super::{orders, placed_here};
use super::lines::{self, Open};
use super::{PIECES, SHOWN, View, fingerprint, pieces, sums};
use crate::http::basket::{Basket, Line};
use crate::http::counted::Refusal;
use crate::http::failure::{Failure, of_order};
use crate::http::limits::MayOrder;

/// Places an order for each design of the form. What the form showed is what is ordered, so that the same form sent twice is one order
/// though the basket is empty by then.
pub async fn place(view: View<'_>, sent: Sent, client: &Client) -> Result<Response, Failure> {
    // Before anything is thought about.
    let taken = view.site.shop.take_order()?;
    let basket = Basket::read(view.site, view.headers);
    let (lines, is_shown) = lines_of(&sent, &view);
    let is_empty = lines.is_empty();
    let open = lines::open((view.site, view.headers), lines, view.reader.language).await?;
    let say = view.reader.language.shop();
    let mut messages: Vec<FieldMessage> =
        open.iter().filter_map(|open| open.obstacle(view.reader.language)).map(general).collect();
    let is_readable = open.iter().all(|open| open.refused.is_none());
    if is_empty || !messages.is_empty() || !is_readable {
        messages.extend(sent.buyer_faults(say));
        let shown = view.again(basket, open, (sent, messages, StatusCode::UNPROCESSABLE_ENTITY)).await?;
        return Ok(Refusal(orders::CHANGED).as_told_by(shown));
    }
    MayOrder::ask(view.site, client)?;
    order_shown(view, sent, (basket, open, is_shown), taken).await
}

/// Orders the designs, unless the form showed something else.
async fn order_shown(
    view: View<'_>,
    sent: Sent,
    (basket, open, is_shown): (Basket, Vec<Open>, bool),
    taken: OrderInHand<'_>,
) -> Result<Response, Failure> {
    let order = order(&view, &sent, &open);
    let fingerprint = fingerprint(&open, &view.site.terms());
    let outcome = if sent.seen().is_none_or(|seen| seen == fingerprint) {
        view.site.shop.place_basket(order.clone(), taken).await.map(Some)
    } else {
        view.site.shop.basket_placed(&order).await
    };
    match outcome {
        Ok(Some(receipts)) => placed(&view, basket, &order, &open, receipts).await,
        Ok(None) => {
            let language = view.reader.language;
            let what = if is_shown {
                language.shop().has_changed().to_owned()
            } else {
                language.shop().basket_comes_to(&total(&open, language))
            };
            let mut messages = vec![general(what)];
            messages.extend(sent.buyer_faults(language.shop()));
            let shown = view.again(basket, open, (sent, messages, StatusCode::CONFLICT)).await?;
            Ok(Refusal(orders::CHANGED).as_told_by(shown))
        }
        Err(error) => refused(view, sent, basket, open, error).await,
    }
}

fn order(view: &View<'_>, sent: &Sent, open: &[Open]) -> BasketOrder {
    let lines = open.iter().filter_map(|open| {
        let found = open.found.as_ref().ok()?;
        let (opened, consent) = (found.opened.clone(), found.consent.clone());
        Some(BasketLine { opened, quantity: open.line.pieces, consent })
    });
    BasketOrder {
        lines: lines.collect(),
        buyer: sent.buyer(),
        request_id: sent.request_id(),
        another: sent.another().is_some(),
        counted: may_count(view.headers),
    }
}

fn total(open: &[Open], language: Language) -> String {
    let totals = open.iter().filter_map(Open::quote).map(|quote| quote.total);
    let sums = sums(totals).into_iter().map(|sum| sum.written(&language.words().locale));
    sums.collect::<Vec<_>>().join(" + ")
}

/// Takes out of the basket what was ordered, and leads to the first order.
async fn placed(
    view: &View<'_>,
    mut basket: Basket,
    order: &BasketOrder,
    open: &[Open],
    receipts: Vec<Receipt>,
) -> Result<Response, Failure> {
    for (line, receipt) in order.lines.iter().zip(&receipts) {
        if receipt.is_new {
            let (opened, number) = (&line.opened, receipt.order.number);
            orders::was_placed(view.site, view.headers, opened, line.quantity, number).await;
        }
    }
    for open in open {
        basket.remove(&open.line.token);
    }
    let first = receipts.first().ok_or(Failure::NoOrder)?;
    let jar = CookieJar::new().add(basket.cookie(view.site)).add(placed_here::cookie(
        view.site,
        first.order.number,
        &first.token,
    ));
    // The address opens the order, and those with it.
    Ok((PRIVATE, jar, Redirect::to(&paths::order(&first.token))).into_response())
}

/// The page again, with why nothing was ordered.
async fn refused(
    view: View<'_>,
    sent: Sent,
    basket: Basket,
    open: Vec<Open>,
    error: BasketError,
) -> Result<Response, Failure> {
    let language = view.reader.language;
    let (line, error) = match error {
        BasketError::Line { line, error } => (open.get(line).map(|open| open.product().to_owned()), error),
        BasketError::Whole(error) => (None, error),
    };
    let code = of_order(&error).code;
    // What a design's page would say, and nothing that is the shop's own fault.
    let (sent, mut messages) = match error {
        OrderError::Shop(error) if line.is_some() => {
            let failure = Failure::from(error);
            if failure.status().is_server_error() {
                return Err(failure);
            }
            (sent, vec![general(failure.sentence(language))])
        }
        error => sent.refused(error, language.shop())?,
    };
    if let Some(product) = line {
        for message in messages.iter_mut().filter(|message| message.field.is_empty()) {
            message.message = language.shop().of_product(&product, &message.message);
        }
    }
    let status = if sent.repeats() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = view.again(basket, open, (sent, messages, status)).await?;
    Ok(Refusal(code).as_told_by(shown))
}

/// The designs that a form orders, and whether it showed the price of so many pieces.
fn lines_of(sent: &Sent, view: &View<'_>) -> (Vec<(Line, Option<String>)>, bool) {
    let locale = &view.reader.language.words().locale;
    let mut is_shown = true;
    let mut lines: Vec<(Line, Option<String>)> = Vec::new();
    for (name, typed) in &sent.pairs {
        let Some(token) = name.strip_prefix(PIECES) else { continue };
        let shown = sent.field(&format!("{SHOWN}{token}"));
        let pieces = pieces(typed, locale);
        let line = match pieces {
            Some(pieces) => Line::read(token, &pieces.get().to_string()),
            None => Line::read(token, &shown),
        };
        is_shown &= pieces.is_some_and(|pieces| pieces.get().to_string() == shown);
        let is_known = lines.iter().any(|(known, _)| known.token == token);
        let has_room = lines.len() < shop::orders::MOST_LINES;
        if let Some(line) = line.filter(|_| has_room && !is_known) {
            lines.push((line, pieces.is_none().then(|| typed.clone())));
        }
    }
    (lines, is_shown)
}

impl View<'_> {
    /// The page again, after an order that was not placed: with the designs of the form, which are in the basket again.
    async fn again(
        self,
        mut basket: Basket,
        mut open: Vec<Open>,
        said: (Sent, Vec<FieldMessage>, StatusCode),
    ) -> Result<Response, Failure> {
        for (place, open) in open.iter().enumerate() {
            match basket.lines.iter_mut().find(|line| line.token == open.line.token) {
                Some(line) => line.pieces = open.line.pieces,
                None => _ = basket.put(place, open.line.clone()),
            }
        }
        // What another window put in meanwhile is shown, too.
        let is_open = |line: &&Line| open.iter().any(|open| open.line.token == line.token);
        let others = basket.lines.iter().filter(|line| !is_open(line)).map(|line| (line.clone(), None));
        let others = others.collect();
        open.extend(lines::open((self.site, self.headers), others, self.reader.language).await?);
        self.page(basket, open, None, said).await
    }
}
