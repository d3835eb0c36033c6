use png::{BitDepth, ColorType, Decoder, Encoder};
use proptest::prelude::*;

use super::*;
use crate::check::{MOST_LEVELS, findings};
use crate::tests::{full, source};

const PICTURE: [u32; 2] = [120, 90];
const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// A file with this content, at the picture's size.
fn file(content: &str) -> String {
    format!("<svg {SVG} viewBox=\"0 0 120 90\">{content}</svg>")
}

fn read(text: &str) -> Result<Upload, Refusal> {
    read_upload("a.svg", text.as_bytes(), Some(PICTURE), &Drawings::new())
}

/// What becomes of a content, without the tag around it.
fn content(written: &str) -> String {
    let svg = read(&file(written)).unwrap().svg;
    let begins = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 90\">";
    svg.strip_prefix(begins).and_then(|svg| svg.strip_suffix("</svg>")).unwrap_or(&svg).to_owned()
}

/// What is refused in a content: what it does, and as what it is written.
fn parts(written: &str) -> Vec<(PartKind, String)> {
    match read(&file(written)) {
        Err(Refusal::Parts(parts)) => parts.into_iter().map(|part| (part.kind, part.what)).collect(),
        other => panic!("{written}: {other:?}"),
    }
}

fn png(width: u32, height: u32, color: ColorType, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.add_text_chunk("Author".to_owned(), "Ada of the studio".to_owned()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The dots of the picture within a drawing.
fn dots(svg: &str) -> (u32, u32, Vec<u8>) {
    let address = svg.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let bytes = dots::data(address).unwrap();
    let mut decoder = Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut buffer).unwrap();
    assert!(reader.info().uncompressed_latin1_text.is_empty(), "nothing but dots is left");
    (info.width, info.height, buffer)
}

#[test]
fn what_a_drawing_program_keeps_for_itself_is_left_out() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <!-- made by hand --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n\
        <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
        xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" width=\"120\" height=\"90\" viewBox=\"0 0 120 90\" \
        version=\"1.1\" id=\"svg5\" xml:space=\"preserve\" fill=\"none\">\n\
        <title>Frame</title><sodipodi:namedview id=\"v\" showgrid=\"false\"><inkscape:grid/></sodipodi:namedview>\n\
        <metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></metadata>\n\
        <g inkscape:label=\"Layer 1\" id=\"layer1\" data-name=\"x\" class=\"c\"><path d=\"M0 0h9\" inkscape:export-filename=\"C:\\\\Users\\\\x.png\"/>words</g></svg>";
    let upload = read(text).unwrap();
    assert_eq!(
        upload.svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 90\" fill=\"none\"><g><path d=\"M0 0h9\"/></g></svg>"
    );
    assert_eq!(upload.changed.into_iter().collect::<Vec<_>>(), [Changed::Editor]);
}

#[test]
fn style_sheets_and_styles_become_attributes() {
    let written = "<style>/* x */ .a,.b{fill:#f00;stroke:var(--frame, #123)} g > .b { fill: blue } #deep{opacity:.5}</style>\
        <path class=\"a\" fill=\"green\" d=\"M0 0\"/><g><path class=\"b c\" style=\"stroke-width:2px; mix-blend-mode: multiply\" d=\"M1 1\"/></g>\
        <path id=\"deep\" style=\"-inkscape-stroke:none;fill-rule:evenodd\" d=\"M2 2\"/>";
    assert_eq!(
        content(written),
        "<path fill=\"#f00\" d=\"M0 0\" stroke=\"var(--frame, #123)\"/>\
         <g><path d=\"M1 1\" fill=\"blue\" stroke=\"var(--frame, #123)\" stroke-width=\"2px\" style=\"mix-blend-mode:multiply\"/></g>\
         <path d=\"M2 2\" opacity=\".5\" fill-rule=\"evenodd\"/>"
    );
}

