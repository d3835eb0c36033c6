//! Colours by hue, as people name them.

use configurator::Colour;
use words::Studio;

/// A group of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hue {
    Yellow,
    Orange,
    Red,
    Pink,
    Blue,
    Green,
    Brown,
    Grey,
    White,
    Black,
}

/// All of them, in the order in which they are shown.
pub const HUES: [Hue; 10] = [
    Hue::Yellow,
    Hue::Orange,
    Hue::Red,
    Hue::Pink,
    Hue::Blue,
    Hue::Green,
    Hue::Brown,
    Hue::Grey,
    Hue::White,
    Hue::Black,
];

impl Hue {
    /// The group of a colour: by lightness where it has little of any hue, else by its angle on the circle of hues; a dark
    /// orange is a brown, a pale red a pink.
    pub fn of(colour: Colour) -> Self {
        let [red, green, blue] = [colour.red, colour.green, colour.blue].map(i32::from);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let chroma = most - least;
        if most < 48 {
            return Self::Black;
        }
        if chroma < 14 || chroma * 6 < most {
            return if least > 205 { Self::White } else { Self::Grey };
        }
        let angle = match most {
            _ if most == red => 60 * (green - blue) / chroma,
            _ if most == green => 120 + 60 * (blue - red) / chroma,
            _ => 240 + 60 * (red - green) / chroma,
        };
        match angle.rem_euclid(360) {
            _ if chroma * 3 < most && most < 130 && red >= blue => Self::Brown,
            8..=50 if most < 165 => Self::Brown,
            0..=13 | 340.. if least > 125 => Self::Pink,
            0..=13 | 340.. => Self::Red,
            14..=34 if chroma * 2 > most => Self::Orange,
            14..=68 => Self::Yellow,
            69..=172 => Self::Green,
            173..=252 => Self::Blue,
            _ => Self::Pink,
        }
    }

    /// Its name.
    pub fn name(self, say: &Studio) -> &'static str {
        match self {
            Self::Yellow => say.yellows(),
            Self::Orange => say.oranges(),
            Self::Red => say.reds(),
            Self::Pink => say.pinks(),
            Self::Blue => say.blues(),
            Self::Green => say.greens(),
            Self::Brown => say.browns(),
            Self::Grey => say.greys(),
            Self::White => say.whites(),
            Self::Black => say.blacks(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours of RAL Classic that their names place.
    #[test]
    fn colours_are_where_their_names_say() {
        for (colour, hue) in [
            ("#f2ad00", Hue::Yellow),
            ("#cea176", Hue::Yellow),
            ("#ed760e", Hue::Orange),
            ("#a52019", Hue::Red),
            ("#d8a0a6", Hue::Pink),
            ("#6d3f5b", Hue::Pink),
            ("#2271b3", Hue::Blue),
            ("#1d1e33", Hue::Blue),
            ("#308446", Hue::Green),
            ("#59351f", Hue::Brown),
            ("#7d8471", Hue::Grey),
            ("#f6f6f6", Hue::White),
            ("#1e1e1e", Hue::Black),
        ] {
            assert_eq!(Colour::parse(colour).map(Hue::of), Some(hue), "{colour}");
        }
    }
}
