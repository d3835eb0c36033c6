//! Which form of a text goes with a count, after the plural rules of the Unicode CLDR, for counts below a million: what a shop
//! counts. From there on French and others have a form of their own.

/// A language's plural rule. Texts hold a form for each of its categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// One form, as in Japanese or Turkish after a number.
    None,
    /// One, and everything else: English, German, Italian, Swedish.
    One,
    /// Nothing and one, and everything else: French, Brazilian Portuguese.
    UpToOne,
    /// One, a few (2 to 4), and many: Czech, Slovak.
    Czech,
    /// One, a few (ending in 2 to 4), and many: Polish.
    Polish,
    /// Ending in one, in a few, and in many: Ukrainian, Russian.
    Slavic,
    /// None, one, two, a few, many, and others: Arabic.
    Arabic,
}

impl Plural {
    /// Every rule.
    pub const ALL: [Self; 7] =
        [Self::None, Self::One, Self::UpToOne, Self::Czech, Self::Polish, Self::Slavic, Self::Arabic];

    /// How many forms a text has.
    #[must_use]
    pub fn forms(self) -> usize {
        match self {
            Self::None => 1,
            Self::One | Self::UpToOne => 2,
            Self::Czech | Self::Polish | Self::Slavic => 3,
            Self::Arabic => 6,
        }
    }

    /// Which form goes with a count, from 0.
    #[must_use]
    pub fn form(self, count: u64) -> usize {
        let (tens, ones) = (count % 100, count % 10);
        let few = (2..=4).contains(&ones) && !(12..=14).contains(&tens);
        match self {
            Self::None => 0,
            Self::One => usize::from(count != 1),
            Self::UpToOne => usize::from(count > 1),
            Self::Czech => match count {
                1 => 0,
                2..=4 => 1,
                _ => 2,
            },
            Self::Polish if count == 1 => 0,
            Self::Slavic if ones == 1 && tens != 11 => 0,
            Self::Polish | Self::Slavic => {
                if few {
                    1
                } else {
                    2
                }
            }
            Self::Arabic => match (count, tens) {
                (0..=2, _) => usize::try_from(count).unwrap_or_default(),
                (_, 3..=10) => 3,
                (_, 11..) => 4,
                _ => 5,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use icu_locale_core::locale;
    use icu_plurals::{PluralCategory, PluralRules};

    use super::*;

    #[test]
    fn forms_are_those_of_icu() {
        use PluralCategory::{Few, Many, One, Other, Two, Zero};
        let languages: [(Plural, _, &[PluralCategory]); 11] = [
            (Plural::None, locale!("ja"), &[Other]),
            (Plural::One, locale!("en"), &[One, Other]),
            (Plural::One, locale!("de"), &[One, Other]),
            (Plural::One, locale!("sv"), &[One, Other]),
            (Plural::UpToOne, locale!("fr"), &[One, Other]),
            (Plural::Czech, locale!("cs"), &[One, Few, Other]),
            (Plural::Czech, locale!("sk"), &[One, Few, Other]),
            (Plural::Polish, locale!("pl"), &[One, Few, Many]),
            (Plural::Slavic, locale!("uk"), &[One, Few, Many]),
            (Plural::Slavic, locale!("ru"), &[One, Few, Many]),
            (Plural::Arabic, locale!("ar"), &[Zero, One, Two, Few, Many, Other]),
        ];
        for (plural, language, categories) in languages {
            assert_eq!(plural.forms(), categories.len());
            let rules = PluralRules::try_new(language.clone().into(), Default::default()).unwrap();
            for count in 0..1_000_u64 {
                let form = categories[plural.form(count)];
                assert_eq!(form, rules.category_for(count), "{count} in {language}");
            }
        }
        for plural in Plural::ALL {
            assert!((0..1_000).all(|count| plural.form(count) < plural.forms()));
        }
    }
}
