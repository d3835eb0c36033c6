//! Long menus in the editor, in pages: every field of every option is on one, links find it, and a page that is saved changes its own
//! options and no others.

use app::pages::admin::OPTIONS_OF_PAGE;
use axum::http::StatusCode;
use configurator::source::OptionSource;
use shop::access::Role;
use testing::slug;

use crate::common::{Answer, Studio};
use crate::drafts::{GLAZES, fields, glazes, post};

const EDITOR: &str = "/admin/products/mug";
/// The most bytes of a page of the editor, however long its menus are.
const MOST_BYTES: usize = 700_000;

fn address(page: usize) -> String {
    match page {
        1 => format!("{EDITOR}?section=attribute-glaze"),
        page => format!("{EDITOR}?section=attribute-glaze&page={page}"),
    }
}

/// Writes something into a field of a form.
fn write(form: &mut [(String, String)], name: &str, value: &str) {
    let field = form.iter_mut().find(|(known, _)| known == name);
    assert!(field.is_some(), "no field {name}");
    field.unwrap().1 = value.to_owned();
}

fn press(form: &mut Vec<(String, String)>, action: &str) {
    form.insert(0, ("do".to_owned(), action.to_owned()));
}

impl Studio {
    async fn page_form(&self, page: usize) -> Vec<(String, String)> {
        fields(&self.get(&address(page)).await, GLAZES)
    }

    async fn glazes(&self) -> Vec<OptionSource> {
        self.shop.draft(&slug("mug")).await.unwrap().bundle.source.attributes.remove(0).options
    }
}

/// How many options a page has.
fn many(page: &Answer) -> usize {
    page.text.matches("data-testid=\"option\"").count()
}

#[tokio::test]
async fn every_field_of_every_option_is_on_a_page_that_stays_small() {
    let studio = glazes(1_000).await;
    let whole = studio.get(EDITOR).await;
    for page in [whole, studio.get(&address(1)).await, studio.get(&address(9)).await] {
        assert_eq!(many(&page), OPTIONS_OF_PAGE);
        assert!(page.text.len() < MOST_BYTES, "{} bytes", page.text.len());
        page.shows("1,000 options");
    }
    let last = studio.get(&address(34)).await;
    last.shows("Options 991 to 1,000 of 1,000");
    last.shows_not("data-testid=\"later-options\"");
    last.shows("name=\"do\" value=\"page:33\"");
    assert_eq!(many(&last), 10);
    for field in ["code", "description", "lead_time_days", "weight", "points", "values", "meant", "place"] {
        last.shows(&format!("name=\"{field}.glaze_1000\""));
    }
    // A page behind the last one is the last one.
    assert_eq!(many(&studio.get(&address(99)).await), 10);
}

#[tokio::test]
async fn options_are_searched_for_by_name_or_code() {
    let studio = glazes(1_000).await;
    let found = studio.get(&format!("{EDITOR}?section=attribute-glaze&find=GLAZE+99")).await;
    found.shows("1 to 11 of 11 options with “GLAZE 99” in their name or code");
    assert_eq!(many(&found), 11);
    let none = studio.get(&format!("{EDITOR}?section=attribute-glaze&find=oak")).await;
    none.shows("No option has “oak” in its name or code.");
    // What is typed is saved with the search, and what was found is saved as any page.
    let mut form = studio.page_form(2).await;
    write(&mut form, "weight.glaze_31", "7");
    write(&mut form, "find", "glaze_1000");
    press(&mut form, "find");
    let to = "to=attributes.0.options#attributes.0.options";
    let searched = format!("{EDITOR}?section=attribute-glaze&find=glaze_1000");
    post(&studio, GLAZES, &form).await.leads_to(&format!("{searched}&saved=attribute-glaze&{to}"));
    let mut form = fields(&studio.get(&searched).await, GLAZES);
    write(&mut form, "weight.glaze_1000", "8");
    post(&studio, GLAZES, &form).await.leads_to(&format!("{searched}&saved=attribute-glaze#attribute-glaze"));
    let options = studio.glazes().await;
    assert_eq!((options[30].weight, options[999].weight, options.len()), (7, 8, 1_000));
}

