//! Checks of the picture's layers.

use engine::names::nearest;

use super::Checker;
use crate::attribute::Attribute;
use crate::ids::AttributeId;
use crate::product::{Drawing, Layer};
use crate::rule::syntax::Number;
use crate::source::LayerSource;

impl Checker<'_> {
    pub(super) fn layer(&mut self, place: &str, written: &LayerSource, attributes: &[Attribute]) -> Layer {
        let when =
            written.when.as_ref().map(|text| self.condition(&format!("{place}.when"), text, attributes));
        let mut tint = Vec::new();
        for (name, code) in &written.tint {
            let found = self.tint(&format!("{place}.tint.{name}"), code, attributes);
            tint.extend(found.map(|attribute| (name.clone(), attribute)));
        }
        let mut expression = |field: &str, text: Option<&String>, fallback: i64| {
            text.map_or(Number::Constant(fallback), |text| {
                self.expression(&format!("{place}.{field}"), text, attributes)
            })
        };
        let area = [
            expression("x", written.x.as_ref(), 0),
            expression("y", written.y.as_ref(), 0),
            expression("width", written.width.as_ref(), 0),
            expression("height", written.height.as_ref(), 0),
        ];
        let repeat = [
            expression("repeat", written.repeat.as_ref(), 1),
            expression("dx", written.dx.as_ref(), 0),
            expression("dy", written.dy.as_ref(), 0),
        ];
        let drawing = match (&written.file, &written.text) {
            (Some(file), None) => {
                if written.drawing().is_none() {
                    let message = format!("'{file}' is no drawing of this product");
                    self.report(format!("{place}.file"), message, "Name an .svg file directly in layers/.");
                }
                match written.area().iter().flatten().count() {
                    4 => Drawing::Boxed { file: file.clone(), area, repeat },
                    sides => {
                        if sides > 0 {
                            let advice = "Say all four of where it begins (x, y) and how large it is (width, height), or none.";
                            self.report(place, "the box is incomplete", advice);
                        }
                        Drawing::Full { file: file.clone() }
                    }
                }
            }
            (None, Some(code)) => {
                let [x, y, ..] = area;
                Drawing::Text {
                    attribute: self.text(&format!("{place}.text"), code, attributes),
                    at: [x, y],
                    font_size: written.font_size.unwrap_or(40).clamp(1, 1_000),
                    rotate: written.rotate.unwrap_or(0),
                }
            }
            _ => {
                let advice = "Choose its drawing (file) or the text that it writes (text), one of the two.";
                self.report(place, "a layer has one thing that it draws", advice);
                Drawing::Full { file: String::new() }
            }
        };
        Layer { drawing, when, tint }
    }

    /// The choice whose swatch tints a drawing.
    pub(super) fn tint(&mut self, place: &str, code: &str, attributes: &[Attribute]) -> Option<AttributeId> {
        let Some(index) = position(attributes, code) else {
            if !self.attribute_may_exist(code) {
                let advice = nearest(code, attributes.iter().map(|attribute| attribute.code.as_str()));
                self.report(place, format!("there is no attribute '{code}'"), advice);
            }
            return None;
        };
        let (id, attribute) = (AttributeId::new(index), &attributes[index]);
        if !attribute.kind.is_choice() {
            let advice = "Tint with the swatch of a choice: it has exactly one.";
            self.report(place, format!("'{code}' is not a choice"), advice);
        } else if !attribute.options().iter().any(|option| option.swatch.is_some())
            && !self.in_doubt(id, "options.*.swatch")
        {
            let message = format!("no option of '{code}' has a swatch");
            self.report(place, message, "Give its options swatches.");
        }
        Some(id)
    }

    /// The text attribute that a layer writes; any attribute where there is none.
    pub(super) fn text(&mut self, place: &str, code: &str, attributes: &[Attribute]) -> AttributeId {
        let texts = || attributes.iter().filter(|attribute| attribute.kind.is_text());
        let found = texts().find(|attribute| attribute.code == code);
        if found.is_none() && !self.attribute_may_exist(code) {
            let advice = nearest(code, texts().map(|attribute| attribute.code.as_str()));
            self.report(place, format!("there is no text attribute '{code}'"), advice);
        }
        AttributeId::new(found.and_then(|_| position(attributes, code)).unwrap_or(0))
    }
}

fn position(attributes: &[Attribute], code: &str) -> Option<usize> {
    attributes.iter().position(|attribute| attribute.code == code)
}
