//! What is shown: words, cards, tables, how far something is.

use leptos::prelude::*;

use super::specimen::{LONG, section, specimen, wide};
use crate::ui::card::Card;
use crate::ui::chart::{Bar, Span, chart, spans};
use crate::ui::table::{self, Column};
use crate::ui::text::{self, Tone};
use crate::ui::{bar, button, card, empty, link, meter, notice, progress, values};

/// A picture that needs no file.
const PICTURE: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'%3E%3Cpath d='M1 .6h2l-.3 1.8H1.3z' fill='%231f5d4c'/%3E%3C/svg%3E";

pub(super) fn sections() -> AnyView {
    [
        words(),
        marks(),
        notices(),
        cards(),
        tables(),
        all_values(),
        meters(),
        progresses(),
        charts(),
        empties(),
        bars(),
    ]
    .into_iter()
    .collect_view()
    .into_any()
}

fn words() -> AnyView {
    section(
        "Words",
        "Titles in the display face, headings in the plain one, and what stands beside them.",
        vec![
            specimen("title", view! { <p class=text::TITLE>"Travel bike"</p> }.into_any()),
            specimen("title of a tool", view! { <p class=text::TITLE_SMALL>"Orders"</p> }.into_any()),
            specimen("part", view! { <p class=text::PART>"Wheels"</p> }.into_any()),
            specimen("heading", view! { <p class=text::HEADING>"Rules"</p> }.into_any()),
            specimen("hint", view! { <p class=text::HINT>"Live at once."</p> }.into_any()),
            specimen("meta", view! { <p class=text::META>"revision 3"</p> }.into_any()),
            specimen("code", view! { <code class=text::CODE>"atelier check FOLDER"</code> }.into_any()),
            specimen("a long word", view! { <p class=text::TITLE>{LONG}</p> }.into_any()),
        ],
    )
}

fn marks() -> AnyView {
    section(
        "Mark",
        "A state in a word or two. The words say it; the colour agrees.",
        vec![
            specimen("calm", text::mark(Tone::Calm, "No changes", None)),
            specimen("good", text::mark(Tone::Good, "Draft · no problems", None)),
            specimen("stop", text::mark(Tone::Stop, "Draft · 3 problems", None)),
        ],
    )
}

fn notices() -> AnyView {
    let notice = |class: &'static str, words: &'static str| {
        view! { <p class=class>{words} " " <a href="#main">"Look at it"</a> "."</p> }.into_any()
    };
    let list = view! {
        <p>"Nothing was ordered yet. Please look at this first; what you typed is still here."</p>
        <ul>
            <li>"Write a name."</li>
            <li>"Write where it is to go."</li>
        </ul>
    };
    section(
        "Notice",
        "Something to know before going on.",
        vec![
            wide("caution", notice(notice::CAUTION, "The menu has changed since you began.")),
            wide("stop", notice::alert(list.into_any(), "ui-alert")),
            wide("good", notice(notice::GOOD, "Revision 2 is live.")),
        ],
    )
}

fn cards() -> AnyView {
    let card = |name: &str| Card {
        href: "#main".to_owned(),
        picture: PICTURE.to_owned(),
        name: name.to_owned(),
        summary: "Light, quiet, and at home on gravel.".to_owned(),
        foot: "From €1,649 · ready in 9 working days".to_owned(),
    };
    let cards = ["Travel bike", "Trainer", LONG];
    let cards = cards.map(|name| view! { <li class="min-w-0">{card(name).view()}</li> });
    section(
        "Card",
        "A thing among others; all of it is the link. A raised sheet floats, such as a log-in.",
        vec![
            wide("three", view! { <ul class=card::GRID>{cards.into_iter().collect_view()}</ul> }.into_any()),
            specimen(
                "raised",
                view! { <div class=format!("{} p-6", card::RAISED)>"Log in"</div> }.into_any(),
            ),
        ],
    )
}

