//! Drafts, and making them live.

mod analysis;
mod archive;
mod changes;
mod draft;
mod edit;
mod fields;
mod form;
mod lists;
mod merge;
mod percent;
mod places;
mod publish;
mod removal;
mod rows;
mod save;
mod section;
mod sent;
mod standard;
pub(crate) mod store;
mod versions;

pub use analysis::{Analysis, DraftState};
pub use archive::{ArchiveError, MOST_BYTES};
pub use changes::changes;
pub use draft::Draft;
pub use edit::{DraftEdit, EditError};
pub use form::{FieldControl, FormField, form_fields};
pub(crate) use lists::new_code;
pub use percent::{PriceChange, PriceRounding, RepricedDraft, RepricedLine};
pub use removal::Question;
pub use rows::LeftRows;
pub use section::Section;
pub use sent::UnreadableField;
pub use store::{Discard, DraftRow, DraftStore, NewDraft, NewRevision, VersionRow, Way};
pub use versions::Step;
