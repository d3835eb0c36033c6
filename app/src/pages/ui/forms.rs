//! What is typed, picked and chosen.

use leptos::prelude::*;

use super::specimen::{LONG, section, specimen, wide};
use crate::ui::choice::{self, Standing, Tile};
use crate::ui::field::{self, Entry, Field};
use crate::ui::slider::Slider;
use crate::ui::swatch::{self, Swatch};

pub(super) fn sections() -> AnyView {
    [fields(), further_fields(), tiles(), swatches(), sliders()].into_iter().collect_view().into_any()
}

/// A field of the gallery.
fn sample(id: &str, label: &str, value: &str) -> Field {
    Field { id: format!("ui-{id}"), label: label.to_owned(), value: value.to_owned(), ..Field::default() }
}

fn fields() -> AnyView {
    let wrong = |field: Field, why: &str| Field { errors: vec![why.to_owned()], ..field };
    section(
        "Field",
        "A label, a control, and under it what helps and what is wrong.",
        vec![
            specimen("text", sample("name", "Name", "Ana Lopez").text("text")),
            specimen(
                "with a hint",
                Field {
                    hint: "Up to 12 characters: letters and digits".to_owned(),
                    ..sample("engraving", "Engraving", "")
                }
                .text("text"),
            ),
            specimen(
                "with an example",
                Field { placeholder: "Spring prices".to_owned(), ..sample("note", "Note", "") }.text("text"),
            ),
            specimen(
                "wrong",
                wrong(sample("email", "E-mail", "ana"), "Write an address such as ana@example.org.")
                    .text("email"),
            ),
            specimen(
                "can’t be changed",
                Field { readonly: true, ..sample("readonly", "E-mail", "ana@example.org") }.text("email"),
            ),
            specimen("disabled", Field { disabled: true, ..sample("off", "Voucher", "") }.text("text")),
            specimen(
                "several lines",
                sample("address", "Delivery address", "Gran Via 1\n28013 Madrid").area(3, false),
            ),
            specimen("a long word", sample("long", LONG, LONG).text("text")),
        ],
    )
}

fn further_fields() -> AnyView {
    let entries = || {
        ["Mesh", "Knit", "Leather"]
            .map(|words| Entry {
                value: words.to_lowercase(),
                words: words.to_owned(),
                selected: words == "Knit",
            })
            .to_vec()
    };
    let too_much = vec!["Type a whole number up to 30.".to_owned()];
    section(
        "Field, further",
        "A number with its unit, an amount with its currency, a list, a language of rules, a box to tick.",
        vec![
            specimen("number", sample("days", "Lead time", "21").number(Some((0, 400)), "days")),
            specimen(
                "number, wrong",
                Field { errors: too_much, ..sample("points", "Ceiling", "300") }
                    .number(Some((0, 30)), "points"),
            ),
            specimen("amount", sample("price", "Base price", "149.00").amount("€")),
            specimen(
                "amount, wrong",
                Field {
                    errors: vec!["Type an amount such as 49.50.".to_owned()],
                    ..sample("price-wrong", "Base price", "a lot")
                }
                .amount("€"),
            ),
            specimen("list", sample("upper", "Upper", "").select(entries())),
            specimen(
                "list, wrong",
                Field {
                    errors: vec!["Knit does not go with the trail sole.".to_owned()],
                    ..sample("upper-wrong", "Upper", "")
                }
                .select(entries()),
            ),
            specimen(
                "rules",
                sample("rule", "Rule 1", "sole = trail implies sole_colour in (oat, ash)").area(2, true),
            ),
            specimen("box, not ticked", field::tick("ui-tick", "on", "On the menu", false, None)),
            specimen("box, ticked", field::tick("ui-ticked", "on", "On the menu", true, None)),
        ],
    )
}

/// Fields as the admin shows them.
pub(super) fn dense() -> AnyView {
    view! {
        <div class=field::PAIR>
            {sample("dense-name", "Name", "Trail runner").text("text")}
            {sample("dense-price", "Base price", "149.00").amount("€")}
        </div>
    }
    .into_any()
}

fn tile(name: &str, label: &str, effect: &str, chosen: bool, standing: Standing) -> Tile {
    Tile {
        name: format!("ui-tile-{name}"),
        value: label.to_owned(),
        label: label.to_owned(),
        effect: effect.to_owned(),
        chosen,
        standing,
        ..Tile::default()
    }
}

