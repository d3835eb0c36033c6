//! Ids: which attribute, option or rule of a product, by position.

/// Which attribute of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(u16);

/// Which option of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionId(u16);

/// Which rule of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u16);

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl $name {
            /// The largest index an id can hold.
            pub const MOST: usize = u16::MAX as usize;

            /// The id at this index. Indexes beyond [`Self::MOST`] name nothing: a product with that many is refused.
            pub(crate) fn new(index: usize) -> Self {
                Self(u16::try_from(index).unwrap_or(u16::MAX))
            }

            /// Its position in the product file.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )*};
}
ids!(AttributeId, OptionId, RuleId);
