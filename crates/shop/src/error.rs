//! What can go wrong in a use case.

use std::path::PathBuf;

use configurator::{NoCompletion, Problem, RevisionNumber, Slug, TooComplex};
use words::Language;

use crate::catalogue::offer::Reasons;
use crate::drafts::hold::Hold;
use crate::store_error::StoreError;

/// Why a use case was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// No product has this slug.
    #[error("there is no product '{slug}'; choose one of the products of this shop")]
    UnknownProduct {
        /// What was asked for.
        slug: String,
        /// Slugs and names of products that there are.
        known: Vec<(Slug, String)>,
    },
    /// The product is not sold any more.
    #[error("'{name}' is not made any more; choose another product of this shop")]
    Archived {
        /// The product.
        slug: Slug,
        /// Its name.
        name: String,
    },
    /// So many options are sold out that no design is left.
    #[error(
        "so much of '{slug}' is sold out that nothing can be ordered of it at the moment; come back later"
    )]
    SoldOut {
        /// The product.
        slug: Slug,
    },
    /// The product does not stand as somebody thought who decided how it is to stand.
    #[error("'{slug}' stands otherwise by now; look at the list of products and decide again")]
    StandsOtherwise {
        /// The product.
        slug: Slug,
    },
    /// The product has no revision of this number.
    #[error("there is no revision {number} of '{slug}'; take one from its history")]
    UnknownRevision {
        /// The product.
        slug: Slug,
        /// What was asked for.
        number: RevisionNumber,
    },
    /// What a revision offered has ended, and nothing more can be ordered of it.
    #[error("revision {number} of '{slug}' is not offered any more{}; revision {live} is", .reasons.as_ref().and_then(|reasons| reasons.told(Language::ENGLISH)).map(|reason| format!(" ({reason})")).unwrap_or_default())]
    OfferEnded {
        /// The product.
        slug: Slug,
        /// The revision.
        number: RevisionNumber,
        /// The live revision.
        live: RevisionNumber,
        /// Why it was withdrawn; nothing when its time was over.
        reasons: Option<Reasons>,
    },
    /// The live revision can't be withdrawn.
    #[error("revision {number} of '{slug}' is live; make another one live before withdrawing it")]
    StillLive {
        /// The product.
        slug: Slug,
        /// The revision.
        number: RevisionNumber,
    },
    /// A withdrawn revision can't be live.
    #[error("revision {number} of '{slug}' is withdrawn; offer it again before making it live")]
    Withdrawn {
        /// The product.
        slug: Slug,
        /// The revision.
        number: RevisionNumber,
    },
    /// A note or a reason is longer than there is room for.
    #[error("this has {length} characters; use at most {most}")]
    LongText {
        /// Most characters.
        most: usize,
        /// How many it has.
        length: usize,
    },
    /// A note or a reason has characters that nobody sees.
    #[error("this has characters that nobody sees; type it anew instead of pasting it")]
    HiddenCharacters,
    /// A published revision is not sound for this release of the shop, which is stricter than the one before.
    #[error("revision {number} of '{slug}' is not sound: {}", listed(.problems))]
    BrokenRevision {
        /// The product.
        slug: Slug,
        /// The revision.
        number: RevisionNumber,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
    /// Somebody else saved, published or discarded the draft meanwhile.
    #[error(
        "the draft of '{slug}' was changed by somebody else meanwhile; open it again and repeat your change"
    )]
    DraftChanged {
        /// The product.
        slug: Slug,
        /// Who saved the draft there is now, if there is one.
        changed_by: Option<String>,
    },
    /// The draft has problems.
    #[error("the draft can't be published: {}", listed(.0))]
    NotPublishable(Vec<Problem>),
    /// The draft is sound, and held for another reason.
    #[error("the draft is not published: {}", held(*.0))]
    Held(Hold),
    /// A second person has to agree to what is published.
    #[error("a second person has to agree to this; ask for it by a release")]
    NeedsApproval,
    /// There is no draft, or it equals the live revision.
    #[error("nothing has changed since the live revision; edit the product before publishing it")]
    NothingToPublish,
    /// The link that showed a draft is over.
    #[error("this preview is over; ask for another link")]
    PreviewOver,
    /// The draft that a link shows has problems at this moment.
    #[error("the draft has problems at this moment; whoever sent the link sees them in the admin")]
    PreviewBroken,
    /// Nothing can be ordered of a draft, and no design of one is kept.
    #[error("this is a preview of a draft; nothing can be ordered or kept here")]
    OnlyPreviewed,
    /// This is no e-mail address.
    #[error("'{text}' is no e-mail address; write one such as ana@example.org")]
    NotAnEmail {
        /// What came.
        text: String,
    },
    /// The folder with the catalogue can't be read.
    #[error("the catalogue {} can't be read: {reason}; name a folder that holds one folder for each product", folder.display())]
    Catalogue {
        /// The folder.
        folder: PathBuf,
        /// The operating system's reason.
        reason: String,
    },
    /// More is being thought about than the shop has threads for.
    #[error("too many people are designing at this moment; please try again in a few seconds")]
    Busy,
    /// One client asks for more at once than is its share.
    #[error("you ask for too much at once; please try again in a few seconds")]
    OverShare,
    /// The engine gave up.
    #[error("{0}; start from the standard and choose step by step")]
    TooComplex(#[from] TooComplex),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Work in the background came to no end.
    #[error("the work was broken off: {0}; try again")]
    Failed(String),
}

fn held(hold: Hold) -> String {
    match hold {
        Hold::Tests(1) => "a test design fails".to_owned(),
        Hold::Tests(failed) => format!("{failed} test designs fail"),
        Hold::Findings(1) => "something looks forgotten; fill it, or mark it as meant".to_owned(),
        Hold::Findings(found) => {
            format!("{found} things look forgotten; fill them, or mark them as meant")
        }
        Hold::NotSeen => "look at what it does, and agree".to_owned(),
        Hold::LargeChange => {
            "a price changes by much, or the currency does; agree to that once more".to_owned()
        }
        Hold::NothingLeft => {
            "nothing of it could be ordered, since too much is sold out; put something on sale first"
                .to_owned()
        }
    }
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Opening leaves no choices that contradict each other; should they ever, nothing can be said of them.
pub(crate) fn too_complex(error: NoCompletion) -> TooComplex {
    match error {
        NoCompletion::TooComplex(error) => error,
        NoCompletion::Conflict(_) => TooComplex,
    }
}
