//! What the use cases ask of a database: the sum of what each capability asks. A lookup answers `None` for what is not
//! there; a method that writes is one transaction. Everything a merchandiser or a shopper did is there after a crash
//! once the method has returned.

use async_trait::async_trait;

use crate::access::key_store::KeyStore;
use crate::access::second_factor_store::SecondFactorStore;
use crate::access::store::AccessStore;
use crate::campaigns::store::CampaignStore;
use crate::catalogue::store::CatalogueStore;
use crate::customers::store::{CustomerStore, PersonalDataStore};
use crate::designs::store::DesignStore;
use crate::drafts::gate_store::GateStore;
use crate::drafts::store::DraftStore;
use crate::experiments::store::ExperimentStore;
use crate::group_menus::store::GroupMenuStore;
use crate::insight::store::InsightStore;
use crate::learning::store::LearningStore;
use crate::mail::store::MailStore;
use crate::orders::desk_store::DeskStore;
use crate::orders::store::OrderStore;
use crate::products::store::ProductStore;
use crate::releases::store::ReleaseStore;
use crate::segments::store::SegmentStore;
use crate::shop_file::store::SettingsStore;
use crate::stock::store::StockStore;
use crate::store_error::StoreError;

/// The database itself.
#[async_trait]
pub trait DatabaseStore: Send + Sync {
    /// That what is written from now on is kept where it will be looked for: the file that is open may have been deleted or replaced.
    async fn is_there(&self) -> Result<(), StoreError>;

    /// That it is not one that can only be read, as a standby that was not promoted.
    async fn can_be_written(&self) -> Result<(), StoreError>;
}

/// A database of the shop.
pub trait Store:
    DatabaseStore
    + CatalogueStore
    + DesignStore
    + OrderStore
    + DeskStore
    + DraftStore
    + ProductStore
    + GateStore
    + LearningStore
    + AccessStore
    + SecondFactorStore
    + KeyStore
    + MailStore
    + CustomerStore
    + PersonalDataStore
    + SegmentStore
    + CampaignStore
    + InsightStore
    + StockStore
    + ExperimentStore
    + GroupMenuStore
    + ReleaseStore
    + SettingsStore
{
}

impl<S> Store for S where
    S: DatabaseStore
        + CatalogueStore
        + DesignStore
        + OrderStore
        + DeskStore
        + DraftStore
        + ProductStore
        + GateStore
        + LearningStore
        + AccessStore
        + SecondFactorStore
        + KeyStore
        + MailStore
        + CustomerStore
        + PersonalDataStore
        + SegmentStore
        + CampaignStore
        + InsightStore
        + StockStore
        + ExperimentStore
        + GroupMenuStore
        + ReleaseStore
        + SettingsStore
{
}
