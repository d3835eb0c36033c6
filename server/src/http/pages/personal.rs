//! Personal starts: the shopper's consent and stated uses, kept in a cookie and nowhere else.

use app::address;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use configurator::Slug;
use personalize::Start;
use shop::customers::Account;
use shop::drafts::is_preview;
use shop::{Changed, Consent};

use super::asked::{Ways, sent_design};
use super::counting::may_count;
use super::signed_in::signed_in;
use super::{first_options, query};
use crate::http::cookies;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// The cookie's name. It is there only while personal starts are on.
const COOKIE: &str = "atelier_personal";
/// Under what the cookie has the id by which experiments know somebody: no product's address begins like this.
const VISITOR: &str = "_visitor";
/// The cookie with the needs of a customer's account, which ends with their session.
const ACCOUNT_COOKIE: &str = "atelier_needs";
/// How long an answer is kept.
const KEPT: time::Duration = time::Duration::days(180);

/// What a shopper agreed to and answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Personal {
    consent: bool,
    uses: Vec<(String, String)>,
    /// The id by which experiments know them.
    visitor: Option<String>,
    /// Whether they wish to be counted by nobody.
    is_uncounted: bool,
    /// What they said for each product on another browser, and agreed to have remembered: for as long as they are signed in.
    of_account: Vec<(String, String)>,
}

impl Personal {
    pub(super) fn read(site: &Site, headers: &HeaderMap) -> Self {
        let own = cookies::kept(site, headers, COOKIE);
        let account = cookies::kept(site, headers, ACCOUNT_COOKIE);
        if own.is_none() && account.is_none() {
            return Self::default();
        }
        let mut uses = query::pairs(&own.unwrap_or_default());
        let visitor = query::value(&uses, VISITOR).map(str::to_owned);
        uses.retain(|(name, _)| name != VISITOR);
        let of_account = query::pairs(&account.unwrap_or_default());
        Self { consent: true, uses, visitor, is_uncounted: !may_count(headers), of_account }
    }

    /// What somebody has who signed in: the needs that they agreed to have remembered come along until the session ends, in place of
    /// whoever's were here before.
    pub(super) fn of_account(
        site: &Site,
        headers: &HeaderMap,
        account: Option<&Account>,
        jar: CookieJar,
    ) -> CookieJar {
        let needs = account.filter(|account| account.may_remember()).map(|account| &account.needs);
        let Some(needs) = needs.filter(|needs| !needs.is_empty()) else {
            return Self::ended(site, headers, jar);
        };
        let pairs = needs.iter().map(|need| (&need.slug, &need.stated_use));
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        jar.add(cookies::cookie(site, ACCOUNT_COOKIE, text, SameSite::Lax))
    }

    /// Ends what came along with a session, where something did.
    pub(super) fn ended(site: &Site, headers: &HeaderMap, jar: CookieJar) -> CookieJar {
        match cookies::kept(site, headers, ACCOUNT_COOKIE) {
            Some(_) => jar.add(cookies::over(site, ACCOUNT_COOKIE, SameSite::Lax)),
            None => jar,
        }
    }

    /// Nothing that anybody said on this device is left on it.
    pub(super) fn forgotten(site: &Site, jar: CookieJar) -> CookieJar {
        jar.add(cookies::over(site, COOKIE, SameSite::Lax))
    }

    /// What of it is about a product.
    pub(super) fn consent(&self, slug: &Slug) -> Consent {
        let stated_use = self.stated_use(slug).map(str::to_owned);
        let visitor = self.visitor.clone().filter(|_| !self.is_uncounted);
        Consent { given: self.consent, stated_use, visitor, ..Consent::default() }
    }

    /// What whoever asks agreed to about a product, and who they are where they agreed to anything.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn asks(site: &Site, headers: &HeaderMap, slug: &Slug) -> Result<Consent, Failure> {
        let consent = Self::read(site, headers).consent(slug);
        let customer = if consent.given { signed_in(site, headers).await? } else { None };
        Ok(Consent { customer, ..consent })
    }

    /// An answer that somebody gives on a page of the shop itself, kept in a cookie from then on.
    pub(super) fn answering(
        mut self,
        site: &Site,
        headers: &HeaderMap,
        slug: &Slug,
        stated_use: &str,
    ) -> CookieJar {
        self.know_visitor(site, headers);
        self.answer(slug, stated_use);
        CookieJar::new().add(self.cookie(site))
    }

    /// Gives somebody an id by which experiments know them, unless they wish to be counted by nobody.
    fn know_visitor(&mut self, site: &Site, headers: &HeaderMap) {
        match may_count(headers) {
            true => _ = self.visitor.get_or_insert_with(|| site.shop.new_visitor()),
            false => self.visitor = None,
        }
    }

    /// What they said for a product: here, or else before they signed in here.
    fn stated_use(&self, slug: &Slug) -> Option<&str> {
        query::value(&self.uses, slug.as_str()).or_else(|| query::value(&self.of_account, slug.as_str()))
    }

    fn answer(&mut self, slug: &Slug, stated_use: &str) {
        // Of a draft nothing is kept.
        if is_preview(slug) {
            return;
        }
        self.uses.retain(|(known, _)| known != slug.as_str());
        self.uses.push((slug.to_string(), stated_use.to_owned()));
    }

    /// Products, and the use stated for each.
    pub(super) fn into_uses(self) -> Vec<(String, String)> {
        self.uses
    }

    fn cookie(&self, site: &Site) -> Cookie<'static> {
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (slug, stated_use) in &self.uses {
            text.append_pair(slug, stated_use);
        }
        if let Some(visitor) = &self.visitor {
            text.append_pair(VISITOR, visitor);
        }
        let mut cookie = cookies::cookie(site, COOKIE, text.finish(), SameSite::Lax);
        cookie.set_max_age(KEPT);
        cookie
    }
}

