//! Starts and offers that are learnt behind requests.

use std::path::Path;
use std::time::Duration;

use configurator::{AttributeId, Configured, Value};
use engine::model::VariableId;
use engine::pass::{Pass, Possible};
use personalize::gate::Promise;
use personalize::habits::Habits;
use personalize::learn::choose::candidates;
use personalize::learn::restrict;
use personalize::learnt::Learnt;
use personalize::offers::Usual;
use personalize::orders::PastOrders;
use personalize::simulate::{Firmness, MadeUp};
use personalize::{Asker, Level, PastDesign, Start, StartingDesign};
use shop::{Consent, DesignAddress};
use testing::{LAMP, TestShop, slug, write_product};
use words::Language;

use crate::learning::{confirmed, somebody};

/// Readers have brass shades; who draws has long arms. Beside them other values.
const PAST: &str = r#"
[[orders]]
use = "reading"
count = 600
choices = { shade = "brass" }

[[orders]]
use = "reading"
count = 3
choices = { shade = "paper" }

[[orders]]
use = "drawing"
count = 300
choices = { arm = "long", extras = ["clamp", "dimmer"] }
"#;

pub async fn learning_lamp() -> TestShop {
    let test = TestShop::empty().await;
    let lamp = LAMP.replace("start = \"frequent\"\n", "");
    assert_ne!(lamp, LAMP);
    write_product(&test.catalogue(), "lamp", &lamp, PAST);
    assert_eq!(test.shop.load_catalogue(&test.catalogue()).await.unwrap().broken, []);
    test
}

