//! An experiment from its plan to its end: who gets what, what counts, and what stops it.

use configurator::{Quantity, StartPolicy};
use shop::experiments::{EndedBecause, ExperimentError, Fit, NewExperiment, Policy, Wanted};
use shop::orders::OpenedOrder;
use shop::{Consent, DesignAddress, Environment, Opened};
use testing::{TestShop, ana, number, slug};
use time::Duration;
use words::Language;

/// Readers have brass, for everybody else it is linen.
const PAST: &str = r#"
[[orders]]
use = "reading"
count = 40
choices = { shade = "brass" }
"#;

fn wanted() -> Wanted {
    Wanted {
        policies: vec![(Policy::Standard, 5_000)],
        presentations: Vec::new(),
        longest_menu: 22,
        worth_seeing: 100,
        orders_in_hundred: 50.0,
        order_value: 7_000,
        cap: 20_000,
        window_days: 14,
    }
}

async fn started(test: &TestShop) -> Result<String, ExperimentError> {
    let new = NewExperiment { title: " Does it pay? ".to_owned(), slug: slug("lamp"), wanted: wanted() };
    test.shop.start_experiment(new, "ana@example.org").await
}

fn visitor(name: &str) -> Consent {
    let visitor = Some(name.to_owned());
    Consent { given: true, stated_use: Some("reading".to_owned()), visitor, customer: None }
}

async fn opened(test: &TestShop, consent: &Consent) -> Opened {
    let address = DesignAddress::default();
    test.shop.open_design(&slug("lamp"), &address, consent, Language::ENGLISH).await.unwrap()
}

fn shade(opened: &Opened) -> String {
    let shade = opened.product.by_code("shade").unwrap();
    opened.product.describe(shade, opened.design.value(shade))
}

/// Somebody comes, and orders what they begin with, or goes.
async fn visit(test: &TestShop, name: &str, orders: bool) -> String {
    let consent = visitor(name);
    let opened = opened(test, &consent).await;
    came(test, &consent, &opened, name, orders).await;
    shade(&opened)
}

async fn came(test: &TestShop, consent: &Consent, opened: &Opened, name: &str, orders: bool) {
    test.shop.enter_experiment(&slug("lamp"), consent).await.unwrap();
    if orders {
        let buyer = shop::Buyer { email: format!("{name}@example.org"), ..ana() };
        let order = OpenedOrder {
            counted: false,
            opened: opened.clone(),
            quantity: Quantity::ONE,
            buyer,
            request_id: name.to_owned(),
            another: None,
        };
        let number = test.shop.place_opened(order).await.unwrap().order.number;
        test.shop.count_order_in_experiment(opened, Quantity::ONE, consent, number).await.unwrap();
    }
}

#[tokio::test]
async fn chance_decides_who_begins_with_what_and_whoever_came_stays_in_their_group() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    assert_eq!(shade(&opened(&test, &visitor("0")).await), "Brass", "nothing is compared yet");
    let code = started(&test).await.unwrap();
    assert!(matches!(started(&test).await, Err(ExperimentError::Running)));
    let mut brass = Vec::new();
    for name in 0..60 {
        let name = name.to_string();
        let first = visit(&test, &name, false).await;
        assert_eq!(visit(&test, &name, false).await, first);
        brass.extend((first == "Brass").then_some(name));
    }
    assert!((15..45).contains(&brass.len()), "{brass:?}");
    // Whoever has no number, and whoever did not agree, sees the shop as it is.
    assert_eq!(shade(&opened(&test, &Consent { visitor: None, ..visitor("") }).await), "Brass");
    assert_ne!(shade(&opened(&test, &Consent { given: false, ..visitor("1") }).await), "Brass");
    let report = test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    assert_eq!(report.experiment.title, "Does it pay?");
    assert_eq!(report.visitors, [0, 0], "their time runs");
    test.environment.wait(Duration::days(15));
    let report = test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    assert_eq!(report.visitors.iter().sum::<u64>(), 60);
    assert_eq!(report.visitors[0], brass.len() as u64);
    assert!(test.shop.end_experiment(&code, "ana@example.org").await.unwrap());
    for name in 0..60 {
        assert_eq!(visit(&test, &name.to_string(), false).await, "Brass", "it is over");
    }
}

#[tokio::test]
async fn what_lowers_order_value_is_ended_by_itself_and_closed_when_nobody_counts_any_more() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let code = started(&test).await.unwrap();
    // A setting that is published meanwhile changes nothing for whoever is in it.
    test.change_lamp(|source| source.uses.as_mut().unwrap().start = StartPolicy::Standard).await;
    for name in 0..400 {
        let name = name.to_string();
        let is_in_holdout = shade(&opened(&test, &visitor(&name)).await) == "Brass";
        visit(&test, &name, is_in_holdout).await;
    }
    assert_eq!(test.shop.look_after_experiments().await.unwrap(), (0, 0), "nobody counts before their time");
    test.environment.wait(Duration::days(15));
    visit(&test, "late", false).await;
    assert_eq!(test.shop.look_after_experiments().await.unwrap(), (1, 0));
    let ended = test.shop.experiments().await.unwrap().remove(0).ended.unwrap();
    assert_eq!(ended.1, EndedBecause::Harm);
    let report = test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    assert!(report.told.policies[0][0].contains("lowers order value"), "{:?}", report.told);
    assert!(
        report.told.segments[0].starts_with("readers: what “standard” does"),
        "{:?}",
        report.told.segments
    );
    assert!(report.means[0] > 5_000.0 && report.means[1] < 1.0, "{:?}", report.means);
    // Who came after the others had ordered has no days left: they count nothing.
    assert_eq!(test.shop.look_after_experiments().await.unwrap(), (0, 1));
    let closed = test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    assert!(closed.is_closed);
    assert_eq!(closed.visitors.iter().sum::<u64>(), 400);
    assert_eq!((closed.told, closed.means), (report.told, report.means));
    assert_eq!(test.shop.look_after_experiments().await.unwrap(), (0, 0));
}

