use super::*;

fn bundle() -> Bundle {
    let source = serde_json::from_value(serde_json::json!({
        "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3, "picture": [12, 9],
        "steps": [{ "code": "all", "label": "All" }],
        "attributes": [
            { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue" },
            ]},
            { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "options": [
                { "code": "lid", "label": "Lid" },
            ]},
            { "code": "words", "step": "all", "label": "Words", "kind": "text", "standard": "", "max_length": 8 },
        ],
        "rules": [],
        "layers": [{ "file": "mug.svg" }, { "file": "mug.svg", "when": "glaze = blue" }, { "text": "words", "x": "1", "y": "1" }, { "file": "gone.svg" }],
    }));
    let drawings = [("mug.svg", drawing("M1 1")), ("spare.svg", drawing("M2 2"))];
    let drawings = drawings.into_iter().map(|(name, svg)| (name.to_owned(), svg)).collect();
    Bundle { source: source.unwrap(), drawings }
}

fn drawing(path: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 9\"><path d=\"{path}\"/></svg>")
}

fn file(name: &str, path: &str) -> DrawingFile {
    DrawingFile { name: name.to_owned(), bytes: drawing(path).into_bytes() }
}

fn upload(files: &[DrawingFile], place: DrawingPlace) -> DrawingsChange {
    DrawingsChange::Add { files: files.to_vec(), place, fits: true }
}

/// What becomes of the product.
fn after(change: DrawingsChange) -> Result<Bundle, DrawingsError> {
    let mut changed = bundle();
    change.apply(&mut changed).map(|_| changed)
}

fn layers(bundle: &Bundle) -> Vec<(Option<&str>, Option<&str>)> {
    bundle.source.layers.iter().map(|layer| (layer.file.as_deref(), layer.when.as_deref())).collect()
}

#[test]
fn files_become_drawings_and_layers_that_show_them() {
    let two = [file("Lid Open.SVG", "M3 3"), file("MUG.svg", "M4 4")];
    let changed = after(upload(&two, DrawingPlace::Nowhere)).unwrap();
    assert_eq!(changed.drawings.keys().collect::<Vec<_>>(), ["lid-open.svg", "mug.svg", "spare.svg"]);
    assert_eq!(changed.drawings["mug.svg"], drawing("M4 4"));
    assert_eq!(changed.source, bundle().source);

    let one = [file("lid.svg", "M3 3")];
    let option =
        |attribute: &str, option: &str| DrawingPlace::Option(attribute.to_owned(), option.to_owned());
    for (place, when) in [
        (DrawingPlace::Always, None),
        (option("glaze", "blue"), Some("glaze = blue")),
        (option("extras", "lid"), Some("extras has lid")),
    ] {
        let changed = after(upload(&one, place)).unwrap();
        assert_eq!(layers(&changed)[4], (Some("lid.svg"), when));
    }
    let changed = after(upload(&one, DrawingPlace::Layer(1))).unwrap();
    assert_eq!(layers(&changed)[1], (Some("lid.svg"), Some("glaze = blue")));
    assert_eq!(changed.source.layers.len(), 4);
    let mut twice = changed;
    upload(&one, DrawingPlace::Always).apply(&mut twice).unwrap();
    upload(&one, DrawingPlace::Always).apply(&mut twice).unwrap();
    assert_eq!(twice.source.layers.len(), 5);
    for place in
        [option("glaze", "green"), option("size", "s"), DrawingPlace::Layer(2), DrawingPlace::Layer(9)]
    {
        assert!(matches!(after(upload(&one, place)), Err(DrawingsError::NoPlace)));
    }
}

#[test]
fn files_are_taken_together_or_not_at_all() {
    let bad =
        DrawingFile { name: "bad.svg".to_owned(), bytes: b"<svg viewBox='0 0 1 1'><script/></svg>".to_vec() };
    let files = [file("good.svg", "M3 3"), bad];
    let mut changed = bundle();
    let error = upload(&files, DrawingPlace::Always).apply(&mut changed).unwrap_err();
    assert_eq!(error.to_string(), "'bad.svg': it contains <script> (line 1, column 24)");
    assert!(matches!(after(upload(&[], DrawingPlace::Always)), Err(DrawingsError::NoFile)));
    let many: Vec<_> = (0..21).map(|at| file(&format!("{at}.svg"), "M3 3")).collect();
    assert!(matches!(after(upload(&many, DrawingPlace::Always)), Err(DrawingsError::TooManyFiles(21))));
    let same = [file("a b.svg", "M3 3"), file("a-b.png", "M3 3")];
    assert!(
        matches!(after(upload(&same, DrawingPlace::Always)), Err(DrawingsError::SameName(name)) if name == "a-b.svg")
    );
    assert!(matches!(after(upload(&same, DrawingPlace::Layer(0))), Err(DrawingsError::OneFile)));
    let long = "1 ".repeat(140_000);
    let large: Vec<_> = (0..2).map(|at| file(&format!("{at}.svg"), &format!("M{long}"))).collect();
    assert!(matches!(after(upload(&large, DrawingPlace::Always)), Err(DrawingsError::TooMuch(_))));
}

