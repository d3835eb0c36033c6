//! The basket: a cookie of this browser with the links of designs that are kept as they were put in, and how many are wanted of each.
//! Nothing of a person is in it, and the shop knows of no basket.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, SameSite};
use configurator::Quantity;
use shop::orders::MOST_LINES;

use super::cookies;
use super::site::Site;

/// The cookie. It is there only while something is in the basket.
const COOKIE: &str = "atelier_basket";
/// Under what the cookie has the design that is being changed: no token is called so.
const CHANGING: &str = "_changing";
/// Most letters of a link's token.
const LONGEST_TOKEN: usize = 64;

/// A design in the basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The token of the link that it is kept behind.
    pub token: String,
    /// How many are wanted.
    pub pieces: Quantity,
}

impl Line {
    /// A line as texts say it.
    pub(super) fn read(token: &str, pieces: &str) -> Option<Self> {
        let is_token = !token.is_empty()
            && token.len() <= LONGEST_TOKEN
            && token.chars().all(|sign| sign.is_ascii_hexdigit());
        let pieces = pieces.parse().ok().and_then(Quantity::new)?;
        is_token.then(|| Self { token: token.to_owned(), pieces })
    }
}

/// What is in the basket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Basket {
    /// The designs, in the order in which they were put in.
    pub lines: Vec<Line>,
    /// The token of the one that is being changed.
    pub changing: Option<String>,
}

impl Basket {
    pub(super) fn read(site: &Site, headers: &HeaderMap) -> Self {
        Self::of(&cookies::kept(site, headers, COOKIE).unwrap_or_default())
    }

    /// What of a cookie is a basket.
    fn of(text: &str) -> Self {
        let mut basket = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if name == CHANGING {
                basket.changing = Some(value.into_owned());
            } else if let Some(line) = Line::read(&name, &value)
                && basket.has_room()
                && !basket.has(&line.token)
            {
                basket.lines.push(line);
            }
        }
        basket.changing = basket.changing.take().filter(|token| basket.has(token));
        basket
    }

    pub(super) fn has_room(&self) -> bool {
        self.lines.len() < MOST_LINES
    }

    pub(super) fn has(&self, token: &str) -> bool {
        self.lines.iter().any(|line| line.token == token)
    }

    /// Takes a design out, and says where it was.
    pub(super) fn remove(&mut self, token: &str) -> Option<(usize, Line)> {
        let place = self.lines.iter().position(|line| line.token == token)?;
        self.changing.take_if(|changing| changing == token);
        Some((place, self.lines.remove(place)))
    }

    /// Puts a design in at a place, where it is not in and there is room.
    pub(super) fn put(&mut self, place: usize, line: Line) -> bool {
        let may = self.has_room() && !self.has(&line.token);
        if may {
            self.lines.insert(place.min(self.lines.len()), line);
        }
        may
    }

    pub(super) fn cookie(&self, site: &Site) -> Cookie<'static> {
        if self.lines.is_empty() {
            return cookies::over(site, COOKIE, SameSite::Lax);
        }
        let mut text = form_urlencoded::Serializer::new(String::new());
        for line in &self.lines {
            text.append_pair(&line.token, &line.pieces.get().to_string());
        }
        if let Some(changing) = &self.changing {
            text.append_pair(CHANGING, changing);
        }
        let mut cookie = cookies::cookie(site, COOKIE, text.finish(), SameSite::Lax);
        cookie.set_max_age(site.shop.designs_kept());
        cookie
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_basket_is_left_out() {
        for text in ["", "x", "<b>=1", "0f=0", "0f=1000", "0f=-1", "=1", "_changing=0f"] {
            assert_eq!(Basket::of(text), Basket::default(), "{text}");
        }
        let basket = Basket::of("0f=2&zz=1&0f=3&aa=1&_changing=aa");
        assert_eq!(basket.lines, [Line::read("0f", "2").unwrap(), Line::read("aa", "1").unwrap()]);
        assert_eq!(basket.changing.as_deref(), Some("aa"));
    }

    #[test]
    fn a_basket_has_room_for_some_and_forgets_none() {
        let mut basket = Basket::default();
        for token in 0..MOST_LINES {
            assert!(basket.put(token, Line::read(&format!("{token:02x}"), "1").unwrap()));
        }
        assert!(!basket.put(0, Line::read("ff", "1").unwrap()));
        let (place, line) = basket.remove("03").unwrap();
        assert_eq!(place, 3);
        assert!(basket.put(place, line.clone()) && basket.lines[3] == line);
    }
}
