//! Every way a request can fail, and the one place that gives each a stable code, a status and words. Pages show it as
//! HTML, the API as `application/problem+json`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use configurator::ChoiceError;
use shop::access::{Capability, KeyError};
use shop::orders::InvalidOrderNumber;
use shop::{AdminError, DesignError, DeskError, InvalidRevision, OrderError, ShopError, StoreError};
use words::{Language, Shop as Texts};

use crate::roles;

/// What of a body can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}, at {} (line {line}, column {column})", if place.is_empty() { "the top" } else { place })]
pub struct UnreadableBody {
    /// What is wrong.
    pub message: String,
    /// The field, such as `choices.height`; empty for the whole.
    pub place: String,
    /// Counts from 1.
    pub line: usize,
    /// Counts from 1.
    pub column: usize,
    /// Whether it is JSON at all, only not what was expected.
    pub is_json: bool,
}

/// A request that can't be answered with what it asked for.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The address leads nowhere.
    #[error("there is no page at this address")]
    NoPage,
    /// No order has this link.
    #[error("there is no order at this address")]
    NoOrder,
    /// No design has this link.
    #[error("there is no design at this address")]
    NoDesign,
    /// The request's form can't be read.
    #[error("the form that was sent can't be read")]
    Form,
    /// A form's last field did not arrive.
    #[error("the form that was sent did not arrive whole")]
    Cut,
    /// Fields of a form in the admin can't be read.
    #[error("some of what was typed can't be read")]
    Unreadable,
    /// A new password was not typed the same way twice.
    #[error("these two differ; type the same password twice")]
    PasswordsDiffer,
    /// A number of a page counts from 1.
    #[error("a page is a whole number from 1 on")]
    Page,
    /// A parameter of an address of the API can't be read.
    #[error("the parameter '{name}' can't be read; /api/v1/openapi.json says what there is")]
    Parameter {
        /// Its name, as it was sent.
        name: String,
    },
    /// What is asked for takes an API key.
    #[error(
        "this needs an API key, sent as “Authorization: Bearer” and the key; administrators make one in the admin, under People"
    )]
    NoKey,
    /// An API key is none, or its time is over.
    #[error(
        "this API key does not hold: it was ended, its last day is over, or it never was one; send another one"
    )]
    WrongKey,
    /// One client sends more wrong API keys than it may.
    #[error("too many wrong API keys come from you; send the right one, or another one later")]
    TooManyWrongKeys {
        /// How long until another one is looked at.
        wait: Duration,
    },
    /// An API key's role does not allow it.
    #[error("this API key's role does not allow this; make a key with another role")]
    KeyRole {
        /// What it takes.
        needed: Capability,
    },
    /// An API key was not made or ended.
    #[error(transparent)]
    Key(KeyError),
    /// An order needs a key of its own.
    #[error(
        "this needs the header Idempotency-Key: a text of your own of 1 to 200 characters, the same when it is sent again"
    )]
    IdempotencyKey,
    /// An order is for a revision.
    #[error("name the revision that the design was made for, as the answers about it do")]
    NoRevision,
    /// An order is for some pieces, and not for too many.
    #[error("the quantity is a whole number from 1 to {}", configurator::Quantity::MOST)]
    Quantity,
    /// A body of the API can't be read.
    #[error(transparent)]
    Body(#[from] UnreadableBody),
    /// A design can't be taken as it was said.
    #[error(transparent)]
    Design(DesignError),
    /// One client orders more often than it may.
    #[error("too many orders come from you; send this one again later")]
    TooManyOrders {
        /// How long until it may order again.
        wait: Duration,
    },
    /// One client keeps more designs than it may.
    #[error("too many designs come from you; send this one again later")]
    TooManyDesigns {
        /// How long until it may keep another one.
        wait: Duration,
    },
    /// An order was not placed.
    #[error(transparent)]
    Order(OrderError),
    /// An order was not changed.
    #[error(transparent)]
    Desk(DeskError),
    /// Somebody was not let into the admin.
    #[error(transparent)]
    Access(AdminError),
    /// A request's work broke off.
    #[error("the work broke off")]
    BrokenOff,
    /// The request was refused before anything looked at what it asks for.
    #[error("the request was refused: {0}")]
    Refused(StatusCode),
    /// A use case failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<InvalidRevision> for Failure {
    /// A number in a path that is none names nothing.
    fn from(_: InvalidRevision) -> Self {
        Self::NoPage
    }
}