/// Keeps an answer, switches personal starts on, or switches them off and forgets all answers. The choices made so far stay.
pub(super) async fn start(
    State(site): State<Site>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Reads(reader): Reads,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let form = query::form(&body)?;
    let live = site.shop.live(&slug).await?;
    let mut personal = Personal::read(&site, &headers);
    personal.know_visitor(&site, &headers);
    // The buttons stand in the configurator's form, so what was chosen in it and not sent yet comes along: as choices
    // over the start that the page had, whatever the cookie says by now.
    let shown = Consent { given: true, stated_use: None, ..Consent::default() };
    let sent = sent_design(&site, &slug, &form, &shown, reader.language).await?;
    let jar = CookieJar::new();
    let is_off = query::value(&form, address::SWITCH) == Some("off");
    let (start, jar) = if is_off {
        let jar = jar.add(cookies::over(&site, COOKIE, SameSite::Lax));
        (Start::Standard, Personal::ended(&site, &headers, jar))
    } else if query::value(&form, address::SWITCH) == Some("on") {
        personal.consent = true;
        let stated_use = personal.stated_use(&slug).map(str::to_owned);
        (Start::Personal { stated_use, base: None }, jar.add(personal.cookie(&site)))
    } else {
        let product = sent.as_ref().map_or(&live.product, |sent| &sent.opened.revision.product);
        let known = product.uses.iter().flat_map(|uses| &uses.answers).map(|answer| answer.code.as_str());
        let stated_use =
            query::value(&form, address::USE).filter(|code| known.into_iter().any(|known| known == *code));
        let stated_use = stated_use.ok_or(Failure::Form)?.to_owned();
        personal.answer(&slug, &stated_use);
        (Start::Personal { stated_use: Some(stated_use), base: None }, jar.add(personal.cookie(&site)))
    };
    // The address says the design itself, so that it opens the same whatever is learnt later.
    let revision = sent.as_ref().map_or(&live, |sent| &sent.opened.revision);
    let start = match start {
        Start::Personal { stated_use, .. } => {
            let customer = signed_in(&site, &headers).await?;
            let consent = Consent { given: true, customer, ..personal.consent(&slug) };
            site.shop.personal_start(revision, stated_use.as_deref(), None, &consent).await?.0
        }
        other => other,
    };
    // Whoever wants everybody's page leaves the link's menu, too.
    let campaign = first_options::campaign(&form).filter(|_| !is_off).unwrap_or_default();
    let is_answer = query::value(&form, address::SWITCH).is_none();
    let target = match sent {
        None => address::product(&slug, live.number, &start, &[]),
        Some(changed) => over(&start, changed, is_answer),
    };
    Ok((jar, Redirect::to(&address::by_campaign(target, &campaign))).into_response())
}

/// The page with what was chosen over another start; after an answer it is told there what became of the design.
fn over(start: &Start, Changed { opened, wanted, .. }: Changed, is_answer: bool) -> String {
    // What can't be read is told when it is read again; what does not fit is asked for again.
    let is_typed = |code: &String| opened.unreadable.iter().any(|(typed, _)| typed == code);
    let wanted: Vec<_> = wanted.into_iter().filter(|(code, _)| !is_typed(code)).collect();
    // From another start nothing of this one is kept.
    let chosen = opened.product.write_choices(&opened.choices.clone().keeping([]));
    let pairs = [chosen, address::typed(&opened.unreadable)].concat();
    let target = address::product(&opened.revision.slug, opened.revision.number, start, &pairs);
    let before = is_answer.then(|| (address::BEFORE, Ways::of(&opened, "").query));
    let wanted = wanted.iter().map(|(code, value)| (address::WANT, format!("{code}:{value}")));
    let further = before.into_iter().chain(wanted);
    further.fold(target, |target, (name, value)| target + &format!("&{name}={}", address::encode(&value)))
}
