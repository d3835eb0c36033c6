//! The editor through the router: one draft, saved field by field; sections on addresses of their own; a draft that allows nothing.

use axum::http::StatusCode;
use configurator::source::Source;
use testing::slug;

use crate::common::{Answer, Studio};

const EDITOR: &str = "/admin/products/mug";

/// Which draft a form was made from.
#[derive(Clone, Copy)]
enum From {
    /// The one there is now.
    Now,
    /// This version.
    Version(i64),
}

impl Studio {
    async fn send_form(&self, form: &str, from: From, fields: &[(&str, &str)]) -> Answer {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        let version = match from {
            From::Now => draft.version,
            From::Version(version) => version,
        };
        let (version, base) = (version.to_string(), draft.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain(made_from).collect();
        self.post(&format!("{EDITOR}/{form}"), &fields).await
    }

    /// As the page's script saves while somebody goes on.
    async fn typed(&self, form: &str, field: &str, value: &str) {
        let saved = self.send_form(form, From::Now, &[("live", "on"), (field, value)]).await;
        saved.leads_to(&format!("{EDITOR}?saved={form}#{form}"));
    }

    async fn mug(&self) -> (String, String, i64) {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        (draft.bundle.source.name, draft.bundle.source.summary, draft.version)
    }

    async fn goes(&self, way: &str) {
        let version = self.mug().await.2.to_string();
        self.post(&format!("{EDITOR}/{way}"), &[("version", &version)]).await.leads_to(EDITOR);
    }
}

#[tokio::test]
async fn what_is_typed_into_one_field_is_one_change() {
    let studio = Studio::with_ana().await;
    let (name, summary, _) = studio.mug().await;
    for part in ["Mu", "Mug of", "Mug of clay"] {
        studio.typed("basics", "name", part).await;
    }
    studio.typed("basics", "summary", "Thrown.").await;
    studio.get(EDITOR).await.shows("Takes back: Summary");
    studio.goes("undo").await;
    assert_eq!(studio.mug().await.0, "Mug of clay");
    assert_eq!(studio.mug().await.1, summary);
    studio.goes("undo").await;
    assert_eq!(studio.mug().await.0, name);
    studio.get(EDITOR).await.shows_not("Takes back");
    studio.goes("redo").await;
    assert_eq!(studio.mug().await.0, "Mug of clay");
    studio.goes("redo").await;
    assert_eq!(studio.mug().await.1, "Thrown.");
}

#[tokio::test]
async fn a_field_that_is_again_as_it_was_is_no_change() {
    let studio = Studio::with_ana().await;
    let (name, ..) = studio.mug().await;
    studio.typed("basics", "summary", "Thrown.").await;
    studio.typed("basics", "name", "Mugg").await;
    studio.typed("basics", "name", &name).await;
    let page = studio.get(EDITOR).await;
    page.shows("Takes back: Summary");
    // What was typed in between is not lost either.
    page.shows("Does again: Name");
}

#[tokio::test]
async fn what_is_saved_by_a_button_is_a_change_of_its_own() {
    let studio = Studio::with_ana().await;
    for name in ["Cup", "Bowl"] {
        studio.send_form("basics", From::Now, &[("name", name)]).await;
    }
    studio.goes("undo").await;
    assert_eq!(studio.mug().await.0, "Cup");
}

#[tokio::test]
async fn another_field_or_an_added_part_is_another_change() {
    let studio = Studio::with_ana().await;
    studio.typed("basics", "name", "Cup").await;
    studio.typed("basics", "summary", "Thrown.").await;
    studio.typed("basics", "name", "Bowl").await;
    studio.goes("undo").await;
    let (name, summary, _) = studio.mug().await;
    assert_eq!((name.as_str(), summary.as_str()), ("Cup", "Thrown."));
    studio.goes("redo").await;
    let rules = async || studio.shop.draft(&slug("mug")).await.unwrap().bundle.source.rules.len();
    let before = rules().await;
    let added = [("live", "on"), ("new.rule", "lid = none implies height <= 12")];
    studio.send_form("rules", From::Now, &added).await;
    assert_eq!(rules().await, before + 1);
    studio.goes("undo").await;
    assert_eq!(rules().await, before);
    assert_eq!(studio.mug().await.0, "Bowl");
}

#[tokio::test]
async fn a_section_alone_is_a_page_of_its_own() {
    let studio = Studio::with_ana().await;
    let whole = studio.get(EDITOR).await;
    for action in ["basics", "rules", "attributes/lid"] {
        whole.shows(&format!("action=\"{EDITOR}/{action}\""));
    }
    whole.shows(&format!("href=\"{EDITOR}?section=attribute-lid#attribute-lid\""));
    let alone = studio.get(&format!("{EDITOR}?section=rules")).await;
    alone.shows(&format!("action=\"{EDITOR}/rules\""));
    alone.shows_not(&format!("action=\"{EDITOR}/basics\""));
    alone.shows_not(&format!("action=\"{EDITOR}/attributes/lid\""));
    alone.shows("All on one page");
    let form = [("alone", "rules"), ("sentence.wood_small", "Wooden lids fit low mugs.")];
    let here = format!("{EDITOR}?section=rules&saved=rules#rules");
    studio.send_form("rules", From::Now, &form).await.leads_to(&here);
    // What can't be taken comes back on the same page.
    let wrong = [("alone", "rules"), ("place.wood_small", "first")];
    let refused = studio.send_form("rules", From::Now, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&format!("action=\"{EDITOR}/rules\""));
    refused.shows_not(&format!("action=\"{EDITOR}/basics\""));
    let version = studio.mug().await.2.to_string();
    let undone = studio.post(&format!("{EDITOR}/undo"), &[("version", &version), ("alone", "rules")]).await;
    undone.leads_to(&format!("{EDITOR}?section=rules"));
    // A section that there is not is the whole page.
    studio.get(&format!("{EDITOR}?section=nothing")).await.shows(&format!("action=\"{EDITOR}/basics\""));
}

#[tokio::test]
async fn the_tree_counts_problems_and_they_lead_to_their_sections() {
    let studio = Studio::with_ana().await;
    studio.send_form("basics", From::Now, &[("base_price", "-5")]).await;
    studio.send_form("rules", From::Now, &[("rule.wood_small", "lid = steel")]).await;
    let alone = studio.get(&format!("{EDITOR}?section=steps")).await;
    alone.shows(&format!("href=\"{EDITOR}?section=basics#base_price\""));
    alone.shows(&format!("href=\"{EDITOR}?section=rules#rules.0.rule\""));
    let entry = alone.text.split("?section=basics#basics\"").nth(1).unwrap();
    assert!(entry.split("</a>").next().unwrap().contains("1 problem"), "{entry:.300}");
}

#[tokio::test]
async fn a_rule_is_a_closed_row_until_something_is_wrong_or_it_was_saved() {
    let studio = Studio::with_ana().await;
    let opened = |page: &Answer| {
        let row = page.text.split("data-testid=\"rule\"").nth(1).unwrap().split("<details").nth(1).unwrap();
        row.split('>').next().unwrap().contains(" open")
    };
    let page = studio.get(EDITOR).await;
    assert!(!opened(&page));
    let form = [("sentence.wood_small", "Wooden lids fit low mugs.")];
    studio.send_form("rules", From::Now, &form).await;
    assert!(opened(&studio.get(&format!("{EDITOR}?saved=rules")).await));
    assert!(!opened(&studio.get(EDITOR).await));
    assert!(opened(&studio.send_form("rules", From::Now, &[("place.wood_small", "first")]).await));
    studio.send_form("rules", From::Now, &[("rule.wood_small", "lid = steel")]).await;
    assert!(opened(&studio.get(EDITOR).await));
}

/// A form from an older draft that can't be taken comes back as what it was made from: mended, it takes nothing from others.
#[tokio::test]
async fn a_form_that_is_mended_later_takes_nothing_from_others() {
    let studio = Studio::with_ana().await;
    let (name, summary, _) = studio.mug().await;
    studio.send_form("basics", From::Now, &[("name", &name), ("lead_time_days", "8")]).await;
    let seen = studio.mug().await.2;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.summary = "Bo's words.".to_owned();
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "bo@example.org").await.unwrap();

