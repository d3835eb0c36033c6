//! The product list, the configurator's page, its form without a script, pictures and artifacts.

use std::sync::Arc;

use app::pages::{self, LeftDesign, LinkCard, ListItem, ListPage, MovedAlong, ProductPage, Reader};
use app::state::PageState;
use app::terms::Terms;
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{AttributeId, Menu, Product, ServedBy, Slug, StartPolicy, Tier, Value};
use personalize::{Evidence, Start, StartingDesign};
use shop::designs::{POSTER_HEIGHT, POSTER_WIDTH};
use shop::drafts::is_preview;
use shop::experiments::Presented;
use shop::group_menus::{ShownFirst, Visit};
use shop::{Changed, Consent, DesignAddress, Listing, Notice, Opened, Revision, ShopError};
use words::Language;

use super::asked::{Asked, sent_design};
use super::moved;
use super::own::{Own, left_here};
use super::page::PRIVATE;
use super::query;
use super::{beside, first_options, shelf};
use crate::http::failure::Failure;
use crate::http::kept_pages::{self, Key};
use crate::http::language::Reads;
use crate::http::limits::Asking;
use crate::http::packed::{self, Packed};
use crate::http::site::Site;

/// Most blocked values that are asked for at once.
const MOST_WANTED: usize = 8;

/// What is told of what never changes.
const KEPT_FOR_GOOD: [(HeaderName, &str); 1] =
    [(header::CACHE_CONTROL, "public, max-age=31536000, immutable")];

/// What links of designs begin with.
const LINKS: &str = "/d/";

/// Most letters of what is searched for that a page says again.
const LONGEST_SEARCH: usize = 200;

/// All products, or those that match the words in the address, in pages.
pub(super) async fn list(
    State(site): State<Site>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let (language, say) = (reader.language, reader.language.shop());
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let words = query::value(&pairs, pages::SEARCHED).unwrap_or_default().trim();
    let words: String = words.chars().take(LONGEST_SEARCH).collect();
    let page = query::value(&pairs, pages::PAGE).and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = site.shop.list(&words, page, language).await?;
    // Where nothing is found, the page still shows what there is.
    let shown = match found.total {
        0 if !words.is_empty() => site.shop.list("", 1, language).await?.items,
        _ => found.items,
    };
    let terms = site.terms();
    let item = |listing: Listing| ListItem {
        name: listing.name,
        summary: listing.summary,
        from: say.from_price(
            &listing.low_price.written(&language.words().locale),
            &terms.arrival(&language.words().studio, listing.lead_time_days),
        ),
        picture: address::picture(&listing.slug, listing.revision),
        slug: listing.slug,
        left: None,
    };
    let mut items: Vec<ListItem> = shown.into_iter().map(item).collect();
    let own = Own::read(&site, &headers);
    for item in &mut items {
        let left = left_here(&site, &own, &item.slug, language).await?.into_iter().next();
        item.left = left.map(|design| (design.href, design.total));
    }
    let is_everybodys = items.iter().all(|item| item.left.is_none()) && reader.basket == 0;
    let list = ListPage { items, words, page: found.page, pages: found.pages, total: found.total };
    let html = Html(pages::list(&site.assets, &reader, &list));
    Ok(if is_everybodys { html.into_response() } else { (PRIVATE, html).into_response() })
}

