//! Experiments: the list of them, and where one is planned and started.

use leptos::prelude::*;
use words::{Experiments, Language};

use super::kept::{keeping, kept_once};
use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::field::{Entry, Field, LABEL};
use crate::ui::form::{Post, act, may_send};
use crate::ui::table::{self, Column, table};
use crate::ui::text::Tone;
use crate::ui::{button, empty, field, link, notice, text};

/// An experiment in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExperimentItem {
    /// What its address ends with.
    pub code: String,
    /// Its name.
    pub title: String,
    /// The product's name.
    pub product: String,
    /// Whether it runs, or how it ended.
    pub state: String,
    /// Whether it runs.
    pub runs: bool,
    /// When it started, in words.
    pub since: String,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExperimentsPage {
    /// The experiments, the newest first.
    pub items: Vec<ExperimentItem>,
    /// Products to begin one with, with which none runs.
    pub products: Vec<Entry>,
}

/// What can be compared, with what was typed as its share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyShare {
    /// Its code, which names the field.
    pub code: String,
    /// What it is, in words.
    pub words: String,
    /// What else is to be said of it.
    pub hint: String,
    /// Percent, as typed.
    pub share: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// A new experiment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewExperimentPage {
    /// The product's slug.
    pub slug: String,
    /// The product's name.
    pub product: String,
    /// What the product does now, in words.
    pub setting: String,
    /// The name, as typed.
    pub title: String,
    /// What can be compared.
    pub policies: Vec<PolicyShare>,
    /// Percent of lift, orders in 100 visitors, an order's value, the most that counts, days: each as typed, with what is wrong.
    pub numbers: [(String, Option<String>); 5],
    /// What is known of visitors.
    pub known: String,
    /// The currency's code.
    pub currency: String,
    /// What it takes, each a sentence; empty before it was asked.
    pub takes: Vec<String>,
    /// Whether the last of them is a warning.
    pub is_unsound: bool,
    /// Why it can't be, each a sentence.
    pub problems: Vec<String>,
    /// What is wrong with the name.
    pub title_problem: Option<String>,
    /// Whether the fields hold what was sent.
    pub came_back: bool,
}

/// The page of all experiments.
#[must_use]
pub fn experiments(frame: Frame, shown: &ExperimentsPage) -> String {
    let say = frame.language.experiments();
    page(frame, say.title(), Rail::Experiments, || {
        let columns = [Column::words(say.name()), Column::words(say.product()), Column::words(say.state())];
        let rows = shown.items.iter().map(|item| row(say, item)).collect_view().into_any();
        let begin = begin(say, shown.products.clone());
        let list = match shown.items.is_empty() {
            true => empty::empty(view! { <p>{say.none_yet()}</p> {begin} }.into_any(), Some("empty")),
            false => view! { {begin} {table(&columns, rows)} }.into_any(),
        };
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.title()}</h1>
                <p class=text::LEAD>{say.hint()}</p>
                {list}
            </div>
        }
        .into_any()
    })
}

/// Picks the product of a new one; for whoever may start it.
fn begin(say: &'static Experiments, products: Vec<Entry>) -> Option<AnyView> {
    may_send(route::admin::NEW_EXPERIMENT).then(|| {
        if products.is_empty() {
            return view! { <p data-testid="all-run">{say.all_run()}</p> }.into_any();
        }
        let product = Field {
            id: "product".to_owned(),
            name: "product".to_owned(),
            label: say.new_experiment().to_owned(),
            ..Field::default()
        };
        view! {
            <form method="get" action=route::admin::NEW_EXPERIMENT class="max-w-[30rem]">
                {product.select(products)}
                <button type="submit" class=button::QUIET data-testid="new-experiment">{say.go_on()}</button>
            </form>
        }
        .into_any()
    })
}

fn row(say: &'static Experiments, item: &ExperimentItem) -> AnyView {
    let ExperimentItem { code, title, product, state, runs, since } = item.clone();
    let state = text::mark(if runs { Tone::Good } else { Tone::Calm }, &state, None);
    view! {
        <tr class=table::ROW>
            <th scope="row" class=table::NAME>
                <a class=link::LINK href=paths::admin::experiment(&code)>{title}</a>
                <p class=text::META>{since}</p>
            </th>
            <td class=table::LABELLED data-label=say.product()>{product}</td>
            <td class=table::LABELLED data-label=say.state()>{state}</td>
        </tr>
    }
    .into_any()
}