impl From<InvalidOrderNumber> for Failure {
    /// A number in a path that is none names nothing.
    fn from(_: InvalidOrderNumber) -> Self {
        Self::NoPage
    }
}

impl From<DesignError> for Failure {
    fn from(error: DesignError) -> Self {
        match error {
            DesignError::Shop(error) => Self::Shop(error),
            error => Self::Design(error),
        }
    }
}

impl From<OrderError> for Failure {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Shop(error) => Self::Shop(error),
            error => Self::Order(error),
        }
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Shop(error) => Self::Shop(error),
            error => Self::Desk(error),
        }
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Shop(error) => Self::Shop(error),
            error => Self::Key(error),
        }
    }
}

impl From<AdminError> for Failure {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Shop(error) => Self::Shop(error),
            error => Self::Access(error),
        }
    }
}

/// Which failure it is, and how it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stays the same whatever the words become.
    pub code: &'static str,
    /// The answer's status.
    pub status: StatusCode,
}

/// After how many seconds a request that found the shop busy may be sent again.
const WHEN_BUSY: u64 = 5;
/// Within how many seconds from then on those come again who are refused together: in turns, not all at the same moment.
const WITHIN: u64 = 5;
/// How many were told so.
static REFUSED: AtomicU64 = AtomicU64::new(0);
/// After how many seconds somebody may log in again who failed too often, or ask for a link again who asked too often.
pub(super) const WHEN_FAILED: u64 = 15 * 60;

