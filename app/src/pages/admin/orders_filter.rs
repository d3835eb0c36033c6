//! The filters of the orders desk, and those that somebody keeps.

use leptos::prelude::*;
use words::Admin;

use crate::paths::{self, route};
use crate::ui::field::{self, Entry, Field};
use crate::ui::form::{Post, may_send};
use crate::ui::{button, disclosure, link};

/// The filters as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterForm {
    /// The filters as addresses write them; empty where everything is shown.
    pub query: String,
    /// What is looked for.
    pub text: String,
    /// States to pick from.
    pub states: Vec<Entry>,
    /// Products to pick from.
    pub products: Vec<Entry>,
    /// The first day of placing, as `2026-11-22`; empty for none, as the next two.
    pub from: String,
    /// The last day of placing.
    pub to: String,
    /// The day before which they are promised.
    pub due: String,
    /// Whether test orders are shown.
    pub tests: Vec<Entry>,
    /// Whether those left out of learning are shown.
    pub learning: Vec<Entry>,
    /// What is wrong with days, by the names of their fields.
    pub no_days: Vec<(&'static str, String)>,
    /// Orders of the list to pick from.
    pub sorts: Vec<Entry>,
    /// An option that the orders have, as addresses write it and in words.
    pub has: Option<(String, String)>,
    /// Whether one of the further fields is set.
    pub has_more: bool,
}

/// Filters that the reader keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewLink {
    /// What they call it.
    pub name: String,
    /// The filters as addresses write them.
    pub query: String,
    /// Whether it is what is shown.
    pub is_shown: bool,
}

/// The form of the filters.
pub(super) fn filter_form(say: &'static Admin, form: &FilterForm) -> AnyView {
    let form = form.clone();
    let no_days = form.no_days;
    let wrong = |id: &str| -> Vec<String> {
        let told = no_days.iter().filter(|(name, _)| *name == id);
        told.map(|(_, why)| why.clone()).collect()
    };
    let tight = |id: &str, label: &str, value: String| Field {
        id: format!("asked-{id}"),
        name: id.to_owned(),
        label: label.to_owned(),
        value,
        errors: wrong(id),
        error_test: Some("no-day"),
        ..Field::default()
    };
    let find = Field {
        hint: say.find_orders_hint().to_owned(),
        autocomplete: "off",
        ..tight("q", say.find_orders(), form.text)
    };
    let all = (!form.query.is_empty())
        .then(|| view! { <a class=button::QUIET_SMALL href=route::admin::ORDERS data-testid="show-all">{say.show_all()}</a> });
    let has = form.has.map(|(has, words)| {
        view! {
            <input type="hidden" name="has" value=has />
            <p class="mb-3" data-testid="has">{say.only_orders_with(&words)}</p>
        }
    });
    view! {
        <form method="get" action=route::admin::ORDERS role="search" class="mt-4 max-w-[1080px]">
            {has}
            <div class=field::PAIR>
                {find.text("search")}
                {tight("state", say.state(), String::new()).select(form.states)}
            </div>
            <details class=disclosure::MORE open=form.has_more>
                <summary class=disclosure::SUMMARY>{say.more_filters()}</summary>
                <div class=field::PAIR>
                    {tight("product", say.product(), String::new()).select(form.products)}
                    {tight("from", say.placed_from(), form.from).text("date")}
                    {tight("to", say.placed_to(), form.to).text("date")}
                    {tight("due", say.due_before(), form.due).text("date")}
                    {tight("test", say.test_order(), String::new()).select(form.tests)}
                    {tight("learning", say.teaching(), String::new()).select(form.learning)}
                    {tight("sort", say.sort(), String::new()).select(form.sorts)}
                </div>
            </details>
            <div class=button::ROW>
                <button type="submit" class=button::QUIET_SMALL data-testid="show">{say.show_orders()}</button>
                {all}
            </div>
        </form>
    }
    .into_any()
}

/// What the reader keeps, and the form that keeps these.
pub(super) fn views(say: &'static Admin, views: &[ViewLink], form: &FilterForm) -> AnyView {
    let links = views.iter().map(|view| {
        let href = paths::admin::orders(&view.query);
        view! {
            <li class="flex items-center gap-2">
                <a class=link::STANDING href=href aria-current=view.is_shown.then_some("page")>{view.name.clone()}</a>
                {Post::to(route::admin::ORDER_VIEWS).form(|| view! {
                    <input type="hidden" name="asked" value=form.query.clone() />
                    <input type="hidden" name="remove" value=view.name.clone() />
                    <button type="submit" class=button::ICON aria-label=say.remove_view(&view.name)>"×"</button>
                }.into_any())}
            </li>
        }
    });
    let links = (!views.is_empty()).then(|| {
        view! { <ul class="flex flex-wrap items-center gap-x-5" aria-label=say.views() data-testid="views">{links.collect_view()}</ul> }
    });
    let is_kept = views.iter().any(|view| view.is_shown);
    let keep = (!form.query.is_empty() && !is_kept && may_send(route::admin::ORDER_VIEWS)).then(|| {
        let name = Field {
            id: "view-name".to_owned(),
            name: "name".to_owned(),
            label: say.view_name().to_owned(),
            tight: true,
            autocomplete: "off",
            ..Field::default()
        };
        view! {
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY data-testid="keep">{say.keep_view()}</summary>
                {Post::to(route::admin::ORDER_VIEWS).class("mb-3 flex max-w-[30rem] flex-wrap items-end gap-2").form(|| view! {
                    <input type="hidden" name="asked" value=form.query.clone() />
                    {name.text("text")}
                    <button type="submit" class=button::QUIET_SMALL data-testid="keep-view">{say.save()}</button>
                }.into_any())}
            </details>
        }
    });
    view! { {links} {keep} }.into_any()
}