#[test]
fn ids_that_are_used_become_the_drawing_s_own() {
    let written = "<defs><linearGradient id=\"Ebene ä\"><stop offset=\"0\"/></linearGradient><path id=\"fff\" d=\"M0 0\"/><path id=\"spare\" d=\"M0 0\"/></defs>\
        <path d=\"M0 0\" fill=\"url('#Ebene ä')\" stroke=\"#fff\"/><use xlink:href=\"#fff\"/><use href=\"#gone\"/>";
    let expected = |begins: &str| {
        format!(
            "<defs><linearGradient id=\"{begins}.1\"><stop offset=\"0\"/></linearGradient><path d=\"M0 0\" id=\"{begins}.2\"/><path d=\"M0 0\"/></defs>\
             <path d=\"M0 0\" fill=\"url(#{begins}.1)\" stroke=\"#fff\"/><use href=\"#{begins}.2\"/><use href=\"#.nowhere\"/>"
        )
    };
    assert_eq!(content(written), expected("a"));
    // Another drawing has them already, since it was called so before.
    let first = read(&file(written)).unwrap().svg;
    let others: Drawings = [("b.svg".to_owned(), first.clone())].into();
    let second = read_upload("a.svg", file(written).as_bytes(), Some(PICTURE), &others).unwrap().svg;
    assert!(second.contains(&expected("a-2")), "{second}");
    let both: Drawings = [("b.svg".to_owned(), first.clone()), ("a.svg".to_owned(), second)].into();
    assert_eq!(findings(&source(vec![full("a.svg"), full("b.svg")]), &both), []);
    // Its own are in nobody's way.
    let own: Drawings = [("a.svg".to_owned(), first.clone())].into();
    assert_eq!(read_upload("a.svg", file(written).as_bytes(), Some(PICTURE), &own).unwrap().svg, first);
}

#[test]
fn of_several_elements_with_one_id_the_first_has_it() {
    let gradient = "<linearGradient id=\"b\"/>";
    let written = format!("{gradient}{gradient}<path fill=\"url(#b)\" d=\"M0 0\"/>");
    assert_eq!(
        content(&written),
        "<linearGradient id=\"a.1\"/><linearGradient/><path fill=\"url(#a.1)\" d=\"M0 0\"/>"
    );
}

#[test]
fn what_was_made_once_stays_as_it_is() {
    for written in [
        "<path d=\"M0 0\"/>",
        "<style>.a{fill:red}</style><g class=\"a\"><circle r=\"3\"/></g>",
        "<clipPath id=\"x\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#x)\"><path d=\"M0 0\"/></g>",
    ] {
        let once = read(&file(written)).unwrap().svg;
        assert_eq!(read(&once).unwrap().svg, once, "{written}");
    }
}

#[test]
fn a_drawing_of_another_size_is_put_into_the_middle() {
    let inside = "<path d=\"M0 0\"/>";
    let sized = |attributes: &str, picture| {
        let text = format!("<svg {SVG} {attributes}>{inside}</svg>");
        read_upload("a.svg", text.as_bytes(), picture, &Drawings::new()).map(|upload| upload.svg)
    };
    let fitted = sized("viewBox=\"0,0,24,24\" stroke=\"red\"", Some(PICTURE)).unwrap();
    assert_eq!(
        fitted,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 90\">\
         <svg width=\"120\" height=\"90\" viewBox=\"0 0 24 24\" stroke=\"red\"><path d=\"M0 0\"/></svg></svg>"
    );
    let own = |view_box: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view_box}\">{inside}</svg>")
    };
    assert_eq!(sized("viewBox=\"0 0 24 24\"", None).unwrap(), own("0 0 24 24"));
    assert_eq!(sized("width=\"12.5mm\" height=\"8mm\"", None).unwrap(), own("0 0 12.5 8"));
    assert_eq!(sized("viewBox=\"1e1 -2.50 3 4\"", None).unwrap(), own("10 -2.5 3 4"));
    for unsized_ in
        ["", "width=\"100%\" height=\"100%\"", "viewBox=\"0 0 0 9\"", "viewBox=\"0 0 NaN 9\"", "width=\"9\""]
    {
        assert_eq!(sized(unsized_, None), Err(Refusal::NoSize), "{unsized_}");
    }
}

