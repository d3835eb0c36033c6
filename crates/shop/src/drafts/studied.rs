//! What was found out of drafts, in memory.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use configurator::analysis::{Fault, Follows, Matter, Overview};
use configurator::{AttributeId, Configured, OptionId, Problem, Product, RevisionNumber, Slug};
use quick_cache::sync::Cache;

use super::draft::Draft;
use super::state::{Analysis, DraftState};
use super::unsettled::Unsettled;
use crate::catalogue::bundle::{Bundle, judged, too_large};
use crate::catalogue::revision::Revision;

/// Drafts that somebody looked into lately, by product, version, the revision they began as, and what is live.
pub(crate) type Studies = Cache<StudyKey, Arc<Study>>;
pub(super) type StudyKey = (Slug, i64, RevisionNumber, Option<RevisionNumber>);

/// How many are kept.
const MOST_STUDIES: usize = 16;

/// Room for studies.
pub(crate) fn studies() -> Studies {
    Cache::new(MOST_STUDIES)
}

/// A draft looked into.
#[derive(Debug)]
pub struct Study {
    /// Everything that keeps the draft from being published.
    pub unsound: Vec<Problem>,
    /// What keeps it from being looked into; none where something is inside.
    pub problems: Vec<Problem>,
    /// What is in it.
    pub inside: Option<Inside>,
    /// The product, where it is sound in itself.
    sound: Option<Arc<Product>>,
    unsettled: Unsettled,
    pub(super) is_running: AtomicBool,
}

/// What is in a draft.
#[derive(Debug)]
pub struct Inside {
    /// Its product, which need not be one to sell.
    pub product: Configured,
    /// What can be said of it at once.
    pub overview: Overview,
    /// The same of what is live.
    pub before: Option<Overview>,
    found: Mutex<Found>,
}

/// What was found out behind, as far as it came.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The fewest rules behind what can't be: nothing where that takes too long to find out.
    pub faults: Vec<(Blamed, Option<Fault>)>,
    /// How many dead options were looked at.
    pub dead: usize,
    /// Of the rules, in order, whether they matter.
    pub rules: Vec<Matter>,
    /// The attributes that may follow from others, as far as it is known how many these are.
    pub candidates: Vec<AttributeId>,
    /// How many of these were looked at.
    pub followed: usize,
    /// The attributes that follow from others.
    pub follows: Vec<Follows>,
    /// Attributes of which it takes too long to find out whether they follow from others.
    pub open: Vec<AttributeId>,
    /// Whether the rules are too large for all this.
    pub too_large: bool,
    /// Whether they are too large to find out what follows from others.
    pub pairs_too_large: bool,
    /// Whether there is nothing more to find out.
    pub is_over: bool,
}

/// What rules are to blame for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blamed {
    /// That there is no valid design.
    NoDesign,
    /// That no valid design has these options.
    Dead(Vec<(AttributeId, OptionId)>),
}

impl Inside {
    /// What was found out so far.
    #[must_use]
    pub fn found(&self) -> Found {
        self.open().clone()
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many questions were answered behind, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let found = self.open();
        let (dead, rules) = (self.overview.dead.len(), self.product.rules.len());
        (found.dead + found.rules.len() + found.followed, dead + rules + found.candidates.len())
    }
}

impl Study {
    /// Of a draft beside what is live of it.
    pub(super) fn of(bundle: &Bundle, like: Option<&Configured>) -> Self {
        let look = |product| Configured::to_look_into(product, like).map_err(|error| vec![too_large(&error)]);
        let looked = Product::to_look_into(&bundle.source).and_then(look);
        let checked = Product::check(&bundle.source);
        let unsettled = checked.as_ref().map(|product| Unsettled::of(&bundle.source, product));
        let unsettled = unsettled.unwrap_or_default();
        let known = checked.as_ref().ok().cloned().map(Arc::new);
        let sound = match (&looked, checked) {
            (Ok(product), Ok(_)) => Ok(product.clone()),
            (_, Err(problems)) => Err(problems),
            (Err(problems), Ok(_)) => Err(problems.clone()),
        };
        let unsound = judged(bundle, sound).err().unwrap_or_default();
        let (problems, inside) = match looked {
            Ok(product) => (
                Vec::new(),
                Some(Inside {
                    overview: product.overview(),
                    before: like.map(Configured::overview),
                    found: Mutex::new(Found { is_over: !has_bonds(&product), ..Found::default() }),
                    product,
                }),
            ),
            Err(problems) => (problems, None),
        };
        Self { unsound, problems, inside, sound: known, unsettled, is_running: AtomicBool::new(false) }
    }

    /// How many problems it has, and how much there is to settle.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.unsound.len(), self.unsettled.count())
    }

    pub(super) fn state_of(&self, draft: &Draft, live: Option<&Revision>) -> DraftState {
        DraftState::of(draft, live, &self.unsound, &self.unsettled)
    }

    /// The same as a draft is analysed, which stands as `state` says.
    #[must_use]
    pub fn analysis(&self, state: DraftState) -> Analysis {
        Analysis {
            state,
            problems: self.unsound.clone(),
            product: self.sound.clone(),
            failed: self.unsettled.failed.clone(),
            findings: self.unsettled.findings.clone(),
        }
    }

    /// Whether something can't be of which it takes longer to find out what is at fault.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        let is_faulty =
            |inside: &Inside| inside.overview.has_designs == Some(false) || !inside.overview.dead.is_empty();
        self.inside.as_ref().is_some_and(is_faulty)
    }

    /// Whether there is nothing more to find out.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.inside.as_ref().is_none_or(|inside| inside.open().is_over)
    }
}

/// Whether anything binds values to others: otherwise there is nothing to find out.
fn has_bonds(product: &Product) -> bool {
    let applies = || product.attributes.iter().any(|attribute| attribute.applies.is_some());
    !product.rules.is_empty() || product.budget.is_some() || applies()
}

impl Found {
    /// Adds a dead option to those of the same fault.
    pub(super) fn blame(&mut self, fault: Option<Fault>, option: (AttributeId, OptionId)) {
        for (blamed, known) in &mut self.faults {
            if let Blamed::Dead(options) = blamed
                && *known == fault
            {
                options.push(option);
                return;
            }
        }
        self.faults.push((Blamed::Dead(vec![option]), fault));
    }
}