#[tokio::test]
async fn rows_come_and_go_and_the_page_is_the_one_where_they_are() {
    let studio = glazes(150).await;
    let mut form = studio.page_form(1).await;
    write(&mut form, "new.label", "Iron red");
    press(&mut form, "add");
    let added = post(&studio, GLAZES, &form).await;
    let row = "attributes.0.options.150.label";
    added.leads_to(&format!("{}&saved=attribute-glaze&to={row}#{row}", address(6)));
    studio.get(&address(6)).await.shows(&format!("id=\"{row}\""));

    // From the top of a page it moves to the end of the one before.
    let mut form = studio.page_form(5).await;
    press(&mut form, "up:glaze_121");
    let row = "attributes.0.options.119";
    let moved = post(&studio, GLAZES, &form).await;
    moved.leads_to(&format!("{}&saved=attribute-glaze&to={row}#{row}", address(4)));

    // Places are those of the whole list.
    let mut form = studio.page_form(4).await;
    write(&mut form, "place.glaze_121", "3");
    let row = "attributes.0.options.2";
    let moved = post(&studio, GLAZES, &form).await;
    moved.leads_to(&format!("{}&saved=attribute-glaze&to={row}#{row}", address(1)));
    assert_eq!(studio.glazes().await[2].code, "glaze_121");

    let mut form = studio.page_form(3).await;
    press(&mut form, "remove:glaze_70");
    let removed = post(&studio, GLAZES, &form).await;
    removed.leads_to(&format!("{}&saved=attribute-glaze#attribute-glaze", address(3)));
    assert_eq!(studio.glazes().await.len(), 150);
}

/// A page that saves itself stays where somebody is, and says where the row went.
#[tokio::test]
async fn what_saves_itself_stays_on_its_page_and_tells_where_a_row_went() {
    let studio = glazes(150).await;
    let mut form = studio.page_form(1).await;
    write(&mut form, "place.glaze_2", "140");
    press(&mut form, "");
    form[0].0 = "live".to_owned();
    form[0].1 = "on".to_owned();
    let saved = post(&studio, GLAZES, &form).await;
    let led = format!("{}&saved=attribute-glaze&at=glaze_2#attribute-glaze", address(1));
    saved.leads_to(&led);
    let page = studio.get(led.split('#').next().unwrap()).await;
    page.shows("is at place 140 of the list now.");
    page.shows("?section=attribute-glaze&amp;page=5#attributes.0.options.139\"");
}

#[tokio::test]
async fn a_problem_leads_to_the_page_that_has_its_option() {
    let studio = glazes(150).await;
    let mut form = studio.page_form(5).await;
    write(&mut form, "swatch.glaze_130", "no colour");
    post(&studio, GLAZES, &form).await;
    let link = "?section=attribute-glaze&amp;page=5#attributes.0.options.129";
    studio.get(EDITOR).await.shows(link);
    studio.get(&format!("{EDITOR}/publish")).await.shows(link);
    let page = studio.get(&address(5)).await;
    let row = page.text.split("id=\"attributes.0.options.129\"").nth(1).unwrap();
    let row = row.split("id=\"attributes.0.options.130\"").next().unwrap();
    assert!(row.contains("no colour"), "the problem stands at its option: {row}");
}

#[tokio::test]
async fn what_can_not_be_taken_and_what_clashes_comes_back_with_its_page() {
    let studio = glazes(150).await;
    let mut form = studio.page_form(3).await;
    write(&mut form, "weight.glaze_70", "heavy");
    let refused = post(&studio, GLAZES, &form).await;
    assert_eq!((refused.status, many(&refused)), (StatusCode::UNPROCESSABLE_ENTITY, OPTIONS_OF_PAGE));
    refused.shows("value=\"heavy\"");
    refused.shows("Options 61 to 90 of 150");

    // Somebody else moves the option to the first page, and changes the same field.
    let mut stale = studio.page_form(3).await;
    let mut other = studio.page_form(3).await;
    write(&mut other, "price.glaze_70", "9");
    write(&mut other, "place.glaze_70", "1");
    post(&studio, GLAZES, &other).await;
    write(&mut stale, "price.glaze_70", "8");
    let clash = post(&studio, GLAZES, &stale).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Saved now: 9.00");
    assert_eq!(many(&clash), OPTIONS_OF_PAGE);
    // Saved again it is a decision, and moves nothing back.
    post(&studio, GLAZES, &fields(&clash, GLAZES)).await;
    let options = studio.glazes().await;
    assert_eq!((options[0].code.as_str(), options[0].price, options.len()), ("glaze_70", 800, 150));
}

