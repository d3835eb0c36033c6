//! Drafts, and making them live.

mod analysis;
mod archive;
mod changes;
mod draft;
mod edit;
mod fields;
mod form;
mod lists;
mod places;
mod publish;
mod removal;
mod save;
mod section;
mod sent;
mod standard;
pub(crate) mod store;

pub use analysis::{Analysis, DraftState};
pub use archive::{ArchiveError, MOST_BYTES};
pub use changes::changes;
pub use draft::Draft;
pub use edit::{DraftEdit, EditError};
pub use form::{FieldControl, FormField, form_fields};
pub use removal::Question;
pub use section::Section;
pub use sent::UnreadableField;
pub use store::{DraftRow, DraftStore, NewDraft, NewRevision};