    let typed = [("name", "Cup"), ("summary", summary.as_str()), ("lead_time_days", "soon")];
    let refused = studio.send_form("basics", From::Version(seen), &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = refused.text.split(&format!("action=\"{EDITOR}/basics\"")).nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    assert!(form.contains(&format!("name=\"version\" value=\"{seen}\"")) && !form.contains("name=\"over\""));

    let typed = [("name", "Cup"), ("summary", summary.as_str()), ("lead_time_days", "7")];
    studio.send_form("basics", From::Version(seen), &typed).await;
    let (name, summary, _) = studio.mug().await;
    assert_eq!((name.as_str(), summary.as_str()), ("Cup", "Bo's words."));
}

/// What clashes with the version that was shown is decided, whatever else was saved since; what was saved since in the same field is not.
#[tokio::test]
async fn a_clash_is_decided_over_what_was_shown() {
    let studio = Studio::with_ana().await;
    let (name, summary, _) = studio.mug().await;
    studio.send_form("basics", From::Now, &[("lead_time_days", "8")]).await;
    let seen = studio.mug().await.2;
    let bo = async |change: fn(&mut Source)| {
        let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
        change(&mut draft.bundle.source);
        studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "bo@example.org").await.unwrap();
    };
    bo(|source| source.summary = "Bo's words.".to_owned()).await;
    let typed = [("name", name.as_str()), ("summary", "Ana's words.")];
    let clash = studio.send_form("basics", From::Version(seen), &typed).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let shown = studio.mug().await.2.to_string();
    bo(|source| source.lead_time_days = 9).await;
    let decided = [typed.as_slice(), &[("over", shown.as_str())]].concat();
    studio.send_form("basics", From::Version(seen), &decided).await;
    let source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    assert_eq!((source.summary.as_str(), source.lead_time_days), ("Ana's words.", 9));