#[test]
fn what_does_more_than_draw_is_named_with_its_place() {
    use PartKind::{Address, Animation, Element, Letters, Page, Picture, Script};
    for (written, kind, what) in [
        ("<script>alert(1)</script>", Script, "<script>"),
        ("<path onclick=\"x()\"/>", Script, "onclick=\"x()\""),
        ("<g OnLoad=\"x()\"/>", Script, "OnLoad=\"x()\""),
        ("<animate attributeName=\"d\"/>", Animation, "<animate>"),
        ("<set attributeName=\"d\"/>", Animation, "<set>"),
        ("<animateTransform/>", Animation, "<animateTransform>"),
        ("<foreignObject/>", Page, "<foreignObject>"),
        ("<a href=\"#x\"/>", Address, "<a>"),
        ("<filter><feImage/></filter>", Address, "<feImage>"),
        ("<use href=\"http://example.org/a.svg#x\"/>", Address, "href=\"http://example.org/a.svg#x\""),
        ("<use xlink:href=\"JavaScript:x()\"/>", Address, "href=\"JavaScript:x()\""),
        ("<image href=\"/etc/passwd\"/>", Address, "href=\"/etc/passwd\""),
        ("<image href=\"data:image/jpeg;base64,AA==\"/>", Picture, "href=\"data:image/jpeg;base64,AA==\""),
        (
            "<image href=\"data:image/svg+xml;base64,AA==\"/>",
            Picture,
            "href=\"data:image/svg+xml;base64,AA==\"",
        ),
        ("<path fill=\"url(//example.org/x)\"/>", Address, "fill=\"url(//example.org/x)\""),
        ("<path fill=\"URL( 'a.svg#x')\"/>", Address, "fill=\"URL( 'a.svg#x')\""),
        ("<path style=\"fill:u\\72l(a.svg)\"/>", Address, "style=\"fill:u\\72l(a.svg)\""),
        ("<path fill=\"u&#114;l(a.svg)\"/>", Address, "fill=\"url(a.svg)\""),
        ("<style>path{fill:url(http://example.org/x)}</style>", Address, "<style>"),
        ("<style>@import 'http://example.org/x.css';</style>", Address, "<style>"),
        ("<text>Ada</text>", Letters, "<text>"),
        ("<marker/>", Element, "<marker>"),
        ("<SCRIPT/>", Element, "<SCRIPT>"),
    ] {
        assert!(parts(written).contains(&(kind, what.to_owned())), "{written}: {:?}", parts(written));
    }
    let two = file("\n<path/>\n  <script/><path onload=\"x\"/>");
    let Err(refusal @ Refusal::Parts(_)) = read(&two) else { panic!() };
    assert_eq!(
        refusal.to_string(),
        "it contains <script> (line 3, column 3), onload=\"x\" (line 3, column 18)"
    );
}

#[test]
fn what_other_namespaces_do_is_left_out_whole() {
    let written = "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">x()</h:script>\
        <x:a xmlns:x=\"http://example.org/\"><path onload=\"x()\"/></x:a><path d=\"M0 0\"/>";
    assert_eq!(content(written), "<path d=\"M0 0\"/>");
}

#[test]
fn what_is_no_drawing_says_what_it_is() {
    let told = |file: &[u8]| read_upload("a.svg", file, None, &Drawings::new()).unwrap_err();
    for (file, kind) in [
        (&b"\xff\xd8\xff\xe0"[..], Some("JPEG")),
        (b"GIF89a", Some("GIF")),
        (b"%PDF-1.7", Some("PDF")),
        (b"\x1f\x8b\x08", Some("SVGZ")),
        (b"hello", None),
        (b"MZ\x90", None),
    ] {
        assert_eq!(told(file), Refusal::OtherKind(kind));
    }
    assert_eq!(told(b""), Refusal::Empty);
    assert_eq!(told(b"\xef\xbb\xbf \n"), Refusal::Empty);
    assert_eq!(told(b"\xff\xfe<\0s\0"), Refusal::NoText);
    assert_eq!(told(b"<html><body/></html>"), Refusal::NoSvg("html".to_owned()));
    assert_eq!(
        told(b"<svg xmlns=\"http://example.org/\" viewBox=\"0 0 1 1\"/>"),
        Refusal::NoSvg("svg".to_owned())
    );
    assert!(matches!(told(b"<svg viewBox=\"0 0 1 1\"><path"), Refusal::NoXml { line: 1, .. }));
    assert!(matches!(told(file("<path/>").replace("</svg>", "").as_bytes()), Refusal::NoXml { .. }));
    assert_eq!(told(file("<title>Ada</title>").as_bytes()), Refusal::NothingDrawn);
    assert_eq!(
        told(&[b"<svg>".as_slice(), &vec![b' '; MOST_FILE_BYTES]].concat()),
        Refusal::TooLarge(MOST_FILE_BYTES + 5)
    );
    assert!(matches!(told(b"\x89PNG\r\n\x1a\n"), Refusal::BrokenPng(_)));
}

