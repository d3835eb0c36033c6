//! Texts of a product in other languages, through the router and without scripts.

use axum::body::Body;
use axum::http::{StatusCode, header};
use configurator::source::StaleSource;
use serde_json::json;
use shop::Draft;
use shop::access::Role;
use testing::slug;

use crate::common::{Answer, PASSWORD, Studio};

const TEXTS: &str = "/admin/products/mug/texts";
const GERMAN: &str = "/admin/products/mug/texts/de";
const GLAZE: &str = "/admin/products/mug/attributes/glaze";
const BLUE: &str = "text.attributes.glaze.options.blue.label";

impl Studio {
    /// With some German texts of the mug, which are live.
    async fn with_german() -> Self {
        let studio = Self::with_ana().await;
        studio
            .republish(|bundle| {
                let german = json!({ "de": {
                    "name": "Becher", "steps": { "looks": "Aussehen" },
                    "attributes": { "glaze": { "label": "Glasur", "options": {
                        "white": { "label": "Weiß" }, "blue": { "label": "Blau" }, "green": { "label": "Grün" },
                    } } },
                } });
                bundle.source.translations = serde_json::from_value(german).unwrap();
            })
            .await;
        studio
    }

    /// The mug's draft.
    async fn of_mug(&self) -> Draft {
        self.shop.draft(&slug("mug")).await.unwrap()
    }

