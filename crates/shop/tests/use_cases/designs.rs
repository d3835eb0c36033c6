//! Designs kept behind links, and designs opened later.

use shop::designs::{Compared, Origin};
use shop::shop_file::{FORGET, SettingsError, to_fields};
use shop::{Consent, DesignAddress, Keeping, Notice, Opened};
use testing::{TestShop, number, order_number, slug};
use time::Duration;
use words::Language;

const ENGLISH: Language = Language::ENGLISH;

fn choosing(choices: &[(&str, &str)]) -> DesignAddress {
    let choices = choices.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect();
    DesignAddress { revision: Some(number(1)), choices, ..DesignAddress::default() }
}

async fn opened(test: &TestShop, address: &DesignAddress) -> Opened {
    test.shop.open_design(&slug("lamp"), address, &Consent::default(), ENGLISH).await.unwrap()
}

#[tokio::test]
async fn a_design_saves_itself_behind_one_link() {
    let test = TestShop::with_lamp().await;
    let (brass, taller) =
        (choosing(&[("shade", "brass")]), choosing(&[("shade", "brass"), ("height", "60")]));
    let link = test.shop.save_design(&opened(&test, &brass).await, &[], &choosing(&[])).await.unwrap();
    assert_eq!(link.len(), 32);
    test.environment.wait(Duration::hours(1));
    let again = test
        .shop
        .save_design(&opened(&test, &taller).await, std::slice::from_ref(&link), &brass)
        .await
        .unwrap();
    assert_eq!(again, link);
    let kept = test.shop.kept_design(&link).await.unwrap().unwrap();
    assert_eq!(
        (kept.choices.len(), kept.total, kept.lead_time_days, kept.keeping),
        (2, 7_300, 5, Keeping::Saved)
    );
    let back = opened(&test, &kept.address()).await;
    assert_eq!(back.pairs(), taller.choices);
    assert_eq!(test.shop.kept_design("").await.unwrap(), None);
}

/// Two windows, or a link that somebody else goes on from.
#[tokio::test]
async fn of_two_that_change_one_design_neither_is_lost() {
    let test = TestShop::with_lamp().await;
    let (brass, oak) = (choosing(&[("shade", "brass")]), choosing(&[("height", "60")]));
    let link = test.shop.save_design(&opened(&test, &brass).await, &[], &choosing(&[])).await.unwrap();
    let other = test
        .shop
        .save_design(&opened(&test, &oak).await, std::slice::from_ref(&link), &choosing(&[]))
        .await
        .unwrap();
    assert_ne!(other, link);
    for (link, choices) in [(&link, &brass.choices), (&other, &oak.choices)] {
        assert_eq!(&test.shop.kept_design(link).await.unwrap().unwrap().choices, choices);
    }
}

#[tokio::test]
async fn a_shared_design_never_changes() {
    let test = TestShop::with_lamp().await;
    let (brass, taller) = (choosing(&[("shade", "brass")]), choosing(&[("height", "60")]));
    let link = test.shop.share_design(&opened(&test, &brass).await).await.unwrap();
    let own = test
        .shop
        .save_design(&opened(&test, &taller).await, std::slice::from_ref(&link), &brass)
        .await
        .unwrap();
    assert_ne!(own, link);
    test.environment.wait(Duration::days(1_000));
    assert_eq!(test.shop.forget_designs().await.unwrap(), 1);
    let kept = test.shop.kept_design(&link).await.unwrap().unwrap();
    assert_eq!((kept.choices, kept.keeping), (brass.choices, Keeping::Shared));
}

#[tokio::test]
async fn saved_designs_are_forgotten_unless_they_were_ordered() {
    let test = TestShop::with_lamp().await;
    let design = opened(&test, &choosing(&[("shade", "brass")])).await;
    let mut links = Vec::new();
    for _ in 0..3 {
        links.push(test.shop.save_design(&design, &[], &choosing(&[])).await.unwrap());
    }
    test.shop.design_ordered(&opened(&test, &choosing(&[])).await, order_number(1001), &links).await.unwrap();
    test.shop.design_ordered(&design, order_number(1001), &links[..1]).await.unwrap();
    test.environment.wait(Duration::days(60));
    assert_eq!(test.shop.forget_designs().await.unwrap(), 0);
    test.environment.wait(Duration::milliseconds(1));
    assert_eq!(test.shop.forget_designs().await.unwrap(), 2);
    let kept = test.shop.kept_design(&links[0]).await.unwrap();
    assert_eq!(kept.map(|kept| kept.keeping), Some(Keeping::Ordered));
}