#[test]
fn files_that_grow_are_refused() {
    let laughs: String =
        (1..9).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!(
        "<!DOCTYPE svg [<!ENTITY l0 \"lol\">{laughs}]><svg {SVG} viewBox=\"0 0 1 1\"><path d=\"&l8;\"/></svg>"
    );
    assert_eq!(read(&laughs), Err(Refusal::Entities));
    let level = |level: u32| {
        format!("<g id=\"g{level}\">{}</g>", format!("<use href=\"#g{}\"/>", level - 1).repeat(10))
    };
    let uses = format!("<path id=\"g0\" d=\"M0 0\"/>{}", (1..10).map(level).collect::<String>());
    assert!(matches!(read(&file(&uses)), Err(Refusal::Faults(faults)) if faults[0].contains("5000 shapes")));
    let round = "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>";
    assert!(matches!(read(&file(round)), Err(Refusal::Faults(_))));
    let deep = "<g>".repeat(MOST_LEVELS + 9) + "<path/>" + &"</g>".repeat(MOST_LEVELS + 9);
    assert_eq!(read(&file(&deep)), Err(Refusal::TooManyParts));
    let very_deep = "<g>".repeat(20_000) + &"</g>".repeat(20_000);
    assert_eq!(read(&file(&very_deep)), Err(Refusal::TooManyParts));
    assert_eq!(read(&file(&"<path/>".repeat(100_000))), Err(Refusal::TooManyParts));
    let chain = |links: u32| {
        let link = |at: u32| format!("<g id=\"a{at}\"><use href=\"#a{}\"/></g>", at + 1);
        (0..links).map(link).collect::<String>() + &format!("<path id=\"a{links}\"/>")
    };
    assert!(read(&file(&chain(50))).is_ok());
    assert!(
        matches!(read(&file(&chain(14_000))), Err(Refusal::Faults(faults)) if faults[0].contains("shapes"))
    );
}

#[test]
fn what_would_take_long_to_read_is_refused() {
    // Each part of a selector looks at every element around the one before.
    let selector = format!(".z {}", "g ".repeat(16));
    let around = "<g>".repeat(90) + "<path/>" + &"</g>".repeat(90);
    assert_eq!(
        read(&file(&format!("<style>{selector}{{fill:red}}</style>{around}"))),
        Err(Refusal::TooManyParts)
    );
    let rules: String = (0..2_500).map(|at| format!("path.a{at}{{fill:red}}")).collect();
    let paths = "<path/>".repeat(20_000);
    assert_eq!(read(&file(&format!("<style>{rules}</style>{paths}"))), Err(Refusal::TooManyParts));
    let sheet = |rules: usize| file(&format!("<style>{}</style><path/>", "p{fill:red}".repeat(rules)));
    assert!(read(&sheet(5_000)).is_ok());
    assert_eq!(read(&sheet(50_000)), Err(Refusal::TooManyParts));
    let styled = |times: usize| file(&format!("<path style=\"{}\"/>", "fill:red;".repeat(times)));
    assert!(read(&styled(200)).is_ok());
    assert_eq!(read(&styled(20_000)), Err(Refusal::TooManyParts));
    let attributes: String = (0..50_000).map(|at| format!(" a{at}=\"1\"")).collect();
    assert_eq!(read(&file(&format!("<path{attributes}/>"))), Err(Refusal::TooManyParts));
    // Pictures of few bytes and many dots: one is read, a second is too much.
    let large = png(3_000, 3_000, ColorType::Grayscale, &vec![0; 9_000_000]);
    let address = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &large);
    let image = format!("<image href=\"data:image/png;base64,{address}\"/>");
    assert!(read(&file(&image)).is_ok());
    assert_eq!(read(&file(&image.repeat(2))), Err(Refusal::TooManyParts));
    // Used again and again a picture counts by its dots.
    let small = read(&file(&image)).unwrap().svg;
    let small =
        small[small.find("<image").unwrap()..].replace("</svg>", "").replace("<image", "<image id=\"a\"");
    assert!(read(&file(&(small.clone() + "<use href=\"#a\"/>"))).is_ok());
    assert!(matches!(read(&file(&(small + &"<use href=\"#a\"/>".repeat(20)))), Err(Refusal::Faults(_))));
}

#[test]
fn rules_that_a_drawing_cannot_have_are_told() {
    let told = |css: &str| {
        let read = read(&file(&format!("<style>{css}</style><path class=\"a\"/>"))).unwrap();
        read.changed.contains(&Changed::Rules)
    };
    for css in [
        "path:nth-child(2){fill:none}",
        "@media print{.a{fill:red}}",
        "g ~ .a{fill:red}",
        "path:not(.b){fill:red}",
    ] {
        assert!(told(css), "{css}");
    }
    for css in [
        "",
        ".a{fill:red}",
        "path:first-child{fill:red}",
        "g > .a, g + path[d]{fill:url(#a)}",
        ".a{} /* a:b */",
    ] {
        assert!(!told(css), "{css}");
    }
}