    /// Sends a form that was made when the mug's draft had been saved so often.
    async fn sent(&self, address: &str, saves: i64, form: &[(&str, &str)]) -> Answer {
        let (version, base) = (version(saves), self.of_mug().await.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        self.post(address, &[form, &made_from].concat()).await
    }

    /// Where German texts are stale, and what their originals said.
    async fn stale(&self) -> Vec<(String, String)> {
        let marks = self.of_mug().await.bundle.source.translations["de"].stale.clone();
        marks.into_iter().map(|(path, StaleSource { was, .. })| (path, was)).collect()
    }

    async fn german(&self, field: &str) -> Option<String> {
        let source = self.of_mug().await.bundle.source;
        let texts = shop::drafts::texts_in(&source, "de");
        let found = texts.into_iter().find(|text| text.field() == field);
        found.map(|text| text.saved).filter(|saved| !saved.is_empty())
    }
}

/// The draft's version after so many saves: one was published.
fn version(saves: i64) -> String {
    if saves == 0 { "0".to_owned() } else { (saves + 1).to_string() }
}

#[tokio::test]
async fn languages_are_listed_with_what_they_lack() {
    let studio = Studio::with_german().await;
    let page = studio.get(TEXTS).await;
    page.shows("Deutsch (de)");
    page.shows("6 of 18");
    page.shows("العربية (ar)");
    page.shows_not("English (en)");
    page.shows(&format!("href=\"{GERMAN}?show=missing\""));
    studio.get(&format!("{TEXTS}?language=FR")).await.leads_to("/admin/products/mug/texts/fr");
    let wrong = studio.get(&format!("{TEXTS}?language=klingon")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("“klingon” is no language that these texts can be translated into.");
    assert_eq!(studio.get(&format!("{TEXTS}/en")).await.status, StatusCode::NOT_FOUND);
    studio.get("/admin/products/mug").await.shows(&format!("href=\"{TEXTS}\""));
}

#[tokio::test]
async fn each_text_stands_beside_its_translation() {
    let studio = Studio::with_german().await;
    let page = studio.get(GERMAN).await;
    for text in
        ["lang=\"en\" dir=\"ltr\"", "A mug, thrown and glazed for you.", "value=\"Becher\"", "missing"]
    {
        page.shows(text);
    }
    page.shows_not("data-testid=\"not-spoken\"");
    let arabic = studio.get("/admin/products/mug/texts/ar").await;
    arabic.shows("lang=\"ar\" dir=\"rtl\"");
    let french = studio.get("/admin/products/mug/texts/fr").await;
    french.shows("data-testid=\"not-spoken\"");
    french.shows("name=\"text.name\"");
    // Only some of them.
    let missing = studio.get(&format!("{GERMAN}?show=missing")).await;
    missing.shows("name=\"text.summary\"");
    missing.shows_not("name=\"text.name\"");
    let searched = studio.get(&format!("{GERMAN}?q=WEISS")).await;
    searched.shows_not("name=\"text.name\"");
    let searched = studio.get(&format!("{GERMAN}?q=gr%C3%BCN")).await;
    searched.shows("name=\"text.attributes.glaze.options.green.label\"");
    searched.shows_not("name=\"text.name\"");
    studio.get(&format!("{GERMAN}?show=stale")).await.shows("Nothing is stale.");
}

#[tokio::test]
async fn translations_are_saved_emptied_and_undone() {
    let studio = Studio::with_german().await;
    let form = [
        ("text.summary", "Ein Becher."),
        ("text.name", ""),
        (BLUE, "Blau"),
        ("show", "missing"),
        ("do", "page:1"),
    ];
    studio.sent(GERMAN, 0, &form).await.leads_to(&format!("{GERMAN}?show=missing&from=1&saved=1"));
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Becher."));
    assert_eq!(studio.german("text.name").await, None);
    studio.get(&format!("{GERMAN}?saved=1")).await.shows("data-testid=\"saved\"");
    studio.post("/admin/products/mug/undo", &[("version", &version(1))]).await;
    assert_eq!(studio.german("text.name").await.as_deref(), Some("Becher"));
    assert_eq!(studio.german("text.summary").await, None);
    // A language begins with its first text, and ends with its last.
    studio.sent("/admin/products/mug/texts/fr", 2, &[("text.name", "Tasse")]).await;
    assert!(studio.of_mug().await.bundle.source.translations.contains_key("fr"));
    studio.get(TEXTS).await.shows("not on the shop’s pages");
    studio.sent("/admin/products/mug/texts/fr", 3, &[("text.name", "")]).await;
    assert!(!studio.of_mug().await.bundle.source.translations.contains_key("fr"));
    // A form that was cut on its way changes nothing.
    let cut = studio.post(GERMAN, &[("version", &version(4)), ("base", "2"), ("text.name", "Be")]).await;
    assert_eq!(cut.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn another_original_makes_a_translation_stale_until_somebody_looks() {
    let studio = Studio::with_german().await;
    studio.sent(GLAZE, 0, &[("label.blue", "Navy"), ("label", "Colour")]).await;
    let stale = [
        ("attributes.glaze.label".to_owned(), "Glaze".to_owned()),
        ("attributes.glaze.options.blue.label".to_owned(), "Blue".to_owned()),
    ];
    assert_eq!(studio.stale().await, stale);
    let page = studio.get(&format!("{GERMAN}?show=stale")).await;
    page.shows("stale since ");
    page.shows("The original said “Blue” then.");
    page.shows_not("name=\"text.name\"");
    // Undone with what made it so.
    studio.post("/admin/products/mug/undo", &[("version", &version(1))]).await;
    assert_eq!(studio.stale().await, []);
    studio.post("/admin/products/mug/redo", &[("version", &version(2))]).await;
    assert_eq!(studio.stale().await, stale);
    // Still right, and everything else that was typed.
    let right = [("do", "right:attributes.glaze.label"), ("text.summary", "Ein Becher.")];
    studio.sent(GERMAN, 3, &right).await;
    assert_eq!(studio.stale().await, stale[1..]);
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Becher."));
    // Another code takes the mark along, a file does, and what is retired has none.
    studio.sent(GLAZE, 4, &[("code.blue", "navy"), ("code", "colour")]).await;
    assert_eq!(studio.stale().await[0].0, "attributes.colour.options.navy.label");
    let file = studio.get("/admin/products/mug/archive").await.text;
    assert!(file.contains("\"was\": \"Blue\""), "{file}");
    let taken = shop::Bundle::from_archive(&file).unwrap();
    assert_eq!(taken, studio.of_mug().await.bundle);
    assert_eq!(taken.to_archive().unwrap(), file);
    let retire = "/admin/products/mug/attributes/colour/retire/navy";
    let sent = [("shown", ""), ("successor", "")];
    studio.sent(retire, 5, &sent).await;
    assert_eq!(studio.stale().await, []);
}

#[tokio::test]
async fn publishing_asks_about_stale_translations() {
    let studio = Studio::with_german().await;
    studio.sent(GLAZE, 0, &[("label.blue", "Navy")]).await;
    let page = studio.get("/admin/products/mug/publish").await;
    page.shows("1 of 6 translations (Deutsch) was made of a text that says something else now.");
    page.shows(&format!("href=\"{GERMAN}?show=stale\""));
    let first = version(1);
    let marked = [("version", first.as_str()), ("language", "de"), ("gap", "stale"), ("_end", "on")];
    studio.post("/admin/products/mug/meant", &marked).await.leads_to("/admin/products/mug/publish");
    assert_eq!(studio.stale().await, []);
    studio.get("/admin/products/mug/publish").await.shows_not("says something else now");
    // It is asked again about the next one.
    studio.sent(GLAZE, 2, &[("label.blue", "Indigo")]).await;
    studio.get("/admin/products/mug/publish").await.shows("says something else now");
    let late = studio.post("/admin/products/mug/meant", &marked).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

/// What is missing is told once for the language, until it is there or meant.
#[tokio::test]
async fn publishing_asks_about_missing_translations() {
    let studio = Studio::with_german().await;
    studio.sent(GERMAN, 0, &[("text.summary", "Ein Becher.")]).await;
    let publish = "/admin/products/mug/publish";
    let told = "texts are not translated (Deutsch): shoppers read them as written.";
    let page = studio.get(publish).await;
    page.shows(told);
    page.shows(&format!("href=\"{GERMAN}?show=missing\""));
    assert_eq!(page.text.matches("data-testid=\"finding\"").count(), 1);
    let first = version(1);
    let mark = [("version", first.as_str()), ("language", "de"), ("gap", "translation"), ("_end", "on")];
    studio.post("/admin/products/mug/meant", &mark).await.leads_to(publish);
    assert_eq!(studio.of_mug().await.bundle.source.meant, ["translation.de"]);
    studio.get(publish).await.shows_not(told);
    // Another language is asked about by itself.
    let french = [("text.name", "Tasse")];
    studio.sent("/admin/products/mug/texts/fr", 2, &french).await;
    let page = studio.get(publish).await;
    page.shows("(fr)");
    page.shows_not("(Deutsch)");
}

#[tokio::test]
async fn two_people_are_merged_text_by_text() {
    let studio = Studio::with_german().await;
    studio.sent(GERMAN, 0, &[(BLUE, "Marine"), ("text.name", "Becher")]).await;
    studio.sent(GERMAN, 0, &[("text.name", "Tasse"), (BLUE, "Blau")]).await;
    assert_eq!(studio.german(BLUE).await.as_deref(), Some("Marine"));
    assert_eq!(studio.german("text.name").await.as_deref(), Some("Tasse"));
    let clash =
        studio.sent(GERMAN, 0, &[(BLUE, "Dunkelblau"), ("text.name", "Becher"), ("show", "missing")]).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("data-testid=\"conflict\"");
    clash.shows("value=\"Dunkelblau\"");
    clash.shows("Saved now: Marine");
    clash.shows("value=\"Tasse\"");
    assert_eq!(studio.german(BLUE).await.as_deref(), Some("Marine"), "nothing is saved");
    studio
        .sent(GERMAN, 0, &[(BLUE, "Dunkelblau"), ("over", &version(2))])
        .await
        .leads_to(&format!("{GERMAN}?show=all&from=1&saved=1"));
    assert_eq!(studio.german(BLUE).await.as_deref(), Some("Dunkelblau"));
    // Who translated what the other one changed meanwhile translated what it said before.
    studio.sent(GLAZE, 3, &[("label.green", "Moss")]).await;
    studio.sent(GERMAN, 3, &[("text.attributes.glaze.options.green.label", "Hellgrün")]).await;
    let green = ("attributes.glaze.options.green.label".to_owned(), "Green".to_owned());
    assert_eq!(studio.stale().await, [green]);
    // What the other one removed is named, with what was typed.
    studio.sent(GLAZE, 5, &[("do", "remove-all:green")]).await;
    let gone = studio.sent(GERMAN, 5, &[("text.attributes.glaze.options.green.label", "Moosgrün")]).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    gone.shows("“Moosgrün” was not saved");
}

#[tokio::test]
async fn what_was_typed_over_a_published_draft_can_be_saved_once_it_was_looked_at() {
    let studio = Studio::with_german().await;
    studio.sent(GERMAN, 0, &[("text.name", "Tasse")]).await;
    // What it was made from is gone: somebody published meanwhile.
    studio.republish(|bundle| bundle.source.summary = "A mug.".to_owned()).await;
    let form = [(BLUE, "Marine"), ("version", "2"), ("base", "2"), ("_end", "on")];
    let late = studio.post(GERMAN, &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("value=\"Marine\"");
    // The form as it came back.
    let field = |name: &str| {
        let field = late.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (version, base) = (field("version"), field("base"));
    let again = [(BLUE, "Marine"), ("version", &*version), ("base", &*base), ("_end", "on")];
    assert_eq!(studio.post(GERMAN, &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(studio.german(BLUE).await.as_deref(), Some("Marine"));
}

#[tokio::test]
async fn texts_leave_as_csv_and_come_back() {
    let studio = Studio::with_german().await;
    studio.sent(GERMAN, 0, &[("text.name", "=Becher")]).await;
    let file = studio.get(&format!("{GERMAN}/texts.csv")).await;
    assert_eq!((file.status, &*file.kind), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(
        file.text.starts_with("\u{feff}text,original,translation,state\r\nname,Mug,'=Becher,\r\n"),
        "{}",
        file.text
    );
    assert!(
        file.text.contains("summary,\"A mug, thrown and glazed for you.\",,missing\r\n"),
        "{}",
        file.text
    );
    let before = studio.of_mug().await.bundle;
    studio
        .sent(GERMAN, 1, &[("rows", &file.text)])
        .await
        .leads_to(&format!("{GERMAN}?show=all&from=1&saved=1"));
    assert_eq!(studio.of_mug().await.bundle, before);
    // Good rows are saved, bad ones come back with what is wrong.
    let rows = "text;translation\nsummary;Ein Becher.\nattributes.glaze.options.red.label;Rot\nsteps.looks;Aus\u{200b}sehen\nattributes.lid.options.wood.label;\nname;Tasse";
    let left = studio.sent(GERMAN, 1, &[("rows", rows)]).await;
    assert_eq!(left.status, StatusCode::UNPROCESSABLE_ENTITY);
    left.shows("Row 3, text: There is no text “attributes.glaze.options.red.label”");
    left.shows("Row 4, translation: It has a character that nobody sees.");
    left.shows("attributes.glaze.options.red.label;Rot");
    left.shows_not("summary;Ein Becher.");
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Becher."));
    assert_eq!(studio.german("text.name").await.as_deref(), Some("Tasse"));
    let none = studio.sent(GERMAN, 2, &[("rows", "code,name\nblue,Blau")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("The first row has to name the columns text and translation");
}

#[tokio::test]
async fn a_file_that_was_out_for_long_marks_what_it_translated_of_old() {
    let studio = Studio::with_german().await;
    studio.sent(GLAZE, 0, &[("label.blue", "Navy"), ("label.green", "Moss")]).await;
    let rows = "text,original,translation,state\n\
        attributes.glaze.options.blue.label,Blue,Himmelblau,\n\
        attributes.glaze.options.green.label,Moss,Grün,right\n\
        attributes.glaze.options.white.label,White,Weiß,right";
    studio.sent(GERMAN, 1, &[("rows", rows)]).await.leads_to(&format!("{GERMAN}?show=all&from=1&saved=1"));
    assert_eq!(studio.german(BLUE).await.as_deref(), Some("Himmelblau"));
    assert_eq!(studio.stale().await, [("attributes.glaze.options.blue.label".to_owned(), "Blue".to_owned())]);
    let old = "text,original,translation,state\nattributes.glaze.options.blue.label,Blue,Himmelblau,right";
    let refused = studio.sent(GERMAN, 2, &[("rows", old)]).await;
    refused.shows("The original says “Navy” now.");
    assert_eq!(studio.stale().await.len(), 1);
}

impl Studio {
    /// Sends a file as browsers do, from a page that was made after so many saves.
    async fn uploaded(&self, saves: i64, file: &[u8]) -> Answer {
        self.uploaded_with(saves, &[], file).await
    }

    /// The same with what is typed on that page.
    async fn uploaded_with(&self, saves: i64, typed: &[(&str, &str)], file: &[u8]) -> Answer {
        let part = |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        let base = self.of_mug().await.base;
        let version = version(saves);
        let mut body = format!("{}{version}\r\n{}{base}\r\n", part("version"), part("base")).into_bytes();
        for (name, text) in typed {
            body.extend(format!("{}{text}\r\n", part(name)).as_bytes());
        }
        body.extend(part("file").as_bytes());
        body.extend(file);
        body.extend(b"\r\n--edge--\r\n");
        let request =
            self.request("POST", &format!("{GERMAN}/upload")).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

#[tokio::test]
async fn a_file_is_uploaded() {
    let studio = Studio::with_german().await;
    let saved = studio.uploaded(0, "\u{feff}text,translation\r\nsummary,Ein Becher.\r\n".as_bytes()).await;
    saved.leads_to(&format!("{GERMAN}?show=all&from=1&saved=1"));
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Becher."));
    for wrong in [&b""[..], b"text,translation\nname,Gr\xfcn"] {
        let refused = studio.uploaded(1, wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Choose a file with letters in UTF-8 first.");
    }
    studio.get(&format!("{GERMAN}/upload")).await.leads_to(GERMAN);
}

#[tokio::test]
async fn what_is_typed_goes_with_a_file() {
    let studio = Studio::with_german().await;
    let typed = [("text.name", "Humpen"), ("rows", "")];
    let refused = studio.uploaded_with(0, &typed, b"").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"Humpen\"");
    assert_eq!(studio.german("text.name").await.as_deref(), Some("Becher"));
    let saved = studio.uploaded_with(0, &typed, b"text,translation\nsummary,Ein Becher.\n").await;
    saved.leads_to(&format!("{GERMAN}?show=all&from=1&saved=1"));
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Becher."));
    assert_eq!(studio.german("text.name").await.as_deref(), Some("Humpen"));
}

/// A form that is mended, and shows nothing of what others saved since, doesn't overwrite it.
#[tokio::test]
async fn texts_that_are_mended_later_take_nothing_from_others() {
    let studio = Studio::with_german().await;
    studio.sent(GERMAN, 0, &[("text.name", "Humpen")]).await;
    let form = [("text.name", "Tasse"), ("rows", "nothing\nat all")];
    let refused = studio.sent(GERMAN, 0, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("name=\"version\" value=\"0\"");
    refused.shows_not("name=\"over\"");
    let mended = studio.sent(GERMAN, 0, &[("text.name", "Tasse"), ("rows", "")]).await;
    assert_eq!(mended.status, StatusCode::CONFLICT);
    mended.shows("Humpen");
    mended.shows("name=\"over\"");
    assert_eq!(studio.german("text.name").await.as_deref(), Some("Humpen"));
}

#[tokio::test]
async fn long_products_come_in_pages_and_lose_nothing() {
    let studio = Studio::with_german().await;
    let rows: Vec<String> = (0..100).map(|number| format!("Glaze {number:03}")).collect();
    studio.sent(GLAZE, 0, &[("rows", &format!("name\n{}", rows.join("\n")))]).await;
    let page = studio.get(GERMAN).await;
    page.shows("Texts 1 to 60 of 118");
    page.shows_not("Glaze 099");
    let typed = [("text.summary", "Ein Becher."), ("show", "all"), ("from", "1"), ("do", "page:61")];
    studio.sent(GERMAN, 1, &typed).await.leads_to(&format!("{GERMAN}?show=all&from=61&saved=1"));
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Becher."));
    let later = studio.get(&format!("{GERMAN}?show=all&from=61")).await;
    later.shows("Texts 61 to 118 of 118");
    // Another search begins at its first page, and saves.
    let search =
        [("text.summary", "Ein Topf."), ("show", "all"), ("from", "61"), ("q", "glaze 09"), ("do", "search")];
    studio.sent(GERMAN, 2, &search).await.leads_to(&format!("{GERMAN}?show=all&q=glaze%2009&from=1&saved=1"));
    assert_eq!(studio.german("text.summary").await.as_deref(), Some("Ein Topf."));
}

#[tokio::test]
async fn whoever_only_reads_has_links_and_no_buttons() {
    let mut studio = Studio::with_german().await;
    studio.sent(GLAZE, 0, &[("label.blue", "Navy")]).await;
    let token = studio.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
    let page = studio.get(&format!("{GERMAN}?show=stale")).await;
    page.shows("The original said “Blue” then.");
    page.shows("data-testid=\"texts-csv\"");
    page.shows(&format!("href=\"{GERMAN}?show=missing\""));
    for button in
        ["Still right", "data-testid=\"save-texts\"", "data-testid=\"upload\"", "value=\"show:all\""]
    {
        page.shows_not(button);
    }
    studio.get(TEXTS).await.shows_not("data-testid=\"another-language\"");
    let refused = studio.sent(GERMAN, 1, &[("text.name", "Tasse")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
