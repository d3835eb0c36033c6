//! Composes a design's picture from a product's layers: one SVG document that needs nothing else. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use configurator::{AttributeId, Colour, Design, Drawing, Layer, Problem, Product, Value};

/// The drawings of a product by file name, as SVG text.
pub type Drawings = BTreeMap<String, String>;

/// Most bytes of all drawings of a product together.
pub const MOST_BYTES: usize = 60 * 1024;
/// Most repetitions of a boxed drawing.
const MOST_REPETITIONS: i64 = 64;

const INK: Colour = Colour { red: 0x14, green: 0x13, blue: 0x0f };
const WHITE: Colour = Colour { red: 0xff, green: 0xff, blue: 0xff };

/// Draws a design as an SVG document. Layers whose drawing is missing are left out; [`check`] reports them.
#[must_use]
pub fn compose(product: &Product, drawings: &Drawings, design: &Design) -> String {
    let [width, height] = product.picture;
    let title = escape(&product.name);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">"#
    );
    for layer in &product.layers {
        if layer.when.as_ref().is_none_or(|when| product.holds(when, design)) {
            draw(product, drawings, design, layer, &mut svg);
        }
    }
    svg.push_str("</svg>");
    svg
}

fn draw(product: &Product, drawings: &Drawings, design: &Design, layer: &Layer, svg: &mut String) {
    let tones = Tones::of(product, design, layer);
    let number = |expression| product.evaluate(expression, design);
    match &layer.drawing {
        Drawing::Full { file } => {
            if let Some(drawing) = drawings.get(file).and_then(|text| Svg::parse(text)) {
                tones.paint(drawing.content, svg);
            }
        }
        Drawing::Boxed { file, area, repeat } => {
            let Some(drawing) = drawings.get(file).and_then(|text| Svg::parse(text)) else { return };
            let [x, y, width, height] = area.each_ref().map(number);
            let [times, dx, dy] = repeat.each_ref().map(number);
            let mut painted = String::new();
            tones.paint(drawing.content, &mut painted);
            for index in 0..times.clamp(0, MOST_REPETITIONS) {
                let (x, y) = (x.saturating_add(dx.saturating_mul(index)), y.saturating_add(dy.saturating_mul(index)));
                // Writing to a String cannot fail.
                let _ = write!(
                    svg,
                    r#"<svg x="{x}" y="{y}" width="{}" height="{}" viewBox="{}" preserveAspectRatio="none">{painted}</svg>"#,
                    width.max(0),
                    height.max(0),
                    drawing.view_box,
                );
            }
        }
        Drawing::Text { attribute, at, font_size, rotate } => {
            let Value::Text(text) = design.value(*attribute) else { return };
            if text.is_empty() {
                return;
            }
            let [x, y] = at.each_ref().map(number);
            let fill = tones.tone("text").unwrap_or_else(|| INK.to_string());
            let _ = write!(
                svg,
                r#"<text transform="translate({x} {y}) rotate({rotate})" text-anchor="middle" font-family="Georgia, 'Times New Roman', serif" font-weight="600" font-size="{font_size}" letter-spacing="1" fill="{fill}">{}</text>"#,
                escape(text),
            );
        }
    }
}

/// The colours a layer's tints take in a design.
struct Tones(Vec<(String, Colour)>);

impl Tones {
    fn of(product: &Product, design: &Design, layer: &Layer) -> Self {
        let colour = |attribute: AttributeId| match design.value(attribute) {
            Value::Option(option) => product.attribute(attribute).option(*option).swatch,
            _ => None,
        };
        Self(layer.tint.iter().filter_map(|(name, attribute)| Some((name.clone(), colour(*attribute)?))).collect())
    }

    /// The colour of a variable such as `frame` or `frame-shade`.
    fn tone(&self, variable: &str) -> Option<String> {
        self.0.iter().find_map(|(name, base)| {
            let tone = match variable.strip_prefix(name.as_str())? {
                "" => *base,
                "-shade" => base.mix(INK, 22),
                "-deep" => base.mix(INK, 45),
                "-light" => base.mix(WHITE, 28),
                _ => return None,
            };
            Some(tone.to_string())
        })
    }

