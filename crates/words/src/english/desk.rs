//! What is said about the list of orders as a whole, and the sheet of one.

use super::PLURAL;
use crate::desk::{Desk, DeskTexts};

pub(super) const DESK: Desk = Desk { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: DeskTexts = DeskTexts {
    sort_due_last: "Due latest first",
    sort_largest: "Largest total first",
    sort_smallest: "Smallest total first",
    found: "{orders} order, {total}|{orders} orders, {total} together",
    no_day: "“{text}” is no day, so nothing was looked for. Pick one, or leave it empty.",
    tick_all: "Tick all on this page",
    marks: "Tests and learning",
    marks_hint: "A test is an order that somebody placed to try the shop; it teaches nothing and is not counted. An order that is left out of learning is made and counted, but says nothing of what shoppers like.",
    print: "Print",
    ordered_together: "Ordered together with",
};
