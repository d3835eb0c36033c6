//! Reads as much of an SVG document as composing and checking need: tags with their attributes, nothing decoded.

/// A tag of a document.
#[cfg_attr(not(feature = "check"), expect(dead_code, reason = "composing asks for less than checking"))]
pub(crate) enum Tag<'t> {
    /// `<name …>`; `closed` when it is `<name …/>`.
    Opening { name: &'t str, attributes: Vec<(&'t str, &'t str)>, closed: bool },
    /// `</name>`
    Closing { name: &'t str },
    /// A doctype, an instruction, marked text: by how it begins.
    Other { begins: &'t str },
}

/// Walks the tags of a document, without its comments and its XML declaration. Yields `None` and ends where the
/// document is not well formed.
pub(crate) struct Tags<'t> {
    text: &'t str,
    /// Bytes read so far.
    pub at: usize,
}

impl<'t> Tags<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn skip_behind(&mut self, end: &str) -> Option<()> {
        self.at += self.rest().find(end)? + end.len();
        Some(())
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let there = self.rest().starts_with(wanted);
        if there {
            self.at += wanted.len();
        }
        there
    }

    fn name(&mut self) -> Option<&'t str> {
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
        let length = self.rest().find(|c| !belongs(c)).unwrap_or(self.rest().len());
        let name = &self.rest()[..length];
        self.at += length;
        (!name.is_empty()).then_some(name)
    }

    fn tag(&mut self) -> Option<Tag<'t>> {
        if self.rest().starts_with("<!") || self.rest().starts_with("<?") {
            let begins = self.rest().split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or("<!");
            self.skip_behind(">")?;
            return Some(Tag::Other { begins });
        }
        let closing = self.takes("</");
        if !closing {
            self.takes("<");
        }
        let name = self.name()?;
        let mut attributes = Vec::new();
        loop {
            let before = self.at;
            self.skip_space();
            if self.takes(">") {
                let opening = Tag::Opening { name, attributes, closed: false };
                return Some(if closing { Tag::Closing { name } } else { opening });
            }
            if self.takes("/>") {
                return (!closing).then_some(Tag::Opening { name, attributes, closed: true });
            }
            if closing || self.at == before {
                return None;
            }
            attributes.push(self.attribute()?);
        }
    }

    fn attribute(&mut self) -> Option<(&'t str, &'t str)> {
        let name = self.name()?;
        self.skip_space();
        if !self.takes("=") {
            return None;
        }
        self.skip_space();
        let quote = ["\"", "'"].into_iter().find(|quote| self.takes(quote))?;
        let start = self.at;
        self.skip_behind(quote)?;
        let value = &self.text[start..self.at - 1];
        (!value.contains('<')).then_some((name, value))
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Option<Tag<'t>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(start) = self.rest().find('<') else {
                self.at = self.text.len();
                return None;
            };
            self.at += start;
            let skipped = if self.rest().starts_with("<!--") {
                let from = self.at + "<!--".len();
                let skipped = self.skip_behind("-->");
                // HTML, into which drawings are put, also ends comments in ways that XML does not.
                let inside = &self.text[from.min(self.at)..self.at];
                let ends_early =
                    inside.contains("--!>") || inside.starts_with('>') || inside.starts_with("->");
                skipped.filter(|()| !ends_early)
            } else if self.rest().starts_with("<?xml ") {
                self.skip_behind("?>")
            } else {
                let tag = self.tag();
                if tag.is_none() {
                    self.at = self.text.len();
                }
                return Some(tag);
            };
            if skipped.is_none() {
                self.at = self.text.len();
                return Some(None);
            }
        }
    }
}

/// The parts of an SVG document that composing needs.
pub(crate) struct Svg<'t> {
    /// Four numbers.
    pub view_box: &'t str,
    /// The attributes of the outermost tag that its content inherits, such as `fill="none"`.
    pub style: Vec<(&'t str, &'t str)>,
    /// What stands between the outermost tags.
    pub content: &'t str,
}

/// Attributes of the outermost tag that are about the document and not about how its content looks.
pub(crate) const OF_THE_DOCUMENT: [&str; 10] =
    ["viewBox", "width", "height", "x", "y", "version", "id", "preserveAspectRatio", "role", "class"];

impl<'t> Svg<'t> {
    /// Reads a document; `None` when its first element is no `svg` with a `viewBox` of four numbers, or is never closed.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let mut tags = Tags::new(text);
        let attributes = loop {
            match tags.next()?? {
                Tag::Opening { name: "svg", attributes, closed: false } => break attributes,
                Tag::Other { .. } => {}
                _ => return None,
            }
        };
        let (_, view_box) = attributes.iter().copied().find(|(name, _)| *name == "viewBox")?;
        let mut numbers = view_box.split([' ', ',']).filter(|number| !number.is_empty());
        if numbers.clone().count() != 4 || !numbers.all(is_decimal) {
            return None;
        }
        let content = text.get(tags.at..text.rfind("</svg")?)?;
        let of_look = |(name, _): &(&str, &str)| {
            !name.starts_with("xmlns") && !name.starts_with("aria-") && !OF_THE_DOCUMENT.contains(name)
        };
        Some(Self { view_box, style: attributes.into_iter().filter(of_look).collect(), content })
    }
}

/// Whether a text is a decimal number. To parse it would take tables of 10 KB to the browser.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut both = whole.bytes().chain(fraction.bytes());
    whole.len() + fraction.len() > 0 && both.all(|byte| byte.is_ascii_digit())
}