/// A product's page.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    Asking(client): Asking,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let Asked { slug, pairs, consent, campaign } =
        Asked::read(&site, &slug, query.as_deref(), &headers).await?;
    let left = match pairs.is_empty() {
        true => shelf::left(&site, &headers, &slug, reader.language).await?,
        false => Vec::new(),
    };
    let is_everybodys = pairs.is_empty() && left.is_empty() && !consent.given && !is_preview(&slug);
    if is_everybodys && reader.basket == 0 && reader.here == paths::product(&slug) {
        return standard_page(&site, slug, reader, &headers).await;
    }
    let (opened, menu) =
        site.shop.open_menu(&slug, &query::design(&pairs), &consent, reader.language).await?;
    if consent.visitor.is_some()
        && site.visits.count(&client).is_ok()
        && let Err(error) = site.shop.enter_experiment(&slug, &consent).await
    {
        tracing::warn!(%error, "a visitor is not counted in an experiment");
    }
    let told = answered(&site, &pairs, &opened, &consent, reader.language).await;
    let moved = moved::along(&site, &pairs, &opened, &consent, reader.language).await;
    let wanted = pairs.iter().filter(|(key, _)| key == address::WANT).take(MOST_WANTED);
    let wanted = wanted.filter_map(|(_, want)| want.split_once(':'));
    let wanted = wanted.map(|(code, value)| (code.to_owned(), value.to_owned())).collect();
    let shown =
        Shown { wanted, left, pieces: pieces(&pairs), campaign, ..Shown::new(reader, opened, menu, consent) };
    let shown = Shown { moved, ..shown };
    shown.telling(told.into_iter().collect()).page(&site, StatusCode::OK).await
}

/// What an answer about use changed of the design before it, where the address says that one. Without it the page lacks a sentence.
async fn answered(
    site: &Site,
    pairs: &[(String, String)],
    opened: &Opened,
    consent: &Consent,
    language: Language,
) -> Option<String> {
    let before = query::design(&query::pairs(query::value(pairs, address::BEFORE)?));
    let before = site.shop.open_design(&opened.revision.slug, &before, consent, language).await.ok()?;
    if before.revision.number != opened.revision.number {
        return None;
    }
    let (product, say) = (&opened.product, language.shop());
    let changes: Vec<String> = product
        .differing(&opened.design, &before.design)
        .map(|(id, value)| product.describe_change(id, before.design.value(id), value))
        .collect();
    if changes.is_empty() {
        return Some(say.same_for_this_use().to_owned());
    }
    let quote = product.quote(&opened.design);
    let total = quote.total.written(&product.words().locale);
    let rest = app::configurator::less_or_more(product, &quote, &before.design);
    Some(say.for_this_use(&total, &rest, &changes.join(product.words().engine.semicolon())))
}

/// The page that everybody sees who asks for nothing else.
async fn standard_page(
    site: &Site,
    slug: Slug,
    reader: Reader,
    asked: &HeaderMap,
) -> Result<Response, Failure> {
    let revision = site.shop.live_lately(&slug).await?;
    // The settings first, then the day: a page that is made as the next one begins is kept under the one before.
    let settings = site.shop.current_profile().version();
    let reader = Reader { shop: site.storefront(), ..reader };
    let day = site.terms().calendar.today();
    let sold_out = site.shop.sold_out_lately(&slug).await?;
    let habits = site.shop.habits_lately(&slug, revision).await?;
    let key = Key { slug, revision, language: reader.language.tag(), day, settings, sold_out, habits };
    // Whoever makes it may take longer than somebody may wait.
    let found = tokio::time::timeout(site.shop.executor().patience(), site.pages.get(&key)).await;
    let turn = match found.map_err(|_| ShopError::Busy)? {
        Ok(page) => return Ok(kept_pages::answer(page, asked)),
        Err(turn) => turn,
    };
    let address = DesignAddress { revision: Some(revision), ..DesignAddress::default() };
    let consent = Consent::default();
    let (opened, menu) = site.shop.open_menu(&key.slug, &address, &consent, reader.language).await?;
    let is_live = opened.live == revision;
    let shown = Shown::new(reader, opened, menu, consent);
    let html = shown.html(site, StatusCode::OK).await?;
    site.metrics.page_made();
    let compressed = site.shop.executor().run(move || Packed::of(html)).await?;
    let page = compressed.map_err(|error| {
        tracing::error!(%error, "a page can't be compressed");
        Failure::BrokenOff
    })?;
    // Another one became live meanwhile: then the page says so, and is none for everybody.
    if is_live {
        // It gives the page back where nobody may have it any more.
        let _ = turn.insert(page.clone());
    }
    Ok(kept_pages::answer(page, asked))
}