impl Failure {
    /// The kind of each failure.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let kind = |code, status| Kind { code, status };
        match self {
            Self::NoPage => kind("no-page", StatusCode::NOT_FOUND),
            Self::NoOrder => kind("unknown-order", StatusCode::NOT_FOUND),
            Self::NoDesign => kind("unknown-design", StatusCode::NOT_FOUND),
            Self::Form => kind("unreadable-form", StatusCode::BAD_REQUEST),
            Self::Cut => kind("cut-form", StatusCode::BAD_REQUEST),
            Self::Unreadable => kind("unreadable-fields", StatusCode::UNPROCESSABLE_ENTITY),
            Self::PasswordsDiffer => kind("passwords-differ", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Page => kind("unreadable-page", StatusCode::BAD_REQUEST),
            Self::Parameter { .. } => kind("unreadable-parameter", StatusCode::BAD_REQUEST),
            Self::NoKey => kind("no-key", StatusCode::UNAUTHORIZED),
            Self::WrongKey => kind("wrong-key", StatusCode::UNAUTHORIZED),
            Self::TooManyWrongKeys { .. } => kind("too-many-wrong-keys", StatusCode::TOO_MANY_REQUESTS),
            Self::KeyRole { .. } => kind("role-needed", StatusCode::FORBIDDEN),
            Self::Key(error) => of_key(error),
            Self::IdempotencyKey => kind("no-idempotency-key", StatusCode::BAD_REQUEST),
            Self::NoRevision => kind("no-revision", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Quantity => kind("unreadable-quantity", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Body(body) if body.is_json => kind("unexpected-json", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Body(_) => kind("unreadable-json", StatusCode::BAD_REQUEST),
            Self::Design(error) => of_design(error),
            Self::TooManyOrders { .. } => kind("too-many-orders", StatusCode::TOO_MANY_REQUESTS),
            Self::TooManyDesigns { .. } => kind("too-many-designs", StatusCode::TOO_MANY_REQUESTS),
            Self::Order(error) => of_order(error),
            Self::Desk(error) => of_desk(error),
            Self::BrokenOff => kind("broken-off", StatusCode::INTERNAL_SERVER_ERROR),
            Self::Refused(status) => kind(refusal_code(*status), *status),
            Self::Access(error) => access(error),
            Self::Shop(error) => of_shop(error),
        }
    }

    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.kind().status
    }

    /// After how many seconds the same request may succeed, where it is only a matter of time.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyOrders { wait }
            | Self::TooManyDesigns { wait }
            | Self::TooManyWrongKeys { wait } => Some(wait.as_secs() + 1),
            Self::Access(AdminError::TooManyAttempts) => Some(WHEN_FAILED),
            _ => match self.status() {
                StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                    Some(WHEN_BUSY + REFUSED.fetch_add(1, Ordering::Relaxed) % WITHIN)
                }
                _ => None,
            },
        }
    }

    /// What happened, in a few words.
    #[must_use]
    pub fn title(&self, say: &Texts) -> &'static str {
        match self {
            Self::NoPage => say.no_page(),
            Self::NoOrder => say.no_order(),
            Self::NoDesign => say.no_design(),
            Self::Shop(ShopError::UnknownProduct { .. }) => say.no_product(),
            Self::Shop(ShopError::Archived { .. }) => say.not_made_any_more(),
            Self::Shop(ShopError::PreviewOver) => say.preview_over(),
            Self::Shop(ShopError::PreviewBroken) => say.preview_broken(),
            Self::Design(DesignError::Contradiction { .. }) => say.choices_conflict(),
            Self::Design(DesignError::Choice { .. }) | Self::Order(OrderError::Choice(_)) => {
                say.design_unreadable()
            }
            Self::Order(
                OrderError::Invalid(_)
                | OrderError::SoldOut(_)
                | OrderError::Buyer(_)
                | OrderError::KeyUsed { .. }
                | OrderError::OrderedBefore { .. },
            ) => say.not_ordered(),
            _ if self.status() == StatusCode::INTERNAL_SERVER_ERROR => say.our_fault(),
            _ => say.did_not_work(),
        }
    }

    /// What happened and what to do, as a sentence. What went wrong inside is never told. What only the API
    /// meets is told in English.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let say = language.shop();
        match self {
            Self::Cut => language.admin().form_was_cut().to_owned(),
            Self::PasswordsDiffer => language.admin().passwords_differ().to_owned(),
            Self::Access(AdminError::PasswordLength { least, most }) => {
                language.admin().password_length(least, most)
            }
            Self::Access(AdminError::NotRecognised) => language.admin().not_recognised().to_owned(),
            Self::Access(AdminError::WrongPassword) => language.account().wrong_password().to_owned(),
            Self::Access(AdminError::WrongCode) => language.account().wrong_code().to_owned(),
            Self::Access(AdminError::NoSecondFactor) => language.account().no_second_factor().to_owned(),
            Self::Access(AdminError::NoAdministrator { email }) => language.people().nobody_of(email),
            Self::Access(AdminError::Oneself) => language.people().not_oneself().to_owned(),
            Self::Access(AdminError::LastAdministrator) => language.people().last_administrator().to_owned(),
            Self::Access(AdminError::NotAllowed { roles, ask }) => {
                let roles: Vec<_> = roles.iter().map(|role| roles::name(language, *role)).collect();
                language.people().role_needed(&roles.join(", "), &ask.join(", "))
            }
            Self::Key(error) => about_key(error, language),
            Self::Shop(ShopError::NotAnEmail { text }) => language.admin().no_email(text),
            Self::Access(AdminError::TooManyAttempts) => language.admin().too_many_attempts().to_owned(),
            Self::BrokenOff
            | Self::Shop(ShopError::Failed(_) | ShopError::Store(StoreError::Unavailable { .. })) => {
                say.cant_tell().to_owned()
            }
            Self::NoOrder => say.no_order_here().to_owned(),
            Self::NoDesign => say.no_design_here().to_owned(),
            Self::Form => say.form_unreadable().to_owned(),
            Self::Refused(StatusCode::FORBIDDEN) => say.other_website().to_owned(),
            Self::Refused(StatusCode::METHOD_NOT_ALLOWED) => say.not_like_this().to_owned(),
            Self::Refused(
                StatusCode::PAYLOAD_TOO_LARGE
                | StatusCode::URI_TOO_LONG
                | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            ) => say.too_large().to_owned(),
            Self::Refused(_) => say.form_unreadable().to_owned(),
            Self::Shop(ShopError::UnknownProduct { slug, .. }) => say.no_product_here(slug),
            Self::Shop(ShopError::Archived { name, .. }) => say.archived(name),
            Self::Shop(ShopError::SoldOut { .. }) => say.all_sold_out().to_owned(),
            Self::Shop(ShopError::PreviewOver) => say.preview_over_hint().to_owned(),
            Self::Shop(ShopError::PreviewBroken) => say.preview_broken_hint().to_owned(),
            Self::Shop(ShopError::OnlyPreviewed) => say.only_previewed().to_owned(),
            Self::Shop(ShopError::StandsOtherwise { .. }) => language.admin().stands_otherwise().to_owned(),
            Self::Shop(ShopError::UnknownRevision { number, .. }) => say.no_revision_here(number),
            Self::Shop(ShopError::Busy) => say.busy().to_owned(),
            Self::Shop(ShopError::OverShare) => say.too_much_at_once().to_owned(),
            Self::TooManyOrders { .. } => say.too_many_orders().to_owned(),
            Self::TooManyDesigns { .. } => say.too_many_designs().to_owned(),
            Self::Shop(ShopError::TooComplex(_)) => say.too_complex().to_owned(),
            _ if self.status() == StatusCode::INTERNAL_SERVER_ERROR => say.nothing_lost().to_owned(),
            other => as_sentence(&other.to_string()),
        }
    }

    /// Logs what is the shop's own fault, and what it refused to look at. What was sent is in no line.
    pub(super) fn log(&self) {
        let Kind { code, status } = self.kind();
        let is_away = matches!(self, Self::Shop(ShopError::Store(StoreError::Unavailable { .. })));
        if is_away || status == StatusCode::INTERNAL_SERVER_ERROR {
            return tracing::error!(error = %self, code, "a request failed");
        }
        match status {
            // A crowd that is refused shall not fill the log, too.
            _ if matches!(self, Self::Shop(ShopError::Busy)) && !says_busy() => {}
            StatusCode::FORBIDDEN
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::TOO_MANY_REQUESTS => tracing::warn!(code, "a request was refused"),
            _ => {}
        }
    }
}

