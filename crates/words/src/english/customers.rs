//! What the admin's pages say about customers, segments and campaign links.

use super::PLURAL;
use crate::customers::{Customers, CustomersTexts};

pub(crate) const CUSTOMERS: Customers = Customers { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: CustomersTexts = CustomersTexts {
    customers_hint: "Who ordered here, by how lately, how often and for how much; orders that are tests, cancelled or returned count for nothing. Who was erased is not among them.",
    customers_found: "{customers} customer|{customers} customers",
    find_customers: "Name, e-mail or order",
    last_order: "Last order",
    filter_unread: "This can’t be read, and nothing is filtered by it. Write a number such as 100.",
    value_over: "Value of at least",
    orders_over: "Orders, at least",
    ordered_since: "Ordered since",
    last_ordered_before: "Last order before",
    use_code: "Stated use (code)",
    show_customers: "Show",
    segments: "Segments",
    segment_name: "Name of this segment",
    segment_hint: "Under a name that is there already, it takes its place.",
    keep_segment: "Keep as segment",
    remove_segment: "Remove the segment {name}",
    needs: "Needs",
    designs_kept: "Designs",
    signed_in_since: "Customer since",
    sessions: "Sessions",
    not_agreed: "Not agreed",
    agreed_on: "Agreed on {date}, wording {wording}",
    mail_with_link: "Link to sign in",
    mail_waits: "Waits to be sent, or was given up",
    campaigns_hint: "A link greets shoppers on a product’s page and begins with a design or a use. How often it was opened is counted by the day, without a person.",
    link: "Link",
    opened: "Opened",
    by_day: "By day",
    ended_on: "Ended on {day}",
    end_campaign: "End",
    end_campaign_of: "End {code}",
    campaign_code: "Code: the end of its address",
    campaign_code_hint: "A code has small letters, digits and dashes, such as spring-touring.",
    campaign_unpublished: "Nobody can see this product yet. Publish it first, or choose another one.",
    campaign_taken: "There is a link “{code}” already; choose another code.",
    greeting: "Greeting",
    campaign_design_hint: "The address of a product’s page with the choices to begin with; empty for the usual start.",
    make_campaign: "Make the link",
};