/// The standard, linen, is compared with brass. Readers of the holdout keep that, and who draws goes back to linen.
#[tokio::test]
async fn what_a_wrong_default_costs_is_told_by_what_the_holdout_orders() {
    let past = format!("{PAST}\n{}", PAST.replace("reading", "drawing"));
    let test = TestShop::with_lamp_ordered(&past).await;
    let code = started(&test).await.unwrap();
    let mut holdout = std::collections::BTreeMap::<&str, u64>::new();
    for name in 0..120 {
        let (stated_use, name) = (if name % 2 == 0 { "reading" } else { "drawing" }, name.to_string());
        let consent = Consent { stated_use: Some(stated_use.to_owned()), ..visitor(&name) };
        let begun = opened(&test, &consent).await;
        let is_in_holdout = shade(&begun) == "Brass";
        let orders = name.len() == 3 || !name.ends_with(['3', '6']);
        let back = DesignAddress {
            choices: vec![("shade".to_owned(), "linen".to_owned())],
            ..DesignAddress::default()
        };
        let ordered = match is_in_holdout && stated_use == "drawing" {
            true => test.shop.open_design(&slug("lamp"), &back, &consent, Language::ENGLISH).await.unwrap(),
            false => begun,
        };
        came(&test, &consent, &ordered, &name, orders).await;
        *holdout.entry(stated_use).or_default() += u64::from(is_in_holdout && orders);
    }
    test.environment.wait(Duration::days(15));
    let (until, window) = (test.environment.now() - Duration::days(14), Duration::days(14));
    let sums = test.store.experiment_sums(&code, until, window, 20_000, [20, 50, 20, 1]).await.unwrap();
    let fits = |stated_use: &str| {
        let row = sums.iter().find(|row| row.arm == 0 && row.stated_use == stated_use).unwrap();
        assert_eq!(row.orderers, Some(holdout[stated_use]), "{row:?}");
        row.fits.clone()
    };
    assert_eq!(fits("reading"), [Fit { arm: 1, chosen: holdout["reading"], fitting: 0 }]);
    assert_eq!(fits("drawing"), [Fit { arm: 1, chosen: holdout["drawing"], fitting: holdout["drawing"] }]);
    assert!(sums.iter().all(|row| row.arm == 0 || row.fits.is_empty()), "they were shown it");
    let report = test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    assert!(
        report.told.wrong_default.starts_with("A wrong default costs"),
        "{:?}",
        report.told.wrong_default
    );
}

#[tokio::test]
async fn a_plan_says_how_many_it_takes_and_why_it_is_none() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let lamp = slug("lamp");
    assert_eq!(test.shop.past_visits(&lamp).await.unwrap(), None);
    let large = test.shop.plan_experiment(&lamp, &wanted()).await.unwrap().setup.visitors;
    let small = Wanted { worth_seeing: 8, ..wanted() };
    let small = test.shop.plan_experiment(&lamp, &small).await.unwrap();
    assert!(small.setup.visitors > 20 * large, "{} {large}", small.setup.visitors);
    assert_eq!(small.same_twice, None, "nobody was there");
    let order = async |index: u32| {
        let buyer = shop::Buyer { email: format!("buyer{index}@example.org"), ..ana() };
        test.lamp().by(buyer).placed().await
    };
    for index in 0..3 {
        order(index).await;
    }
    assert_eq!(test.shop.past_visits(&lamp).await.unwrap(), None, "nobody counted who came beside");
    test.environment.wait(Duration::days(5));
    let visit = shop::insight::Visit { is_new: true, ..shop::insight::Visit::default() };
    test.shop.count_visit(&lamp, number(1), visit.clone()).await.unwrap();
    test.environment.wait(Duration::days(1));
    for _ in 0..9 {
        test.shop.count_visit(&lamp, number(1), visit.clone()).await.unwrap();
    }
    order(3).await;
    let past = test.shop.past_visits(&lamp).await.unwrap().unwrap();
    assert_eq!((past.days, past.visits, past.orders, past.values.len()), (2, 10, 1, 1), "the same days");
    assert_eq!(past.expected(), Some((10.0, past.values[0])));
    let all = shop::experiments::PastVisits { visits: 100_000, orders: 30_000, ..past };
    assert_eq!(all.expected(), Some((30.0, all.values[0])), "though only the newest values are known");
    assert!(test.shop.plan_experiment(&lamp, &wanted()).await.unwrap().same_twice.is_some());
    for (wrong, why) in [
        (Wanted { policies: Vec::new(), ..wanted() }, "at least one more arm"),
        (Wanted { policies: vec![(Policy::Standard, 9_900)], ..wanted() }, "at least 500"),
        (Wanted { policies: vec![(Policy::FrequentByUse, 5_000)], ..wanted() }, "choose another policy"),
        (Wanted { policies: vec![(Policy::LearntForEach, 5_000)], ..wanted() }, "choose another policy"),
        (Wanted { worth_seeing: 0, ..wanted() }, "from 1 to 100"),
        (Wanted { window_days: 91, ..wanted() }, "from 1 to 90"),
        (Wanted { cap: 0, ..wanted() }, "above 0"),
        (Wanted { order_value: 0, ..wanted() }, "above 0"),
    ] {
        let error = test.shop.plan_experiment(&lamp, &wrong).await.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}
