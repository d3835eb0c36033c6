//! Behaviour of the composer.

use std::collections::BTreeMap;

use configurator::source::{
    AttributeSource, KindSource, LayerSource, OptionSource, Source, StepSource, ValueSource,
};

use super::*;

fn attribute(
    code: &str,
    kind: KindSource,
    standard: ValueSource,
    options: &[(&str, Option<&str>)],
) -> AttributeSource {
    AttributeSource {
        code: code.to_owned(),
        step: "all".to_owned(),
        label: code.to_owned(),
        help: String::new(),
        kind,
        standard,
        locked: false,
        moved_last: false,
        successors: BTreeMap::new(),
        applies: None,
        options: options
            .iter()
            .map(|(code, swatch)| OptionSource {
                code: (*code).to_owned(),
                label: (*code).to_owned(),
                swatch: swatch.map(str::to_owned),
                available: true,
                ..OptionSource::default()
            })
            .collect(),
        min: (kind == KindSource::Number).then_some(0),
        max: (kind == KindSource::Number).then_some(100),
        step_size: None,
        unit: None,
        price: None,
        points: None,
        max_length: (kind == KindSource::Text).then_some(40),
        allowed: None,
    }
}

/// A red (or plain) thing 10 wide with an empty name, drawn by these layers.
pub(crate) fn source(layers: Vec<LayerSource>) -> Source {
    let colours = [("red", Some("#c80000")), ("plain", None)];
    Source {
        name: "Cup & \"saucer\"".to_owned(),
        summary: "A cup.".to_owned(),
        description: String::new(),
        search_words: String::new(),
        language: "en".to_owned(),
        currency: "EUR".to_owned(),
        base_price: 0,
        lead_time_days: 0,
        uses: None,
        budget: None,
        picture: [120, 90],
        steps: vec![StepSource { code: "all".to_owned(), label: "All".to_owned() }],
        attributes: vec![
            attribute("colour", KindSource::Choice, ValueSource::Text("red".to_owned()), &colours),
            attribute("width", KindSource::Number, ValueSource::Number(10), &[]),
            attribute("name", KindSource::Text, ValueSource::Text(String::new()), &[]),
        ],
        rules: Vec::new(),
        prices: Vec::new(),
        tiers: Vec::new(),
        no_returns: Vec::new(),
        layers,
        benefits: Vec::new(),
        designs: Vec::new(),
        tests: Vec::new(),
        meant: Vec::new(),
        translations: BTreeMap::new(),
    }
}

fn product(layers: Vec<LayerSource>) -> Product {
    Product::check(&source(layers)).unwrap()
}

pub(crate) fn full(file: &str) -> LayerSource {
    LayerSource { file: Some(file.to_owned()), ..LayerSource::default() }
}

fn tinted(file: &str) -> LayerSource {
    LayerSource { tint: [("body".to_owned(), "colour".to_owned())].into(), ..full(file) }
}

fn drawing(content: &str) -> String {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90">{content}</svg>"#)
}

fn with(product: &Product, choices: &[(&str, &str)]) -> Design {
    choices.iter().fold(product.standard().clone(), |design, (code, text)| {
        let (id, value) = product.read_choice(code, text).unwrap();
        design.with(id, value)
    })
}

/// What is drawn inside the picture.
fn content(product: &Product, drawings: &[(&str, String)], choices: &[(&str, &str)]) -> String {
    let drawings = drawings.iter().map(|(file, text)| ((*file).to_owned(), text.clone())).collect();
    let svg = compose(product, &drawings, &with(product, choices));
    let inside = svg.split_once('>').unwrap().1;
    inside.strip_suffix("</svg>").unwrap().to_owned()
}

#[test]
fn the_picture_has_its_size_and_its_name() {
    let svg = compose(&product(vec![]), &Drawings::new(), product(vec![]).standard());
    assert_eq!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 90\" role=\"img\" \
         aria-label=\"Cup &amp; &quot;saucer&quot;\"></svg>"
    );
}