#[tokio::test]
async fn for_how_long_designs_are_kept_is_a_setting_of_the_shop() {
    let test = TestShop::with_lamp().await;
    let design = opened(&test, &choosing(&[])).await;
    test.shop.save_design(&design, &[], &choosing(&[])).await.unwrap();
    test.environment.wait(Duration::days(8));
    let days = |days: &str| {
        let mut fields = to_fields(test.shop.profile().source());
        fields.insert("designs_kept_days".to_owned(), days.to_owned());
        fields
    };
    // What would be forgotten for good is agreed to first.
    let refused = test.shop.save_settings(0, &days("7"), "mia").await.unwrap_err();
    assert!(
        matches!(&refused, SettingsError::Forgets(fields) if fields == &["designs_kept_days"]),
        "{refused}"
    );
    assert_eq!(test.shop.forget_designs().await.unwrap(), 0);
    let mut agreed = days("7");
    agreed.insert(FORGET.to_owned(), "yes".to_owned());
    test.shop.save_settings(0, &agreed, "mia").await.unwrap();
    assert_eq!(test.shop.designs_kept(), Duration::days(7));
    assert_eq!(test.shop.forget_designs().await.unwrap(), 1);
}

#[tokio::test]
async fn a_design_whose_offer_ended_tells_line_by_line_what_changed() {
    let test = TestShop::with_lamp().await;
    let live = test
        .change_lamp(|source| {
            source.base_price += 100;
            let shade = source.attributes.iter_mut().find(|attribute| attribute.code == "shade").unwrap();
            shade.options.iter_mut().find(|option| option.code == "brass").unwrap().price -= 300;
        })
        .await;
    let brass = choosing(&[("shade", "brass")]);
    assert_eq!(opened(&test, &brass).await.from, None, "its prices hold for a while");
    test.environment.wait(Duration::days(31));
    let later = opened(&test, &brass).await;
    assert_eq!(later.revision.number, live);
    let [Notice::OfferEnded { reason: None, price }] = &later.notices[..] else {
        panic!("{:?}", later.notices)
    };
    assert_eq!(price, "It costs €69 now instead of €71 (−€2). What changed: Base price +€1, Shade −€3.");
    assert_eq!(later.from.as_ref().map(|(number, _)| *number), Some(number(1)));
}

#[tokio::test]
async fn going_on_with_another_revision_tells_values_that_changed() {
    let test = TestShop::with_lamp().await;
    let live = test
        .change_lamp(|source| {
            let height = source.attributes.iter_mut().find(|attribute| attribute.code == "height").unwrap();
            height.standard = configurator::source::ValueSource::Number(50);
        })
        .await;
    let goes_on =
        DesignAddress { revision: Some(live), from: Some(number(1)), ..choosing(&[("shade", "brass")]) };
    let later = opened(&test, &goes_on).await;
    assert_eq!(later.notices, [], "nothing that would refuse an order");
    let change = later.from.as_ref().and_then(|(_, change)| change.clone()).unwrap();
    let sentence = change.sentence(&later.product, ENGLISH.shop());
    assert!(sentence.contains("Height: 50 cm instead of 40 cm"), "{sentence}");
    // What an address names that there never was says nothing.
    let nowhere = DesignAddress { from: Some(number(99)), ..goes_on };
    assert_eq!(opened(&test, &nowhere).await.from, None);
}

#[tokio::test]
async fn a_number_that_is_out_of_the_range_by_now_becomes_the_nearest_within() {
    let test = TestShop::with_lamp().await;
    let live = test
        .change_lamp(|source| {
            let height = source.attributes.iter_mut().find(|attribute| attribute.code == "height").unwrap();
            height.max = Some(50);
        })
        .await;
    let goes_on =
        DesignAddress { revision: Some(live), from: Some(number(1)), ..choosing(&[("height", "60")]) };
    let later = opened(&test, &goes_on).await;
    assert_eq!(later.pairs(), [("height".to_owned(), "50".to_owned())]);
    assert_eq!((later.notices, later.unreadable), (vec![], vec![]));
    let change = later.from.as_ref().and_then(|(_, change)| change.clone()).unwrap();
    let sentence = change.sentence(&later.product, ENGLISH.shop());
    assert!(sentence.ends_with("Different now: Height: 50 cm instead of 60 cm."), "{sentence}");
    // Nobody had this one: its field says what it takes.
    let never = DesignAddress { choices: choosing(&[("height", "900")]).choices, ..goes_on };
    let never = opened(&test, &never).await;
    assert_eq!(never.unreadable, [("height".to_owned(), "900".to_owned())]);
    assert!(matches!(&never.notices[..], [Notice::Typed(_)]), "{:?}", never.notices);
}

