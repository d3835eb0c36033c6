//! Composes a design's picture from a product's layers: one SVG document that needs nothing else. Pure.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "check")]
mod dots;
mod drawings;
#[cfg(feature = "check")]
mod harmless;
mod svg;
#[cfg(feature = "check")]
mod upload;

use std::fmt::Write;

use configurator::{AttributeId, Colour, Design, Drawing, Layer, Product, Value, is_hidden};

#[cfg(feature = "check")]
pub use check::{Finding, MOST_BYTES, USUAL_BYTES, check, findings, used};
pub use drawings::Drawings;
use svg::Svg;
#[cfg(feature = "check")]
pub use upload::{Changed, MOST_FILE_BYTES, Part, PartKind, Refusal, Upload, drawing_name, read_upload};

/// Most repetitions of a boxed drawing.
const MOST_REPETITIONS: i64 = 64;

const INK: Colour = Colour { red: 0x14, green: 0x13, blue: 0x0f };
const WHITE: Colour = Colour { red: 0xff, green: 0xff, blue: 0xff };

/// Draws a design as an SVG document. Layers whose drawing is missing are left out; [`check`] reports them.
#[must_use]
pub fn compose(product: &Product, drawings: &Drawings, design: &Design) -> String {
    let (view_box, title) = (view_box(product), escape(&product.name));
    let layers = layers(product, drawings, design).concat();
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" role="img" aria-label="{title}">{layers}</svg>"#
    )
}

/// What a picture's layers show, each by itself, from the bottom up: most changes of a design draw one or two of them anew. A
/// layer that isn't shown is empty.
#[must_use]
pub fn layers(product: &Product, drawings: &Drawings, design: &Design) -> Vec<String> {
    let layer = |layer: &Layer| {
        let mut svg = String::new();
        let is_shown = layer.when.as_ref().is_none_or(|when| product.holds(when, design));
        if is_shown && !is_of_nothing(design, layer) {
            draw(product, drawings, design, layer, &mut svg);
        }
        svg
    };
    product.layers.iter().map(layer).collect()
}

/// Where a product's pictures lie, as the `viewBox` of an SVG.
#[must_use]
pub fn view_box(product: &Product) -> String {
    let [width, height] = product.picture;
    format!("0 0 {width} {height}")
}

fn draw(product: &Product, drawings: &Drawings, design: &Design, layer: &Layer, svg: &mut String) {
    let tones = Tones::of(product, design, layer);
    let number = |expression| product.evaluate(expression, design);
    match &layer.drawing {
        Drawing::Full { file } => {
            if let Some(drawing) = drawings.get(file).and_then(|text| Svg::parse(text)) {
                svg.push_str(&painted(&drawing, &tones));
            }
        }
        Drawing::Boxed { file, area, repeat } => {
            let Some(drawing) = drawings.get(file).and_then(|text| Svg::parse(text)) else { return };
            let [x, y, width, height] = area.each_ref().map(number);
            let [times, dx, dy] = repeat.each_ref().map(number);
            let painted = painted(&drawing, &tones);
            for index in 0..times.clamp(0, MOST_REPETITIONS) {
                let (x, y) =
                    (x.saturating_add(dx.saturating_mul(index)), y.saturating_add(dy.saturating_mul(index)));
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

/// What a drawing shows, in these colours and with what its outermost tag says of it.
fn painted(drawing: &Svg, tones: &Tones) -> String {
    let content = tones.painted(drawing.content);
    if drawing.style.is_empty() {
        return content;
    }
    let style = drawing
        .style
        .iter()
        .map(|(name, value)| format!(" {name}=\"{}\"", tones.painted(&value.replace('"', "&quot;"))));
    format!("<g{}>{content}</g>", style.collect::<String>())
}

/// Whether a layer is tinted by attributes none of which applies: then it draws something that isn't there.
fn is_of_nothing(design: &Design, layer: &Layer) -> bool {
    !layer.tint.is_empty() && layer.tint.iter().all(|(_, id)| *design.value(*id) == Value::Absent)
}

/// The colours a layer's tints take in a design.
struct Tones(Vec<(String, Colour)>);

impl Tones {
    fn of(product: &Product, design: &Design, layer: &Layer) -> Self {
        let colour = |attribute: AttributeId| match design.value(attribute) {
            Value::Option(option) => product.attribute(attribute).option(*option).swatch,
            _ => None,
        };
        Self(
            layer
                .tint
                .iter()
                .filter_map(|(name, attribute)| Some((name.clone(), colour(*attribute)?)))
                .collect(),
        )
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

    /// A drawing with every `var(--name, fallback)` replaced by its tone, or its fallback.
    fn painted(&self, drawing: &str) -> String {
        let mut out = String::with_capacity(drawing.len());
        let mut rest = drawing;
        while let Some(at) = rest.find("var(--") {
            let inside = &rest[at + 6..];
            let Some(end) = closing_bracket(inside) else { break };
            out.push_str(&rest[..at]);
            let (variable, fallback) = inside[..end].split_once(',').unwrap_or((&inside[..end], "none"));
            match self.tone(variable.trim()) {
                Some(tone) => out.push_str(&tone),
                None => out.push_str(&self.painted(fallback.trim())),
            }
            rest = &inside[end + 1..];
        }
        out.push_str(rest);
        out
    }
}

/// Where the bracket closes that was opened before this text: a fallback may have brackets of its own.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'<' | b'>' => return None,
            _ => {}
        }
    }
    None
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
            // XML has no place for some of them, and nobody misses any.
            other if is_hidden(other) => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