    bo(|source| source.summary = "Bo's other words.".to_owned()).await;
    let again = studio.send_form("basics", From::Version(seen), &decided).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.shows("Bo's other words.");
    assert_ne!(studio.mug().await.1, summary);
}

/// However many options are moved, pasted, changed or removed by one form, one click takes all of it back, and one does it again.
#[tokio::test]
async fn what_is_done_to_many_options_at_once_is_taken_back_at_once() {
    let studio = Studio::with_ana().await;
    let glazes = async || {
        let source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
        let glaze = source.attributes.into_iter().find(|known| known.code == "glaze").unwrap();
        glaze.options
    };
    let table = "code,name,price\nblue,Navy,5\ngreen,Moss,6\n,Sand,7\n";
    let forms: [&[(&str, &str)]; 4] = [
        &[("place.green", "1"), ("place.blue", "2")],
        &[("rows", table)],
        &[("price.blue", "8"), ("price.green", "9"), ("label.white", "Chalk"), ("available.white", "on")],
        &[("do", "remove-all:green"), ("label.blue", "Ink"), ("available.blue", "on")],
    ];
    for form in forms {
        let before = glazes().await;
        let sent = studio.send_form("attributes/glaze", From::Now, form).await;
        assert!(sent.status.is_redirection(), "{form:?}: {}", sent.status);
        let after = glazes().await;
        assert_ne!(after, before, "{form:?}");
        studio.goes("undo").await;
        assert_eq!(glazes().await, before, "{form:?}");
        studio.goes("redo").await;
        assert_eq!(glazes().await, after, "{form:?}");
        studio.goes("undo").await;
    }
}

