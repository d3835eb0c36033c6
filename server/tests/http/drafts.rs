//! Drafts through the router: a form is saved whole or not at all, however large; what is discarded is what was seen.

use std::fmt::Write;

use crate::common::{Answer, Studio};
use app::pages::admin::OPTIONS_OF_PAGE;
use axum::http::StatusCode;
use testing::slug;

/// The most options that a choice may have.
const MOST_OPTIONS: usize = 2_000;

/// A shop that sells mugs in so many glazes, with Ana logged in.
pub async fn glazes(many: usize) -> Studio {
    let mut product = String::from(
        r##"
name = "Mug"
summary = "A mug, thrown and glazed for you."
currency = "EUR"
base_price = 2400
lead_time_days = 9

[[steps]]
code = "looks"
label = "Looks"

[[attributes]]
code = "glaze"
step = "looks"
label = "Glaze"
kind = "choice"
standard = "glaze_1"

[[layers]]
file = "mug.svg"
"##,
    );
    for index in 1..=many {
        write!(
            product,
            "[[attributes.options]]\ncode = \"glaze_{index}\"\nlabel = \"Glaze {index}\"\nprice = {index}\nswatch = \"#24{index:04x}\"\n"
        )
        .unwrap();
    }
    // Options belong to the attribute before them, so layers come last.
    let layers = product.find("[[layers]]").unwrap();
    let options = product.find("[[attributes.options]]").unwrap();
    let product = [&product[..layers], &product[options..], &product[layers..options]].concat();
    let mut studio = Studio::selling("mug", &product).await;
    studio.let_ana_in().await;
    studio
}

/// The fields of the form with this action, as a browser sends them from this page.
pub fn fields(page: &Answer, action: &str) -> Vec<(String, String)> {
    let form = page.text.split(&format!("action=\"{action}\"")).nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input ").skip(1).map(|rest| rest.split_once('>').unwrap().0);
    let sent = inputs.filter(|input| !input.contains("type=\"checkbox\"") || input.contains(" checked"));
    let value = |input: &str, name: &str| {
        let rest = format!(" {input}").split_once(&format!(" {name}=\"")).map(|(_, rest)| rest.to_owned());
        let value = rest.and_then(|rest| rest.split_once('"').map(|(value, _)| value.to_owned()));
        value.unwrap_or_default().replace("&amp;", "&")
    };
    sent.map(|input| (value(input, "name"), value(input, "value"))).collect()
}

