//! Campaign links: making and ending them, and how often each was opened.

use leptos::prelude::*;
use words::Language;

use super::kept::{keeping, kept_once};
use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::route;
use crate::ui::field::{Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, disclosure, link, notice, text};

/// A campaign link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignItem {
    /// What its address ends with.
    pub code: String,
    /// Its whole address.
    pub address: String,
    /// The product's slug, and the greeting.
    pub about: String,
    /// How often it was opened.
    pub opened: u64,
    /// The same by day, each ready to show.
    pub days: Vec<String>,
    /// The day on which it ended, in words.
    pub ended: Option<String>,
}

/// Everything that the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignsPage {
    /// The links, the newest first.
    pub items: Vec<CampaignItem>,
    /// Products to pick from.
    pub products: Vec<Entry>,
    /// Uses to pick from.
    pub uses: Vec<Entry>,
    /// What was typed where it could not be taken: code, greeting, design.
    pub typed: [String; 3],
    /// Why it was not.
    pub problem: Option<String>,
}

/// The page of campaign links.
#[must_use]
pub fn campaigns(frame: Frame, shown: &CampaignsPage) -> String {
    let language = frame.language;
    let (say, texts) = (language.admin(), language.customers());
    page(frame, say.campaigns(), Rail::Campaigns, || {
        let columns =
            [Column::words(texts.link()), Column::number(texts.opened()), Column::quiet(say.ways())];
        let rows = shown.items.iter().map(|item| row(language, item)).collect_view().into_any();
        let problem = shown.problem.clone();
        let problem = problem.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "problem"));
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.campaigns()}</h1>
                <p class=text::LEAD>{texts.campaigns_hint()}</p>
                {problem}
                {act(route::admin::CAMPAIGNS, || keeping(frame, false))}
                {make(language, shown)}
                {(!shown.items.is_empty()).then(|| table(&columns, rows))}
            </div>
        }
        .into_any()
    })
}

fn make(language: Language, shown: &CampaignsPage) -> AnyView {
    let (say, texts) = (language.admin(), language.customers());
    let [code, greeting, design] = shown.typed.clone();
    let field = |id: &str, label: &str, value: String| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: label.to_owned(),
        value,
        autocomplete: "off",
        ..Field::default()
    };
    let design =
        Field { hint: texts.campaign_design_hint().to_owned(), ..field("design", say.design(), design) };
    view! {
        {Post::to(route::admin::CAMPAIGNS).class("max-w-[30rem]").judged_here().form(|| view! {
            {kept_once("campaign", shown.problem.is_some())}
            {Field { required: true, ..field("code", texts.campaign_code(), code) }.text("text")}
            {field("product", say.product(), String::new()).select(shown.products.clone())}
            {field("greeting", texts.greeting(), greeting).text("text")}
            {field("use", texts.stated_use(), String::new()).select(shown.uses.clone())}
            {design.text("text")}
            <button type="submit" class=button::PRIMARY_SMALL name="do" value="make" data-testid="make">{texts.make_campaign()}</button>
        }.into_any())}
    }
    .into_any()
}

fn row(language: Language, item: &CampaignItem) -> AnyView {
    let texts = language.customers();
    let CampaignItem { code, address, about, opened, days, ended } = item.clone();
    let days = (!days.is_empty()).then(|| {
        view! {
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY>{texts.by_day()}</summary>
                <ul>{days.into_iter().map(|day| view! { <li>{day}</li> }).collect_view()}</ul>
            </details>
        }
    });
    let act = match ended {
        Some(day) => view! { <span class=text::META>{texts.ended_on(&day)}</span> }.into_any(),
        None => view! {
            {Post::to(route::admin::CAMPAIGNS).form(|| view! {
                <input type="hidden" name="code" value=code.clone() />
                <button type="submit" class=button::QUIET_SMALL name="do" value="end" aria-label=texts.end_campaign_of(&code)>{texts.end_campaign()}</button>
            }.into_any())}
        }
        .into_any(),
    };
    view! {
        <tr class=table::ROW>
            <th scope="row" class=table::NAME>
                <a class=link::LINK href=address.clone()>{address.clone()}</a>
                <p class=text::META>{about}</p>
                {days}
            </th>
            <td class=table::NUMBER data-label=texts.opened()>{language.words().locale.count(opened)}</td>
            <td class=table::ACT>{act}</td>
        </tr>
    }
    .into_any()
}
