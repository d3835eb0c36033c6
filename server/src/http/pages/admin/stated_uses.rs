//! The uses that products ask about, to pick from in forms.

use app::ui::field::Entry;
use configurator::Slug;
use shop::products::ProductUses;
use words::Language;

use crate::http::failure::Failure;
use crate::http::site::Site;

/// Most products that are named with a use.
const MOST_NAMED: usize = 3;

/// What all products ask about.
pub(super) struct StatedUses {
    products: Vec<ProductUses>,
    language: Language,
}

impl StatedUses {
    pub(super) async fn of(site: &Site, language: Language) -> Result<Self, Failure> {
        Ok(Self { products: site.shop.stated_uses().await?, language })
    }

    /// Those to pick from: of a product its own, else of all, each code once; and the one that is picked, whatever it is.
    pub(super) fn entries(&self, picked: &str, product: Option<&Slug>) -> Vec<Entry> {
        let any = self.language.customers().any_use().to_owned();
        let mut codes: Vec<&str> = Vec::new();
        for uses in self.products.iter().filter(|uses| product.is_none_or(|slug| *slug == uses.slug)) {
            for (code, _) in &uses.answers {
                if !codes.contains(&code.as_str()) {
                    codes.push(code);
                }
            }
        }
        if !picked.is_empty() && !codes.contains(&picked) {
            codes.push(picked);
        }
        let entry =
            |code: &str| Entry { value: code.to_owned(), words: self.told(code), selected: code == picked };
        let none = Entry { value: String::new(), words: any, selected: picked.is_empty() };
        std::iter::once(none).chain(codes.into_iter().map(entry)).collect()
    }

    /// A use in words, with the products that ask about it; that none does any more.
    pub(super) fn told(&self, code: &str) -> String {
        let say = self.language.customers();
        let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
        for uses in &self.products {
            for (_, label) in uses.answers.iter().filter(|(known, _)| known == code) {
                match told.iter_mut().find(|(known, _)| known == label) {
                    Some((_, names)) => names.push(uses.name.as_str()),
                    None => told.push((label.as_str(), vec![uses.name.as_str()])),
                }
            }
        }
        if told.is_empty() {
            return say.use_gone(&code);
        }
        let one = |(label, names): (&str, Vec<&str>)| {
            let more = if names.len() > MOST_NAMED { "…" } else { "" };
            let names = names.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(", ") + more;
            let marked = |text: &str| self.language.marked(text.to_owned());
            say.use_of(&marked(label), &marked(&names))
        };
        told.into_iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// Whether products ask about it.
    pub(super) fn has(&self, code: &str) -> bool {
        self.products.iter().any(|uses| uses.answers.iter().any(|(known, _)| known == code))
    }

    /// Whether this product does.
    pub(super) fn asks(&self, product: &Slug, code: &str) -> bool {
        let mut own = self.products.iter().filter(|uses| uses.slug == *product);
        own.any(|uses| uses.answers.iter().any(|(known, _)| known == code))
    }
}
