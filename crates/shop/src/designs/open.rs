//! Designs opened from an address, changed by a form, shown as a menu.
//!
//! Addresses forgive. A word that an address holds and this menu does not costs nothing but itself; on what was on the
//! menu once there is a notice. Attributes' codes begin with a letter (`Product::check` refuses others), so words of a
//! shop's own that begin with `_` never meet one.

use std::sync::Arc;

use configurator::{Choices, Configured, Design, Menu, RevisionNumber, Slug, StartPolicy};
use personalize::{Start, StartingDesign};
use words::Language;

use super::address::DesignAddress;
use super::advise::taken;
use super::change::{Changed, change};
use super::consent::Consent;
use super::notice::Notice;
use super::opened::Opened;
use super::read::{self, Former, Read, read_choices};
use crate::catalogue::revision::Revision;
use crate::drafts::previewed::is_preview;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// Opens a design. What does not exist, can't be read or does not fit the rest is left out with a notice.
    ///
    /// Without consent a personal start shows its design as choices over the standard: somebody else's link is followed
    /// without keeping anything.
    ///
    /// # Errors
    /// There is no such product or revision, the shop is busy, the engine gave up, or the store failed.
    pub async fn open_design(
        &self,
        slug: &Slug,
        address: &DesignAddress,
        consent: &Consent,
        language: Language,
    ) -> Result<Opened, ShopError> {
        let read = self.read_design(slug, address, consent, language).await?;
        self.executor.run(move || read.open()).await?
    }

    /// Opens a design as [`Shop::open_design`] does, together with its menu.
    ///
    /// # Errors
    /// As there.
    pub async fn open_menu(
        &self,
        slug: &Slug,
        address: &DesignAddress,
        consent: &Consent,
        language: Language,
    ) -> Result<(Opened, Menu), ShopError> {
        self.sold(slug).await?;
        let read = self.read_design(slug, address, consent, language).await?;
        self.executor.run(move || read.open_menu()).await?
    }

    /// The menu of a design that was opened or changed.
    ///
    /// # Errors
    /// The shop is busy, or the engine gave up.
    pub async fn menu(&self, opened: &Opened) -> Result<Menu, ShopError> {
        let opened = opened.clone();
        self.executor.run(move || opened.menu()).await?
    }

    /// The picture of a design that was opened, as an SVG document.
    ///
    /// # Errors
    /// The shop is busy.
    pub async fn picture(&self, opened: Opened) -> Result<String, ShopError> {
        let draw =
            move || preview::compose(&opened.product, &opened.revision.bundle.drawings, &opened.design);
        self.executor.run(draw).await
    }

    /// Opens a design and changes it as a form says, whose fields are the attributes: what they say otherwise than the
    /// design it was rendered with. Values that don't fit are not chosen but named.
    ///
    /// # Errors
    /// As [`Shop::open_design`].
    pub async fn change_design(
        &self,
        slug: &Slug,
        was: &DesignAddress,
        form: Vec<(String, String)>,
        consent: &Consent,
        language: Language,
    ) -> Result<Changed, ShopError> {
        // Its fields say again what was typed.
        let was = DesignAddress { typed: Vec::new(), ..was.clone() };
        let read = self.read_design(slug, &was, consent, language).await?;
        self.executor.run(move || Ok(change(read.open()?, &form))).await?
    }

    /// Reads an address against its revision.
    async fn read_design(
        &self,
        slug: &Slug,
        address: &DesignAddress,
        consent: &Consent,
        language: Language,
    ) -> Result<Read, ShopError> {
        let start = address.start.as_ref();
        let mut read = match self.begin(slug, address.revision, start, consent, Some(language)).await {
            Err(error @ ShopError::BrokenRevision { .. }) if address.revision.is_some() => {
                tracing::warn!(%error, "a design of this revision is opened on the live one");
                let mut read = self.begin(slug, None, start, consent, Some(language)).await?;
                read.notices.push(Notice::ContinuesOnLive);
                read
            }
            Err(ShopError::OfferEnded { reasons, number, live, .. }) => {
                let reason = reasons.and_then(|reasons| reasons.told(language).map(str::to_owned));
                let mut read = self.begin(slug, None, start, consent, Some(language)).await?;
                let basis = Basis::new(number, live, start, consent, language);
                let design = self.former_design(slug, basis, &address.choices).await;
                read.former = Some(Former { number, ended: Some(reason), design, language });
                read
            }
            begun => begun?,
        };
        if let Some(number) =
            address.from.filter(|from| read.former.is_none() && *from != read.revision.number)
        {
            let basis = Basis::new(number, read.live, start, consent, language);
            let design = self.former_design(slug, basis, &address.choices).await;
            // An address may name a revision that there never was.
            read.former = design.map(|design| Former { number, ended: None, design: Some(design), language });
        }
        // What was made before may rest on something that is sold out, the standard design's values included.
        if address.revision.is_some() && read.revision.misses_some() {
            let basis = Basis::new(read.revision.number, read.live, start, consent, language);
            let basis = Basis { as_published: true, ..basis };
            read.published = self.former_design(slug, basis, &address.choices).await;
        }
        let (choices, succeeded) = read.revision.bundle.source.with_successors(&address.choices);
        let found = read_choices(&read.product, &choices);
        read.notices.extend(found.notices);
        (read.choices, read.unreadable) = (found.choices, found.unreadable);
        read.typed.clone_from(&address.typed);
        if !found.unknown.is_empty() || !succeeded.is_empty() {
            // A notice lacks its words then, and the design opens all the same.
            let former = self.former_names(slug, language).await.unwrap_or_else(|error| {
                // The address of a preview is a secret.
                let slug = Some(slug).filter(|slug| !is_preview(slug)).map(tracing::field::display);
                tracing::warn!(slug, %error, "former names are not known");
                Arc::default()
            });
            let product = &read.product;
            read.notices.extend(found.unknown.iter().filter_map(|unknown| unknown.notice(product, &former)));
            // What differs from what it was is told with that.
            let is_told = read.former.as_ref().is_some_and(|former| former.design.is_some());
            let succeeded = succeeded.iter().filter(|_| !is_told);
            read.notices.extend(succeeded.filter_map(|one| read::succeeded(product, &former, one)));
        }
        Ok(read)
    }

    /// What a design rests on, without any choices yet. Without a language it is as written, for programs.
    ///
    /// # Errors
    /// [`ShopError::OfferEnded`] when nothing can be ordered of its revision.
    pub(super) async fn begin(
        &self,
        slug: &Slug,
        number: Option<RevisionNumber>,
        start: Option<&Start>,
        consent: &Consent,
        language: Option<Language>,
    ) -> Result<Read, ShopError> {
        let live = self.live_number(slug).await?;
        // Of a draft there is what it is now.
        let number = number.filter(|_| !is_preview(slug)).unwrap_or(live);
        self.offered_beside(slug, number, live).await?;
        let basis = Basis { number, live, start, consent, language, as_published: false };
        self.begin_on(slug, basis).await
    }

    /// A design as it was on an earlier revision, if that can still be told.
    async fn former_design(
        &self,
        slug: &Slug,
        basis: Basis<'_>,
        choices: &[(String, String)],
    ) -> Option<(Configured, Design)> {
        let mut read = self.begin_on(slug, basis).await.ok()?;
        read.choices = read_choices(&read.product, choices).choices;
        let open = move || read.open().map(|opened| (opened.product, opened.design));
        self.executor.run(open).await.ok()?.ok()
    }

    async fn begin_on(&self, slug: &Slug, basis: Basis<'_>) -> Result<Read, ShopError> {
        let Basis { number, live, start, consent, language, as_published } = basis;
        let revision = match as_published {
            true => self.as_published(slug, number).await?,
            false => self.revision(slug, number).await?,
        };
        let product = match language {
            Some(language) => self.in_language(&revision, language).await?.product.clone(),
            None => revision.product.clone(),
        };
        let visitor = consent.visitor.as_deref().filter(|_| consent.given);
        let treated = self.treated(slug, visitor).await?;
        let policy = treated.start(revision.start_policy());
        let mut start = match (start, &consent.stated_use) {
            (Some(start), _) => with_successors(&revision, start.clone()),
            (None, Some(stated_use)) if consent.given && revision.product.uses.is_some() => {
                Start::Personal { stated_use: Some(stated_use.clone()), base: None }
            }
            (None, None) if consent.given && policy == StartPolicy::Learnt => {
                Start::Personal { stated_use: None, base: None }
            }
            _ => Start::Standard,
        };
        let carries = matches!(&start, Start::Personal { base: Some(_), .. });
        let default = match &start {
            Start::Standard => StartingDesign::standard(&revision.product),
            Start::Personal { stated_use, base } => {
                let known =
                    self.personal_start(&revision, stated_use.as_deref(), base.as_deref(), consent).await?;
                start = known.0;
                known.1
            }
            Start::Needs { asked, base } => {
                let (product, asked, base) = (product.clone(), asked.clone(), base.clone());
                let (known, design) = self.executor.run(move || taken(&product, &asked, &base)).await?;
                start = known;
                design
            }
        };
        // An offer that was taken without saying a use has nothing of a person in it.
        let keeps_start = match &start {
            Start::Standard | Start::Needs { .. } => true,
            Start::Personal { stated_use: None, .. } if carries => true,
            Start::Personal { stated_use, .. } => consent.may_begin_with(stated_use.as_deref()),
        };
        let (choices, notices, unreadable, typed) = (Choices::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Read {
            revision,
            product,
            live,
            start,
            default,
            choices,
            notices,
            unreadable,
            typed,
            keeps_start,
            former: None,
            published: None,
        })
    }
}

/// A start with the successors of retired options.
fn with_successors(revision: &Revision, mut start: Start) -> Start {
    if let Start::Needs { base, .. } | Start::Personal { base: Some(base), .. } = &mut start {
        *base = revision.bundle.source.with_successors(base).0;
    }
    start
}

/// What a design is opened on.
#[derive(Clone, Copy)]
struct Basis<'b> {
    number: RevisionNumber,
    live: RevisionNumber,
    start: Option<&'b Start>,
    consent: &'b Consent,
    language: Option<Language>,
    /// Whatever is sold out.
    as_published: bool,
}

impl<'b> Basis<'b> {
    fn new(
        number: RevisionNumber,
        live: RevisionNumber,
        start: Option<&'b Start>,
        consent: &'b Consent,
        language: Language,
    ) -> Self {
        Self { number, live, start, consent, language: Some(language), as_published: false }
    }
}
