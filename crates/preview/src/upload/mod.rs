//! Drawings made of files that people upload: SVG without what only a drawing program needs, PNG within one. What would do more
//! than draw is refused, with its place; what is made passes the check that every drawing passes.

mod clean;
mod style;

use std::collections::BTreeSet;

use crate::dots::{self, Undrawable};
use crate::drawings::Drawings;

/// Most bytes of an SVG file.
pub const MOST_FILE_BYTES: usize = 2 * 1024 * 1024;
/// Most letters of a drawing's name.
const MOST_LETTERS: usize = 60;
/// How names of drawings end.
const ENDING: &str = ".svg";

/// A drawing that was made of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The drawing.
    pub svg: String,
    /// What it is without, or was changed in.
    pub changed: BTreeSet<Changed>,
}

/// How a drawing differs from its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// It was put into the middle of the product's picture.
    Fitted,
    /// It has fewer dots.
    Scaled,
    /// It is without what a drawing program keeps for itself.
    Editor,
    /// It is without the rules of its style sheet that a drawing can't have.
    Rules,
}

impl Changed {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fitted, Self::Scaled, Self::Editor, Self::Rules];

    /// How addresses say it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fitted => "fitted",
            Self::Scaled => "scaled",
            Self::Editor => "editor",
            Self::Rules => "rules",
        }
    }
}

/// Why no drawing can be made of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("this file is empty; save the drawing again")]
    Empty,
    /// It is neither SVG nor PNG: what it is, where that is known.
    #[error("this is {}; save it as SVG or PNG", .0.unwrap_or("no picture"))]
    OtherKind(Option<&'static str>),
    /// It has too many bytes.
    #[error("this file has {0} bytes; simplify the drawing")]
    TooLarge(usize),
    /// It is no text in UTF-8.
    #[error("this is no text in UTF-8; save it as plain SVG")]
    NoText,
    /// It is no XML from some place on.
    #[error("{reason} (line {line}, column {column}); save it as plain SVG")]
    NoXml {
        /// What is wrong there.
        reason: String,
        /// Counts from 1.
        line: u32,
        /// Counts from 1.
        column: u32,
    },
    /// It declares entities, which can grow without end.
    #[error("it declares entities; save it as plain SVG")]
    Entities,
    /// It has more elements than a drawing can have.
    #[error("it has too many parts, or parts within each other; simplify the drawing")]
    TooManyParts,
    /// Its outermost element is no `svg`.
    #[error("its first element is <{0}>; save it as SVG")]
    NoSvg(String),
    /// Nothing says how large it is.
    #[error("it has neither a viewBox nor a width and a height; save it with one")]
    NoSize,
    /// Nothing in it is drawn.
    #[error("it draws nothing; turn letters into paths, and save what is to be seen")]
    NothingDrawn,
    /// Parts of it do more than draw.
    #[error("it contains {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Parts(Vec<Part>),
    /// What is left is no plain drawing.
    #[error("it contains {}", .0.join(", "))]
    Faults(Vec<String>),
    /// It is no PNG from some place on.
    #[error("this PNG can't be read: {0}; save it again")]
    BrokenPng(String),
    /// It has more dots than the shop reads.
    #[error("it has {width} by {height} dots; save it smaller")]
    TooManyDots {
        /// Dots from left to right.
        width: u32,
        /// Dots from top to bottom.
        height: u32,
    },
    /// However few dots it has, it takes too many bytes.
    #[error("it takes {0} bytes with few dots; use fewer colours, or draw it as SVG")]
    TooHeavy(usize),
}

/// A part of a file that does more than draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it does.
    pub kind: PartKind,
    /// The element or the attribute, as it is written.
    pub what: String,
    /// Counts from 1.
    pub line: u32,
    /// Counts from 1.
    pub column: u32,
}

impl std::fmt::Display for Part {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} (line {}, column {})", self.what, self.line, self.column)
    }
}

/// What parts of a file do beside drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// It runs a program.
    Script,
    /// It moves.
    Animation,
    /// It leads elsewhere, or fetches something.
    Address,
    /// It has a page in it.
    Page,
    /// It needs a font.
    Letters,
    /// It is a picture of another kind than PNG.
    Picture,
    /// It is no shape, gradient, clip, mask, pattern or filter.
    Element,
}

/// The name of the drawing that a file becomes: what is no letter, digit, `-` or `_` is left out.
#[must_use]
pub fn drawing_name(file: &str) -> String {
    let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || letter == '_' => letter.to_ascii_lowercase(),
        _ => '-',
    };
    let mut name = String::new();
    for letter in stem.chars().map(plain) {
        if letter != '-' || !(name.is_empty() || name.ends_with('-')) {
            name.push(letter);
        }
    }
    name.truncate(MOST_LETTERS);
    let name = name.trim_end_matches('-');
    format!("{}{ENDING}", if name.is_empty() { "drawing" } else { name })
}

/// Makes a drawing of a file, whatever that is called. Where it is to fill a picture of some size and has another, it is put into the
/// middle of that, as large as it goes. Its ids become its own among those of the other drawings.
///
/// # Errors
/// See [`Refusal`].
pub fn read_upload(
    name: &str,
    file: &[u8],
    picture: Option<[u32; 2]>,
    others: &Drawings,
) -> Result<Upload, Refusal> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    if file.trim_ascii().is_empty() {
        return Err(Refusal::Empty);
    }
    if file.starts_with(b"\x89PNG") {
        return of_dots(file, picture);
    }
    // UTF-16 is told as what it is by who reads text.
    let is_text = file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff");
    if !is_text && !file.trim_ascii_start().starts_with(b"<") {
        return Err(Refusal::OtherKind(other_kind(file)));
    }
    if file.len() > MOST_FILE_BYTES {
        return Err(Refusal::TooLarge(file.len()));
    }
    let text = std::str::from_utf8(file).map_err(|_| Refusal::NoText)?;
    clean::cleaned(name, text, picture, others)
}

/// What a file is that is neither SVG nor PNG, by how it begins.
fn other_kind(file: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"\x1f\x8b", "SVGZ"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"RIFF", "WebP"),
        (b"%PDF", "PDF"),
        (b"%!PS", "PostScript"),
        (b"PK", "ZIP"),
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
    ];
    KINDS.into_iter().find(|(begins, _)| file.starts_with(begins)).map(|(_, kind)| kind)
}

/// A drawing around a PNG.
fn of_dots(file: &[u8], picture: Option<[u32; 2]>) -> Result<Upload, Refusal> {
    let made = dots::made_anew(file).map_err(|error| undrawable(&error))?;
    let [width, height] = picture.unwrap_or(made.size);
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" href="{}"/></svg>"#,
        made.address
    );
    let [across, down] = made.size.map(u64::from);
    let fitted = (across * u64::from(height) != down * u64::from(width)).then_some(Changed::Fitted);
    let scaled = made.is_scaled.then_some(Changed::Scaled);
    Ok(Upload { svg, changed: fitted.into_iter().chain(scaled).collect() })
}

fn undrawable(error: &Undrawable) -> Refusal {
    match error {
        Undrawable::Broken(reason) => Refusal::BrokenPng(reason.clone()),
        Undrawable::TooManyDots([width, height]) => Refusal::TooManyDots { width: *width, height: *height },
        Undrawable::TooHeavy(bytes) => Refusal::TooHeavy(*bytes),
    }
}

#[cfg(test)]
mod tests;
