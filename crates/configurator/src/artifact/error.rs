//! Why there is no product in some bytes.

use engine::bytes::BytesError;

/// Why there is no product in some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArtifactError {
    /// The bytes are no artifact, no diagram, of another version, or damaged.
    #[error(transparent)]
    Bytes(#[from] BytesError),
    /// The product is one that [`Product::check`](crate::Product::check) refuses.
    #[error("the artifact holds a product that is not sound")]
    Unsound,
    /// The diagram has other attributes or options than the product.
    #[error("the diagram is one of another product")]
    AnotherProduct,
    /// There is no diagram in it: the product is served by the server.
    #[error("the artifact has no diagram")]
    NoDiagram,
}