#[tokio::test]
async fn the_standard_answers_until_something_is_learnt_and_no_request_waits() {
    let test = learning_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let shade = lamp.product.by_code("shade").unwrap();
    let first = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert_eq!(first, StartingDesign::standard(&lamp.product), "nothing was held to the promise yet");
    // It is learnt behind, without anybody asking for it.
    let mut learnt = first;
    for _ in 0..600 {
        learnt = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
        if learnt.evidence(shade).sure > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let evidence = learnt.evidence(shade);
    assert!(evidence.sure >= 90, "{evidence:?}");
    assert_eq!(evidence.level, Level::SameUse { stated_use: "reading".to_owned() });
    assert_eq!((evidence.orders, evidence.synthetic, evidence.agreeing), (603, 603, 600));
    assert_eq!(learnt.reason(&lamp.product, shade), "Chosen in 600 of 603 example orders of readers");
}

#[tokio::test]
async fn the_products_setting_chooses_who_answers() {
    for (setting, level) in [("frequent", true), ("standard", false)] {
        let test = TestShop::empty().await;
        let lamp = LAMP.replace("\"frequent\"", &format!("\"{setting}\""));
        write_product(&test.catalogue(), "lamp", &lamp, PAST);
        assert_eq!(test.shop.load_catalogue(&test.catalogue()).await.unwrap().broken, []);
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        test.shop.learn(&lamp).await.unwrap();
        let start = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
        assert_eq!(start.level != Level::Standard, level, "{setting}");
        assert!(start.evidence.iter().all(|evidence| evidence.sure == 0));
    }
}

#[tokio::test]
async fn an_address_opens_what_it_says_whatever_is_learnt_later() {
    let test = learning_lamp().await;
    let consent = Consent { given: true, stated_use: Some("reading".to_owned()), ..Consent::default() };
    let open = async |address: &DesignAddress| {
        test.shop.open_design(&slug("lamp"), address, &consent, Language::default()).await.unwrap()
    };
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    test.shop.learn(&lamp).await.unwrap();
    let before = open(&DesignAddress::default()).await;
    let Start::Personal { base: Some(base), .. } = &before.start else { panic!("{:?}", before.start) };
    assert_eq!(*base, [("shade".to_owned(), "brass".to_owned())]);
    // Then everybody draws.
    let lamp_product = &lamp.product;
    let drawing = lamp_product.read_choices([("shade", "paper")]).unwrap();
    let design = lamp_product.complete(&drawing, lamp_product.standard()).unwrap();
    let row = shop::learning::PastDesignRow {
        stated_use: Some("reading".to_owned()),
        asker: Asker::default(),
        choices: lamp_product.write_choices(&design.to_choices()),
        count: 20_000,
        synthetic: 20_000,
    };
    test.store.replace_made_up(&slug("lamp"), &[row]).await.unwrap();
    test.shop.learn(&lamp).await.unwrap();
    let now = open(&DesignAddress::default()).await;
    assert_ne!(now.design, before.design, "new visits start from what is learnt now");
    let address = DesignAddress {
        revision: Some(before.revision.number),
        start: Some(before.start.clone()),
        ..DesignAddress::default()
    };
    let again = open(&address).await;
    assert_eq!((&again.design, &again.start), (&before.design, &before.start));
    let shade = lamp_product.by_code("shade").unwrap();
    assert_eq!(again.default.evidence(shade).sure, 0, "it is no start any more");
}

#[tokio::test]
async fn offers_follow_the_choices_and_use_without_consent_only_those() {
    let test = learning_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let chosen =
        DesignAddress { choices: vec![("arm".to_owned(), "long".to_owned())], ..DesignAddress::default() };
    let nobody = Consent::default();
    let opened = test.shop.open_design(&slug("lamp"), &chosen, &nobody, Language::default()).await.unwrap();
    test.shop.learn(&lamp).await.unwrap();
    let offers = test.shop.offers(&opened, &nobody, false).await.unwrap().unwrap();
    let offered = offers.first().unwrap();
    let extras = lamp.product.by_code("extras").unwrap();
    let change = offered.offer.changes.iter().find(|change| change.attribute == extras).unwrap();
    assert_eq!(lamp.product.write_value(extras, &change.value), "dimmer,clamp");
    assert_eq!(change.with, lamp.product.by_code("arm"), "who has long arms has them");
    assert_eq!(offered.quote.total, lamp.product.quote(&offered.offer.design).total);
    assert!(matches!(&offered.start, Start::Personal { stated_use: None, base: Some(_) }));
    // Taken, it is what the design starts from, with consent or without, and the choice stays one.
    let taken = DesignAddress { start: Some(offered.start.clone()), ..chosen.clone() };
    let taken = test.shop.open_design(&slug("lamp"), &taken, &nobody, Language::default()).await.unwrap();
    assert_eq!((&taken.design, taken.choices.iter().count()), (&offered.offer.design, 1));
    let again = test.shop.offers(&taken, &nobody, false).await.unwrap().unwrap();
    assert!(again.iter().all(|again| again.offer.changes.iter().all(|change| change.attribute != extras)));
}

fn examples(product: &Configured, rows: &[shop::learning::PastDesignRow]) -> Vec<PastDesign> {
    let example = |row: &shop::learning::PastDesignRow| {
        let pairs = row.choices.iter().map(|(code, value)| (code.as_str(), value.as_str()));
        let choices = product.read_choices(pairs).unwrap();
        let design = product.complete(&choices, product.standard()).unwrap();
        let stated_use = row.stated_use.clone();
        let asker = row.asker.clone();
        PastDesign { stated_use, asker, design, count: row.count, synthetic: row.synthetic }
    };
    rows.iter().map(example).collect()
}

/// On a demo product's made-up orders the gate is open for some attributes and shut for others, as their shoppers' preferences are known; and
/// whatever speaks of them says that they are examples.
async fn on_made_up_orders_of(code: &str) {
    const SEED: u64 = 20;
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(code);
    let test = TestShop::empty().await;
    test.shop.update_from(&catalogue, shop::Update { publish: true, replace_drafts: false }).await.unwrap();
    let made = test.shop.make_up_orders(3_000, SEED).await.unwrap();
    assert_eq!(made.iter().map(|made| made.orders).collect::<Vec<_>>(), [3_000]);
    let again = test.shop.make_up_orders(3_000, SEED).await.unwrap();
    assert_eq!(again, made, "as before, and in place of those");
    let revision = test.shop.live(&slug(code)).await.unwrap();
    let product = &revision.product;
    test.shop.learn(&revision).await.unwrap();
    let examples = examples(product, &test.store.examples(&revision.slug).await.unwrap());
    let made_up = MadeUp::new(product, &examples, SEED);
    let (mut starts, mut told) = (Vec::new(), 0);
    for answer in &product.uses.as_ref().unwrap().answers {
        let stated_use = answer.code.as_str();
        let start = test.shop.default_design(&revision, Some(stated_use)).await.unwrap();
        assert_eq!(product.validate(&start.design), []);
        let is_open = |id: &AttributeId| start.evidence(*id).is_chosen_for_shoppers();
        let (open, shut): (Vec<_>, Vec<_>) = product.ids().map(|(id, _)| id).partition(is_open);
        println!("{code}, {stated_use}: {} open, {} shut", open.len(), shut.len());
        assert!(open.len() >= 2 && shut.len() >= 2, "{code}, {stated_use}: {open:?}, {shut:?}");
        for id in open {
            let evidence = start.evidence(id);
            assert!(evidence.agreeing > evidence.orders * 9 / 10);
            let varies =
                product.attribute(id).options().len() > 1 && *start.design.value(id) != Value::Absent;
            assert!(!varies || made_up.firmness(id) != Firmness::Taste, "{}", product.attribute(id).code);
        }
        for (id, attribute) in product.ids() {
            let suggested = start.suggested.iter().filter(|(suggested, ..)| *suggested == id);
            for evidence in
                std::iter::once(&start.evidence(id)).chain(suggested.map(|(.., evidence)| evidence))
            {
                told += u32::from(evidence.orders > 0);
                assert_eq!(evidence.synthetic, evidence.orders, "{}", attribute.code);
                let reason = evidence.sentence(&evidence.level.people(product), product.words());
                assert_eq!(evidence.agreeing > 0, reason.contains("example orders"), "{reason}");
            }
        }
        assert_eq!(start.rests_on().synthetic, start.rests_on().orders);
        told += offers_tell_of_examples(&test, code, stated_use).await;
        starts.push(start.design);
    }
    assert!(told > 20, "{code}: {told} figures");
    assert!(starts.windows(2).any(|two| two[0] != two[1]), "{code}: uses start from designs of their own");
}

/// How many reasons are given for what is offered, by the server and in a browser; each is to say that it is of examples.
async fn offers_tell_of_examples(test: &TestShop, code: &str, stated_use: &str) -> u32 {
    let consent = Consent { given: true, stated_use: Some(stated_use.to_owned()), ..Consent::default() };
    let standard = DesignAddress { start: Some(Start::Standard), ..DesignAddress::default() };
    let opened = test.shop.open_design(&slug(code), &standard, &consent, Language::default()).await.unwrap();
    let mut told = 0;
    for offered in test.shop.offers(&opened, &consent, true).await.unwrap().unwrap() {
        for change in &offered.offer.changes {
            let Some(reason) = change.reason(&opened.product, &opened.choices) else { continue };
            told += 1;
            assert!(reason.contains("example orders"), "{reason}");
        }
    }
    let past: Vec<PastDesign> =
        examples(&opened.product, &test.store.past_designs(&slug(code)).await.unwrap());
    let habits = Habits::of(&opened.product, &PastOrders::new(&opened.product, &past)).unwrap();
    for (id, value) in opened.design.iter() {
        let Some(evidence) = habits.told(&opened.product, Some(stated_use), (id, value), None) else {
            continue;
        };
        told += 1;
        assert_eq!(evidence.synthetic, evidence.orders);
    }
    told
}

#[tokio::test]
async fn on_made_up_bikes_the_gate_is_open_for_what_is_firm_and_shut_for_what_is_taste() {
    on_made_up_orders_of("travel-bike").await;
}

#[tokio::test]
async fn on_made_up_laptops_the_gate_is_open_for_what_is_firm_and_shut_for_what_is_taste() {
    on_made_up_orders_of("laptop").await;
}

#[tokio::test]
async fn on_made_up_trainers_the_gate_is_open_for_what_is_firm_and_shut_for_what_is_taste() {
    on_made_up_orders_of("trainer").await;
}

#[tokio::test]
async fn on_made_up_bookcases_the_gate_is_open_for_what_is_firm_and_shut_for_what_is_taste() {
    on_made_up_orders_of("bookcase").await;
}

#[tokio::test]
async fn on_made_up_coffee_machines_the_gate_is_open_for_what_is_firm_and_shut_for_what_is_taste() {
    on_made_up_orders_of("coffee-machine").await;
}

/// None is forgotten that comes later.
#[test]
fn all_demo_products_are_tried() {
    let catalogs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let folders = std::fs::read_dir(catalogs).unwrap().map(|entry| entry.unwrap().path());
    let mut products: Vec<_> = folders.filter(|path| path.join("product.toml").exists()).collect();
    products.sort();
    let names: Vec<_> = products.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["bookcase", "coffee-machine", "laptop", "trainer", "travel-bike"]);
}

