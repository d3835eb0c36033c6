//! Pictures of dots within drawings: PNG, as data in the drawing itself, so that a picture needs nothing else.

use std::collections::BTreeMap;
use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter, Limits, Transformations};

/// How the address of one begins.
const ADDRESS: &str = "data:image/png;base64,";
/// Most dots along a side of one that is part of a drawing.
const MOST_SIDE: u32 = 4_096;
/// Most dots of a file: what is read has four bytes for each.
pub(crate) const MOST_DOTS: u64 = 12_000_000;
/// For so many of its dots a picture counts as a shape.
const DOTS_OF_A_SHAPE: u64 = 4_000;
/// Most bytes of one within a drawing.
const MOST_BYTES: usize = 256 * 1024;
/// The longest sides that are tried until it is small enough. The first is the widest that pictures are shown.
const SIDES: [u32; 4] = [1_600, 1_200, 900, 640];
/// Most colours for which a dot takes a byte.
const MOST_COLOURS: usize = 256;

/// A picture of dots, made anew of what was in a file: nothing is in it but its dots.
pub(crate) struct Dots {
    /// Its address within a drawing.
    pub(crate) address: String,
    pub(crate) size: [u32; 2],
    /// Whether it has fewer dots than the file.
    pub(crate) is_scaled: bool,
}

/// Why a file is no picture of dots.
#[derive(Debug)]
pub(crate) enum Undrawable {
    /// Its bytes mean nothing from some place on.
    Broken(String),
    /// It would take too much room to read.
    TooManyDots([u32; 2]),
    /// It stays too large, however few dots it is given.
    TooHeavy(usize),
}

/// What is wrong with the address of a picture within a drawing.
pub(crate) fn fault(address: &str) -> Option<String> {
    let shown = || format!("the address '{}'", address.chars().take(60).collect::<String>());
    let Some(data) = address.strip_prefix(ADDRESS) else { return Some(shown()) };
    let size = STANDARD.decode(data).ok().as_deref().and_then(size);
    match size {
        None => Some("a picture that is no PNG".to_owned()),
        Some([width, height]) if width > MOST_SIDE || height > MOST_SIDE => {
            Some(format!("a picture of {width} by {height} dots"))
        }
        Some(_) => None,
    }
}

/// How many shapes a picture takes about as long to draw as, by its address; none where it is no picture.
pub(crate) fn weight(address: &str) -> u64 {
    let size = data(address).as_deref().and_then(size);
    size.map_or(0, |[width, height]| u64::from(width) * u64::from(height) / DOTS_OF_A_SHAPE)
}

/// The bytes that an address within a drawing is, whatever they mean; blanks in it mean nothing.
pub(crate) fn data(address: &str) -> Option<Vec<u8>> {
    let data: String = address.strip_prefix(ADDRESS)?.split_ascii_whitespace().collect();
    STANDARD.decode(data).ok()
}

/// Width and height of a PNG, of which the beginning alone is looked at.
pub(crate) fn size(bytes: &[u8]) -> Option<[u32; 2]> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: 64 * 1024 });
    let info = decoder.read_header_info().ok()?;
    Some([info.width, info.height])
}

/// Reads a PNG and makes it anew without what is not seen, with no more dots than are shown.
pub(crate) fn made_anew(bytes: &[u8]) -> Result<Dots, Undrawable> {
    let read = Pixels::read(bytes)?;
    let mut last = 0;
    for side in SIDES {
        let pixels = read.within(side);
        let written = pixels.as_ref().unwrap_or(&read).write().map_err(Undrawable::Broken)?;
        last = written.len();
        if last <= MOST_BYTES {
            let shown = pixels.as_ref().unwrap_or(&read);
            let size = [shown.width, shown.height];
            let address = format!("{ADDRESS}{}", STANDARD.encode(written));
            return Ok(Dots { address, size, is_scaled: pixels.is_some() });
        }
    }
    Err(Undrawable::TooHeavy(last))
}

/// Dots of red, green, blue and how much they cover, row by row.
struct Pixels {
    width: u32,
    height: u32,
    dots: Vec<[u8; 4]>,
}