#[test]
fn what_is_renamed_is_drawn_by_the_same_layers() {
    let rename = |name: &str, to: &str| DrawingsChange::Rename { name: name.to_owned(), to: to.to_owned() };
    let changed = after(rename("mug.svg", " Cup Front ")).unwrap();
    assert_eq!(changed.drawings.keys().collect::<Vec<_>>(), ["cup-front.svg", "spare.svg"]);
    assert_eq!(
        layers(&changed)[..2],
        [(Some("cup-front.svg"), None), (Some("cup-front.svg"), Some("glaze = blue"))]
    );
    assert_eq!(after(rename("mug.svg", "mug")).unwrap(), bundle());
    assert!(
        matches!(after(rename("mug.svg", "spare")), Err(DrawingsError::NameTaken(name)) if name == "spare.svg")
    );
    // A layer waits for one of this name.
    assert!(matches!(after(rename("mug.svg", "gone.svg")), Err(DrawingsError::NameTaken(_))));
    assert!(matches!(after(rename("none.svg", "other")), Err(DrawingsError::Unknown(_))));
    for none in ["", " .svg", "--", "日本"] {
        assert!(matches!(after(rename("mug.svg", none)), Err(DrawingsError::NoName)), "{none}");
    }
}

#[test]
fn what_layers_draw_is_removed_with_them_after_asking() {
    let remove = |name: &str, with_layers| DrawingsChange::Remove { name: name.to_owned(), with_layers };
    let error = after(remove("mug.svg", false)).unwrap_err();
    assert!(matches!(error, DrawingsError::Asks { layers, .. } if layers == [0, 1]));
    let changed = after(remove("mug.svg", true)).unwrap();
    assert_eq!(layers(&changed), [(None, None), (Some("gone.svg"), None)]);
    assert_eq!(changed.drawings.len(), 1);
    assert_eq!(after(remove("spare.svg", false)).unwrap().source, bundle().source);
    assert_eq!(layers(&after(remove("gone.svg", true)).unwrap()).len(), 3);
    assert!(matches!(after(remove("none.svg", true)), Err(DrawingsError::Unknown(_))));
}

#[test]
fn what_layers_name_and_is_not_there_is_added_in_its_place() {
    let replace = |name: &str| DrawingsChange::Replace {
        name: name.to_owned(),
        file: file("any.svg", "M3 3"),
        fits: true,
    };
    assert_eq!(after(replace("gone.svg")).unwrap().drawings["gone.svg"], drawing("M3 3"));
    assert!(matches!(after(replace("none.svg")), Err(DrawingsError::Unknown(_))));
}

#[test]
fn two_people_clash_where_they_change_the_same_drawing() {
    let (origin, mut now) = (bundle(), bundle());
    now.drawings.insert("mug.svg".to_owned(), drawing("M9 9"));
    now.source.layers[3].file = Some("other.svg".to_owned());
    let clashes = |change: DrawingsChange| change.clashes(&origin, &now);
    assert_eq!(clashes(upload(&[file("mug.svg", "M3 3")], DrawingPlace::Nowhere)), ["mug.svg"]);
    assert_eq!(
        clashes(DrawingsChange::Remove { name: "mug.svg".to_owned(), with_layers: true }),
        ["mug.svg"]
    );
    assert!(clashes(upload(&[file("lid.svg", "M3 3")], DrawingPlace::Layer(0))).is_empty());
    assert_eq!(clashes(upload(&[file("lid.svg", "M3 3")], DrawingPlace::Layer(3))), ["other.svg"]);
    assert!(clashes(DrawingsChange::Rename { name: "mug.svg".to_owned(), to: "cup".to_owned() }).is_empty());
    assert!(clashes(DrawingsChange::Remove { name: "spare.svg".to_owned(), with_layers: true }).is_empty());
}

#[test]
fn the_look_names_what_draws_each_and_what_is_wrong() {
    let mut bundle = bundle();
    bundle.drawings.insert("wrong.svg".to_owned(), "<svg viewBox=\"0 0 1 1\"><script/></svg>".to_owned());
    let slug = "mug".parse().unwrap();
    let base = "1".parse().unwrap();
    let draft = Draft { slug, version: 0, base, bundle, changed_at: None, changed_by: String::new() };
    let look = look(draft);
    let told = look
        .items
        .iter()
        .map(|item| (item.name.as_str(), item.layers.len(), item.findings.len(), item.svg.is_some()));
    let expected = [
        ("gone.svg", 1, 1, false),
        ("mug.svg", 2, 0, true),
        ("spare.svg", 0, 0, true),
        ("wrong.svg", 0, 1, true),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(look.used_bytes, drawing("M1 1").len());
}
