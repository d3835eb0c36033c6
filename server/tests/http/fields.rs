//! The table of a product's fields against the editor as it is rendered: each field has its place in a form.

use axum::http::StatusCode;
use shop::Section;
use shop::drafts::{field_patterns, form_fields};
use testing::slug;
use words::Language;

use crate::common::Studio;

/// A product that has everything that a product can have.
const EVERYTHING: &str = r##"
name = "Mug"
summary = "A mug, thrown and glazed for you."
description = "Of clay."
search_words = "cup, beaker"
language = "en"
currency = "EUR"
base_price = 2400
lead_time_days = 9
picture = [1200, 900]
meant = ["lead_time"]
budget = { ceiling = 9, per_deviation = 1 }
benefits = [{ code = "warm", label = "Keeps warm" }]
steps = [{ code = "looks", label = "Looks" }]
tiers = [{ from = 5, discount = "5 %" }]
no_returns = [{ reason = "with your text", when = "filled(words)" }]

[uses]
question = "What will you drink from it?"
start = "frequent"
answers = [
  { code = "tea", label = "Tea", people = "tea drinkers" },
  { code = "coffee", label = "Coffee", people = "coffee drinkers" },
]

[[attributes]]
code = "glaze"
step = "looks"
label = "Glaze"
help = "How it feels."
applies = "height > 6"
kind = "choice"
standard = "white"
options = [
  { code = "white", label = "White", swatch = "#f4f0e9", benefits = { warm = 2 }, parts = ["G-1"], cost = 100 },
  { code = "blue", label = "Blue", description = "Deep.", swatch = "#24385c", price = 300, lead_time_days = 1, weight = 9, points = 2, values = { shine = 3 }, parts = ["G-2", "G-2"], meant = ["price"] },
]

[[attributes]]
code = "extras"
step = "looks"
label = "Extras"
kind = "multi-choice"
standard = []
min = 0
max = 2
options = [{ code = "lid", label = "Lid" }, { code = "spoon", label = "Spoon" }]

[[attributes]]
code = "height"
step = "looks"
label = "Height"
kind = "number"
standard = 9
min = 7
max = 13
step_size = 2
unit = "cm"
price = 100
points = 1

[[attributes]]
code = "words"
step = "looks"
label = "Words"
kind = "text"
standard = ""
max_length = 8
allowed = "A-Z"
price = 300

[[rules]]
code = "light"
rule = "sum(weight) * 2 + height <= 99"
sentence = "It must be light."

[[prices]]
label = "Large"
when = "height > 9"
amount = 100
each = "height"
per = 2

[[layers]]
file = "mug.svg"
tint = { glaze = "glaze" }
when = "height > 6"
x = "0"
y = "0"
width = "900"
height = "900"
repeat = "1"
dx = "0"
dy = "0"

[[layers]]
text = "words"
x = "9"
y = "9"
font_size = 40
rotate = 3

[[designs]]
code = "tall"
label = "Tall"
summary = "For tea."
values = { height = 11 }

[[tests]]
code = "low"
label = "Low"
values = { height = 7 }
price = 2400
"##;

/// Whether a place is one of a pattern, in which `*` stands for an entry.
fn is_of(place: &str, pattern: &str) -> bool {
    let (place, pattern): (Vec<&str>, Vec<&str>) = (place.split('.').collect(), pattern.split('.').collect());
    place.len() == pattern.len()
        && place.iter().zip(pattern).all(|(step, wanted)| wanted == "*" || wanted == *step)
}

#[tokio::test]
async fn each_field_of_the_table_stands_in_the_editor() {
    let mut studio = Studio::selling("mug", EVERYTHING).await;
    studio.let_ana_in().await;
    let source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    let attributes = source.attributes.iter().map(|attribute| Section::Attribute(attribute.code.clone()));
    let sections: Vec<Section> =
        Section::NAMED.into_iter().map(|(_, section)| section).chain(attributes).collect();
    let fields: Vec<_> =
        sections.iter().flat_map(|section| form_fields(&source, section, Language::ENGLISH)).collect();
    let page = studio.get("/admin/products/mug").await;
    assert_eq!(page.status, StatusCode::OK);
    for pattern in field_patterns() {
        let (new, there): (Vec<_>, Vec<_>) = fields
            .iter()
            .filter(|field| is_of(&field.place, pattern))
            .partition(|field| field.entry.as_deref() == Some("new"));
        // Some are said once, of what is new.
        let of_pattern = if there.is_empty() { new } else { there };
        assert!(!of_pattern.is_empty(), "no form has {pattern}");
        for field in of_pattern {
            // What menus can say stands there as menus.
            let is_named = |name: &str| page.text.contains(&format!("name=\"{name}\""));
            let stands = is_named(&field.name) || is_named(&format!("by.{}", field.name));
            assert!(stands, "{} ({}) is not in the editor", field.place, field.name);
        }
    }
}