#[test]
fn tints_take_the_swatch_or_the_fallback() {
    let product = product(vec![tinted("a.svg")]);
    for (written, red, plain) in [
        ("var(--body, #123456)", "#c80000", "#123456"),
        ("var(--body,#123456)", "#c80000", "#123456"),
        ("var(--body)", "#c80000", "none"),
        ("var(--body-shade, #000001)", "#a00403", "#000001"),
        ("var(--body-deep, #000002)", "#770907", "#000002"),
        ("var(--body-light, #000003)", "#d74747", "#000003"),
        ("var(--body-odd, #000004)", "#000004", "#000004"),
        ("var(--bodywork, #000005)", "#000005", "#000005"),
        ("var(--other, #000006)", "#000006", "#000006"),
        ("var(--body, rgb(1, 2, 3))", "#c80000", "rgb(1, 2, 3)"),
        ("var(--other, var(--body, #000007))", "#c80000", "#000007"),
        ("var(--body, var(--other, hsl(1 2% 3%)))", "#c80000", "hsl(1 2% 3%)"),
        ("#000008", "#000008", "#000008"),
    ] {
        let drawings = [("a.svg", drawing(&format!(r#"<path fill="{written}" stroke="{written}"/>"#)))];
        let expected = |colour: &str| format!(r#"<path fill="{colour}" stroke="{colour}"/>"#);
        assert_eq!(content(&product, &drawings, &[]), expected(red), "{written}");
        assert_eq!(content(&product, &drawings, &[("colour", "plain")]), expected(plain), "{written}");
    }
    let open = [("a.svg", drawing(r#"<path fill="var(--body"/>"#))];
    assert_eq!(content(&product, &open, &[]), r#"<path fill="var(--body"/>"#);
}

#[test]
fn layers_are_drawn_from_back_to_front_when_their_condition_holds() {
    let red = LayerSource { when: Some("colour = red".to_owned()), ..full("b.svg") };
    let wide = LayerSource { when: Some("width > 50".to_owned()), ..full("c.svg") };
    let product = product(vec![wide, full("a.svg"), red, full("missing.svg")]);
    let drawings = [("a.svg", drawing("<a/>")), ("b.svg", drawing("<b/>")), ("c.svg", drawing("<c/>"))];
    assert_eq!(content(&product, &drawings, &[]), "<a/><b/>");
    assert_eq!(content(&product, &drawings, &[("colour", "plain"), ("width", "51")]), "<c/><a/>");
}

#[test]
fn what_a_drawing_s_outermost_tag_says_of_its_shapes_is_kept() {
    let product = product(vec![tinted("a.svg")]);
    let text = "<?xml version=\"1.0\"?>\n<!-- <svg> -->\n<svg\n\txmlns='http://www.w3.org/2000/svg'\n\tviewBox='0 0 120 90'\n\
                width=\"120\" id=\"x\" fill=\"none\" stroke='var(--body, red)'\n>\n<path/></svg >\n";
    assert_eq!(
        content(&product, &[("a.svg", text.to_owned())], &[]),
        "<g fill=\"none\" stroke=\"#c80000\">\n<path/></g>"
    );
}

#[test]
fn boxed_drawings_are_stretched_and_repeated() {
    let expression = |text: &str| Some(text.to_owned());
    let boxed = |repeat: &str| LayerSource {
        x: expression("width"),
        y: expression("width - 20"),
        width: expression("width * 3"),
        height: expression("40 - width"),
        repeat: expression(repeat),
        dx: expression("7"),
        dy: expression("-width / 4"),
        ..tinted("a.svg")
    };
    let drawings =
        [("a.svg", r#"<svg viewBox="0 -1 2.5,3" fill="none"><path fill="var(--body)"/></svg>"#.to_owned())];
    let one = |x: i64, y: i64, width: i64, height: i64| {
        format!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 -1 2.5,3\" \
             preserveAspectRatio=\"none\"><g fill=\"none\"><path fill=\"#c80000\"/></g></svg>"
        )
    };
    let three = product(vec![boxed("width / 3")]);
    assert_eq!(
        content(&three, &drawings, &[]),
        [one(10, -10, 30, 30), one(17, -13, 30, 30), one(24, -16, 30, 30)].concat()
    );
    assert_eq!(content(&three, &drawings, &[("width", "0")]), "");
    assert!(
        content(&three, &drawings, &[("width", "50")]).starts_with(&one(50, 30, 150, 0)),
        "no size below 0"
    );
    let many = content(&product(vec![boxed("width * 1000000")]), &drawings, &[]);
    assert_eq!(many.matches("<svg").count(), 64);
    assert_eq!(content(&product(vec![boxed("0 - width")]), &drawings, &[]), "");
}

#[test]
fn typed_texts_are_written_as_text() {
    let text = |tint: &[(&str, &str)]| LayerSource {
        text: Some("name".to_owned()),
        x: Some("60".to_owned()),
        y: Some("40 + width".to_owned()),
        font_size: Some(12),
        rotate: Some(-8),
        tint: tint.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect(),
        ..LayerSource::default()
    };
    let product_with = |tint| product(vec![text(tint)]);
    let tinted = product_with(&[("text", "colour")]);
    assert_eq!(content(&tinted, &[], &[]), "");
    let written = content(&tinted, &[], &[("name", "</text><script>alert('1' & \"2\")</script>")]);
    assert!(
        written.starts_with("<text transform=\"translate(60 50) rotate(-8)\" text-anchor=\"middle\""),
        "{written}"
    );
    assert!(written.contains(" font-size=\"12\"") && written.contains(" fill=\"#c80000\""), "{written}");
    let escaped = ">&lt;/text&gt;&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;</text>";
    assert!(written.ends_with(escaped), "{written}");
    assert!(content(&tinted, &[], &[("name", "A"), ("colour", "plain")]).contains(" fill=\"#14130f\""));
    assert!(content(&product_with(&[]), &[], &[("name", "A")]).contains(" fill=\"#14130f\""));
}

#[test]
fn what_is_tinted_by_nothing_that_applies_is_not_drawn() {
    let mut source = source(vec![full("a.svg"), tinted("b.svg")]);
    for attribute in source.attributes.iter_mut().filter(|attribute| attribute.code == "colour") {
        attribute.applies = Some("filled(name)".to_owned());
    }
    let product = Product::check(&source).unwrap();
    let drawings = [("a.svg", drawing("<path/>")), ("b.svg", drawing("<circle/>"))];
    let drawings: Drawings = drawings.into_iter().map(|(file, text)| (file.to_owned(), text)).collect();
    let shows = |name: &str| {
        let svg = compose(&product, &drawings, &product.fitted(with(&product, &[("name", name)])));
        (svg.contains("<path"), svg.contains("<circle"))
    };
    assert_eq!(shows(""), (true, false));
    assert_eq!(shows("A"), (true, true));
}

/// A revision of before such texts were refused may have one.
#[test]
fn a_text_that_xml_can_t_have_spoils_no_picture() {
    let mut product = product(vec![]);
    product.name = "Lamp\u{fffe} \u{202e}1\u{1}".to_owned();
    let drawings = Drawings::new();
    let svg = compose(&product, &drawings, &product.standard().clone());
    assert!(svg.contains("aria-label=\"Lamp 1\""), "{svg}");
}

/// What the check says of a drawing `a.svg`, without the advice.
fn faults(text: &str) -> Vec<String> {
    let drawings = [("a.svg".to_owned(), text.to_owned())].into();
    check(&source(vec![full("a.svg"), tinted("a.svg")]), &drawings)
        .into_iter()
        .map(|problem| problem.message)
        .collect()
}

#[test]
fn plain_drawings_pass() {
    for content in [
        "",
        "<!-- made with <script> in mind --><path d=\"M0 0h1\" fill=\"var(--body, #fff)\"/>",
        "<defs><linearGradient id=\"a-sky\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs>\
         <g fill=\"url(#a-sky)\"><circle r=\"1\" /></g>",
        "<filter id=\"a-blur\"><feGaussianBlur stdDeviation=\"2\"/></filter><use href=\"#a-blur\"/>",
    ] {
        assert_eq!(faults(&drawing(content)), Vec::<String>::new(), "{content}");
    }
    assert_eq!(faults(&format!("<?xml version=\"1.0\"?>\n{}", drawing(""))), Vec::<String>::new());
}

#[test]
fn anything_but_a_plain_drawing_is_refused() {
    for (content, fault) in [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
        ("<style>path{}</style>", "<style>"),
        ("<foreignObject></foreignObject>", "<foreignObject>"),
        ("<image href=\"#x\"/>", "the address '#x'"),
        ("<image href=\"/etc/passwd\"/>", "the address '/etc/passwd'"),
        ("<image href=\"data:image/svg+xml;base64,AAAA\"/>", "the address 'data:image/svg+xml;base64,AAAA'"),
        ("<image href=\"data:image/png;base64,AAAA\"/>", "a picture that is no PNG"),
        ("<filter><feImage/></filter>", "<feImage>"),
        ("<a href=\"#x\"><path/></a>", "<a>"),
        ("<set attributeName=\"d\"/>", "<set>"),
        ("<path onclick=\"x()\"/>", "the event handler onclick"),
        ("<path OnClick = 'x()'/>", "the event handler OnClick"),
        ("<path d=\">\" onload=\"x()\"/>", "the event handler onload"),
        ("<path\n\tonload=\"x()\"/>", "the event handler onload"),
        ("<path/onload=x()>", "a tag that is not well formed"),
        ("<path d=\"\"onload=\"x()\"/>", "a tag that is not well formed"),
        ("<path d=x />", "a tag that is not well formed"),
        ("<use href=\"http://example.org/a.svg#x\"/>", "the address 'http://example.org/a.svg#x'"),
        ("<use xlink:href=\"data:image/png;base64,AA\"/>", "the address 'data:image/png;base64,AA'"),
        ("<use href=\"JavaScript:x()\"/>", "the address 'JavaScript:x()'"),
        ("<path fill=\"url(//example.org/x)\"/>", "the address 'url(//example.org/x)'"),
        ("<path fill=\"url( 'a.svg#x')\"/>", "the address 'url( 'a.svg#x')'"),
        ("<path fill=\"u&#114;l(a.svg)\"/>", "the character reference 'u&#114;l(a.svg)'"),
        ("<path style=\"fill:u\\72l(a.svg)\"/>", "the character reference 'fill:u\\72l(a.svg)'"),
        ("<g><path/>", "</svg> in the wrong place"),
        ("</g>", "</g> in the wrong place"),
        ("<![CDATA[x]]>", "<![CDATA[x]]"),
        ("<svg xmlns=\"http://example.org/\"/>", "the namespace 'http://example.org/'"),
    ] {
        let expected = format!("'a.svg' contains {fault}");
        assert!(faults(&drawing(content)).contains(&expected), "{content}: {:?}", faults(&drawing(content)));
    }
    let doctype = format!("<!DOCTYPE svg [<!ENTITY x \"y\">]>{}", drawing(""));
    assert!(faults(&doctype).contains(&"'a.svg' contains <!DOCTYPE".to_owned()), "{:?}", faults(&doctype));
}

/// A page reads drawings as HTML, in which names have no case and characters have more names than in XML.
#[test]
fn what_only_a_browser_takes_for_more_is_refused() {
    for content in [
        "<use HREF=\"https:&sol;&sol;example.org&sol;a.svg#x\"/>",
        "<use HREF=\"a.svg#x\"/>",
        "<use Xlink:Href=\"a.svg#x\"/>",
        "<path fill=\"url(&quot;a.svg#x&quot;)\"/>",
        "<path fill=\"url&lpar;a.svg&rpar;\"/>",
        "<path fill=\"u\u{ff52}l(a.svg)\"/>",
        "<path style=\"fill:url(a.svg)\"/>",
        "<path style=\"fill:u/**/rl(a.svg);background:image-set('a.png')\"/>",
        "<path srcdoc=\"x\"/>",
        "<path d=\"\" d=\"M0 0\"/>",
        "<path fill=\"&undefined;\"/>",
    ] {
        assert!(!faults(&drawing(content)).is_empty(), "{content}");
    }
}

/// Ten levels of ten make ten thousand million shapes of a kilobyte.
#[test]
fn a_drawing_that_grows_in_the_browser_is_refused() {
    let level = |level: u32| {
        let uses = format!("<use href=\"#a-{}\"/>", level - 1).repeat(10);
        format!("<g id=\"a-{level}\">{uses}</g>")
    };
    let levels =
        |most: u32| drawing(&format!("<path id=\"a-0\"/>{}", (1..=most).map(level).collect::<String>()));
    assert_eq!(faults(&levels(2)), Vec::<String>::new());
    let refused =
        vec!["'a.svg' contains more than 5000 shapes, each counted as often as it is used".to_owned()];
    let deep = drawing(&("<g>".repeat(8_000) + &"</g>".repeat(8_000)));
    assert!(faults(&deep).contains(&"'a.svg' contains elements in more than 100 levels".to_owned()));
    for drawing in [
        levels(4),
        levels(10),
        drawing("<g id=\"a-0\"><use href=\"#a-0\"/></g>"),
        drawing("<pattern id=\"a-0\"><rect fill=\"url(#a-0)\"/></pattern>"),
    ] {
        assert_eq!(faults(&drawing), refused, "{drawing}");
    }
}

#[test]
fn what_is_no_drawing_is_refused() {
    for text in [
        "",
        "hello",
        "<svg",
        "<svg>",
        "<svg viewBox=\"0 0 120 90\"/>",
        "<svg viewBox=\"0 0 120\"></svg>",
        "<svg viewBox=\"0 0 120 wide\"></svg>",
        "<svg viewBox=\"0 0 120 9.0.1\"></svg>",
        "<svg viewBox=\"0 - 120 90\"></svg>",
        "<svg viewBox='</svg>'>",
        "<svgs viewBox=\"0 0 120 90\"></svgs>",
        "<!-- <svg viewBox=\"0 0 120 90\"></svg>",
        "<svg data-viewBox=\"0 0 120 90\"></svg>",
    ] {
        let expected = "'a.svg' is no SVG document with a viewBox".to_owned();
        assert!(faults(text).contains(&expected), "{text}: {:?}", faults(text));
        let product = product(vec![full("a.svg")]);
        assert_eq!(content(&product, &[("a.svg", text.to_owned())], &[]), "");
    }
    let expected = ["'a.svg' has the viewBox '0 0 12 9', the picture has '0 0 120 90'"];
    assert_eq!(faults("<svg viewBox=\"0 0 12 9\"></svg>")[..1], expected);
}

#[test]
fn missing_drawings_shared_ids_and_too_many_bytes_are_reported() {
    let source = source(vec![full("a.svg"), full("b.svg"), full("b.svg"), full("missing.svg")]);
    let one = drawing("<g id=\"sky\"/><g\nid='sky'/>");
    let other = drawing(&format!("<g id=\"sky\"/><path d=\"{}\"/>", "0".repeat(MOST_BYTES)));
    let drawings = [("a.svg".to_owned(), one), ("b.svg".to_owned(), other)].into();
    let problems: Vec<String> = check(&source, &drawings).iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "layers.0.file: 'a.svg' uses the id 'sky', and so does 'a.svg'. Begin each id with its drawing's name.",
            "layers.1.file: 'b.svg' uses the id 'sky', and so does 'a.svg'. Begin each id with its drawing's name.",
            "layers.3.file: the drawing 'missing.svg' is missing. Add it under Drawings, or put it into the folder layers/.",
            "layers: the drawings have 513 KB together. Simplify them to 512 KB.",
        ]
    );
}

/// They go along with a product's file, and a layer may name them one day.
#[test]
fn drawings_that_no_layer_names_are_checked_too() {
    let source = source(vec![full("a.svg")]);
    let drawings: Drawings = [
        ("a.svg".to_owned(), drawing("<path d=\"M0 0\"/>")),
        ("stray.svg".to_owned(), drawing("<script/>")),
        ("../b.svg".to_owned(), drawing("")),
        ("page.html".to_owned(), drawing("")),
    ]
    .into();
    let problems: Vec<String> = check(&source, &drawings).iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "layers: '../b.svg' is no name of a drawing. Name it with the ending .svg and without slashes.",
            "layers: 'page.html' is no name of a drawing. Name it with the ending .svg and without slashes.",
            "layers: 'stray.svg' contains <script>. Keep drawings to shapes, gradients and clips.",
        ]
    );
    assert_eq!(used(&source, &drawings).into_keys().collect::<Vec<_>>(), ["a.svg"]);
}

/// What the product's own check reports is not reported again as a fault of a drawing.
#[test]
fn drawings_are_checked_in_products_that_are_not_sound() {
    let small = "<svg viewBox=\"0 0 12 9\"><script/></svg>".to_owned();
    let messages = |source: &Source, file: &str| {
        let drawings = [(file.to_owned(), small.clone())].into();
        check(source, &drawings).into_iter().map(|problem| problem.message).collect::<Vec<_>>()
    };
    let mut unsound = source(vec![
        LayerSource { when: Some("colour = bleu".to_owned()), ..full("missing.svg") },
        LayerSource { x: Some("1".to_owned()), ..full("a.svg") },
        full("../a.svg"),
        full(""),
    ]);
    unsound.attributes.clear();
    let missing = "the drawing 'missing.svg' is missing";
    assert_eq!(messages(&unsound, "a.svg"), [missing, "'a.svg' contains <script>"]);
    let mut sizeless = source(vec![full("a.svg")]);
    sizeless.picture = [0, 90];
    assert_eq!(messages(&sizeless, "a.svg"), ["'a.svg' contains <script>"]);
}

#[test]
fn a_layer_is_drawn_by_itself() {
    let product = product(vec![
        full("a.svg"),
        tinted("b.svg"),
        LayerSource { when: Some("colour = plain".to_owned()), ..full("c.svg") },
    ]);
    let drawing = |content| drawing(content);
    let drawings: Drawings = [
        ("a.svg".to_owned(), drawing("<path d=\"M0 0\"/>")),
        ("b.svg".to_owned(), drawing("<path fill=\"var(--body, #000000)\"/>")),
        ("c.svg".to_owned(), drawing("<circle r=\"1\"/>")),
    ]
    .into();
    let [red, plain] = ["red", "plain"].map(|colour| with(&product, &[("colour", colour)]));
    let [before, after] = [&red, &plain].map(|design| layers(&product, &drawings, design));
    assert_eq!(
        (&before[0], &before[2], &after[2]),
        (&after[0], &String::new(), &"<circle r=\"1\"/>".to_owned())
    );
    assert_ne!(before[1], after[1]);
    assert!(compose(&product, &drawings, &plain).ends_with(&format!("{}</svg>", after.concat())));
}