/// The configurator's form without a script: finds out what was changed, and goes on to the product or the order.
pub(super) async fn choose(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let asked = Asked::read(&site, &slug, query.as_deref(), &headers).await?;
    let Asked { slug, pairs: sent, consent, campaign } = asked;
    let Some(Changed { opened, wanted, before }) =
        sent_design(&site, &slug, &sent, &consent, reader.language).await?
    else {
        // Not sent by our form: a design in an address.
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return Ok(Redirect::to(&(paths::product(&slug) + &query)).into_response());
    };
    if !wanted.is_empty() || !opened.notices.is_empty() {
        let moved = moved::along(&site, &sent, &opened, &consent, reader.language).await;
        let shown = Shown::changed(&site, reader, Changed { opened, wanted, before }, consent).await?;
        let shown = Shown { pieces: pieces(&sent), campaign, moved, ..shown };
        return shown.page(&site, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (number, start, pairs) = (opened.revision.number, &opened.start, opened.pairs());
    let from = query::value(&sent, address::FROM).and_then(|number| number.parse().ok());
    let next = match query::value(&sent, address::NEXT) {
        Some("order") => address::going_on(address::order_form(&slug, number, start, &pairs), from),
        Some("live") => address::going_on(address::product(&slug, opened.live, start, &pairs), Some(number)),
        Some(address::COMPARE) => beside::beside(&opened, beside::own(&opened, from)),
        _ => {
            let page = address::going_on(address::product(&slug, number, start, &pairs), from);
            page + &moved::to_tell(&before, &opened, &sent)
        }
    };
    let leads_to_designs = query::value(&sent, address::NEXT) == Some(address::COMPARE);
    let next = match leads_to_designs {
        true => next,
        false => address::by_campaign(address::of_pieces(next, pieces(&sent)), &campaign),
    };
    Ok(Redirect::to(&next).into_response())
}

/// How many pieces are ordered again of what is changed first; one where nothing is said.
fn pieces(pairs: &[(String, String)]) -> u32 {
    query::value(pairs, address::PIECES).and_then(|pieces| pieces.parse().ok()).unwrap_or(1)
}

/// The picture of a design as an SVG file.
pub(super) async fn picture(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Failure> {
    let opened = pictured(&site, &slug, query.as_deref()).await?;
    let picture = site.pictures.get(&site.shop, opened).await?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok(picture.answer(&asked, headers))
}

/// The design whose picture is asked for, which shows the same in every language.
async fn pictured(site: &Site, slug: &str, query: Option<&str>) -> Result<Opened, Failure> {
    let slug = site.shop.slug(slug).await?;
    let pairs = query::pairs(query.unwrap_or_default());
    let language = site.languages.first().copied().unwrap_or_default();
    Ok(site.shop.open_design(&slug, &query::design(&pairs), &Consent::default(), language).await?)
}

/// The picture of a design as a PNG, for where links to it are shown.
pub(super) async fn poster(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let opened = pictured(&site, &slug, query.as_deref()).await?;
    let picture = site.posters.get(&site.shop, opened).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        // It is there to be shown elsewhere.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, picture).into_response())
}

/// Everything the browser needs of a revision. The address holds the content's hash, so it never changes. It goes out as it
/// is kept, compressed, to browsers that take it so.
pub(super) async fn artifact(
    State(site): State<Site>,
    Path((slug, number, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let number = number.parse()?;
    let hash: Arc<str> = file.strip_suffix(".bin").ok_or(Failure::NoPage)?.into();
    let find = |revisions: Vec<Arc<Revision>>| {
        let (hash, languages) = (Arc::clone(&hash), Arc::clone(&site.languages));
        move || revisions.into_iter().find_map(|made| made.artifact_of_hash(&hash, &languages))
    };
    // Since its page was made, an option may have been sold out or put on sale, so whatever is in memory will do.
    let kept = site.shop.in_memory(&slug, number);
    let artifact = match site.shop.executor().run(find(kept)).await? {
        Some(artifact) => artifact,
        None => {
            let revision = site.shop.revision(&slug, number).await?;
            site.shop.executor().run(find(vec![revision])).await?.ok_or(Failure::NoPage)?
        }
    };
    packed::artifact(site.shop.executor(), artifact, &headers, KEPT_FOR_GOOD).await
}

/// What a browser may have of what was learnt of a revision's orders. The address holds the content's hash; it is gone once orders were
/// learnt from twice since.
pub(super) async fn habits(
    State(site): State<Site>,
    Path((slug, number, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let hash = file.strip_suffix(".bin").ok_or(Failure::NoPage)?;
    let habits = site.shop.habits_of_hash(&slug, number.parse()?, hash).ok_or(Failure::NoPage)?;
    packed::artifact(site.shop.executor(), habits, &headers, KEPT_FOR_GOOD).await
}

/// What a product's page shows.
pub(super) struct Shown {
    reader: Reader,
    opened: Opened,
    menu: Menu,
    /// Blocked values that were asked for, by code: a word on each, and the last in its panel.
    wanted: Vec<(String, String)>,
    consent: Consent,
    /// Designs to go on with.
    left: Vec<LeftDesign>,
    /// How many pieces are to be ordered.
    pieces: u32,
    /// The code of the campaign link that they came by; empty for none.
    campaign: String,
    /// What else to tell the shopper.
    told: Vec<String>,
    /// What a form without scripts moved besides what it said.
    moved: Option<MovedAlong>,
}

impl Shown {
    pub(super) fn new(reader: Reader, opened: Opened, menu: Menu, consent: Consent) -> Self {
        Self {
            reader,
            opened,
            menu,
            wanted: Vec::new(),
            consent,
            left: Vec::new(),
            pieces: 1,
            campaign: String::new(),
            told: Vec::new(),
            moved: None,
        }
    }

    /// The same for somebody who came by a campaign link.
    pub(super) fn by_campaign(self, code: &str) -> Self {
        Self { campaign: code.to_owned(), ..self }
    }

    /// The same with something to tell the shopper first.
    pub(super) fn telling(self, told: Vec<String>) -> Self {
        Self { told, ..self }
    }

    /// A design with what of its form does not fit.
    pub(super) async fn changed(
        site: &Site,
        reader: Reader,
        changed: Changed,
        consent: Consent,
    ) -> Result<Self, Failure> {
        let menu = site.shop.menu(&changed.opened).await?;
        Ok(Self { wanted: changed.wanted, ..Self::new(reader, changed.opened, menu, consent) })
    }

    pub(super) async fn page(self, site: &Site, status: StatusCode) -> Result<Response, Failure> {
        let html = Html(self.html(site, status).await?);
        Ok((status, [(header::CACHE_CONTROL, "private, no-store")], html).into_response())
    }

    async fn html(self, site: &Site, status: StatusCode) -> Result<String, Failure> {
        let mut notices = self.notices(status);
        notices.extend(self.on_live(site).await);
        let visit = Visit {
            consent: &self.consent,
            campaign: Some(self.campaign.as_str()).filter(|code| !code.is_empty()),
        };
        let first = site.shop.first_options(&self.opened, visit, first_options::MENUS).await?;
        let presented = site.shop.presented(&self.opened.revision.slug, &self.consent).await?;
        let kept_days = site.shop.designs_kept().whole_days();
        let card = self.card(site);
        let asks_the_server = self.menu.served_by == ServedBy::Solver;
        let habits = site.shop.habits(&self.opened.revision).await?;
        let (assets, terms) = (Arc::clone(&site.assets), site.terms());
        let render = move || {
            let (revision, reader) = (Arc::clone(&self.opened.revision), self.reader.clone());
            let artifact = || {
                let spoken = revision.in_language(reader.language);
                paths::artifact(&revision.slug, revision.number, &spoken.artifact.hash)
            };
            let page = ProductPage {
                product: self.opened.product.clone(),
                drawings: Arc::new(revision.bundle.drawings.clone()),
                artifact: (!asks_the_server).then(artifact),
                menu: self.menu.clone(),
                habits: habits.map(|hash| paths::habits(&revision.slug, revision.number, &hash)),
                counts: (!is_preview(&revision.slug)).then(|| paths::counts(&revision.slug)),
                from: self.opened.from.as_ref().map(|(number, _)| *number),
                left: self.left.clone(),
                pieces: self.pieces,
                moved: self.moved.clone(),
                card,
                kept_days,
                state: self.state(notices, &first, &presented, terms),
            };
            pages::product(&assets, &reader, page)
        };
        Ok(site.shop.executor().run(render).await?)
    }

    /// What messages and other websites show of a link to the page.
    fn card(&self, site: &Site) -> LinkCard {
        let Opened { revision, product, start, design, .. } = &self.opened;
        // What a personal start is completed with is not the same tomorrow.
        let pairs = match start {
            Start::Standard => self.opened.pairs(),
            Start::Personal { .. } | Start::Needs { .. } => product.write_choices(&design.to_choices()),
        };
        let query = address::design_query(revision.number, &Start::Standard, &pairs);
        let quote = product.quote(design);
        let ready = app::configurator::lead_time(&product.words().studio, quote.lead_time_days);
        let total = quote.total.written(&product.words().locale);
        let price = self.reader.language.shop().total_and_ready(&total, &ready);
        // Nothing of the address that was asked for comes back but a design's link.
        let here = match self.reader.here.split('?').next() {
            Some(link) if link.starts_with(LINKS) => link.to_owned(),
            _ if pairs.is_empty() => paths::product(&revision.slug),
            _ => format!("{}?{query}", paths::product(&revision.slug)),
        };
        LinkCard {
            address: format!("{}{here}", site.url),
            description: format!("{price}. {}", product.summary),
            picture: format!("{}{}?{query}", site.url, paths::poster(&revision.slug)),
            size: (POSTER_WIDTH, POSTER_HEIGHT),
        }
    }

    /// What the design of an earlier revision would be on the live one, before anybody goes over to that.
    async fn on_live(&self, site: &Site) -> Option<String> {
        let (opened, say) = (&self.opened, self.reader.language.shop());
        if opened.live == opened.revision.number {
            return None;
        }
        let there = DesignAddress {
            revision: Some(opened.live),
            start: Some(opened.start.clone()),
            from: Some(opened.revision.number),
            choices: opened.pairs(),
            ..DesignAddress::default()
        };
        // Without it the page lacks a sentence.
        let slug = &opened.revision.slug;
        let there = site.shop.open_design(slug, &there, &self.consent, self.reader.language).await.ok()?;
        let (_, change) = there.from.as_ref()?;
        let price = change.as_ref()?.sentence(&there.product, say);
        // What a field will ask to type again is told there.
        let told = there.notices.iter().filter(|notice| !matches!(notice, Notice::Typed(_)));
        let told: Vec<String> =
            std::iter::once(price).chain(told.map(|notice| notice.sentence(say))).collect();
        Some(say.with_current_menu(&told.join(" ")))
    }

    /// What to tell the shopper on arrival.
    fn notices(&self, status: StatusCode) -> Vec<String> {
        let say = self.reader.language.shop();
        let product: &Product = &self.opened.product;
        let mut told = self.told.clone();
        // What was typed and can't be taken is told where it was typed.
        let notices = self.opened.notices.iter().filter(|notice| !matches!(notice, Notice::Typed(_)));
        told.extend(notices.map(|notice| notice.sentence(say)));
        told.extend(self.opened.goes_on(say));
        for (place, (code, value)) in self.wanted.iter().enumerate() {
            // Links in the page ask for one value, at its panel; a form may have asked for more.
            let Ok((id, value)) = product.read_choice(code, value) else { continue };
            let (label, value) = (&product.attribute(id).label, product.describe(id, &value));
            let further = match place + 1 == self.wanted.len() {
                true if status == StatusCode::OK && self.wanted.len() == 1 => continue,
                true => say.further_down(),
                false => say.choose_again(),
            };
            told.push(say.does_not_fit(label, &value, &further));
        }
        // Before the first change, where every change goes to the server.
        let asks_the_server = self.menu.served_by == ServedBy::Solver;
        if asks_the_server && self.opened.choices.is_empty() && told.is_empty() {
            told.push(say.sent_at_once().to_owned());
        }
        told
    }

    fn state(
        self,
        notices: Vec<String>,
        first: &[ShownFirst],
        presented: &Presented,
        terms: Terms,
    ) -> PageState {
        let choices = self.opened.pairs();
        let agreed_use = self.opened.agreed_use(&self.consent);
        let Opened { revision, product, live, start, default, unreadable, .. } = self.opened;
        let suggested = |(id, value, evidence): &(AttributeId, Value, Evidence)| {
            let code = product.attribute(*id).code.clone();
            (code, product.write_value(*id, value), evidence.clone())
        };
        let language = self.reader.language;
        let first = first.iter().map(|first| first_options::shown(&product, first, language));
        let recommended = recommended(&product, &default);
        PageState {
            slug: revision.slug.clone(),
            revision: revision.number,
            live_revision: live,
            start,
            consent: self.consent.given,
            agreed_use,
            defaults: product.write_choices(&default.design.to_choices()),
            level: default.level,
            evidence: default.evidence,
            suggested: default.suggested.iter().map(suggested).collect(),
            first_options: first.collect(),
            recommended,
            order: presented.attributes(&product),
            reason_first: presented.reason_first,
            campaign: self.campaign,
            learns: revision.start_policy() == StartPolicy::Learnt,
            choices,
            typed: unreadable,
            want: self.wanted.last().cloned(),
            notices,
            terms,
            tiers: tiers_line(&product, language),
        }
    }
}

/// The discounts of a product on several pieces, each in words.
pub(super) fn tiers(product: &Product, language: Language) -> String {
    let (say, words) = (language.shop(), product.words());
    let tier = |tier: &Tier| {
        let (from, percent) = (tier.from, words.locale.hundredths(tier.discount));
        match product.fewest_dearer(*tier) {
            Some(fewer) => say.tier_off_and_less(&from, &percent, &fewer),
            None => say.tier_off(&from, &percent),
        }
    };
    product.tiers.iter().map(tier).collect::<Vec<_>>().join(words.engine.comma())
}

fn tiers_line(product: &Product, language: Language) -> Option<String> {
    let tiers = tiers(product, language);
    (!tiers.is_empty()).then(|| language.shop().tiers_line(&tiers))
}

/// The options that are recommended and not chosen: pairs of attribute's and option's codes.
fn recommended(product: &Product, start: &StartingDesign) -> Vec<(String, String)> {
    let is_recommended = |(id, ..): &&(AttributeId, Value, Evidence)| start.recommended.contains(id);
    let options = start.suggested.iter().filter(is_recommended).flat_map(|(id, value, _)| {
        let (attribute, now) = (product.attribute(*id), start.design.value(*id));
        let others =
            attribute.option_ids().filter(|(option, _)| value.includes(*option) && !now.includes(*option));
        others.map(|(_, option)| (attribute.code.clone(), option.code.clone()))
    });
    options.collect()
}
