//! A draft as a product of its own that shoppers walk: behind a secret link it has an address among the products, which every
//! page of the shop takes as it takes another's. Nothing is kept of it, and nothing can be ordered.

use configurator::{RevisionNumber, Slug};

use super::draft::Draft;
use crate::catalogue::revision::{Revision, of_draft};
use crate::error::ShopError;
use crate::shop::Shop;

/// What the address of a previewed draft begins with; the rest is the token of its link.
const BEGINNING: &str = "preview-";
/// Random bytes of a token, as many as an address has room for.
pub(super) const BYTES: usize = 24;

/// The address of the draft behind a preview's link; nothing where this can be no token of one.
#[must_use]
pub fn preview_slug(token: &str) -> Option<Slug> {
    let slug = format!("{BEGINNING}{token}").parse().ok()?;
    is_preview(&slug).then_some(slug)
}

/// Whether an address is that of a previewed draft.
#[must_use]
pub fn is_preview(slug: &Slug) -> bool {
    token_of(slug).is_some()
}

fn token_of(slug: &Slug) -> Option<&str> {
    let token = slug.as_str().strip_prefix(BEGINNING)?;
    let is_token = token.len() == 2 * BYTES && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token.then_some(token)
}

impl Draft {
    /// The number under which it is walked: another one after each save.
    fn walked_as(&self) -> RevisionNumber {
        RevisionNumber::try_from(self.version.saturating_add(1)).unwrap_or(RevisionNumber::FIRST)
    }
}

/// That nothing can be ordered or kept of a draft.
///
/// # Errors
/// [`ShopError::OnlyPreviewed`] where the address is a previewed draft's.
pub(crate) fn not_previewed(slug: &Slug) -> Result<(), ShopError> {
    if is_preview(slug) { Err(ShopError::OnlyPreviewed) } else { Ok(()) }
}

impl Shop {
    /// The draft that an address previews; nothing where it is a product's.
    async fn previewed_at(&self, slug: &Slug) -> Result<Option<Draft>, ShopError> {
        let Some(token) = token_of(slug) else { return Ok(None) };
        // A draft that nobody began yet is what is live of its product, which is asked for likewise.
        Box::pin(self.previewed(token)).await?.ok_or(ShopError::PreviewOver).map(Some)
    }

    /// The number under which the draft of an address is walked now; nothing where the address is a product's.
    pub(crate) async fn previewed_number(&self, slug: &Slug) -> Result<Option<RevisionNumber>, ShopError> {
        Ok(self.previewed_at(slug).await?.map(|draft| draft.walked_as()))
    }

    /// The draft of an address as a revision; nothing where it was saved since, and for a product's address.
    pub(crate) async fn make_previewed(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Option<Revision>, ShopError> {
        let Some(draft) = self.previewed_at(slug).await?.filter(|draft| draft.walked_as() == number) else {
            return Ok(None);
        };
        let (slug, at) = (slug.clone(), self.now());
        let _turn = self.turn_to_compile().await?;
        let made = self.executor.run(move || of_draft(slug, number, draft, at)).await?;
        made.ok_or(ShopError::PreviewBroken).map(Some)
    }

    /// Whether a revision in memory may be shown: of a draft as long as its link is there and it was not saved since.
    pub(crate) async fn is_shown(&self, slug: &Slug, number: RevisionNumber) -> Result<bool, ShopError> {
        Ok(!is_preview(slug) || self.previewed_number(slug).await? == Some(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_previews_only_with_a_whole_token() {
        let token = "0123456789abcdef".repeat(3);
        let slug = preview_slug(&token).unwrap();
        assert_eq!(slug.as_str(), format!("preview-{token}"));
        assert!(is_preview(&slug) && not_previewed(&slug).is_err());
        for no_token in [&token[1..], "lamp", "", &"0".repeat(64), "0123/../"] {
            assert_eq!(preview_slug(no_token), None, "{no_token}");
        }
        assert!(not_previewed(&"preview-lamp".parse().unwrap()).is_ok());
    }
}