/// Of a form with several fields both are shown of what both changed; what else was typed stays, what nobody touched is as others have it,
/// and what was typed into something that is gone is told.
#[tokio::test]
async fn after_a_clash_each_field_of_a_form_stands_for_itself() {
    let studio = Studio::with_ana().await;
    studio.send_form("basics", From::Now, &[("lead_time_days", "8")]).await;
    let seen = studio.mug().await.2;
    let bo = async |change: fn(&mut Source)| {
        let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
        change(&mut draft.bundle.source);
        studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "bo@example.org").await.unwrap();
        studio.mug().await.2.to_string()
    };
    let shown = bo(|source| {
        (source.summary, source.lead_time_days) = ("Bo's words.".to_owned(), 9);
        let lid = source.attributes.iter_mut().find(|known| known.code == "lid").unwrap();
        let wood = lid.options.iter_mut().find(|known| known.code == "wood").unwrap();
        (wood.label, wood.available) = ("Oak".to_owned(), false);
    })
    .await;
    let mut typed = vec![("name", "Cup"), ("summary", "Ana's words."), ("lead_time_days", "8")];
    let clash = studio.send_form("basics", From::Version(seen), &typed).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Saved now: Bo's words.");
    clash.shows("Ana's words.");
    clash.shows("value=\"Cup\"");
    clash.shows("value=\"9\"");
    assert_eq!(clash.text.matches("data-testid=\"saved-now\"").count(), 1, "nobody else changed the name");
    typed[2].1 = "9";
    typed.push(("over", shown.as_str()));
    studio.send_form("basics", From::Version(seen), &typed).await;
    let source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    let saved = (source.name.as_str(), source.summary.as_str(), source.lead_time_days);
    assert_eq!(saved, ("Cup", "Ana's words.", 9));

    let typed = [("label.wood", "Beech"), ("price.wood", "9.99"), ("available.wood", "on")];
    let clash = studio.send_form("attributes/lid", From::Version(seen), &typed).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Saved now: Oak");
    clash.shows("value=\"Beech\"");
    clash.shows("value=\"9.99\"");
    let available = clash.text.split("name=\"available.wood\"").nth(1).unwrap();
    let available = available.split('>').next().unwrap();
    assert!(!available.contains("checked"), "{available}");

    bo(|source| {
        let lid = source.attributes.iter_mut().find(|known| known.code == "lid").unwrap();
        lid.options.retain(|option| option.code != "wood");
    })
    .await;
    let gone = studio.send_form("attributes/lid", From::Version(seen), &typed).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    gone.shows("“Beech” (Name) was not saved: somebody removed what it was typed into.");
    gone.shows("“9.99” (Price) was not saved");
}

/// A draft may have any code, also one that means something in an address.
#[tokio::test]
async fn codes_are_written_into_addresses_as_they_are() {
    let studio = Studio::with_ana().await;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    let attribute =
        draft.bundle.source.attributes.iter_mut().find(|attribute| attribute.code == "lid").unwrap();
    attribute.code = "li&d#".to_owned();
    attribute.applies = Some("nothing = here".to_owned());
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "bo@example.org").await.unwrap();
    let page = studio.get(EDITOR).await;
    page.shows(&format!("href=\"{EDITOR}?section=attribute-li%26d%23#attribute-li%26d%23\""));
    let alone = studio.get(&format!("{EDITOR}?section=attribute-li%26d%23")).await;
    alone.shows_not(&format!("action=\"{EDITOR}/basics\""));
    let saved = studio.send_form("attributes/li%26d%23", From::Now, &[("label", "Top")]).await;
    saved.leads_to(&format!("{EDITOR}?saved=attribute-li%26d%23#attribute-li%26d%23"));
}

