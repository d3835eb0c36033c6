//! The drawings of a draft, through the router: uploaded, replaced, renamed, removed, taken back, refused.

use crate::common::{Answer, PASSWORD, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use configurator::artifact::Artifact;
use shop::access::Role;
use shop::{Bundle, Draft};
use testing::slug;

const ADDRESS: &str = "/admin/products/mug/drawings";
const EDGE: &str = "multipart/form-data; boundary=edge";

/// A file that is sent: what it is called, and what is in it.
type File<'f> = (&'f str, &'f [u8]);

fn svg(content: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 900\">{content}</svg>")
}

fn body(files: &[File], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/svg+xml\r\n\r\n"
        );
        body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
    }
    for (name, text) in fields {
        let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend(part.bytes());
    }
    body.extend(*b"--edge--\r\n");
    body
}

impl Studio {
    async fn drawings(&self, version: &str, files: &[File<'_>], fields: &[(&str, &str)]) -> Answer {
        let whole = [fields, &[("version", version), ("base", "1"), ("_end", "on")]].concat();
        self.send_drawings(body(files, &whole)).await
    }

    async fn send_drawings(&self, body: Vec<u8>) -> Answer {
        let request = self.request("POST", ADDRESS).header("sec-fetch-site", "same-origin");
        self.send(request.header(header::CONTENT_TYPE, EDGE).body(Body::from(body)).unwrap()).await
    }

    async fn now(&self) -> Draft {
        self.shop.draft(&slug("mug")).await.unwrap()
    }

    async fn names(&self) -> String {
        self.now().await.bundle.drawings.into_keys().collect::<Vec<_>>().join(" ")
    }
}

#[tokio::test]
async fn files_become_drawings_of_the_draft_and_are_taken_back() {
    let studio = Studio::with_ana().await;
    let page = studio.get(ADDRESS).await;
    page.shows("mug.svg");
    page.shows("Layer 1");
    page.shows("data-testid=\"draft-picture\"");

    let (lid, saucer) =
        (svg("<style>.a{fill:red}</style><path class=\"a\" d=\"M0 0h9v9z\"/>"), svg("<circle r=\"40\"/>"));
    let files: [File; 2] = [("Lid.svg", lid.as_bytes()), ("saucer.svg", saucer.as_bytes())];
    let saved =
        studio.drawings("0", &files, &[("do", "upload"), ("place", "option:lid:wood"), ("fits", "on")]).await;
    saved.leads_to("/admin/products/mug/drawings?saved=lid.svg,saucer.svg&changed=");
    let draft = studio.now().await;
    assert_eq!(draft.version, 1, "both are one change");
    assert_eq!(draft.bundle.drawings["lid.svg"], svg("<path d=\"M0 0h9v9z\" fill=\"red\"/>"));
    let layers = draft.bundle.source.layers.iter().map(|layer| layer.when.clone());
    assert_eq!(
        layers.collect::<Vec<_>>(),
        [None, Some("lid = wood".to_owned()), Some("lid = wood".to_owned())]
    );
    let page = studio.get(&saved.location).await;
    page.shows("Saved: lid.svg, saucer.svg.");
    page.shows("Layer 2, when lid = wood");
    assert_eq!(
        studio.get("/admin/products/mug/drawings/lid.svg").await.text,
        draft.bundle.drawings["lid.svg"]
    );
    studio.get("/admin/products/mug/publish").await.shows("data-testid=\"draft-state\"");

    let undone = studio.post("/admin/products/mug/undo", &[("version", "1"), ("back", "drawings")]).await;
    undone.leads_to(ADDRESS);
    assert_eq!(studio.names().await, "mug.svg");
    studio.post("/admin/products/mug/redo", &[("version", "2")]).await;
    assert_eq!(studio.names().await, "lid.svg mug.svg saucer.svg");
    assert_eq!(studio.now().await.bundle, draft.bundle);
}

#[tokio::test]
async fn a_drawing_is_replaced_renamed_and_removed() {
    let studio = Studio::with_ana().await;
    let other =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"><metadata/><circle r=\"9\"/></svg>";
    let replace = [("do", "replace"), ("name", "mug.svg"), ("fits", "on")];
    let replaced = studio.drawings("0", &[("whatever.svg", other.as_bytes())], &replace).await;
    replaced.leads_to("/admin/products/mug/drawings?saved=mug.svg&changed=fitted,editor");
    studio.get(&replaced.location).await.shows("It was put into the middle of the picture");
    let drawn = "<svg width=\"1200\" height=\"900\" viewBox=\"0 0 40 30\"><circle r=\"9\"/></svg>";
    assert_eq!(studio.now().await.bundle.drawings["mug.svg"], svg(drawn));
    studio.get("/admin/products/mug").await.shows(drawn);

    studio
        .drawings("1", &[], &[("do", "rename"), ("name", "mug.svg"), ("to", "Cup")])
        .await
        .leads_to("/admin/products/mug/drawings?saved=cup.svg&changed=");
    let draft = studio.now().await.bundle;
    assert_eq!(draft.source.layers[0].file.as_deref(), Some("cup.svg"));

    let asked = studio.drawings("2", &[], &[("do", "remove"), ("name", "cup.svg")]).await;
    asked.shows("They go with it: Layer 1.");
    assert_eq!(studio.names().await, "cup.svg");
    studio
        .drawings("2", &[], &[("do", "remove-all"), ("name", "cup.svg")])
        .await
        .leads_to("/admin/products/mug/drawings?saved=removed&changed=");
    let draft = studio.now().await.bundle;
    assert!(draft.drawings.is_empty() && draft.source.layers.is_empty());
    studio.post("/admin/products/mug/undo", &[("version", "3")]).await;
    assert_eq!(studio.names().await, "cup.svg");
    assert_eq!(studio.now().await.bundle.source.layers.len(), 1);
}

#[tokio::test]
async fn a_layer_s_way_to_a_file_leads_back() {
    let studio = Studio::with_ana().await;
    let editor = studio.get("/admin/products/mug").await;
    let to_layer = "/admin/products/mug/drawings?place=layer:0&amp;from=layers";
    editor.shows(to_layer);
    editor.shows("/admin/products/mug/drawings?place=option:lid:wood&amp;from=attribute-lid");
    let page = studio.get(&to_layer.replace("&amp;", "&")).await;
    let chosen = page.text.split("<option").find(|option| option.contains("layer:0")).unwrap();
    assert!(chosen.split('>').next().unwrap().contains("selected"), "{chosen}");
    page.shows("name=\"from\" value=\"layers\"");
    let fields = [("do", "upload"), ("place", "layer:0"), ("from", "layers")];
    let file = svg("<circle r=\"9\"/>");
    let saved = studio.drawings("0", &[("new.svg", file.as_bytes())], &fields).await;
    saved.leads_to("/admin/products/mug?saved=layers#layers");
    let layer = &studio.now().await.bundle.source.layers[0];
    assert_eq!((layer.file.as_deref(), layer.tint.len()), (Some("new.svg"), 1));
    // What became of a file is told there, too.
    let large =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"><metadata/><circle r=\"9\"/></svg>";
    let fitted = [("do", "upload"), ("place", "layer:0"), ("from", "layers"), ("fits", "on")];
    let saved = studio.drawings("1", &[("large.svg", large.as_bytes())], &fitted).await;
    saved.leads_to("/admin/products/mug?saved=layers&changed=fitted,editor#layers");
    studio
        .get("/admin/products/mug?saved=layers&changed=fitted,editor")
        .await
        .shows("It was put into the middle of the picture");
    let elsewhere = [("do", "upload"), ("place", ""), ("from", "//example.org/x")];
    let saved = studio.drawings("2", &[("newer.svg", file.as_bytes())], &elsewhere).await;
    saved.leads_to("/admin/products/mug/drawings?saved=newer.svg&changed=");
}

#[tokio::test]
async fn what_is_no_drawing_says_why_and_nothing_is_saved() {
    let studio = Studio::with_ana().await;
    let good = svg("<circle r=\"9\"/>");
    let many: Vec<String> = (0..21).map(|at| format!("{at}.svg")).collect();
    let many: Vec<File> = many.iter().map(|name| (name.as_str(), good.as_bytes())).collect();
    let script = svg("\n<script>alert(1)</script>");
    let laughs = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{good}");
    let huge = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M{}\"/></svg>",
        "1 ".repeat(300_000)
    );
    for (files, why) in [
        (vec![("a.svg", script.as_bytes())], "a.svg: &lt;script&gt; (line 2, column 1) runs a program"),
        (vec![("good.svg", good.as_bytes()), ("b.svg", b"")], "b.svg: this file is empty."),
        (vec![("c.svg", b"\xff\xd8\xff\xe0 JFIF")], "c.svg: this is JPEG. Save it as SVG"),
        (vec![("d.svg", b"MZ")], "d.svg: this is neither SVG nor PNG."),
        (vec![("e.png", b"\x89PNG\r\n\x1a\n\0\0")], "e.png: this PNG can’t be read"),
        (vec![("f.svg", laughs.as_bytes())], "f.svg: it declares entities"),
        (vec![("g.svg", &good.as_bytes()[..70])], "g.svg: this can’t be read at line 1"),
        (vec![("h.svg", huge.as_bytes())], "All drawings together would have 5"),
        (vec![], "Choose a file."),
        (many, "These are 21 files. Send at most 20 at a time."),
    ] {
        let refused = studio.drawings("0", &files, &[("do", "upload"), ("place", "")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        refused.shows("Nothing was saved.");
        refused.shows(why);
    }
    let refused = studio.drawings("0", &[], &[("do", "rename"), ("name", "mug.svg"), ("to", "?")]).await;
    refused.shows("Write a name with letters, digits, - or _.");
    let refused = studio.drawings("0", &[], &[("do", "remove"), ("name", "none.svg")]).await;
    refused.shows("There is no drawing none.svg any more.");
    let gone = [("do", "upload"), ("place", "option:lid:gold")];
    studio.drawings("0", &[("a.svg", good.as_bytes())], &gone).await.shows("Choose another place.");
    assert_eq!(studio.now().await.version, 0);
}

#[tokio::test]
async fn forms_that_are_too_large_cut_or_none_of_ours_are_refused() {
    let studio = Studio::with_ana().await;
    let good = svg("<circle r=\"9\"/>");
    let large = vec![b' '; 9 * 1024 * 1024];
    let refused = studio.drawings("0", &[("a.svg", &large)], &[("do", "upload"), ("place", "")]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.shows("nothing of it was kept. Go back");
    let fields = [("do", "upload"), ("place", ""), ("version", "0"), ("base", "1"), ("_end", "on")];
    let whole = body(&[("a.svg", good.as_bytes())], &fields);
    let cut = studio.send_drawings(whole[..whole.len() - 40].to_vec()).await;
    assert_eq!(cut.status, StatusCode::BAD_REQUEST);
    let unended = studio.send_drawings(body(&[("a.svg", good.as_bytes())], &fields[..4])).await;
    assert_eq!(unended.status, StatusCode::BAD_REQUEST);
    for fields in [&[("do", "upload"), ("place", "elsewhere")][..], &[("do", "eat")], &[]] {
        let refused = studio.drawings("0", &[("a.svg", good.as_bytes())], fields).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{fields:?}");
    }
    assert_eq!(studio.get("/admin/products/mug/drawings/none.svg").await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.now().await.version, 0);
}

#[tokio::test]
async fn two_people_are_merged_by_drawing() {
    let studio = Studio::with_ana().await;
    let (one, other) = (svg("<circle r=\"1\"/>"), svg("<circle r=\"2\"/>"));
    let upload = [("do", "upload"), ("place", "always")];
    studio.drawings("0", &[("one.svg", one.as_bytes())], &upload).await;
    // Both began with the same page: another drawing, a field of the product.
    studio.drawings("0", &[("two.svg", other.as_bytes())], &upload).await;
    studio
        .post(
            "/admin/products/mug/basics",
            &[("name", "Cup"), ("version", "0"), ("base", "1"), ("_end", "on")],
        )
        .await;
    studio.drawings("0", &[], &[("do", "rename"), ("name", "mug.svg"), ("to", "cup")]).await;
    assert_eq!(studio.names().await, "cup.svg one.svg two.svg");
    let draft = studio.now().await;
    assert_eq!(
        (draft.bundle.source.name.as_str(), draft.bundle.source.layers.len(), draft.version),
        ("Cup", 3, 4)
    );
    // The same drawing.
    let clash = studio.drawings("0", &[("one.svg", other.as_bytes())], &upload).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("one.svg is not as it was when you opened this page");
    let clash = studio.drawings("0", &[], &[("do", "remove-all"), ("name", "one.svg")]).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Press Remove again");
    assert_eq!(studio.now().await.bundle.drawings["one.svg"], one);
    // The page shows the draft as it is now, so what is sent from there is meant.
    clash.shows("name=\"version\" value=\"4\"");
    studio.drawings("4", &[("one.svg", other.as_bytes())], &upload).await;
    assert_eq!(studio.now().await.bundle.drawings["one.svg"], other);
}

#[tokio::test]
async fn new_drawings_go_along_with_the_product_s_file_and_are_published() {
    let studio = Studio::with_ana().await;
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[255, 0, 0, 0, 0, 255]).unwrap();
    let always = [("do", "upload"), ("place", "always"), ("fits", "on")];
    studio
        .drawings("0", &[("photo.png", &png)], &always)
        .await
        .leads_to("/admin/products/mug/drawings?saved=photo.svg&changed=fitted");
    let spare = svg("<circle r=\"9\"/>");
    studio.drawings("1", &[("spare.svg", spare.as_bytes())], &[("do", "upload"), ("place", "")]).await;
    studio.get(ADDRESS).await.shows("No layer draws it.");

    let bundle = studio.now().await.bundle;
    let file = studio.get("/admin/products/mug/archive").await.text;
    let read = Bundle::from_archive(&file).unwrap();
    assert_eq!(read, bundle);
    assert_eq!(read.to_archive().unwrap(), file);

    studio.republish(|published| *published = bundle.clone()).await;
    let page = studio.get("/products/mug").await;
    page.shows("data:image/png;base64,");
    // A browser loads what layers draw, and nothing else.
    let address = page.text.split("data-artifact=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let artifact = Artifact::from_bytes(&studio.get(&address).await.bytes).unwrap();
    assert_eq!(artifact.drawings.into_keys().collect::<Vec<_>>(), ["mug.svg", "photo.svg"]);
}

#[tokio::test]
async fn whoever_may_not_edit_looks_at_them() {
    let mut studio = Studio::with_ana().await;
    let token = studio.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    let ana = studio.session.clone();
    studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
    let page = studio.get(ADDRESS).await;
    page.shows("mug.svg");
    page.shows_not("type=\"file\"");
    page.shows_not("drawings.js");
    studio.get("/admin/products/mug").await.shows_not("place=layer:0");
    let file = svg("<circle r=\"9\"/>");
    let refused =
        studio.drawings("0", &[("a.svg", file.as_bytes())], &[("do", "upload"), ("place", "")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    studio.session = ana;
    assert_eq!(studio.now().await.version, 0);
}