pub async fn post(studio: &Studio, address: &str, form: &[(String, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    studio.post(address, &form).await
}

pub const GLAZES: &str = "/admin/products/mug/attributes/glaze";

/// By its last page, and by the fields of all pages in one form: what is sent is saved whole, and all else stays.
#[tokio::test]
async fn a_choice_with_hundreds_of_options_is_saved_whole() {
    for (many, whole) in [(450, false), (450, true), (MOST_OPTIONS, false)] {
        let studio = glazes(many).await;
        let pages = many.div_ceil(OPTIONS_OF_PAGE);
        let page = async |page: usize| {
            let page = format!("/admin/products/mug?section=attribute-glaze&page={page}");
            fields(&studio.get(&page).await, GLAZES)
        };
        let mut form = page(pages).await;
        let here = many - (pages - 1) * OPTIONS_OF_PAGE;
        assert!(form.len() > 12 * here && form.len() < 40 * here, "{} fields", form.len());
        if whole {
            for before in 1..pages {
                let options = page(before).await.into_iter().filter(|(name, _)| name.contains(".glaze_"));
                form.splice(0..0, options);
            }
            assert!(form.len() > 12 * many, "{} fields", form.len());
        }
        let last = format!("price.glaze_{many}");
        form.iter_mut().find(|(name, _)| *name == last).unwrap().1 = "7.50".to_owned();
        let saved = post(&studio, GLAZES, &form).await;
        let section = format!("?section=attribute-glaze&page={pages}");
        saved.leads_to(&format!("/admin/products/mug{section}&saved=attribute-glaze#attribute-glaze"));
        let before = studio.shop.live(&slug("mug")).await.unwrap().bundle.source.clone();
        let mut after = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
        let changed = after.attributes[0].options.last_mut().unwrap();
        assert_eq!(changed.price, 750);
        changed.price = before.attributes[0].options[many - 1].price;
        assert_eq!(after, before, "nothing else has changed");
    }
}

#[tokio::test]
async fn a_form_that_was_cut_on_its_way_is_not_saved() {
    let studio = glazes(3).await;
    let mut form = fields(&studio.get("/admin/products/mug").await, GLAZES);
    let (label, name) = (form.iter().position(|(name, _)| name == "label.glaze_1").unwrap(), "Iron red");
    form[label].1 = name.to_owned();
    // Wherever it was cut.
    for length in [form.len() - 1, form.len() - 2, label + 1] {
        let refused = post(&studio, GLAZES, &form[..length]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        refused.shows("did not arrive whole, and nothing of it was saved. Go back");
    }
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0);
    post(&studio, GLAZES, &form).await.leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    for section in ["basics", "rules", "standard", "budget"] {
        let action = format!("/admin/products/mug/{section}");
        let form = fields(&studio.get("/admin/products/mug").await, &action);
        assert_eq!(form.last().unwrap().0, "_end", "{section}");
        assert_eq!(post(&studio, &action, &form[..form.len() - 1]).await.status, StatusCode::BAD_REQUEST);
        let saved = post(&studio, &action, &form).await;
        saved.leads_to(&format!("/admin/products/mug?saved={section}#{section}"));
    }
}

#[tokio::test]
async fn a_form_larger_than_any_product_is_refused_and_says_so() {
    let studio = glazes(3).await;
    let mut form = fields(&studio.get("/admin/products/mug").await, GLAZES);
    let label = form.iter_mut().find(|(name, _)| name == "label.glaze_1").unwrap();
    label.1 = "a".repeat(9 * 1024 * 1024);
    let refused = post(&studio, GLAZES, &form).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.shows("nothing of it was kept. Go back");
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0);
}

/// Shoppers' forms have few fields: one with more than any of ours is refused, not read in part.
#[tokio::test]
async fn a_shoppers_form_with_too_many_fields_is_refused() {
    let studio = glazes(3).await;
    let mut form = vec![(String::from("a"), String::new()); 2_000];
    form.push(("name".to_owned(), "Bo Larsen".to_owned()));
    let refused = post(&studio, "/products/mug/order?glaze=glaze_2", &form).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.shows("nothing of it was kept. Go back");
}

const DISCARD: &str = "/admin/products/mug/discard";

#[tokio::test]
async fn a_draft_that_somebody_saved_since_is_not_discarded() {
    let studio = glazes(3).await;
    let save = async |price: i64, by: &str| {
        let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
        draft.bundle.source.base_price = price;
        studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, by).await.unwrap()
    };
    save(2_500, "ana@example.org").await;
    let seen = fields(&studio.get("/admin/products/mug/publish").await, DISCARD);
    let bos = save(2_600, "bo@example.org").await;

    let refused = post(&studio, DISCARD, &seen).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("Nothing was discarded: bo@example.org saved this draft, ");
    refused.shows(" UTC. Look at what it changes now, then decide again.");
    refused.shows("Look at the draft");
    refused.shows("Base price: €24 → €26");
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap(), bos);
    assert_eq!(studio.post(DISCARD, &[]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap(), bos);

    // The page that came back shows Bo's draft: to discard that is a decision.
    post(&studio, DISCARD, &fields(&refused, DISCARD)).await.leads_to("/admin/products/mug");
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0);
    let twice = post(&studio, DISCARD, &fields(&refused, DISCARD)).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    twice.shows("Nothing was discarded: the draft was published or discarded meanwhile.");
}