/// Enter in a line of text presses a form's first button, which saves, also where the form asks whether something is to go.
#[tokio::test]
async fn the_first_button_of_a_form_that_asks_saves() {
    let studio = Studio::with_ana().await;
    let asks = studio.send_form("attributes/lid", From::Now, &[("do", "remove:wood")]).await;
    assert_eq!(asks.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = asks.text.split(&format!("action=\"{EDITOR}/attributes/lid\"")).nth(1).unwrap();
    let first = form.split("<button").nth(1).unwrap().split('>').next().unwrap();
    assert!(first.contains("type=\"submit\"") && !first.contains("name="), "{first}");
    asks.shows("value=\"remove-all:wood\"");
    asks.shows("value=\"keep\"");
    let keeps = [("label.wood", "Oak"), ("price.wood", "3"), ("do", "keep")];
    studio.send_form("attributes/lid", From::Now, &keeps).await.shows_not("data-testid=\"asks\"");
    let source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    let lid = source.attributes.iter().find(|attribute| attribute.code == "lid").unwrap();
    assert!(lid.options.iter().any(|option| option.code == "wood" && option.label == "Oak"));
}

#[tokio::test]
async fn never_together_takes_two_conditions() {
    let studio = Studio::with_ana().await;
    let one = [
        ("by.new", "menus"),
        ("shape.new", "never"),
        ("given.new.0.subject", "lid"),
        ("given.new.0.relation", "is"),
        ("given.new.0.value", "wood"),
    ];
    let refused = studio.send_form("rules", From::Now, &one).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("What may never be together takes two conditions or more.");
    let second =
        [("given.new.1.subject", "glaze"), ("given.new.1.relation", "is"), ("given.new.1.value", "green")];
    let both = [one.as_slice(), &second].concat();
    let saved = studio.send_form("rules", From::Now, &both).await;
    saved.leads_to(&format!("{EDITOR}?saved=rules&to=rules.1.rule#rules.1.rule"));
}

#[tokio::test]
async fn a_draft_that_allows_nothing_says_so_first() {
    let studio = Studio::with_ana().await;
    studio.get(EDITOR).await.shows_not("nothing-valid");
    for rule in ["lid = wood", "not lid = wood"] {
        studio.send_form("rules", From::Now, &[("new.rule", rule)]).await;
    }
    let analysis = format!("{EDITOR}/analysis");
    for (address, after) in [(EDITOR, "id=\"basics\""), (analysis.as_str(), "id=\"figures-title\"")] {
        let page = studio.get(address).await;
        let (first, _) = page.text.split_once(after).unwrap();
        let told = first.split("data-testid=\"nothing-valid\"").nth(1).unwrap();
        assert!(told.contains("No design is valid any more."), "{address}");
        assert!(told.contains("These exclude each other. Change or remove one of them:"), "{address}");
        assert!(told.contains("#rules.1.rule") && told.contains("#rules.2.rule"), "{address}");
        assert!(!told.split("</ul>").next().unwrap().contains("#rules.0.rule"), "{address}");
    }
}

#[tokio::test]
async fn options_have_a_column_for_what_one_of_them_uses() {
    let studio = Studio::with_ana().await;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    let glaze = &mut draft.bundle.source.attributes[0];
    assert_eq!(glaze.code, "glaze");
    for option in &mut glaze.options {
        (option.lead_time_days, option.weight, option.cost) = (0, 0, None);
    }
    glaze.options[0].weight = 12;
    let (many, version) = (glaze.options.len(), draft.version);
    studio.shop.save_draft(&slug("mug"), version, draft.bundle, "ana@example.org").await.unwrap();
    let page = studio.get(&format!("{EDITOR}?section=attribute-glaze")).await;
    let cells = |name: &str| page.text.matches(&format!("data-cell=\"{name}\"")).count();
    for column in ["label", "price", "swatch", "available", "code", "weight"] {
        assert_eq!(cells(column), many, "{column}");
    }
    assert_eq!((cells("lead_time_days"), cells("cost")), (0, 0));
    // What nobody uses is below the row, and there once.
    for name in ["weight", "lead_time_days", "cost", "description"] {
        assert_eq!(page.text.matches(&format!("name=\"{name}.")).count(), many, "{name}");
    }
}

#[tokio::test]
async fn undo_and_redo_stand_over_the_page_and_send_forms_of_it() {
    let studio = Studio::with_ana().await;
    let fresh = studio.get(EDITOR).await;
    assert_eq!(fresh.text.matches("data-way=\"").count(), 2);
    fresh.shows_not("id=\"undo-step\"");
    studio.typed("basics", "name", "Cup").await;
    let page = studio.get(EDITOR).await;
    page.shows("id=\"undo-step\"");
    page.shows_not("id=\"redo-step\"");
    studio.goes("undo").await;
    studio.get(EDITOR).await.shows("id=\"redo-step\"");
}

#[tokio::test]
async fn a_product_opens_with_one_section_and_the_tree_tells_what_the_others_hold() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/products").await.shows("href=\"/admin/products/mug?section=basics\"");
    let page = studio.get(&format!("{EDITOR}?section=basics")).await;
    assert_eq!(page.text.matches("data-part=\"").count(), 1);
    let draft = studio.shop.draft(&slug("mug")).await.unwrap();
    let many = draft.bundle.source.attributes[0].options.len();
    page.shows(&format!("title=\"{many} options\""));
}
