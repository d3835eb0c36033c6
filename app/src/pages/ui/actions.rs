//! What starts something or leads elsewhere.

use leptos::prelude::*;

use super::specimen::{FOCUS, LONG, section, specimen, wide};
use crate::ui::{button, dialog, disclosure, link, menu, panel, tabs};

pub(super) fn sections() -> AnyView {
    [buttons(), more_buttons(), links(), all_tabs(), disclosures(), panels(), menus(), dialogs()]
        .into_iter()
        .collect_view()
        .into_any()
}

fn press(class: &str, words: &str) -> AnyView {
    view! { <button type="button" class=class.to_owned()>{words.to_owned()}</button> }.into_any()
}

fn buttons() -> AnyView {
    let looks = [("Primary", button::PRIMARY), ("Quiet", button::QUIET), ("Plain", button::PLAIN)];
    let mut specimens = Vec::new();
    for (look, class) in looks {
        specimens.push(specimen(look, press(class, "Keep my design")));
        specimens.push(specimen("with focus", press(&format!("{class} {FOCUS}"), "Keep my design")));
        specimens.push(specimen(
            "disabled",
            view! { <button type="button" class=class disabled=true>"Keep my design"</button> }.into_any(),
        ));
        specimens.push(specimen(
            "busy",
            view! { <button type="button" class=class aria-busy="true">"Placing the order…"</button> }
                .into_any(),
        ));
    }
    section(
        "Button",
        "Starts something. One primary a view; quiet for other actions, plain where several stand in a row.",
        specimens,
    )
}

fn more_buttons() -> AnyView {
    let pressed = |class: &'static str| {
        view! { <button type="button" class=class aria-pressed="true">"In town"</button> }.into_any()
    };
    let icon = |off: bool| {
        view! { <button type="button" class=button::ICON aria-label="Move up" disabled=off>"↑"</button> }
            .into_any()
    };
    section(
        "Button, further",
        "Pressed for what is on; small in dense rows; wide at the end of a form; a sign alone has a name for screen readers.",
        vec![
            specimen("quiet, pressed", pressed(button::QUIET)),
            specimen("plain, pressed", pressed(button::PLAIN)),
            specimen("primary, small", press(button::PRIMARY_SMALL, "Publish…")),
            specimen("quiet, small", press(button::QUIET_SMALL, "Make live again")),
            specimen("primary, wide", press(button::PRIMARY_WIDE, "Place order · €1,248")),
            specimen("quiet, wide", press(button::QUIET_WIDE, "See all of it")),
            specimen("a sign", icon(false)),
            specimen("a sign, disabled", icon(true)),
            specimen(
                "a sentence",
                press(button::QUIET_SENTENCE, "Choose it with Rear wheel: 26″ · +€35 · same delivery"),
            ),
            specimen(
                "a link",
                view! { <a class=button::QUIET href="#main">"Back to the draft"</a> }.into_any(),
            ),
            specimen("a long word", press(button::PRIMARY, LONG)),
            wide(
                "a row",
                view! {
                    <div class=button::ROW>
                        {press(button::PRIMARY, "Save")} {press(button::QUIET, "Try it")}
                        {press(button::PLAIN, "↑ Move up")}
                    </div>
                }
                .into_any(),
            ),
        ],
    )
}

fn links() -> AnyView {
    let to =
        |class: String, words: &'static str| view! { <a class=class href="#main">{words}</a> }.into_any();
    section(
        "Link",
        "Leads elsewhere. In running text, alone on its line, or beside the matter.",
        vec![
            specimen(
                "in running text",
                view! { <p>"Orders keep their " <a class=link::LINK href="#main">"revision and price"</a> "."</p> }
                    .into_any(),
            ),
            specimen("with focus", to(format!("{} {FOCUS}", link::LINK), "Change the design")),
            specimen("standing", to(link::STANDING.to_owned(), "← Change the design")),
            specimen("subtle", to(link::SUBTLE.to_owned(), "Log out")),
            specimen("a long word", to(link::LINK.to_owned(), LONG)),
        ],
    )
}

