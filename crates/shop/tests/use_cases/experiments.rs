//! An experiment from its plan to its end: who gets what, what counts, and what stops it.

use configurator::{Quantity, StartPolicy};
use personalize::experiment::Reach;
use shop::experiments::{EndedBecause, ExperimentError, Fit, NewExperiment, Policy, Presentation, Wanted};
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

pub fn wanted() -> Wanted {
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
    begun(test, wanted()).await
}

async fn begun(test: &TestShop, wanted: Wanted) -> Result<String, ExperimentError> {
    let new = NewExperiment { title: " Does it pay? ".to_owned(), slug: slug("lamp"), wanted };
    test.shop.start_experiment(new, "ana@example.org").await
}

fn visitor(name: &str) -> Consent {
    let visitor = Some(name.to_owned());
    Consent { given: true, stated_use: Some("reading".to_owned()), visitor, ..Consent::default() }
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
        order(test, consent, opened, name, name).await;
    }
}

/// A visitor orders what is opened, with a request of this id.
async fn order(test: &TestShop, consent: &Consent, opened: &Opened, name: &str, request: &str) {
    let buyer = shop::Buyer { email: format!("{name}@example.org"), ..ana() };
    let order = OpenedOrder {
        counted: false,
        consent: consent.clone(),
        opened: opened.clone(),
        quantity: Quantity::ONE,
        buyer,
        request_id: request.to_owned(),
        another: None,
    };
    let taken = test.shop.take_order().unwrap();
    let number = test.shop.place_opened(order, taken).await.unwrap().order.number;
    test.shop.count_order_in_experiment(opened, Quantity::ONE, consent, number).await.unwrap();
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
    assert_eq!(report.reaches, [Reach::OneToN, Reach::OneToAll]);
    // Nobody changed a default, and in the group nobody ordered.
    let rails: Vec<_> = report.told.rails[0].iter().map(|told| [&*told.holdout, &*told.policy]).collect();
    assert_eq!(rails, [["0", "nobody"], ["0", "0"], ["0", "0"], ["0", "nobody"]]);
    assert!(report.told.rails[0].iter().all(|told| told.state == "Not broken, as far as could be told"));
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

#[tokio::test]
async fn an_arm_that_is_the_same_as_the_holdout_is_no_harm_and_pays_nothing() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let presentations = vec![(Presentation::Same, 5_000)];
    let same = Wanted { policies: Vec::new(), presentations, orders_in_hundred: 100.0, ..wanted() };
    let code = begun(&test, same).await.unwrap();
    for name in 0..60 {
        assert_eq!(visit(&test, &name.to_string(), true).await, "Brass", "all see the same");
    }
    test.environment.wait(Duration::days(15));
    assert_eq!(test.shop.look_after_experiments().await.unwrap(), (0, 0), "it goes on");
    let report = test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    let told = report.told.policies.concat();
    assert!(told[0].contains("no difference is seen, which is as it should be"), "{told:?}");
}

