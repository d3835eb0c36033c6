//! The admin's pages: plain forms that work without a script, for the people who run the shop.

mod access;
mod account;
mod all_insight;
mod analysis;
mod approval;
mod archive;
mod audit;
mod begin;
mod campaigns;
mod completion;
mod customers;
mod dragging;
mod drawings;
mod drawings_told;
mod editor;
mod editor_page;
mod experiment;
mod experiments;
mod form;
mod gate;
mod going_back;
mod group_menus;
mod history;
mod insight;
mod kept;
mod keys;
mod learnt;
mod mistakes;
mod option_pages;
mod order;
mod orders;
mod orders_filter;
mod overview;
mod people;
mod pictured;
mod place;
mod placed;
mod price_history;
mod prices;
mod problems;
mod products;
mod publish;
mod release_form;
mod releases;
mod replay;
mod retire;
mod saves;
mod saving;
mod sections;
mod settings;
mod shell;
mod sold_out;
mod standing;
mod start;
mod table;
mod table_cells;
mod table_told;
mod take_over;
mod texts;
mod tree;
mod tree_found;
mod worths;

pub use access::{LogInForm, PasswordForm, enter_code, invite, invite_over, log_in};
pub use account::{AccountPage, PasswordProblems, SecondFactorState, SessionItem, account};
pub use all_insight::{AllInsightPage, ProductInsight, all_insight};
pub use analysis::{
    AnalysisPage, Change, FaultItem, Figure, Judged, Nearest, NoChoice, RuleItem, RuleTold, Spot, WhyPage,
    analysis, why,
};
pub use approval::{AskedProduct, AskedView};
pub use archive::{ArchivePage, ChosenFile, archive};
pub use audit::{AuditEntryPage, AuditPage, Checked, DoneItem, audit, audit_entry};
pub use begin::{BeginPage, Begun, begin, begun};
pub use campaigns::{CampaignItem, CampaignsPage, campaigns};
pub use customers::{
    CustomerFilter, CustomerItem, CustomerSheet, CustomersPage, SegmentItem, TouchPoint, customer, customers,
};
pub use drawings::{DrawingPlaces, DrawingRow, DrawingsPage, drawings};
pub use drawings_told::{DrawingsWrong, SavedDrawings};
pub use editor::{Editor, PictureView, StandardView};
pub use editor_page::editor;
pub use experiment::{ArmItem, ExperimentPage, RailItem, experiment};
pub use experiments::{
    ExperimentItem, ExperimentsPage, NewExperimentPage, PolicyShare, experiments, new_experiment,
};
pub use form::{Asks, ROWS_LEFT, Returned, Typed};
pub use gate::{EffectView, PriceRow, ReplayView};
pub use going_back::{GoingBackPage, Hindrance, going_back};
pub use group_menus::{
    GroupMenuEditor, GroupMenuItem, GroupMenuUndo, GroupMenusPage, MenuOption, group_menus,
};
pub use history::{RefusedWithdrawal, RevisionItem, RevisionsPage, reason_name, revisions};
pub use insight::{
    AdviceItem, AttributeCounts, FEW, InsightPage, OptionCounts, PERIODS, WayItem, insight, told,
};
pub use keys::{KeyItem, KeysDone, KeysPage, TypedKey, keys};
pub use learnt::{LearntDefault, LearntModel, LearntPage, LearntUse, learnt};
pub use option_pages::{MOST_OPTIONS, OPTIONS_OF_PAGE, OptionsAsked, OptionsShown, is_long};
pub use order::{EventItem, OrderSheet, OrderWay, SheetValue, Step, order};
pub use orders::{OrderItem, OrderList, Outcome, orders};
pub use orders_filter::{FilterForm, ViewLink};
pub use overview::{KnownOverview, NOT_LIVE, OverviewView, overview_alone};
pub use people::{PeopleDone, PeoplePage, PersonItem, RoleChoice, people};
pub use pictured::picture_alone;
pub use placed::{PlacedControl, PlacedField};
pub use price_history::PricedItem;
pub use prices::{PricesPage, RepricedLine, RepricedPrice, RepricedProduct, prices};
pub use products::{ProductItem, ProductItems, products};
pub use publish::{Agreement, PreviewView, PublishPage, Refused, publish};
pub use release_form::{ChosenProduct, NewReleasePage, new_release};
pub use releases::{
    ReleaseItem, ReleaseLine, ReleaseSheet, ReleaseWay, ReleasedItem, ReleasesPage, release, releases,
};
pub use replay::{ReplayLine, ReplayList, ReplayPage, replay};
pub use retire::{NearestItem, OrderedItem, PartBecomes, RetirePage, retire};
pub use saves::{SaveItem, SavesPage, saves};
pub use settings::{SettingsPage, SettingsVersionItem, settings};
pub use shell::{DraftState, Frame, Rail, failed};
pub use sold_out::{SoldOutItem, SoldOutPage, sold_out};
pub use standing::{StandingPage, Stands, standing};
pub use start::{WaitingItem, WaitingPart, start};
pub use table::{ROWS_OF_PAGE, TableAnswer, TablePage, table};
pub use take_over::{TakeOverOffer, TakeOverView};
pub use texts::{
    TEXTS_OF_PAGE, TextFilter, TextItem, TextMark, TextsLanguage, TextsOverview, TextsPage, texts, texts_in,
};
pub use tree::is_section;
pub use worths::{WorthItem, WorthMenu, Worths};
