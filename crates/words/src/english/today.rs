//! What the admin's first page says, and the page about what happens on all products' pages.

use super::PLURAL;
use crate::today::{Today, TodayTexts};

pub(super) const TODAY: Today = Today { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: TodayTexts = TodayTexts {
    title: "Today",
    lead: "What waits for somebody, and what begins or ends within a week.",
    nothing: "Nothing waits. All is as it should be.",
    not_told: "The shop is too busy to say at the moment. Ask again.",
    urgent: "Urgent",
    orders: "Orders",
    to_confirm: "1 order is to be confirmed|{count} orders are to be confirmed",
    late: "1 open order is late|{count} open orders are late",
    due_this_week: "1 open order is due within a week or late|{count} open orders are due within a week or late",
    drafts: "Drafts",
    draft_problems: "{product}: {problems}",
    draft_held: "{product}: {what}",
    draft_unknown: "{product}: changed, and not looked at yet",
    more_drafts: "1 more draft was not looked at|{count} more drafts were not looked at",
    releases: "Releases",
    release_waits: "{name} waits for approval, asked for by {by}",
    release_starts: "{name} starts on {at}",
    release_ends: "{name} ends on {at}",
    release_failed: "{name} failed on {at}, and nothing was published",
    experiments: "Experiments",
    experiment_harmed: "{name} lowered what orders are worth and was ended on {at}",
    experiment_alarm: "{name}: visitors are not split as planned, so it shows nothing",
    shop: "In the shop",
    on_sale_today: "{option} of {product} is on sale again from today on",
    on_sale_on: "{option} of {product} is on sale again on {day}",
    prices_end: "The prices of {product}, revision {revision}, hold until {at}",
    mails_wait: "1 mail did not go out yet and is tried again|{count} mails did not go out yet and are tried again",
    mails_given_up: "1 mail of the last week was given up|{count} mails of the last week were given up",
    insight_hint: "What happens on each product’s page, counted by the day, without a cookie and with nothing about a person. Orders are all that were placed, by the API and the desk too; tests are left out.",
    product: "Product",
    visits: "Visits",
    order_forms: "Came to the order form",
    ordered_there: "Ordered there",
    orders_all: "Orders in all",
    asked_most: "Asked for most while blocked",
    nothing_asked: "Nothing",
    asked_for: "{option} ({attribute}), {times} times",
    advice_of: "What the numbers advise: {product}",
    see_it: "See the numbers",
    no_products: "Nothing was published yet.",
};
