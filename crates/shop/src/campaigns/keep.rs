//! Making, opening and ending campaign links.

use configurator::Slug;
use personalize::Start;
use words::Language;

use super::store::{Campaign, Counted};
use crate::designs::{Consent, DesignAddress, Notice};
use crate::error::ShopError;
use crate::shop::Shop;
use crate::short_text::short_text;
use crate::store_error::StoreError;

/// Most characters of a greeting.
pub const LONGEST_GREETING: usize = 200;
/// Most characters of a code.
const LONGEST_CODE: usize = 40;

/// A campaign link to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCampaign {
    /// What its address ends with: small letters, digits and dashes.
    pub code: String,
    /// What it says on the product's page.
    pub greeting: String,
    /// The product.
    pub slug: Slug,
    /// The design it begins with; the product's usual start where nothing is chosen.
    pub design: DesignAddress,
    /// The use it begins with, where no design says another start.
    pub stated_use: Option<String>,
}

/// Why a campaign link was not made.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// The code has other characters than its address may have.
    #[error("a code has 1 to {most} small letters, digits and dashes; write one such as spring-touring")]
    Code {
        /// Most characters.
        most: usize,
    },
    /// There is a link with this code, or was.
    #[error("there is a link '{code}' already; choose another code")]
    Taken {
        /// The code.
        code: String,
    },
    /// Nobody can see the product yet.
    #[error("this product was never published; publish it first, or choose another one")]
    NeverPublished,
    /// The product does not ask about the use.
    #[error("this product does not ask about that use; choose one of its own, or none")]
    OtherUse,
    /// The design's address is that of another product.
    #[error("that is the address of a design of '{product}'; choose that product, or an address of this one")]
    OtherProduct {
        /// The address of that product.
        product: Slug,
    },
    /// Something of the design can't be had: what, in the administrator's language.
    #[error("something of this design can't be had; open it, set it right, and give its address anew")]
    Design {
        /// What is left out or refused, and why.
        notices: Vec<Notice>,
    },
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for CampaignError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

impl Campaign {
    /// The address of the design it begins with.
    #[must_use]
    pub fn address(&self) -> DesignAddress {
        DesignAddress {
            revision: self.revision,
            start: Some(self.start.clone()),
            choices: self.choices.clone(),
            ..DesignAddress::default()
        }
    }
}

impl Shop {
    /// Makes a campaign link to a product that was published.
    ///
    /// # Errors
    /// The code is taken or can be none, the greeting is too long or has characters that nobody sees, there is no such product, it was never
    /// published or does not ask about the use, something of the design can't be had, or the store failed.
    pub async fn add_campaign(
        &self,
        new: NewCampaign,
        language: Language,
        by: &str,
    ) -> Result<(), CampaignError> {
        let code = new.code.trim().to_owned();
        let is_plain =
            code.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-');
        if code.is_empty() || code.len() > LONGEST_CODE || !is_plain {
            return Err(CampaignError::Code { most: LONGEST_CODE });
        }
        let greeting = short_text(&new.greeting, LONGEST_GREETING)?;
        let Some(live) = self.compared_with(&new.slug).await? else {
            return Err(CampaignError::NeverPublished);
        };
        let personal = new.stated_use.filter(|code| !code.is_empty());
        let answers = || live.product.uses.iter().flat_map(|uses| &uses.answers);
        if personal.as_ref().is_some_and(|code| answers().all(|answer| answer.code != *code)) {
            return Err(CampaignError::OtherUse);
        }
        let consent = Consent { by_campaign: personal.clone(), ..Consent::default() };
        let opened = self.open_design(&new.slug, &new.design, &consent, language).await?;
        if !opened.notices.is_empty() {
            return Err(CampaignError::Design { notices: opened.notices });
        }
        let personal = personal.map(|code| Start::Personal { stated_use: Some(code), base: None });
        let campaign = Campaign {
            code: code.clone(),
            greeting,
            slug: new.slug,
            revision: new.design.revision,
            start: personal.or(new.design.start).unwrap_or(Start::Standard),
            choices: new.design.choices,
            made_at: self.now(),
            ended_at: None,
        };
        let is_new = self.store.add_campaign(&campaign, by).await?;
        if is_new { Ok(()) } else { Err(CampaignError::Taken { code }) }
    }

    /// The campaign link with a code.
    ///
    /// # Errors
    /// The store failed.
    pub async fn campaign(&self, code: &str) -> Result<Option<Campaign>, ShopError> {
        Ok(self.store.campaign(code).await?)
    }

    /// The use that a campaign link of a product states, while it has not ended.
    ///
    /// # Errors
    /// The store failed.
    pub async fn campaign_use(&self, slug: &Slug, code: &str) -> Result<Option<String>, ShopError> {
        let campaign = self.campaign(code).await?;
        let campaign = campaign.filter(|campaign| campaign.slug == *slug && campaign.ended_at.is_none());
        Ok(campaign.and_then(|campaign| match campaign.start {
            Start::Personal { stated_use, .. } => stated_use,
            Start::Standard | Start::Needs { .. } => None,
        }))
    }

    /// Counts on this day that a campaign link was opened.
    ///
    /// # Errors
    /// The store failed.
    pub async fn campaign_opened(&self, code: &str) -> Result<(), ShopError> {
        Ok(self.store.count_campaign(code, self.profile().day(self.now())).await?)
    }

    /// All campaign links, the newest first, with how often each was opened by day.
    ///
    /// # Errors
    /// The store failed.
    pub async fn campaigns(&self) -> Result<Vec<(Campaign, Vec<Counted>)>, ShopError> {
        Ok(self.store.campaigns().await?)
    }

    /// Ends a campaign link: it leads to the product from then on, and counts nothing.
    ///
    /// # Errors
    /// The store failed.
    pub async fn end_campaign(&self, code: &str, by: &str) -> Result<bool, ShopError> {
        Ok(self.store.end_campaign(code, by, self.now()).await?)
    }
}