impl Pixels {
    fn read(bytes: &[u8]) -> Result<Self, Undrawable> {
        let broken = |error: png::DecodingError| Undrawable::Broken(error.to_string());
        let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: 64 * 1024 * 1024 });
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let info = decoder.read_header_info().map_err(broken)?;
        let [width, height] = [info.width, info.height];
        if u64::from(width) * u64::from(height) > MOST_DOTS {
            return Err(Undrawable::TooManyDots([width, height]));
        }
        let mut reader = decoder.read_info().map_err(broken)?;
        let room = reader.output_buffer_size().ok_or(Undrawable::TooManyDots([width, height]))?;
        let mut buffer = vec![0; room];
        let frame = reader.next_frame(&mut buffer).map_err(broken)?;
        // What is cut off behind the dots was cut off on its way.
        reader.finish().map_err(broken)?;
        let dots = buffer[..frame.buffer_size()].chunks_exact(frame.color_type.samples());
        let dots = dots.map(|dot| match *dot {
            [grey] => [grey, grey, grey, u8::MAX],
            [grey, cover] => [grey, grey, grey, cover],
            [red, green, blue] => [red, green, blue, u8::MAX],
            [red, green, blue, cover] => [red, green, blue, cover],
            _ => [0; 4],
        });
        Ok(Self { width, height, dots: dots.collect() })
    }

    /// The same with sides of so many dots at most; nothing where it has no more.
    fn within(&self, side: u32) -> Option<Self> {
        let longest = self.width.max(self.height);
        if longest <= side {
            return None;
        }
        let scaled = |length: u32| {
            let length = u64::from(length) * u64::from(side) / u64::from(longest);
            u32::try_from(length).unwrap_or(side).max(1)
        };
        Some(self.averaged(scaled(self.width), scaled(self.height)))
    }

    /// Each new dot is the mean of what it covers. Old and new sides are counted in parts that both are whole multiples of, so sums are exact.
    fn averaged(&self, width: u32, height: u32) -> Self {
        let (old, new) = (u64::from(self.height), u64::from(height));
        let mut dots = Vec::with_capacity(width as usize * height as usize);
        let mut sums = vec![[0_u64; 4]; width as usize];
        let whole = u64::from(self.width) * old;
        for (at, row) in (0_u64..).zip(self.dots.chunks_exact(self.width as usize)) {
            let row = summed(row, width);
            let (from, to) = (at * new, (at + 1) * new);
            let mut below = from / old;
            while below * old < to && below < new {
                let shared = to.min((below + 1) * old) - from.max(below * old);
                for (sum, dot) in sums.iter_mut().zip(&row) {
                    for (sum, value) in sum.iter_mut().zip(dot) {
                        *sum += value * shared;
                    }
                }
                if (below + 1) * old <= to {
                    dots.extend(sums.iter().map(|sum| mean(*sum, whole)));
                    sums.fill([0; 4]);
                }
                below += 1;
            }
        }
        Self { width, height, dots }
    }

    /// Written with as few bytes for a dot as its colours take.
    fn write(&self) -> Result<Vec<u8>, String> {
        let mut written = Vec::new();
        let mut encoder = Encoder::new(&mut written, self.width, self.height);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::High);
        let colours = self.colours();
        let bytes: Vec<u8> = if let Some(colours) = &colours {
            encoder.set_color(ColorType::Indexed);
            encoder.set_filter(Filter::NoFilter);
            let mut listed: Vec<(&[u8; 4], &u8)> = colours.iter().collect();
            listed.sort_by_key(|(_, place)| **place);
            encoder.set_palette(listed.iter().flat_map(|(dot, _)| dot[..3].to_vec()).collect::<Vec<u8>>());
            if listed.iter().any(|(dot, _)| dot[3] != u8::MAX) {
                encoder.set_trns(listed.iter().map(|(dot, _)| dot[3]).collect::<Vec<u8>>());
            }
            self.dots.iter().map(|dot| colours.get(dot).copied().unwrap_or_default()).collect()
        } else {
            encoder.set_filter(Filter::Adaptive);
            let is_opaque = self.dots.iter().all(|dot| dot[3] == u8::MAX);
            encoder.set_color(if is_opaque { ColorType::Rgb } else { ColorType::Rgba });
            let samples = if is_opaque { 3 } else { 4 };
            self.dots.iter().flat_map(|dot| dot[..samples].to_vec()).collect()
        };
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        writer.write_image_data(&bytes).map_err(|error| error.to_string())?;
        writer.finish().map_err(|error| error.to_string())?;
        Ok(written)
    }

    /// The colours with their places in a list, where they are few.
    fn colours(&self) -> Option<BTreeMap<[u8; 4], u8>> {
        let mut colours = BTreeMap::new();
        for dot in &self.dots {
            if !colours.contains_key(dot) {
                if colours.len() == MOST_COLOURS {
                    return None;
                }
                colours.insert(*dot, u8::try_from(colours.len()).ok()?);
            }
        }
        Some(colours)
    }
}

/// A row as a row of sums: colours times how much they cover, and how much they cover, times the part of each dot.
fn summed(row: &[[u8; 4]], width: u32) -> Vec<[u64; 4]> {
    let (old, new) = (row.len() as u64, u64::from(width));
    let mut sums = vec![[0_u64; 4]; width as usize];
    for (at, [red, green, blue, cover]) in (0_u64..).zip(row) {
        let (from, to) = (at * new, (at + 1) * new);
        let mut over = from / old;
        while over * old < to && over < new {
            let part = (to.min((over + 1) * old) - from.max(over * old)) * u64::from(*cover);
            let sum = &mut sums[over as usize];
            for (sum, value) in sum.iter_mut().zip([*red, *green, *blue]) {
                *sum += u64::from(value) * part;
            }
            sum[3] += part;
            over += 1;
        }
    }
    sums
}

fn mean(sum: [u64; 4], whole: u64) -> [u8; 4] {
    let rounded = |sum: u64, of: u64| {
        let mean = (sum + of / 2).checked_div(of).unwrap_or_default();
        u8::try_from(mean).unwrap_or(u8::MAX)
    };
    let [red, green, blue, cover] = sum;
    [rounded(red, cover), rounded(green, cover), rounded(blue, cover), rounded(cover, whole)]
}
