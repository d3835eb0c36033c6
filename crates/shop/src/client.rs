//! Who asks, as far as the shop has to know: the same client or another one.

use std::sync::Arc;

tokio::task_local! {
    static ASKING: Option<Client>;
}

/// Somebody who asks, such as a network. What stands in it means nothing here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client(Arc<str>);

impl Client {
    /// The client of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Who asks for the work of this task; `None` where nobody does, as at the start.
    pub(crate) fn asking() -> Option<Self> {
        ASKING.try_with(Clone::clone).ok().flatten()
    }
}

/// Does what a client asks for: what it thinks counts as that client's.
pub async fn for_client<F: Future>(client: Client, work: F) -> F::Output {
    ASKING.scope(Some(client), work).await
}

/// Does what many wait for, whoever asked first.
pub(crate) async fn for_all<F: Future>(work: F) -> F::Output {
    ASKING.scope(None, work).await
}