/// How often the log says that the shop is busy.
const SAY_BUSY: Duration = Duration::from_secs(1);

/// Whether it is time to say so again.
fn says_busy() -> bool {
    static SAID: Mutex<Option<Instant>> = Mutex::new(None);
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    let is_time = said.is_none_or(|said| said.elapsed() >= SAY_BUSY);
    if is_time {
        *said = Some(Instant::now());
    }
    is_time
}

fn access(error: &AdminError) -> Kind {
    let kind = |code, status| Kind { code, status };
    match error {
        AdminError::PasswordLength { .. } => kind("password-length", StatusCode::UNPROCESSABLE_ENTITY),
        AdminError::PasswordCommon => kind("password-common", StatusCode::UNPROCESSABLE_ENTITY),
        AdminError::NotRecognised => kind("not-recognised", StatusCode::UNPROCESSABLE_ENTITY),
        AdminError::InviteNotValid => kind("invite-not-valid", StatusCode::NOT_FOUND),
        AdminError::WrongPassword => kind("wrong-password", StatusCode::UNPROCESSABLE_ENTITY),
        AdminError::WrongCode => kind("wrong-code", StatusCode::UNPROCESSABLE_ENTITY),
        AdminError::NoSecondFactor => kind("no-second-factor", StatusCode::CONFLICT),
        AdminError::NoAdministrator { .. } => kind("no-administrator", StatusCode::NOT_FOUND),
        AdminError::Oneself => kind("oneself", StatusCode::CONFLICT),
        AdminError::LastAdministrator => kind("last-administrator", StatusCode::CONFLICT),
        AdminError::NotAllowed { .. } => kind("role-needed", StatusCode::FORBIDDEN),
        AdminError::TooManyAttempts => kind("too-many-attempts", StatusCode::TOO_MANY_REQUESTS),
        AdminError::Shop(error) => of_shop(error),
    }
}

