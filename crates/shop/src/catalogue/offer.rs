//! For how long a revision's designs can be ordered at its prices: while it is live, and for a while after that, unless it
//! is withdrawn.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};
use words::Language;

/// What became of a revision's offer. A revision that is live, and was never withdrawn, has the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// When another revision became live instead.
    pub superseded_at: Option<OffsetDateTime>,
    /// For how long its prices hold after that, where the release that published it says so.
    pub hold: Option<Duration>,
    /// That it was withdrawn.
    pub withdrawal: Option<Withdrawal>,
}

/// That a revision was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When.
    pub at: OffsetDateTime,
    /// Who did it.
    pub by: String,
    /// Why, for shoppers who open a design of it.
    pub reasons: Reasons,
}

/// Why a revision was withdrawn, in the shop's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// For whoever reads a language that it is not said in; empty where nothing is said.
    pub otherwise: String,
    /// By language, as a tag of BCP 47.
    pub by_language: BTreeMap<String, String>,
}

impl Reasons {
    /// In a language, or else as it is said; nothing where it is not.
    #[must_use]
    pub fn told(&self, language: Language) -> Option<&str> {
        let own = self.by_language.get(language.tag()).map(String::as_str);
        own.or(Some(self.otherwise.as_str())).filter(|reason| !reason.is_empty())
    }
}

impl From<&str> for Reasons {
    /// In a language that is not said.
    fn from(reason: &str) -> Self {
        Self { otherwise: reason.to_owned(), by_language: BTreeMap::new() }
    }
}

impl FromIterator<(String, String)> for Reasons {
    /// Tags of languages and what is said in each, of which the first stands for those that are missing. Nothing is said by blanks.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(said: I) -> Self {
        let mut reasons = Self::default();
        for (tag, reason) in said.into_iter().filter(|(_, reason)| !reason.trim().is_empty()) {
            if reasons.otherwise.is_empty() {
                reasons.otherwise.clone_from(&reason);
            }
            reasons.by_language.insert(tag, reason);
        }
        reasons
    }
}

impl Offer {
    /// Until when its prices hold, as long as the shop's do where nothing else is said of it; nothing while it is live.
    #[must_use]
    pub fn ends(&self, of_shop: Duration) -> Option<OffsetDateTime> {
        self.superseded_at.map(|at| at.saturating_add(self.hold.unwrap_or(of_shop)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_hold_as_long_as_their_release_says_or_the_shop() {
        let at = OffsetDateTime::UNIX_EPOCH;
        let ends =
            |hold| Offer { superseded_at: Some(at), hold, ..Offer::default() }.ends(Duration::days(30));
        assert_eq!(ends(None), Some(at + Duration::days(30)));
        assert_eq!(ends(Some(Duration::days(2))), Some(at + Duration::days(2)));
        assert_eq!(ends(Some(Duration::ZERO)), Some(at));
        let live = Offer { hold: Some(Duration::ZERO), ..Offer::default() };
        assert_eq!(live.ends(Duration::days(30)), None);
    }

    #[test]
    fn a_reason_is_told_in_the_readers_language_or_as_it_is_said() {
        let pairs = |pairs: &[(&str, &str)]| -> Reasons {
            pairs.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect()
        };
        let german = Language::ALL.iter().copied().find(|language| language.tag() == "de").unwrap();
        let both = pairs(&[("en", "A wrong price."), ("de", "Ein falscher Preis.")]);
        assert_eq!(both.told(german), Some("Ein falscher Preis."));
        assert_eq!(both.told(Language::ENGLISH), Some("A wrong price."));
        let one = pairs(&[("en", " "), ("de", "Ein falscher Preis.")]);
        assert_eq!(one.told(Language::ENGLISH), Some("Ein falscher Preis."));
        assert_eq!(Reasons::from("A wrong price.").told(german), Some("A wrong price."));
        assert_eq!(pairs(&[("en", ""), ("de", "")]).told(german), None);
    }
}
