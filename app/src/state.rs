//! What a configurator page starts from: sent by the server inside the page, read by the browser.

use configurator::{Choices, Design, Product, RevisionNumber, Slug};
use personalize::{Evidence, Level, Start, StartingDesign};
use serde::{Deserialize, Serialize};

use crate::terms::Terms;

/// What of a menu is shown first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstShown {
    /// The attribute's code.
    pub attribute: String,
    /// The codes of the options; none where all are shown.
    pub options: Vec<String>,
    /// Why, in words.
    pub why: String,
}

/// The state of a configurator page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageState {
    /// The product's address.
    pub slug: Slug,
    /// The revision the design is pinned to.
    pub revision: RevisionNumber,
    /// The revision that is live now.
    pub live_revision: RevisionNumber,
    /// What the design starts from.
    pub start: Start,
    /// Whether the shopper agreed to personal defaults.
    pub consent: bool,
    /// The use that they agreed to be known by.
    pub agreed_use: Option<String>,
    /// The default design, as pairs of code and value.
    pub defaults: Vec<(String, String)>,
    /// Where the defaults come from.
    pub level: Level,
    /// By attribute: what its default rests on.
    pub evidence: Vec<Evidence>,
    /// Other values that are probable, as triples of code, value and what speaks for them.
    pub suggested: Vec<(String, String, Evidence)>,
    /// Menus of which some options are shown first, or all where the page would shorten them.
    pub first_options: Vec<FirstShown>,
    /// Options that are marked as recommended: pairs of attribute's and option's codes.
    pub recommended: Vec<(String, String)>,
    /// Codes of all attributes in the order in which they stand in their steps; none for the product's own.
    pub order: Vec<String>,
    /// Whether the reason of a default stands before its value.
    pub reason_first: bool,
    /// The code of the campaign link that the shopper came by; empty for none.
    pub campaign: String,
    /// Whether the product learns from orders, so that what others have is offered.
    pub learns: bool,
    /// The shopper's choices, as pairs of code and value.
    pub choices: Vec<(String, String)>,
    /// What was typed and can't be read, as pairs of code and text.
    pub typed: Vec<(String, String)>,
    /// A blocked value that was asked for, as pair of code and value.
    pub want: Option<(String, String)>,
    /// What to tell the shopper on arrival.
    pub notices: Vec<String>,
    /// What the shop promises.
    pub terms: Terms,
    /// What several pieces cost less, in words; nothing where they don't.
    pub tiers: Option<String>,
}

impl PageState {
    /// The state as bytes, for the page of this very build.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Nothing in it has a form that can't be written.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`PageState::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are another build's, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// The default design with what it rests on.
    #[must_use]
    pub fn default_design(&self, product: &Product) -> StartingDesign {
        let design = product
            .read_design(&self.defaults)
            .iter()
            .fold(product.standard().clone(), |design: Design, (id, value)| design.with(id, value.clone()));
        let suggested = |(code, text, evidence): &(String, String, Evidence)| {
            let (id, value) = product.read_choice(code, text).ok()?;
            Some((id, value, evidence.clone()))
        };
        StartingDesign {
            design: product.fitted(design),
            level: self.level.clone(),
            evidence: self.evidence.clone(),
            suggested: self.suggested.iter().filter_map(suggested).collect(),
            // The page has it by option.
            recommended: Vec::new(),
        }
    }

    /// The shopper's choices.
    #[must_use]
    pub fn chosen(&self, product: &Product) -> Choices {
        product.read_design(&self.choices)
    }
}