#[tokio::test]
async fn real_orders_are_not_called_examples() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let shade = lamp.product.by_code("shade").unwrap();
    for index in 0..25 {
        confirmed(&test, test.lamp().for_use("reading").choosing("shade", "brass").by(somebody(index))).await;
    }
    // What a start rests on is looked at anew after a while.
    test.environment.wait(time::Duration::minutes(2));
    let real = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert_eq!((real.evidence(shade).orders, real.evidence(shade).synthetic), (25, 0));
    assert!(!real.reason(&lamp.product, shade).contains("example"), "{}", real.reason(&lamp.product, shade));
    // Beside as many examples both are named.
    let brass = lamp.product.read_choices([("shade", "brass")]).unwrap();
    let design = lamp.product.complete(&brass, lamp.product.standard()).unwrap();
    let row = shop::learning::PastDesignRow {
        stated_use: Some("reading".to_owned()),
        asker: Asker::default(),
        choices: lamp.product.write_choices(&design.to_choices()),
        count: 30,
        synthetic: 30,
    };
    test.store.replace_made_up(&slug("lamp"), &[row]).await.unwrap();
    test.environment.wait(time::Duration::minutes(2));
    let both = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert_eq!((both.evidence(shade).orders, both.evidence(shade).synthetic), (55, 30));
    assert!(both.reason(&lamp.product, shade).contains("(examples among 55 orders: 30)"));
}