fn tables() -> AnyView {
    let columns =
        [Column::words("Revision"), Column::words("Note"), Column::number("Orders"), Column::quiet("Action")];
    let rows = [(3, "Spring prices", 12), (2, LONG, 4), (1, "—", 128)].map(|(revision, note, orders)| {
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>{revision}</th>
                <td class=table::LABELLED data-label="Note">{note}</td>
                <td class=table::NUMBER data-label="Orders">{orders}</td>
                <td class=table::ACT>
                    <button type="button" class=button::QUIET_SMALL>{format!("Make {revision} live again")}</button>
                </td>
            </tr>
        }
    });
    section(
        "Table",
        "Rows to compare. The head sticks; on a phone each row is a card.",
        vec![wide("three rows", table::table(&columns, rows.into_iter().collect_view().into_any()))],
    )
}

fn all_values() -> AnyView {
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect::<Vec<_>>()
    };
    let terms =
        pairs(&[("Colour", "Forest green"), ("Deliver to", "Gran Via 1\n28013 Madrid"), (LONG, LONG)]);
    let lines = pairs(&[("Travel bike", "€1,649.00"), ("Dynamo light", "€61.00"), (LONG, "−€40.00")]);
    section(
        "Values",
        "What is fixed: terms with their values, and the lines of a price.",
        vec![
            specimen("terms", values::values(&terms)),
            specimen("a price", values::breakdown(&lines, "Total, VAT included", "€1,670.00")),
        ],
    )
}

fn meters() -> AnyView {
    let meter = |filled: u32, words: &str| meter::meter(filled, &format!("{filled} of 5 points"), words);
    section(
        "Meter",
        "How much of an allowance is used, with a sentence; never a scolding.",
        vec![
            specimen("nothing used", meter(0, "As we designed it.")),
            specimen("some", meter(3, "Nicely yours. 2 more points fit.")),
            specimen("all", meter(5, "Fully yours. You can stop here.")),
        ],
    )
}

fn progresses() -> AnyView {
    section(
        "Progress",
        "How far something has come that takes its time.",
        vec![
            specimen("begun", progress::progress("ui-progress-0", "Reading the file", Some(0))),
            specimen("on its way", progress::progress("ui-progress-40", "Reading the file", Some(40))),
            specimen("done", progress::progress("ui-progress-100", "Read", Some(100))),
            specimen("nobody knows", progress::progress("ui-progress-none", "Compiling the rules", None)),
        ],
    )
}

fn charts() -> AnyView {
    let bar = |label: &str, value| Bar { label: label.to_owned(), value, told: value.to_string() };
    let span = |label: &str, at: f64, within: f64| Span {
        label: label.to_owned(),
        at,
        within,
        told: format!("{at:.1} ± {within:.1}"),
    };
    section(
        "Chart",
        "A bar for each of some things, or where each lies and how far it may be off. A table under it has the numbers.",
        vec![
            specimen(
                "some, and none",
                chart("Colours chosen", &[bar("Forest green", 120), bar("Oat", 48), bar(LONG, 0)]),
            ),
            specimen(
                "with intervals",
                spans("Worth of colours", &[span("Forest green", 1.2, 0.3), span("Oat", -0.4, 0.9)]),
            ),
        ],
    )
}

fn empties() -> AnyView {
    let content = view! {
        <p>"No orders yet. As soon as somebody orders, the newest is at the top of this list."</p>
        <a class=link::STANDING href="#main">"See the shop"</a>
    };
    section(
        "Empty state",
        "Nothing there yet: what will be, and how it comes about.",
        vec![wide("with a way on", empty::empty(content.into_any(), None))],
    )
}

fn bars() -> AnyView {
    let bar = view! {
        <div class="relative h-48 overflow-hidden rounded-l bg-stage [contain:layout] tablet:h-24">
            <div class=bar::BAR>
                <div class=bar::MAIN>
                    <span class=bar::TOTAL>"€1,248"</span>
                    " "
                    <span class=bar::CHANGE>"+€18"</span>
                    " "
                    <span class=bar::NOTE>"incl. VAT · ready in 9 working days"</span>
                </div>
                {meter::meter(2, "2 of 5 points of customisation", "Nicely yours. 3 more points fit.")}
                <div class=bar::ACTIONS>
                    <button type="button" class=button::PLAIN disabled=true>"↶ Undo"</button>
                    <button type="button" class=button::PRIMARY>"Order →"</button>
                </div>
            </div>
        </div>
    };
    section(
        "Bar",
        "What matters throughout, and the one way on. On a low screen it ends the page and does not stick.",
        vec![wide("at the end of its page", bar.into_any())],
    )
}