/// So many visits of the lamp's page saw everything, and some of them changed this.
async fn seen_and_changed(test: &TestShop, visits: usize, changed: &[&str]) {
    let lamp = test.shop.published(&slug("lamp")).await.unwrap();
    let codes = lamp.product.ids().map(|(_, attribute)| attribute.code.clone());
    let visit = shop::insight::Visit {
        is_new: true,
        seen: codes.collect(),
        changed: changed.iter().map(|code| (*code).to_owned()).collect(),
        ..shop::insight::Visit::default()
    };
    for _ in 0..visits {
        test.shop.count_visit(&slug("lamp"), number(1), visit.clone()).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_changed_most_comes_first_in_its_step_as_it_was_at_the_start() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    let offered = async || test.shop.presentations(&slug("lamp"), 22).await.unwrap();
    assert_eq!(offered().await.1, <[String; 0]>::default(), "nothing is counted");
    seen_and_changed(&test, 19, &["name"]).await;
    assert_eq!(offered().await.1, <[String; 0]>::default(), "so few visits say nothing");
    seen_and_changed(&test, 21, &["name", "arm"]).await;
    let (offers, order) = offered().await;
    assert_eq!(order, ["name", "arm", "base", "shade", "extras", "height"], "the others stay as they are");
    assert!(offers.contains(&Presentation::MostChangedFirst));
    let presentations = vec![(Presentation::MostChangedFirst, 5_000)];
    let other = Wanted { policies: Vec::new(), presentations, ..wanted() };
    let code = begun(&test, other).await.unwrap();
    // What happens while it runs changes nothing of it.
    seen_and_changed(&test, 90, &["height"]).await;
    assert_eq!(offered().await.1[0], "height");
    test.change_lamp(|source| source.attributes.swap(1, 3)).await;
    let lamp = test.shop.published(&slug("lamp")).await.unwrap();
    let mut orders = Vec::new();
    for name in 0..40 {
        let presented = test.shop.presented(&slug("lamp"), &visitor(&name.to_string())).await.unwrap();
        assert_eq!(test.shop.presented(&slug("lamp"), &visitor(&name.to_string())).await.unwrap(), presented);
        let strangers = Consent { given: false, ..visitor(&name.to_string()) };
        assert_eq!(
            test.shop.presented(&slug("lamp"), &strangers).await.unwrap().order,
            <[String; 0]>::default()
        );
        orders.push(presented.attributes(&lamp.product));
    }
    orders.sort();
    orders.dedup();
    assert_eq!(orders, [Vec::new(), order]);
    assert!(test.shop.end_experiment(&code, "ana@example.org").await.unwrap());
    let over = test.shop.presented(&slug("lamp"), &visitor("1")).await.unwrap();
    assert_eq!(over, shop::experiments::Presented::default());
}

#[tokio::test]
async fn nothing_comes_before_what_it_hangs_on() {
    let test = TestShop::with_lamp_ordered(PAST).await;
    test.change_lamp(|source| {
        let name = source.attributes.iter_mut().find(|attribute| attribute.code == "name").unwrap();
        name.applies = Some("extras has dimmer".to_owned());
    })
    .await;
    seen_and_changed(&test, 30, &["name"]).await;
    let (_, order) = test.shop.presentations(&slug("lamp"), 22).await.unwrap();
    assert_eq!(order, ["base", "shade", "arm", "extras", "name", "height"]);
    seen_and_changed(&test, 10, &["extras"]).await;
    let (_, order) = test.shop.presentations(&slug("lamp"), 22).await.unwrap();
    assert_eq!(order, ["extras", "name", "base", "shade", "arm", "height"]);
}

#[tokio::test]
async fn who_always_gets_the_standard_gets_it_whatever_runs_and_is_compared_with_the_holdout() {
    let mut test = TestShop::with_lamp_ordered(PAST).await;
    let mut profile = testing::for_everybody();
    profile.always_standard = 30;
    test.shop = test.shop.with_profile(profile);
    let names: Vec<String> = (0..300).map(|name| name.to_string()).collect();
    let mut apart = Vec::new();
    for name in &names {
        apart.extend((visit(&test, name, false).await != "Brass").then_some(name.as_str()));
    }
    assert!((60..120).contains(&apart.len()), "{}", apart.len());
    let unnumbered = Consent { visitor: None, ..visitor("") };
    assert_eq!(shade(&opened(&test, &unnumbered).await), "Brass");
    let presentations = vec![(Presentation::ReasonFirst, 5_000)];
    let wanted = Wanted { policies: Vec::new(), presentations, orders_in_hundred: 100.0, ..wanted() };
    let code = begun(&test, wanted).await.unwrap();
    // What is set meanwhile is for what begins later.
    test.shop = test.shop.with_profile(testing::for_everybody());
    let report = async || test.shop.experiment_report(&code, Language::ENGLISH).await.unwrap().unwrap();
    for name in &names {
        let is_apart = apart.contains(&name.as_str());
        assert_eq!(visit(&test, name, !is_apart).await != "Brass", is_apart, "{name}");
        let presented = test.shop.presented(&slug("lamp"), &visitor(name)).await.unwrap();
        assert!(!(is_apart && presented.reason_first));
    }
    let found = report().await;
    assert_eq!(found.came.iter().sum::<u64>() + found.apart.unwrap().came, 300);
    assert_eq!(found.came.iter().sum::<u64>(), 300 - apart.len() as u64);
    test.environment.wait(Duration::days(15));
    let found = report().await;
    let told = found.apart.clone().unwrap();
    assert_eq!((told.visitors, told.mean), (apart.len() as u64, 0.0));
    assert!(told.lift.unwrap().low > 0.0, "nobody of them orders: {told:?}");
    assert!(found.findings.arms[0].lift.low <= 0.0, "they are in no group");
    // The figures stay once it is over.
    assert!(test.shop.end_experiment(&code, "ana@example.org").await.unwrap());
    test.shop.look_after_experiments().await.unwrap();
    let closed = report().await;
    assert!(closed.is_closed);
    assert_eq!(closed.apart.unwrap(), shop::experiments::Apart { came: 0, ..told });
    // Once it is over, what is set holds: all get what is chosen for them.
    assert_eq!(visit(&test, apart[0], false).await, "Brass");
}