/// In characters, as the page says it: what is typed is never cut.
#[tokio::test]
async fn a_note_that_is_too_long_is_refused_and_stays() {
    let studio = glazes(3).await;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.base_price = 2_500;
    studio.shop.save_draft(&slug("mug"), 0, draft.bundle, "ana@example.org").await.unwrap();
    let publish = "/admin/products/mug/publish";
    let page = studio.get(publish).await;
    page.shows_not("maxlength");
    let mut form = fields(&page, publish);
    let note = form.iter().position(|(name, _)| name == "note").unwrap();
    form[note].1 = "ü".repeat(201);
    let refused = post(&studio, publish, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Nothing was published: the note can't be taken as it is. Change it, then publish.");
    refused.shows("Use at most 200 characters; now it has 201.");
    refused.shows(&form[note].1);
    assert_eq!(studio.shop.revisions(&slug("mug")).await.unwrap().len(), 1);
    assert_eq!(post(&studio, publish, &form[..form.len() - 1]).await.status, StatusCode::BAD_REQUEST);

    form[note].1 = "ü".repeat(200);
    form.insert(note, ("seen".to_owned(), "on".to_owned()));
    let note = note + 1;
    post(&studio, publish, &form).await.leads_to("/admin/products/mug/revisions?published=2");
    assert_eq!(studio.shop.revisions(&slug("mug")).await.unwrap()[0].note, form[note].1);
}

#[tokio::test]
async fn a_price_below_nothing_is_named_as_soon_as_it_is_saved() {
    let studio = glazes(3).await;
    let basics = "/admin/products/mug/basics";
    let mut form = fields(&studio.get("/admin/products/mug").await, basics);
    form.iter_mut().find(|(name, _)| name == "base_price").unwrap().1 = "-5".to_owned();
    post(&studio, basics, &form).await.leads_to("/admin/products/mug?saved=basics#basics");
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("Draft · 1 problem");
    editor.shows("?section=basics#base_price\"");
    editor.shows("A product can't start below nothing. Use 0 or more.");
}

#[tokio::test]
async fn a_change_and_a_discard_are_taken_back_in_one_click() {
    let studio = glazes(3).await;
    let price = async || studio.shop.draft(&slug("mug")).await.unwrap().bundle.source.base_price;
    let before = price().await;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.base_price = 2_600;
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
    let page = studio.get("/admin/products/mug").await;
    page.shows("Takes back: Base price: €24 → €26");
    page.shows_not("Does again");
    post(&studio, "/admin/products/mug/undo", &fields(&page, "/admin/products/mug/undo"))
        .await
        .leads_to("/admin/products/mug");
    assert_eq!(price().await, before);
    let page = studio.get("/admin/products/mug").await;
    page.shows("Does again: Base price: €24 → €26");
    post(&studio, "/admin/products/mug/redo", &fields(&page, "/admin/products/mug/redo")).await;
    assert_eq!(price().await, 2_600);
    let shown = fields(&studio.get("/admin/products/mug/publish").await, DISCARD);
    post(&studio, DISCARD, &shown).await.leads_to("/admin/products/mug");
    assert_eq!(price().await, before);
    studio.get("/admin/people").await.shows("Discarded the draft of Mug");
    let page = studio.get("/admin/products/mug").await;
    post(&studio, "/admin/products/mug/undo", &fields(&page, "/admin/products/mug/undo")).await;
    assert_eq!(price().await, 2_600);
}

#[tokio::test]
async fn good_rows_of_a_table_are_saved_and_bad_ones_come_back() {
    let studio = glazes(3).await;
    let address = "/admin/products/mug/attributes/glaze";
    let mut form = fields(&studio.get("/admin/products/mug").await, address);
    form.insert(0, ("rows".to_owned(), "name;price\nSlate;1.50\nMoss;dear\nSand;2".to_owned()));
    let answer = post(&studio, address, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("Everything else was saved; this row was not.");
    answer.shows("value=\"Moss\"");
    answer.shows("value=\"dear\"");
    assert!(!answer.text.contains("name=\"left.4."), "one row came back");
    answer.shows("value=\"Sand\"");
    let glaze = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source.attributes.remove(0);
    let added: Vec<(&str, i64)> =
        glaze.options[3..].iter().map(|option| (option.label.as_str(), option.price)).collect();
    assert_eq!(added, [("Slate", 150), ("Sand", 200)]);
}