fn of_design(error: &DesignError) -> Kind {
    match error {
        DesignError::Choice { error, .. } => of_choice(error),
        DesignError::Contradiction { .. } => {
            Kind { code: "choices-conflict", status: StatusCode::UNPROCESSABLE_ENTITY }
        }
        DesignError::Shop(error) => of_shop(error),
    }
}

/// The kind of an order that was not placed.
pub(super) fn of_order(error: &OrderError) -> Kind {
    let kind = |code| Kind { code, status: StatusCode::UNPROCESSABLE_ENTITY };
    match error {
        OrderError::Invalid(_) => kind("invalid-design"),
        OrderError::SoldOut(_) => Kind { code: "sold-out", status: StatusCode::CONFLICT },
        OrderError::Buyer(_) => kind("buyer-incomplete"),
        OrderError::Choice(error) => of_choice(error),
        OrderError::KeyUsed { .. } => kind("idempotency-key-used"),
        OrderError::OrderedBefore { .. } => Kind { code: "ordered-before", status: StatusCode::CONFLICT },
        OrderError::Shop(error) => of_shop(error),
    }
}

fn of_key(error: &KeyError) -> Kind {
    let kind = |code, status| Kind { code, status };
    match error {
        KeyError::NoName => kind("no-key-name", StatusCode::UNPROCESSABLE_ENTITY),
        KeyError::NameOfPerson => kind("key-name-of-person", StatusCode::UNPROCESSABLE_ENTITY),
        KeyError::NameTaken { .. } => kind("key-name-taken", StatusCode::CONFLICT),
        KeyError::Administrator => kind("key-of-administrator", StatusCode::UNPROCESSABLE_ENTITY),
        KeyError::Over => kind("key-over", StatusCode::UNPROCESSABLE_ENTITY),
        KeyError::TooMany { .. } => kind("too-many-keys", StatusCode::CONFLICT),
        KeyError::NoKey => kind("no-such-key", StatusCode::NOT_FOUND),
        KeyError::Shop(error) => of_shop(error),
    }
}

/// Why a key was not made or ended, in words.
fn about_key(error: &KeyError, language: Language) -> String {
    let say = language.people();
    match error {
        KeyError::NoName => say.key_needs_name().to_owned(),
        KeyError::NameOfPerson => say.key_name_of_person().to_owned(),
        KeyError::NameTaken { name } => say.key_name_taken(name),
        KeyError::Administrator => say.key_never_administrator().to_owned(),
        KeyError::Over => say.key_day_over().to_owned(),
        KeyError::TooMany { most } => say.too_many_keys(most),
        KeyError::NoKey => say.no_such_key().to_owned(),
        KeyError::Shop(error) => as_sentence(&error.to_string()),
    }
}

fn of_desk(error: &DeskError) -> Kind {
    let kind = |code, status| Kind { code, status };
    match error {
        DeskError::NotPossible { .. } => kind("move-not-possible", StatusCode::CONFLICT),
        DeskError::ChangedMeanwhile { .. } => kind("order-changed", StatusCode::CONFLICT),
        DeskError::NotUndone { .. } => kind("step-not-undone", StatusCode::CONFLICT),
        DeskError::NoReason { .. } => kind("no-reason", StatusCode::UNPROCESSABLE_ENTITY),
        DeskError::EmptyNote { .. } => kind("empty-note", StatusCode::UNPROCESSABLE_ENTITY),
        DeskError::UnknownOrder { .. } => kind("unknown-order", StatusCode::NOT_FOUND),
        DeskError::TooManyViews { .. } => kind("too-many-views", StatusCode::UNPROCESSABLE_ENTITY),
        DeskError::NoViewName => kind("no-view-name", StatusCode::UNPROCESSABLE_ENTITY),
        DeskError::Shop(error) => of_shop(error),
    }
}