fn all_tabs() -> AnyView {
    let tab = |words: &str, count: &str, here: bool| tabs::Tab {
        href: "?tab".to_owned(),
        words: words.to_owned(),
        count: count.to_owned(),
        here,
    };
    let few = vec![tab("Frame", "2/4", true), tab("Wheels", "", false), tab("Bags", "1/3", false)];
    let many =
        ["Frame", "Wheels", "Drive", "Lights", "Bags", "Comfort", "Colours", LONG, "Service", "Delivery"];
    let many = many.into_iter().map(|words| tab(words, "", false)).collect();
    section(
        "Tabs",
        "The parts of a page or the pages of a thing. The row scrolls within itself and fades where more follows.",
        vec![
            wide("the first is shown", tabs::tabs("Steps", few)),
            wide("more than there is room for", tabs::tabs("Many steps", many)),
        ],
    )
}

fn disclosures() -> AnyView {
    let rest = || view! { <p>"Nine more colours, from oat to ash."</p> }.into_any();
    section(
        "Disclosure",
        "The rest of a list, or one of several parts of which mostly one is open.",
        vec![
            specimen("closed", disclosure::disclosure("Show all 24", "Show fewer", rest())),
            specimen(
                "open",
                view! {
                    <details class=disclosure::MORE open>
                        <summary class=disclosure::SUMMARY>
                            <span class=disclosure::CLOSED>"Show all 24"</span>
                            <span class=disclosure::OPENED>"Show fewer"</span>
                        </summary>
                        {rest()}
                    </details>
                }
                .into_any(),
            ),
            wide("a row, closed", disclosure::row("Upper", "Looks · 4 options", false, rest())),
            wide("a row, open", disclosure::row("Sole", "Looks · 2 options", true, rest())),
        ],
    )
}

fn panels() -> AnyView {
    let ways = view! {
        <a class=button::QUIET_SENTENCE href="#main">"Choose it with Rear wheel: 26″ · +€35 · same delivery"</a>
        <a class=button::PLAIN href="#main">"Keep my design"</a>
    };
    section(
        "Panel",
        "In place, under what it is about: one reason, and the ways on.",
        vec![wide(
            "with ways on",
            panel::panel(
                "22″ does not fit as it stands.",
                "22″ wheels don’t fit with carrier bags. Use 26″, or move the bags to the frame.",
                ways.into_any(),
            ),
        )],
    )
}

fn menus() -> AnyView {
    let items = || {
        view! {
            <li><a class=menu::ITEM href="#main">"Duplicate"</a></li>
            <li><a class=menu::ITEM href="#main" aria-current="true">"Only what differs"</a></li>
            <li><button type="button" class=menu::ITEM>"Discard the draft…"</button></li>
            <li><button type="button" class=menu::ITEM disabled=true>"Roll back"</button></li>
        }
        .into_any()
    };
    let open = view! {
        <details class=format!("{} mb-56", menu::MENU) open>
            <summary class=menu::SUMMARY>"More"</summary>
            <ul class=menu::LIST>{items()}</ul>
        </details>
    };
    section(
        "Menu",
        "Actions that are seldom needed, behind one button.",
        vec![specimen("closed", menu::menu("More", items())), specimen("open", open.into_any())],
    )
}

fn dialogs() -> AnyView {
    let content = || {
        view! { <p>"Twelve designs name this option. They keep it; nobody can choose it any more."</p> }
            .into_any()
    };
    let remove = || press(button::PRIMARY, "Remove it");
    let shown = view! {
        <div class=dialog::DIALOG role="group" aria-labelledby="ui-dialog-shown-title">
            <h3 class=dialog::TITLE id="ui-dialog-shown-title">"Remove “Leather”?"</h3>
            {content()}
            <div class=dialog::ACTIONS>{press(button::QUIET, "Keep it")} {remove()}</div>
        </div>
    };
    section(
        "Dialog",
        "Takes the whole attention, for what can’t be taken back. Escape and a click beside it close it.",
        vec![
            specimen(
                "closed",
                view! {
                    {dialog::opener("ui-remove", "Remove…")}
                    {dialog::dialog("ui-remove", "Remove “Leather”?", content(), "Keep it", remove())}
                }
                .into_any(),
            ),
            wide("as it opens", shown.into_any()),
        ],
    )
}