#[tokio::test]
async fn buyers_who_change_a_default_that_was_chosen_for_them_end_it() {
    let test = learning_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    test.shop.learn(&lamp).await.unwrap();
    let shade = lamp.product.by_code("shade").unwrap();
    let start = async || test.shop.default_design(&lamp, Some("reading")).await.unwrap();
    assert!(start().await.evidence(shade).is_chosen_for_shoppers());
    let kept = confirmed(&test, test.lamp().for_use("reading").by(somebody(0))).await;
    let kept = test.store.order_by_number(kept).await.unwrap().unwrap();
    assert!(kept.design.iter().all(|value| value.replaced.is_none()));
    // They are too few to teach another value, and enough to show that they don't want this one.
    for index in 1..=8 {
        let order = test.lamp().for_use("reading").choosing("shade", "paper").by(somebody(index));
        let number = confirmed(&test, order).await;
        let order = test.store.order_by_number(number).await.unwrap().unwrap();
        let replaced = order.design.iter().find_map(|value| value.replaced.clone());
        assert_eq!(replaced.map(|replaced| replaced.value).as_deref(), Some("brass"));
    }
    test.environment.wait(time::Duration::hours(2));
    test.shop.learn(&lamp).await.unwrap();
    let now = start().await;
    assert!(!now.evidence(shade).is_chosen_for_shoppers());
    assert_eq!(now.design.value(shade), lamp.product.standard().value(shade));
}

/// How often the most probable value was ordered, and the mean probability's logarithm to base two, of questions about orders.
#[derive(Debug, Default)]
struct Score {
    asked: f64,
    right: f64,
    bits: f64,
}

/// Asks about each variable of each order, by those before it; of what the rules leave, as an offer would be made.
fn score(product: &Configured, usual: &dyn Usual, orders: &[PastDesign]) -> Score {
    let (mut score, variables) = (Score::default(), product.variables());
    let diagram = product.diagram().unwrap();
    for (number, order) in orders.iter().enumerate() {
        let is_text = |id: &AttributeId| matches!(product.initial(*id), Value::Text(_));
        let values = product.to_chosen(&order.design.to_choices());
        let mut known: Vec<Option<u16>> = vec![None; values.len() + 1];
        let mut allowed = vec![true; diagram.literals()];
        // In another order each time, so that all are asked about late and early.
        for at in (0..values.len()).map(|at| (at + number * 7) % values.len()) {
            let Some(truth) = values[at].filter(|_| !is_text(&variables[at])) else { continue };
            let own: Vec<usize> = diagram.literals_of(VariableId::new(at)).collect();
            let mut pass = Pass::<Possible>::default();
            pass.run(diagram, &allowed);
            let possible: Vec<bool> = own.iter().map(|literal| pass.others(diagram)[*literal]).collect();
            let mut chances = usual.chances(&known)[at].clone();
            restrict(&mut chances, &possible);
            let chance = chances[truth.index()];
            score.asked += 1.0;
            score.right += f64::from(u8::from(chances.iter().all(|other| *other <= chance)));
            score.bits += chance.max(1e-9).log2();
            known[at] = u16::try_from(truth.index()).ok();
            for (value, literal) in own.into_iter().enumerate() {
                allowed[literal] &= value == truth.index();
            }
        }
    }
    score
}

/// What a browser may have is measured against all that the server knows, on made-up orders of the demo that neither has seen.
#[tokio::test]
async fn what_browsers_have_gives_up_little_of_what_the_server_knows() {
    for code in ["travel-bike", "laptop"] {
        let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(code);
        let test = TestShop::empty().await;
        let update = shop::Update { publish: true, replace_drafts: false };
        test.shop.update_from(&catalogue, update).await.unwrap();
        let revision = test.shop.live(&slug(code)).await.unwrap();
        let product = &revision.product;
        let examples = examples(product, &test.store.examples(&revision.slug).await.unwrap());
        let mut made_up = MadeUp::new(product, &examples, 20);
        let (past, new) = (made_up.orders(3_000), made_up.orders(60));
        let learnt = Learnt::from_orders(product, &past, &candidates(), Promise::default());
        let habits = Habits::of(product, learnt.past()).unwrap();
        let bytes = habits.to_bytes().len();
        let (all, own) = (score(product, &learnt, &new), score(product, &habits, &new));
        println!("{code}: {bytes} bytes, {} classes; server {all:?}, browser {own:?}", habits.classes());
        assert!(
            (all.right - own.right) / all.asked < 0.04,
            "{code}: right in {own:?}, the server in {all:?}"
        );
        assert!((all.bits - own.bits) / all.asked < 0.1, "{code}: {own:?} bits, the server {all:?}");
    }
}