#[test]
fn a_png_is_made_anew_without_what_is_not_seen() {
    let data = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
    let upload =
        read_upload("a.svg", &png(2, 2, ColorType::Rgb, &data), Some(PICTURE), &Drawings::new()).unwrap();
    let (begins, ends) = (
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 90\"><image width=\"120\" height=\"90\" href=\"data:image/png;base64,",
        "\"/></svg>",
    );
    assert!(upload.svg.starts_with(begins) && upload.svg.ends_with(ends), "{}", upload.svg);
    assert_eq!(dots(&upload.svg), (2, 2, data.to_vec()));
    assert!(!upload.svg.contains("Ada"));
    let drawings: Drawings = [("a.svg".to_owned(), upload.svg.clone())].into();
    assert_eq!(findings(&source(vec![full("a.svg")]), &drawings), []);
    // As a part of an SVG, and once more of what was made.
    let within = file(&upload.svg[begins.find("<image").unwrap()..].replace("</svg>", ""));
    assert_eq!(read(&within).unwrap().svg, read(&upload.svg).unwrap().svg);
    let own = read_upload("a.svg", &png(2, 2, ColorType::Rgb, &data), None, &Drawings::new()).unwrap();
    assert!(own.svg.contains("viewBox=\"0 0 2 2\"") && own.changed.is_empty());
}

#[test]
fn a_png_has_no_more_dots_than_are_shown() {
    // Stripes of a covering red and of nothing: their mean is a red that covers half.
    let row: Vec<u8> =
        (0..3_200).flat_map(|at| if at % 2 == 0 { [255, 0, 0, 255] } else { [0, 0, 255, 0] }).collect();
    let upload =
        read_upload("a.svg", &png(3_200, 4, ColorType::Rgba, &row.repeat(4)), None, &Drawings::new())
            .unwrap();
    let (width, height, shown) = dots(&upload.svg);
    assert_eq!((width, height), (1_600, 2));
    assert!(shown.chunks(4).all(|dot| dot == [255, 0, 0, 128]), "{:?}", &shown[..8]);
    assert!(upload.changed.contains(&Changed::Scaled));
    // Odd sides: every dot is the mean of its part, and no row is lost.
    let grey = vec![77; 2_003 * 3];
    let upload =
        read_upload("a.svg", &png(2_003, 3, ColorType::Grayscale, &grey), None, &Drawings::new()).unwrap();
    let (width, height, shown) = dots(&upload.svg);
    assert_eq!((width, height), (1_600, 2));
    assert!(shown.iter().all(|value| *value == 77));
}

#[test]
fn hostile_png_are_refused() {
    let told = |file: &[u8]| read_upload("a.svg", file, None, &Drawings::new()).unwrap_err();
    let good = png(2, 2, ColorType::Rgb, &[0; 12]);
    for cut in [9, 20, 33, good.len() - 12, good.len() - 1] {
        assert!(matches!(told(&good[..cut]), Refusal::BrokenPng(_)), "{cut}: {:?}", told(&good[..cut]));
    }
    // A few bytes that say that they are 50 000 by 50 000 dots.
    let mut huge = good.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let sum = crc32(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(told(&huge), Refusal::TooManyDots { width: 50_000, height: 50_000 });
    // So does one that is part of a drawing that is no upload.
    let address = format!(
        "data:image/png;base64,{}",
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &huge)
    );
    let svg = file(&format!("<image href=\"{address}\"/>"));
    let drawings: Drawings = [("a.svg".to_owned(), svg)].into();
    let problems = findings(&source(vec![full("a.svg")]), &drawings);
    assert_eq!(problems[0].problem.message, "'a.svg' contains a picture of 50000 by 50000 dots");
    // Noise has no smaller way to be written: it is scaled down, and what stays too large is refused.
    let mut seed = 1_u32;
    let noise: Vec<u8> = (0..700 * 700 * 3)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        })
        .collect();
    assert!(matches!(told(&png(700, 700, ColorType::Rgb, &noise)), Refusal::TooHeavy(_)));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[test]
fn a_picture_of_dots_is_not_repeated() {
    let upload =
        read_upload("a.svg", &png(1, 1, ColorType::Rgb, &[1, 2, 3]), Some(PICTURE), &Drawings::new())
            .unwrap();
    let drawings: Drawings = [("a.svg".to_owned(), upload.svg)].into();
    let mut layer = full("a.svg");
    layer.repeat = Some("64".to_owned());
    let found = findings(&source(vec![layer]), &drawings);
    assert_eq!(found[0].problem.message, "'a.svg' is a picture of dots and is repeated");
}

