//! Drafts, and making them live.

mod analysis;
mod archive;
mod changes;
mod draft;
mod edit;
mod publish;
mod save;
mod sent;
pub(crate) mod store;

pub use analysis::{Analysis, DraftState};
pub use archive::{ArchiveError, MOST_BYTES};
pub use changes::changes;
pub use draft::Draft;
pub use edit::{DraftEdit, EditError, Section};
pub use sent::UnreadableField;
pub use store::{DraftRow, DraftStore, NewDraft, NewRevision};