#[tokio::test]
async fn undo_stays_on_the_page() {
    let studio = glazes(150).await;
    let mut form = studio.page_form(3).await;
    write(&mut form, "weight.glaze_70", "7");
    post(&studio, GLAZES, &form).await;
    let undo = fields(&studio.get(&address(3)).await, &format!("{EDITOR}/undo"));
    post(&studio, &format!("{EDITOR}/undo"), &undo).await.leads_to(&address(3));
    assert_eq!(studio.glazes().await[69].weight, 0);
}

#[tokio::test]
async fn whoever_only_reads_turns_pages_and_searches() {
    let mut studio = glazes(150).await;
    let token = studio.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    studio.session = Some(studio.shop.accept_invite(&token, "a long enough one").await.unwrap().session);
    let page = studio.get(&address(2)).await;
    page.shows("?section=attribute-glaze&amp;page=3#attribute-glaze");
    page.shows("role=\"search\"");
    page.shows_not("value=\"page:3\"");
}

/// Numbers that look random and are the same each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// What has to be in the draft, whoever wrote it, by option.
fn told(options: &[OptionSource]) -> Vec<(String, i64, bool, i64, String)> {
    let told = options.iter().map(|option| {
        let OptionSource { code, price, available, weight, description, .. } = option.clone();
        (code, price, available, weight, description)
    });
    told.collect()
}

/// Ana writes prices, takes options off the menu and moves them; Bo writes weights and descriptions, adds options and removes his own.
/// Each saves pages that were loaded before the other one saved.
#[tokio::test]
async fn two_people_who_save_pages_lose_nothing() {
    let studio = glazes(130).await;
    let mut draws = Draws(7);
    let mut expected = studio.glazes().await;
    let mut added = 0;
    for round in 0..24 {
        let pages = expected.len().div_ceil(OPTIONS_OF_PAGE);
        let (of_ana, of_bo) = (1 + draws.below(pages), 1 + draws.below(pages));
        let (mut ana, mut bo) = (studio.page_form(of_ana).await, studio.page_form(of_bo).await);
        let first = |page: usize| (page - 1) * OPTIONS_OF_PAGE;
        let some = |page: usize, draws: &mut Draws| {
            first(page) + draws.below((expected.len() - first(page)).min(OPTIONS_OF_PAGE))
        };
        let at = [some(of_ana, &mut draws), some(of_bo, &mut draws)];
        let [mine, his] = at.map(|at| expected[at].code.clone());
        let (price, weight) = (draws.below(9_000) as i64, draws.below(900) as i64);
        write(&mut ana, &format!("price.{mine}"), &format!("{}.{:02}", price / 100, price % 100));
        write(&mut bo, &format!("weight.{his}"), &weight.to_string());
        write(&mut bo, &format!("description.{his}"), &format!("Round {round}."));
        expected[at[0]].price = price;
        expected[at[1]].weight = weight;
        expected[at[1]].description = format!("Round {round}.");
        if draws.below(2) == 0 {
            ana.retain(|(name, _)| *name != format!("available.{mine}"));
            expected[at[0]].available = false;
        }
        if draws.below(2) == 0 {
            let to = draws.below(expected.len());
            write(&mut ana, &format!("place.{mine}"), &(to + 1).to_string());
            let moved = expected.remove(at[0]);
            expected.insert(to, moved);
        }
        // Bo's row at the end, or one of them less; Ana's page knows nothing of it.
        let is_to_go = |option: &OptionSource| {
            option.label.starts_with("Bo") && option.code != mine && option.code != his
        };
        match expected.iter().position(is_to_go).filter(|_| draws.below(3) == 0) {
            Some(gone) => {
                press(&mut bo, &format!("remove:{}", expected[gone].code));
                expected.remove(gone);
            }
            _ => {
                added += 1;
                write(&mut bo, "new.label", &format!("Bo {added}"));
                let (code, label) = (format!("bo_{added}"), format!("Bo {added}"));
                expected.push(OptionSource { code, label, available: true, ..OptionSource::default() });
            }
        }
        for form in if draws.below(2) == 0 { [bo, ana] } else { [ana, bo] } {
            let saved = post(&studio, GLAZES, &form).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "round {round}");
        }
        let now = studio.glazes().await;
        assert_eq!(told(&now), told(&expected), "round {round}");
    }
    assert!(added > 5 && expected.len() > 130);
}