fn tiles() -> AnyView {
    let one = |tile: Tile| view! { <div class=choice::TILES>{tile.view()}</div> }.into_any();
    let note = "Full grain, tanned with bark";
    let row = [
        tile("row", "20″", "", true, Standing::Offered),
        tile("row", "24″", "+€18", false, Standing::Offered),
        tile("row", "26″", "−€40", false, Standing::Offered),
        tile("row", "22″", "not with carrier bags", false, Standing::Blocked),
    ];
    section(
        "Choice tile",
        "An option with its name and what choosing it does. Chosen: ring and tick. Implied: it follows from other choices. Blocked: readable, hatched.",
        vec![
            specimen("offered", one(tile("offered", "Leather", "+€40", false, Standing::Offered))),
            specimen("chosen", one(tile("chosen", "Leather", "", true, Standing::Offered))),
            specimen("implied", one(tile("implied", "Steel axle", "", true, Standing::Implied))),
            specimen(
                "blocked",
                one(tile("blocked", "22″", "not with carrier bags", false, Standing::Blocked)),
            ),
            specimen("blocked, and still chosen", one(tile("both", "22″", "", true, Standing::Blocked))),
            specimen(
                "disabled",
                one(Tile { disabled: true, ..tile("off", "Knit", "", false, Standing::Offered) }),
            ),
            specimen(
                "with a note",
                one(Tile {
                    note: note.to_owned(),
                    ..tile("note", "Leather", "+€40", false, Standing::Offered)
                }),
            ),
            specimen(
                "with a colour",
                one(Tile {
                    colour: Some("#1f5d4c".to_owned()),
                    ..tile("colour", "Forest", "+€4", false, Standing::Offered)
                }),
            ),
            specimen(
                "several at once",
                one(Tile {
                    many: true,
                    ..tile("many", "Dynamo light", "+€61 without it", true, Standing::Offered)
                }),
            ),
            specimen("a long word", one(tile("long", LONG, LONG, true, Standing::Offered))),
            wide(
                "a row",
                view! { <div class=choice::TILES>{row.map(Tile::view).into_iter().collect_view()}</div> }
                    .into_any(),
            ),
        ],
    )
}

fn swatches() -> AnyView {
    let colours = [
        ("Forest", "#1f5d4c", "", Standing::Offered),
        ("Oat", "#e9dfc9", "+€4", Standing::Offered),
        ("White", "#ffffff", "", Standing::Offered),
        ("Ink", "#14130f", "", Standing::Offered),
        ("Brick", "#9c3a23", "", Standing::Blocked),
        ("Sea", "#3d6f8e", "", Standing::Implied),
    ];
    let row = |name: &'static str, chosen: usize| {
        let swatches = colours.into_iter().enumerate().map(|(index, (label, colour, effect, standing))| {
            Swatch {
                name: format!("ui-swatch-{name}"),
                value: label.to_owned(),
                label: label.to_owned(),
                colour: colour.to_owned(),
                effect: effect.to_owned(),
                chosen: index == chosen,
                standing,
            }
            .view()
        });
        view! { <div class=swatch::SWATCHES>{swatches.collect_view()}</div> }.into_any()
    };
    section(
        "Swatch",
        "A colour to choose, its name beside the row. Chosen: a ring. Blocked: a stroke through it.",
        vec![
            specimen("the first chosen, the fifth blocked", row("first", 0)),
            specimen("white chosen", row("white", 2)),
            specimen(
                "a disc in a line of words",
                view! {
                    <p class="flex items-center gap-2">
                        <span class=swatch::SMALL_DOT style="--dot:#1f5d4c"></span>
                        "Forest green"
                    </p>
                }
                .into_any(),
            ),
        ],
    )
}

fn sliders() -> AnyView {
    let slider = |id: &str, label: &str, value: i64| Slider {
        name: format!("ui-{id}"),
        label: label.to_owned(),
        exact_label: format!("{label}, exact"),
        unit: "cm".to_owned(),
        value,
        min: 60,
        max: 200,
        step: 5,
        described_by: String::new(),
    };
    section(
        "Slider with field",
        "A number to drag or to type. Without a script the box alone.",
        vec![
            specimen("in the middle", slider("width", "Width", 120).view()),
            specimen("at its end", slider("height", "Height", 200).view()),
        ],
    )
}
