//! The addresses of products. A former one leads to where the product is now, for good.

use configurator::Slug;

use crate::error::ShopError;
use crate::shop::Shop;

/// Why a product keeps its address.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It can't be an address.
    #[error(
        "'{0}' can't be an address; write 2 to 40 small letters, digits and hyphens, beginning with a letter"
    )]
    NoAddress(String),
    /// Another product has or had it.
    #[error("another product has or had the address '{0}'; choose another one")]
    Taken(Slug),
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl Shop {
    /// Gives a product another address. Pages, programs and saved designs that know the former one are led to it.
    ///
    /// # Errors
    /// See [`AddressError`]; nothing is changed then.
    pub async fn change_address(&self, slug: &Slug, to: &str, by: &str) -> Result<Slug, AddressError> {
        let to: Slug = to.trim().parse().map_err(|_| AddressError::NoAddress(to.trim().to_owned()))?;
        if to == *slug {
            return Ok(to);
        }
        self.live_number(slug).await?;
        if !self.store.change_address(slug, &to, by, self.now()).await.map_err(ShopError::from)? {
            return Err(AddressError::Taken(to));
        }
        self.forget_standing(slug);
        self.forget_standing(&to);
        tracing::info!(from = %slug, product = %to, "a product has another address");
        Ok(to)
    }
}