    /// Copies a drawing with every `var(--name, fallback)` replaced by its tone, or its fallback.
    fn paint(&self, drawing: &str, out: &mut String) {
        let mut rest = drawing;
        while let Some(at) = rest.find("var(--") {
            out.push_str(&rest[..at]);
            let inside = &rest[at + 6..];
            let Some(end) = inside.find(')') else {
                rest = &rest[at..];
                break;
            };
            let (variable, fallback) = inside[..end].split_once(',').unwrap_or((&inside[..end], "none"));
            match self.tone(variable.trim()) {
                Some(tone) => out.push_str(&tone),
                None => out.push_str(fallback.trim()),
            }
            rest = &inside[end + 1..];
        }
        out.push_str(rest);
    }
}

/// The parts of an SVG document that composing needs.
struct Svg<'t> {
    view_box: &'t str,
    content: &'t str,
}

impl<'t> Svg<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let root = &text[text.find("<svg")?..];
        let open_end = root.find('>')?;
        let view_box = attribute(&root[..open_end], "viewBox")?;
        let content = &root[open_end + 1..root.rfind("</svg>")?];
        Some(Self { view_box, content })
    }
}

/// The value of an attribute within an opening tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.find(&format!(" {name}="))? + name.len() + 2;
    let quote = tag[at..].chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    tag[at + 1..].split(quote).next()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Everything that is wrong with a product's drawings: missing ones, ones that are more than a plain drawing, ids used
/// twice, too many bytes.
#[must_use]
pub fn check(product: &Product, drawings: &Drawings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (index, layer) in product.layers.iter().enumerate() {
        let (Drawing::Full { file } | Drawing::Boxed { file, .. }) = &layer.drawing else { continue };
        let mut report = |message: String, advice: &str| {
            let place = format!("layers.{index}.file");
            problems.push(Problem { place, span: None, message, advice: advice.to_owned() });
        };
        let Some(text) = drawings.get(file) else {
            report(format!("the drawing '{file}' is missing"), "Put it into the product's folder layers/.");
            continue;
        };
        if !seen.insert(file) {
            continue;
        }
        if Svg::parse(text).is_none() {
            report(format!("'{file}' is no SVG document with a viewBox"), "Save it as plain SVG.");
        }
        for forbidden in ["<script", "<style", "<foreignObject", "<image", "<!ENTITY", "javascript:", " on", "http:"] {
            // Event handlers are attributes that begin with "on"; namespaces are the one place for an address.
            let found = match forbidden {
                " on" => text.split('<').any(|tag| tag.split('>').next().is_some_and(has_handler)),
                "http:" => text.replace("http://www.w3.org/", "").contains("http:") || text.contains("https:"),
                plain => text.contains(plain),
            };
            if found {
                let what = if forbidden == " on" { "an event handler" } else { forbidden };
                report(format!("'{file}' contains {what}"), "Keep drawings to shapes, gradients and clips.");
            }
        }
        for id in text.split(" id=").skip(1).filter_map(|rest| rest.get(1..)?.split(['"', '\'']).next()) {
            if let Some(other) = ids.insert(id, file) {
                let advice = "Begin each id with its drawing's name.";
                report(format!("'{file}' uses the id '{id}', and so does '{other}'"), advice);
            }
        }
    }
    let bytes: usize = drawings.values().map(String::len).sum();
    if bytes > MOST_BYTES {
        problems.push(Problem {
            place: "layers".to_owned(),
            span: None,
            message: format!("the drawings have {} KB together", bytes / 1024),
            advice: format!("Simplify them to {} KB.", MOST_BYTES / 1024),
        });
    }
    problems
}

fn has_handler(tag: &str) -> bool {
    tag.split_whitespace().skip(1).any(|attribute| attribute.to_ascii_lowercase().starts_with("on") && attribute.contains('='))
}

#[cfg(test)]
mod tests;
