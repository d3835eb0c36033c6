//! States as the admin's pages write them.

use app::pages::admin::DraftState;
use shop::ShopError;
use words::Language;

/// Why a note or a reason can't be taken as it is.
pub(super) fn unfit(error: &ShopError, language: Language) -> Option<String> {
    match error {
        ShopError::LongText { most, length } => {
            Some(language.words().engine.at_most_characters(*most as u64, length))
        }
        ShopError::HiddenCharacters => Some(language.admin().hidden_characters().to_owned()),
        _ => None,
    }
}

/// A draft's state as the pages write it.
pub(super) fn shown(state: shop::DraftState) -> DraftState {
    match state {
        shop::DraftState::Unchanged => DraftState::Unchanged,
        shop::DraftState::Ready => DraftState::Ready,
        shop::DraftState::Problems(count) => DraftState::Problems(count),
        shop::DraftState::Unsettled(count) => DraftState::Unsettled(count),
    }
}