/// The page on which one is planned and started.
#[must_use]
pub fn new_experiment(frame: Frame, shown: &NewExperimentPage) -> String {
    let language = frame.language;
    let say = language.experiments();
    let title = say.new_of(&shown.product);
    page(frame, &title, Rail::Experiments, || {
        let problems = shown.problems.iter().cloned().map(|why| view! { <p>{why}</p> }).collect_view();
        let problems = (!shown.problems.is_empty()).then(|| notice::alert(problems.into_any(), "problem"));
        view! {
            <div class=SINGLE>
                <p><a class=link::SUBTLE href=route::admin::EXPERIMENTS>{say.title()}</a></p>
                <h1 class=text::TITLE_SMALL>{title.clone()}</h1>
                <p class=text::LEAD>{say.new_hint()}</p>
                {act(route::admin::NEW_EXPERIMENT, || keeping(frame, false))}
                {problems}
                {plan(language, shown)}
            </div>
        }
        .into_any()
    })
}

fn plan(language: Language, shown: &NewExperimentPage) -> Option<AnyView> {
    let say = language.experiments();
    let [lift, orders, value, cap, window] = shown.numbers.clone();
    let named = |id: &str, label: &str, hint: &str, (value, problem): (String, Option<String>)| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        autocomplete: "off",
        errors: problem.into_iter().collect(),
        value,
        ..Field::default()
    };
    let (slug, currency) = (shown.slug.clone(), shown.currency.clone());
    let title = named("title", say.name(), "", (shown.title.clone(), shown.title_problem.clone()));
    Post::to(route::admin::NEW_EXPERIMENT).class("max-w-[70ch]").judged_here().form(move || {
        view! {
            {kept_once(&format!("experiment {slug}"), shown.came_back)}
            <input type="hidden" name="product" value=slug />
            {title.text("text")}
            {compared(say, shown)}
            {named("lift", say.worth_seeing(), say.worth_seeing_hint(), lift).amount("%")}
            <div class=field::PAIR>
                {named("orders", say.orders_in_hundred(), "", orders).amount("")}
                {named("value", say.order_value(), "", value).amount(&currency)}
            </div>
            <p class=text::LEAD data-testid="known">{shown.known.clone()}</p>
            {named("cap", say.cap(), say.cap_hint(), cap).amount(&currency)}
            {named("window", say.window(), say.window_hint(), window).amount(say.days())}
            {takes(shown)}
            <div class=button::ROW>
                <button type="submit" class=button::QUIET name="do" value="plan" data-testid="plan">{say.ask_how_many()}</button>
                <button type="submit" class=button::PRIMARY_SMALL name="do" value="start" data-testid="start">{say.start()}</button>
            </div>
            <p class=text::HINT>{say.start_hint()}</p>
        }
        .into_any()
    })
}

/// The groups and their shares.
fn compared(say: &'static Experiments, shown: &NewExperimentPage) -> AnyView {
    let each = shown.policies.iter().cloned().map(|policy| {
        let share = Field {
            id: policy.code.clone(),
            name: policy.code,
            label: policy.words,
            hint: policy.hint,
            value: policy.share,
            autocomplete: "off",
            errors: policy.problem.into_iter().collect(),
            ..Field::default()
        };
        share.amount("%")
    });
    view! {
        <fieldset class="mb-4">
            <legend class=LABEL>{say.compared()}</legend>
            <p class=text::HINT>{say.holdout_is(&shown.setting)}</p>
            <p class=text::LEAD>{say.compared_hint()}</p>
            {each.collect_view()}
        </fieldset>
    }
    .into_any()
}

fn takes(shown: &NewExperimentPage) -> Option<AnyView> {
    let last = shown.takes.len().checked_sub(1)?;
    let class = if shown.is_unsound { notice::CAUTION } else { notice::GOOD };
    let told = shown.takes.iter().enumerate().map(|(index, told)| {
        let class = if index == last { "" } else { "mb-2" };
        view! { <p class=class>{told.clone()}</p> }
    });
    Some(
        view! { <div class=format!("{class} mb-4") role="status" data-testid="takes">{told.collect_view()}</div> }
            .into_any(),
    )
}
