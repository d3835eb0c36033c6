//! Enter in a field presses the first button of its form in the document: on every page that has to be what the form is for.

use crate::common::Studio;
use axum::http::StatusCode;
use server::http::admin_access;

/// Fields in which Enter sends their form.
const LINES: [&str; 9] = ["", "text", "search", "email", "password", "number", "date", "tel", "url"];

/// A form of a page.
struct Form {
    id: String,
    has_line: bool,
    /// The tag of the button that Enter presses.
    first: Option<String>,
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The forms of a page. What stands before a form, and names it, is found, too.
fn forms(page: &str) -> Vec<Form> {
    let tags = || page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let opened = tags().filter(|tag| tag.starts_with("form ") || *tag == "form");
    let id = |tag: &str| attribute(tag, "id").unwrap_or_default().to_owned();
    let mut forms: Vec<Form> = opened.map(|tag| Form { id: id(tag), has_line: false, first: None }).collect();
    let (mut next, mut inside) = (0, None);
    for tag in tags() {
        if tag.starts_with("form ") || tag == "form" {
            inside = Some(next);
            next += 1;
        } else if tag == "/form" {
            inside = None;
        }
        let (is_button, is_field) = (tag.starts_with("button "), tag.starts_with("input "));
        if !is_button && !is_field {
            continue;
        }
        let owner = match attribute(tag, "form") {
            Some(named) => forms.iter().position(|form| form.id == named),
            None => inside,
        };
        let Some(form) = owner.and_then(|owner| forms.get_mut(owner)) else { continue };
        let kind = attribute(tag, "type").unwrap_or_default();
        if is_field && LINES.contains(&kind) {
            form.has_line = true;
        }
        if is_button && (kind == "submit" || kind.is_empty()) && form.first.is_none() {
            form.first = Some(tag.to_owned());
        }
    }
    forms
}

#[test]
fn the_button_that_enter_presses_is_found() {
    let page = r#"<button type="submit" form="a" name="_lang">x</button><form method="get" id="a"><input name="q"/>
        <button type="submit">y</button></form><form method="post"><input type="checkbox" name="c"/></form>"#;
    let forms = forms(page);
    assert_eq!(forms.len(), 2);
    assert!(forms[0].has_line && forms[0].first.as_deref().is_some_and(|tag| tag.contains("_lang")));
    assert!(!forms[1].has_line && forms[1].first.is_none());
}

#[tokio::test]
async fn enter_on_a_page_of_the_shop_does_what_its_form_is_for() {
    let studio = Studio::with_demo("travel-bike").await;
    for (address, is_typed_into) in [
        ("/?q=bike", true),
        ("/products/travel-bike", true),
        ("/products/travel-bike/needs", true),
        ("/products/travel-bike/order", true),
        ("/products/travel-bike/compare", false),
        ("/products/travel-bike/defaults", false),
        ("/account", true),
    ] {
        let page = studio.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let forms = forms(&page.text);
        assert!(!is_typed_into || forms.iter().any(|form| form.has_line), "{address}");
        for first in forms.into_iter().filter(|form| form.has_line).filter_map(|form| form.first) {
            let is_plain = attribute(&first, "name").is_none() && attribute(&first, "formaction").is_none();
            assert!(is_plain, "Enter presses <{first}> on {address}");
        }
    }
}

/// What takes away, moves, turns pages or writes otherwise is never what somebody meant who typed.
#[tokio::test]
async fn enter_on_a_page_of_the_admin_is_no_other_act() {
    let studio = Studio::with_ana().await;
    let acts = ["remove", "page:", "show:", "attribute-", "sentence:", "correct:", "insert", "undo", "back"];
    let gaps = [
        ("{slug}", "mug"),
        ("{code}", "glaze"),
        ("{section}", "product"),
        ("{number}", "1"),
        ("{option}", "blue"),
        ("{rule}", "wood_small"),
        ("{language}", "de"),
        ("{name}", "mug.svg"),
    ];
    let mut typed_into = 0;
    for (path, _) in admin_access() {
        let address = gaps.iter().fold(path.to_owned(), |path, (gap, value)| path.replace(gap, value));
        let page = studio.get(&address).await;
        if page.status != StatusCode::OK || !page.kind.starts_with("text/html") {
            continue;
        }
        for first in forms(&page.text).into_iter().filter(|form| form.has_line).filter_map(|form| form.first)
        {
            typed_into += 1;
            let said = [attribute(&first, "name"), attribute(&first, "value")];
            let is_other =
                said.into_iter().flatten().any(|said| acts.iter().any(|act| said.starts_with(act)));
            assert!(!is_other, "Enter presses <{first}> on {address}");
        }
    }
    assert!(typed_into > 20, "{typed_into}");
}