#[test]
fn names_are_made_of_those_of_files() {
    for (file, name) in [
        ("Frame Front.SVG", "frame-front.svg"),
        ("C:\\Bilder\\Gabel (2).png", "gabel-2.svg"),
        ("../../etc/passwd", "passwd.svg"),
        ("évier--x.svg", "vier-x.svg"),
        ("日本.svg", "drawing.svg"),
        ("", "drawing.svg"),
        (".svg", "drawing.svg"),
        ("a.tar.svg", "a-tar.svg"),
    ] {
        assert_eq!(drawing_name(file), name);
    }
    assert_eq!(drawing_name(&"x".repeat(500)).len(), 64);
}

#[test]
fn an_element_with_nothing_left_within_is_closed_at_once() {
    for within in ["", "<title>x</title>", "<metadata/>", "<style>g{}</style>", "<!-- x -->", " "] {
        let upload = read(&file(&format!("<path d=\"M0 0\"/><g fill=\"red\">{within}</g>"))).unwrap();
        assert!(upload.svg.ends_with("<g fill=\"red\"/></svg>"), "{}", upload.svg);
    }
}

#[test]
fn only_what_is_referred_to_and_kept_has_an_id() {
    let made = |inside: &str| {
        let svg = read(&file(inside)).unwrap().svg;
        assert_eq!(read(&svg).unwrap().svg, svg);
        svg
    };
    let overridden =
        "<style>path{fill:red !important}</style><g id=\"a\"/><path d=\"M0 0\" fill=\"url(#a)\"/>";
    assert!(!made(overridden).contains("id="));
    for left_out in ["<title id=\"a\"/>", "<metadata><g id=\"a\"/></metadata>", "<style id=\"a\"/>"] {
        assert!(made(&format!("{left_out}<use href=\"#a\"/>")).contains("href=\"#.nowhere\""));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is written, what is made of it passes the check of all drawings, and is the same once more.
    #[test]
    fn what_is_made_passes_the_check(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 1..12)) {
        if let Ok(upload) = read(&file(&pieces.concat())) {
            let drawings: Drawings = [("a.svg".to_owned(), upload.svg.clone())].into();
            prop_assert_eq!(findings(&source(vec![full("a.svg")]), &drawings), []);
            prop_assert_eq!(read(&upload.svg).unwrap().svg, upload.svg);
        }
    }

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0..120_usize) {
        let _ = read_upload("a.svg", &bytes, None, &Drawings::new());
        let mut svg = file("<g id=\"a\"><use href=\"#a\"/></g><path style=\"fill:red\"/>").into_bytes();
        svg.splice(at..at, bytes);
        let _ = read_upload("a.svg", &svg, Some(PICTURE), &Drawings::new());
    }
}

const PIECES: [&str; 25] = [
    "<path d=\"M0 0\"/>",
    "<g id=\"a\" fill=\"url(#b)\">",
    "</g>",
    "<g style=\"fill:&quot;x&quot;;stroke:url( '#a' )\">",
    "<use href=\"#a\"/>",
    "<use xlink:href=\"#b\"/>",
    "<linearGradient id=\"b\"/>",
    "<style>.a{fill:red}*{stroke:blue !important}#a{d:path('M0 0')}</style>",
    "<path class=\"a\" fill=\"&lt;x&gt;\"/>",
    "<path unknown=\"x\" srcdoc=\"x\"/>",
    "<path fill=\"u/**/rl(x)\"/>",
    "<path d=\"http://x\"/>",
    "<path fill=\"&#xff52;\"/>",
    "<rect x=\"&quot; onload=&quot;\"/>",
    "<!-- > -->",
    "<![CDATA[<path/>]]>",
    "words",
    "<title>x</title>",
    "<metadata id=\"a\"><g id=\"b\"/></metadata>",
    "<style id=\"a\">path{fill:red !important}</style>",
    "<path fill=\"url(#a)\"/>",
    "<svg viewBox=\"0 0 1 1\"><path/></svg>",
    "<filter id=\"c\"><feGaussianBlur stdDeviation=\"2\"/></filter>",
    "<rect filter=\"url(#c)\" paint-order=\"stroke\"/>",
    "<path style=\"background:image-set('a.png');mix-blend-mode:&quot;x&quot;\"/>",
];
