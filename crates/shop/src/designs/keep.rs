//! Designs kept on the server behind links: one's own, which saves itself, and copies for others.

use configurator::is_hidden;
use personalize::Start;

use super::address::DesignAddress;
use super::as_it_is::as_it_is;
use super::opened::Opened;
use super::store::{Expected, Keeping, KeptDesign};
use crate::drafts::previewed::not_previewed;
use crate::error::ShopError;
use crate::orders::order::OrderNumber;
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::short_text::short_text;

/// Most characters of a design's name.
pub const LONGEST_NAME: usize = 40;

impl KeptDesign {
    /// The address that opens it.
    #[must_use]
    pub fn address(&self) -> DesignAddress {
        DesignAddress {
            revision: Some(self.revision),
            start: Some(self.start.clone()),
            choices: self.choices.clone(),
            ..DesignAddress::default()
        }
    }
}

/// Values that a suggested name has.
const NAMING: usize = 2;

impl Opened {
    /// What the design could be called: its first values that are not standard, and none of the names that are taken.
    #[must_use]
    pub fn suggested_name(&self, taken: &[String]) -> String {
        let (product, nothing) = (&self.product, self.product.words().engine.nothing());
        let departures = self.design.iter().filter(|(id, value)| *value != product.standard().value(*id));
        let values = departures.map(|(id, value)| product.describe(id, value));
        let values: Vec<String> = values.filter(|value| value != nothing).take(NAMING).collect();
        let name = match values.is_empty() {
            true => product.words().studio.our_standard().to_owned(),
            false => values.join(product.words().engine.comma()),
        };
        let numbered = |number: usize| {
            let number = if number == 1 { String::new() } else { format!(" {number}") };
            let room = LONGEST_NAME.saturating_sub(number.len());
            let short: String = name.chars().filter(|sign| !is_hidden(*sign)).take(room).collect();
            format!("{}{number}", short.trim_end_matches([' ', ',', '،']))
        };
        (1..).map(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
    }
}

impl Shop {
    /// Saves a design behind its link, and returns the link's token: 128 random bits as 32 hexadecimal digits, of which the shop
    /// keeps no more than the hash.
    ///
    /// `links` are those where somebody saved designs before, and `was` what this one was then: the link of that goes on with it.
    /// Where something else is behind all of them, such as the changes of another window, the design has a link of its own from then
    /// on, so that neither is lost.
    ///
    /// # Errors
    /// [`ShopError::OnlyPreviewed`], or the store failed.
    pub async fn save_design(
        &self,
        opened: &Opened,
        links: &[String],
        was: &DesignAddress,
    ) -> Result<String, ShopError> {
        let design = self.kept(opened, Keeping::Saved);
        let expected = Expected {
            revision: was.revision.unwrap_or(opened.revision.number),
            start: was.start.as_ref().unwrap_or(&Start::Standard),
            choices: &was.choices,
        };
        for link in links {
            if self.store.replace_design(&token_hash(link), expected, &design).await? {
                return Ok(link.clone());
            }
        }
        self.keep_anew(&design).await
    }

    /// Keeps a copy of a design that never changes, for others, and returns the token of its link.
    ///
    /// # Errors
    /// [`ShopError::OnlyPreviewed`], or the store failed.
    pub async fn share_design(&self, opened: &Opened) -> Result<String, ShopError> {
        let mut design = self.kept(opened, Keeping::Shared);
        // What others order moves what a personal start has; a copy has all of it as it is now.
        if matches!(design.start, Start::Personal { .. }) {
            let (opened, product) = (opened.clone(), opened.product.clone());
            let work = move || {
                let is_chosen = |id| opened.choices.get(id).is_some();
                product.write_choices(&as_it_is(&product, &opened.design, is_chosen))
            };
            design.start = Start::Standard;
            design.choices = self.executor.run(work).await?;
        }
        self.keep_anew(&design).await
    }

    /// Keeps a design as it is, under a name, and returns the token of its link.
    ///
    /// # Errors
    /// [`ShopError::OnlyPreviewed`], the name is too long or has characters that nobody sees, or the store failed.
    pub async fn keep_named_design(&self, opened: &Opened, name: &str) -> Result<String, ShopError> {
        let name = Some(short_text(name, LONGEST_NAME)?);
        self.keep_anew(&KeptDesign { name, ..self.kept(opened, Keeping::Named) }).await
    }

    /// Gives a named design another name; `false` where none is behind the link.
    ///
    /// # Errors
    /// As [`Shop::keep_named_design`].
    pub async fn rename_design(&self, link: &str, name: &str) -> Result<bool, ShopError> {
        let name = short_text(name, LONGEST_NAME)?;
        Ok(self.store.rename_design(&token_hash(link), &name).await?)
    }

    /// Keeps a copy of a named design, and returns the token of its link; nothing where none is behind the link. Who was given
    /// somebody's link changes what is theirs alone.
    ///
    /// # Errors
    /// The store failed.
    pub async fn copy_named_design(&self, link: &str) -> Result<Option<String>, ShopError> {
        let kept = self.kept_design(link).await?.filter(|kept| kept.keeping == Keeping::Named);
        let Some(kept) = kept else { return Ok(None) };
        Ok(Some(self.keep_anew(&KeptDesign { kept_at: self.now(), ..kept }).await?))
    }

    /// The design behind a link.
    ///
    /// # Errors
    /// The store failed.
    pub async fn kept_design(&self, link: &str) -> Result<Option<KeptDesign>, ShopError> {
        Ok(self.store.kept_design(&token_hash(link)).await?)
    }

    /// Notes under which number a design was ordered, so that it is not forgotten before its buyer where it is behind one of
    /// these links.
    ///
    /// # Errors
    /// The store failed.
    pub async fn design_ordered(
        &self,
        opened: &Opened,
        number: OrderNumber,
        links: &[String],
    ) -> Result<(), ShopError> {
        let pairs = opened.pairs();
        let revision = &opened.revision;
        let ordered = Expected { revision: revision.number, start: &opened.start, choices: &pairs };
        for link in links {
            self.store.design_ordered(&token_hash(link), &revision.slug, ordered, number).await?;
        }
        Ok(())
    }

    /// Forgets the saved designs whose time is over, and says how many those were.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_designs(&self) -> Result<u64, ShopError> {
        Ok(self.store.forget_designs(self.now().saturating_sub(self.designs_kept())).await?)
    }

    async fn keep_anew(&self, design: &KeptDesign) -> Result<String, ShopError> {
        not_previewed(&design.slug)?;
        let token = token::<16>(self.environment.as_ref());
        self.store.keep_design(&token_hash(&token), design).await?;
        Ok(token)
    }

    fn kept(&self, opened: &Opened, keeping: Keeping) -> KeptDesign {
        let quote = opened.product.quote(&opened.design);
        KeptDesign {
            slug: opened.revision.slug.clone(),
            revision: opened.revision.number,
            start: opened.start.clone(),
            choices: opened.pairs(),
            keeping,
            name: None,
            total: quote.total.amount,
            currency: quote.total.currency.code().to_owned(),
            lead_time_days: quote.lead_time_days,
            kept_at: self.now(),
        }
    }
}