/// The long arm brought its clamp along; with the short one it stays, in the form without scripts as in the address, behind the
/// link where it is saved, and in the order.
#[tokio::test]
async fn what_is_shown_stays_though_nobody_chose_it() {
    let test = TestShop::with_lamp().await;
    let long = choosing(&[("arm", "long")]);
    assert_eq!(opened(&test, &long).await.pairs(), long.choices);
    let fields = [("shade", "linen"), ("arm", "short"), ("extras", "clamp"), ("height", "40"), ("name", "")];
    let form = choosing(&fields).choices;
    let lamp = slug("lamp");
    let changed =
        test.shop.change_design(&lamp, &long, form, &Consent::default(), ENGLISH).await.unwrap().opened;
    let short = choosing(&[("arm", "short"), ("_kept", "extras:clamp")]);
    assert_eq!(changed.pairs(), short.choices);
    let again = opened(&test, &short).await;
    assert_eq!((&again.design, again.choices.len()), (&changed.design, 1));
    let link = test.shop.save_design(&again, &[], &choosing(&[])).await.unwrap();
    let kept = test.shop.kept_design(&link).await.unwrap().unwrap();
    assert_eq!(kept.total, 5_500);
    assert_eq!(opened(&test, &kept.address()).await.design, changed.design);
    let taken = test.shop.take_order().unwrap();
    let order = shop::OpenedOrder {
        counted: false,
        consent: Consent::default(),
        opened: again,
        quantity: configurator::Quantity::ONE,
        buyer: testing::ana(),
        request_id: "one".to_owned(),
        another: None,
    };
    assert_eq!(test.shop.place_opened(order, taken).await.unwrap().order.content.total, 5_500);
    // What can't stay, and what names nothing, goes without a word.
    let brass =
        choosing(&[("shade", "brass"), ("_kept", "arm:long"), ("_kept", "extras:ladder"), ("_kept", "x")]);
    let brass = opened(&test, &brass).await;
    assert_eq!((brass.notices.len(), brass.pairs().len()), (0, 2));
    assert!(brass.product.validate(&brass.design).is_empty());
}

#[tokio::test]
async fn designs_stand_side_by_side_on_the_live_revision() {
    let test = TestShop::with_lamp().await;
    let brass = choosing(&[("shade", "brass")]);
    let named = test.shop.keep_named_design(&opened(&test, &brass).await, " Mine ").await.unwrap();
    let asked = [
        Compared::Own(brass.clone()),
        Compared::Link(named.clone()),
        Compared::ReadyMade("none".to_owned()),
        Compared::Link("none".to_owned()),
        Compared::Standard,
        Compared::Proposed(choosing(&[])),
        Compared::Standard,
    ];
    let lamp = slug("lamp");
    let compared = test.shop.compare(&lamp, &asked, &Consent::default(), ENGLISH).await.unwrap();
    let origins: Vec<_> = compared.designs.iter().map(|design| design.origin.clone()).collect();
    let named_mine = Origin::Named("Mine".to_owned());
    assert_eq!(origins, [Origin::Own, named_mine, Origin::Standard, Origin::Proposed]);
    assert_eq!((compared.missing, compared.waiting), (vec![2, 3], vec![6]));
    assert_eq!(compared.designs[0].opened.design, compared.designs[1].opened.design);
    for design in &compared.designs {
        assert_eq!(design.opened.revision.number, compared.standard.revision.number);
        assert_eq!(design.quote, design.opened.product.quote(&design.opened.design));
    }
    assert!(test.shop.rename_design(&named, "Ours").await.unwrap());
    assert_eq!(test.shop.kept_design(&named).await.unwrap().unwrap().name.as_deref(), Some("Ours"));
    assert!(!test.shop.rename_design("none", "Ours").await.unwrap());
}

#[tokio::test]
async fn a_suggested_name_tells_what_is_special_and_is_not_taken() {
    let test = TestShop::with_lamp().await;
    let plain = opened(&test, &choosing(&[])).await;
    assert_eq!(plain.suggested_name(&[]), "Our standard");
    let brass = opened(&test, &choosing(&[("shade", "brass"), ("height", "60")])).await;
    let name = brass.suggested_name(&[]);
    assert!(name.contains("Brass") && name.contains("60"), "{name}");
    assert_eq!(brass.suggested_name(std::slice::from_ref(&name)), format!("{name} 2"));
}