fn of_choice(error: &ChoiceError) -> Kind {
    let code = match error {
        ChoiceError::UnknownAttribute { .. } => "unknown-attribute",
        ChoiceError::UnknownOption { .. } => "unknown-option",
        ChoiceError::NotAllowed { .. } => "value-not-allowed",
    };
    Kind { code, status: StatusCode::UNPROCESSABLE_ENTITY }
}

fn of_shop(error: &ShopError) -> Kind {
    let kind = |code, status| Kind { code, status };
    match error {
        ShopError::UnknownProduct { .. } => kind("unknown-product", StatusCode::NOT_FOUND),
        ShopError::Archived { .. } => kind("product-archived", StatusCode::GONE),
        ShopError::SoldOut { .. } => kind("sold-out", StatusCode::CONFLICT),
        ShopError::PreviewOver => kind("preview-over", StatusCode::NOT_FOUND),
        ShopError::PreviewBroken => kind("preview-broken", StatusCode::CONFLICT),
        ShopError::OnlyPreviewed => kind("only-previewed", StatusCode::CONFLICT),
        ShopError::StandsOtherwise { .. } => kind("stands-otherwise", StatusCode::CONFLICT),
        ShopError::UnknownRevision { .. } => kind("unknown-revision", StatusCode::NOT_FOUND),
        ShopError::DraftChanged { .. } => kind("draft-changed", StatusCode::CONFLICT),
        ShopError::OfferEnded { .. } => kind("offer-ended", StatusCode::CONFLICT),
        ShopError::LongText { .. } => kind("too-long", StatusCode::UNPROCESSABLE_ENTITY),
        ShopError::HiddenCharacters => kind("hidden-characters", StatusCode::UNPROCESSABLE_ENTITY),
        ShopError::StillLive { .. } => kind("still-live", StatusCode::CONFLICT),
        ShopError::Withdrawn { .. } => kind("withdrawn", StatusCode::CONFLICT),
        ShopError::NotPublishable(_) => kind("not-publishable", StatusCode::UNPROCESSABLE_ENTITY),
        ShopError::Held(_) => kind("held", StatusCode::UNPROCESSABLE_ENTITY),
        ShopError::NeedsApproval => kind("needs-approval", StatusCode::CONFLICT),
        ShopError::NothingToPublish => kind("nothing-to-publish", StatusCode::UNPROCESSABLE_ENTITY),
        ShopError::NotAnEmail { .. } => kind("not-an-email", StatusCode::UNPROCESSABLE_ENTITY),
        ShopError::Busy => kind("busy", StatusCode::SERVICE_UNAVAILABLE),
        ShopError::OverShare => kind("too-much-at-once", StatusCode::TOO_MANY_REQUESTS),
        ShopError::TooComplex(_) => kind("too-complex", StatusCode::SERVICE_UNAVAILABLE),
        ShopError::Store(StoreError::Unavailable { .. }) => {
            kind("database-unavailable", StatusCode::SERVICE_UNAVAILABLE)
        }
        ShopError::Failed(_) => kind("broken-off", StatusCode::INTERNAL_SERVER_ERROR),
        ShopError::BrokenRevision { .. } | ShopError::Catalogue { .. } | ShopError::Store(_) => {
            kind("failed", StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// With a capital letter and a full stop.
fn as_sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

fn refusal_code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::FORBIDDEN => "cross-site",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::URI_TOO_LONG
        | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "not-json",
        _ => "unreadable",
    }
}

/// Carries the failure to where it is shown, which knows who asked and has what an answer takes.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(wait) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        // As RFC 6750 has it: who sent nothing is told which way there is, and no more.
        let challenge = match &self {
            Self::NoKey => Some("Bearer realm=\"atelier\""),
            Self::WrongKey => Some("Bearer realm=\"atelier\", error=\"invalid_token\""),
            _ => None,
        };
        if let Some(challenge) = challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response.extensions_mut().insert(Arc::new(Mutex::new(Some(self))));
        response
    }
}
