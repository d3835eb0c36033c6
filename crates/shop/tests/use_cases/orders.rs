//! Placing orders.

use std::sync::Arc;

use configurator::source::{NoReturnSource, Source, TierSource};
use configurator::{ChoiceError, Quantity};
use personalize::Start;
use shop::{
    Buyer, Consent, DesignAddress, DesignError, OpenedOrder, OrderError, Receipt, ShopError, ValueOrigin,
};
use testing::{TestShop, ana, number, order_number, slug};
use time::Duration;
use time::macros::date;

use crate::words;

#[tokio::test]
async fn an_order_is_a_snapshot_of_the_design() {
    let test = TestShop::with_lamp().await;
    let lamp = test.lamp().choosing("shade", "brass").choosing("name", "Ana").choosing("height", "60");
    let Receipt { order, token, is_new } = lamp.receipt().await;

    assert_eq!(
        (order.number, order.revision, order.product_name.as_str()),
        (order_number(1_001), number(1), "Desk lamp")
    );
    assert!(is_new);
    assert_eq!((token.len(), order.currency.as_str(), order.stated_use.as_deref()), (32, "EUR", None));
    let lines: Vec<_> = order.lines.iter().map(|line| (line.label.as_str(), line.amount)).collect();
    let expected =
        [("Base price", 5_000), ("Shade: Brass", 2_000), ("Height: 60 cm", 300), ("Engraving: “Ana”", 1_200)];
    assert_eq!(lines, expected);
    assert_eq!((order.total, order.lead_time_days, order.weight, order.points), (8_500, 5, 2_300, 3));
    let values: Vec<_> =
        order.design.iter().map(|value| (value.code.as_str(), value.words.as_str(), words(value))).collect();
    let expected = [
        ("base", "Cast iron", "always so".to_owned()),
        ("shade", "Brass", "chosen".to_owned()),
        ("arm", "Short", "default, Our standard".to_owned()),
        ("extras", "None", "default, Our standard".to_owned()),
        ("height", "60 cm", "chosen".to_owned()),
        ("name", "“Ana”", "chosen".to_owned()),
    ];
    assert_eq!(values, expected);
    assert!(order.picture.contains("#b5892e") && order.picture.contains(">Ana</text>"), "{}", order.picture);

    assert_eq!(test.shop.order(&token).await.unwrap().as_ref(), Some(&order));
    assert_eq!(test.shop.order_by_number(order_number(1_001)).await.unwrap().as_ref(), Some(&order));
    assert_eq!(test.shop.orders(None, 10).await.unwrap(), [order]);
    assert_eq!(test.shop.order("").await.unwrap(), None);
}

#[tokio::test]
async fn what_the_choices_need_is_added_and_said() {
    let test = TestShop::with_lamp().await;
    let order = test.lamp().choosing("arm", "long").placed().await;
    let extras = order.design.iter().find(|value| value.code == "extras").unwrap();
    assert_eq!((extras.words.as_str(), &extras.origin), ("Clamp", &ValueOrigin::Adjusted));
    assert_eq!((order.total, order.lead_time_days), (5_000 + 1_500 + 400 + 100, 7));
}

#[tokio::test]
async fn designs_that_cannot_be_built_are_refused_with_reasons() {
    let test = TestShop::with_lamp().await;
    let reasons = test.lamp().choosing("shade", "brass").choosing("arm", "long").refused().await;
    assert!(reasons[0].contains("A brass shade is too heavy for the long arm."), "{reasons:?}");
    let reasons = test.lamp().choosing("arm", "long").choosing("extras", "dimmer").refused().await;
    assert!(reasons[0].contains("The long arm needs a clamp."), "{reasons:?}");
    let over = test.lamp().choosing("arm", "long").choosing("extras", "dimmer,clamp").choosing("name", "A");
    let reasons = over.choosing("height", "60").refused().await;
    assert!(reasons[0].contains("5 of 4 points"), "{reasons:?}");
    assert_eq!(test.shop.orders(None, 10).await.unwrap(), []);
}

#[tokio::test]
async fn choices_that_do_not_exist_are_refused() {
    let test = TestShop::with_lamp().await;
    for (attribute, value) in [
        ("price", "1"),
        ("shade", "gold"),
        ("shade", ""),
        ("extras", "dimmer,laser"),
        ("height", "45"),
        ("height", "99999999999999999999"),
        ("name", "<script>\u{0}"),
        ("name", "a name that is far too long"),
        ("name", "\u{202e}anA"),
        ("name", "Ana\u{200b}"),
        ("name", "\u{200d}\u{200d}"),
        ("name", "\u{3164}"),
        ("name", "\u{fffe}"),
    ] {
        let outcome = test.lamp().choosing(attribute, value).place().await;
        assert!(matches!(outcome, Err(OrderError::Choice(_))), "{attribute} = {value}: {outcome:?}");
    }
    let error = test.lamp().choosing("shade", "bras").place().await.unwrap_err();
    assert!(matches!(error, OrderError::Choice(ChoiceError::UnknownOption { .. })), "{error:?}");
    assert!(error.to_string().contains("brass"), "{error}");
}

#[tokio::test]
async fn markup_in_texts_stays_text() {
    let test = TestShop::with_lamp().await;
    let order = test.lamp().choosing("name", "<b>&amp;\"").placed().await;
    assert!(order.picture.contains("&lt;b&gt;&amp;amp;&quot;"), "{}", order.picture);
}

#[tokio::test]
async fn the_buyer_is_told_what_is_missing() {
    let test = TestShop::with_lamp().await;
    let buyer = Buyer { email: "ana@example".to_owned(), address: String::new(), ..ana() };
    let error = test.lamp().by(buyer).place().await.unwrap_err();
    let OrderError::Buyer(fields) = error else { panic!("{error}") };
    assert_eq!(fields.iter().map(|field| field.field).collect::<Vec<_>>(), ["email", "address"]);
    let advice = "Something is missing after the @. Write the whole e-mail address, such as ana@example.org.";
    assert_eq!(fields[0].sentence(words::Language::ENGLISH.shop()), advice);
}

#[tokio::test]
async fn ordering_twice_with_one_id_orders_once() {
    let test = TestShop::with_lamp().await;
    let first = test.lamp().choosing("shade", "brass").with_request_id("7").placed().await;
    test.change_lamp(|lamp| lamp.base_price = 9_900).await;
    let again = test.lamp().choosing("shade", "brass").with_request_id("7").placed().await;
    assert_eq!(again, first);

    // Whoever guesses an id is shown nobody's order, and whatever differs makes no second one.
    let other = Buyer { email: "eve@example.org".to_owned(), ..ana() };
    for different in [
        test.lamp().choosing("shade", "brass").with_request_id("7").by(other),
        test.lamp().choosing("shade", "linen").with_request_id("7"),
        test.lamp().choosing("shade", "brass").with_request_id("7").of_revision(2),
        test.lamp().choosing("shade", "brass").with_request_id("7").for_use("reading"),
    ] {
        let refused = different.place().await.unwrap_err();
        assert!(matches!(&refused, OrderError::KeyUsed { number } if *number == first.number), "{refused:?}");
    }
    assert_eq!(test.shop.orders(None, 10).await.unwrap().len(), 1);
    let blank = test.lamp().with_request_id(" ").placed().await;
    assert_ne!(blank.number, test.lamp().with_request_id(" ").placed().await.number);
}

#[tokio::test]
async fn each_answer_to_a_repeated_request_has_a_token_that_opens_the_order() {
    let test = TestShop::with_lamp().await;
    let first = test.lamp().with_request_id("7").receipt().await;
    let again = test.lamp().with_request_id("7").receipt().await;
    assert_eq!(again.order, first.order);
    assert_ne!(again.token, first.token, "the shop does not know it any more");
    for token in [first.token, again.token] {
        assert_eq!(test.shop.order(&token).await.unwrap().as_ref(), Some(&first.order));
    }
}

#[tokio::test]
async fn prices_hold_for_a_while_and_then_the_live_ones_are_ordered() {
    let test = TestShop::with_lamp().await;
    test.change_lamp(|lamp| lamp.base_price = 9_900).await;
    test.environment.wait(Duration::days(30) - Duration::seconds(1));
    assert_eq!(test.lamp().placed().await.total, 5_100);
    test.environment.wait(Duration::seconds(1));
    let refused = test.lamp().place().await.unwrap_err();
    let OrderError::Shop(ShopError::OfferEnded { number: ended, live, reasons, .. }) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!((*ended, *live, reasons), (number(1), number(2), &None));
    assert_eq!(test.lamp().of_revision(2).placed().await.total, 10_000);
    // As long as it is live an offer has no end, and one that is live again has none either.
    test.environment.wait(Duration::days(1_000));
    test.lamp().of_revision(2).placed().await;
    test.shop.roll_back(&slug("lamp"), number(1), "mia").await.unwrap();
    test.environment.wait(Duration::days(1_000));
    test.lamp().placed().await;
}

/// As when a wrong price was published and taken back.
#[tokio::test]
async fn a_withdrawn_revision_sells_nothing() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    test.change_lamp(|lamp| lamp.base_price = 500).await;
    let withdraw = |number| test.shop.withdraw(&lamp, number, " The price was wrong. ", "mia");
    let live = withdraw(number(2)).await.unwrap_err();
    assert!(matches!(live, ShopError::StillLive { .. }), "{live:?}");
    let early = test.lamp().of_revision(2).with_request_id("7").placed().await;
    test.shop.roll_back(&lamp, number(1), "mia").await.unwrap();
    test.lamp().of_revision(2).placed().await;

    withdraw(number(2)).await.unwrap();
    let refused = test.lamp().of_revision(2).place().await.unwrap_err();
    assert!(refused.to_string().contains("The price was wrong."), "{refused}");
    // What was placed stays, and its request is answered as it was.
    let again = test.lamp().of_revision(2).with_request_id("7").placed().await;
    assert_eq!(again, early);
    let live = test.shop.roll_back(&lamp, number(2), "mia").await.unwrap_err();
    assert!(matches!(live, ShopError::Withdrawn { .. }), "{live:?}");
    let missing = withdraw(number(3)).await.unwrap_err();
    assert!(matches!(missing, ShopError::UnknownRevision { .. }), "{missing:?}");

    test.shop.offer_again(&lamp, number(2), "mia").await.unwrap();
    test.lamp().of_revision(2).placed().await;
    assert!(test.shop.offer_again(&lamp, number(2), "mia").await.is_err());
}

/// A design of an offer that has ended opens on the live revision, and says what that costs.
#[tokio::test]
async fn an_ended_offer_opens_on_the_live_one_with_the_difference() {
    let test = TestShop::with_lamp().await;
    test.change_lamp(|lamp| lamp.base_price = 6_900).await;
    test.shop.withdraw(&slug("lamp"), number(1), "The price was wrong.", "mia").await.unwrap();
    let address = DesignAddress {
        revision: Some(number(1)),
        choices: vec![("shade".to_owned(), "brass".to_owned())],
        ..DesignAddress::default()
    };
    let (lamp, consent) = (slug("lamp"), Consent::default());
    let open = |language| test.shop.open_design(&lamp, &address, &consent, language);
    let opened = open(words::Language::ENGLISH).await.unwrap();
    assert_eq!(opened.revision.number, number(2));
    assert_eq!(opened.pairs(), address.choices);
    let sentence = opened.notices[0].sentence(words::Language::ENGLISH.shop());
    assert_eq!(
        sentence,
        "The offer that this design was made with was withdrawn: The price was wrong. It costs €90 now instead of €71 (+€19). What changed: Base price +€19."
    );
    let german = words::Language::ALL.iter().copied().find(|language| language.tag() == "de").unwrap();
    let sentence = open(german).await.unwrap().notices[0].sentence(german.shop());
    assert!(sentence.contains("90\u{a0}€ statt 71\u{a0}€ (+19\u{a0}€)"), "{sentence}");
    // Programs are told instead.
    let refused = test.shop.exact_design(&slug("lamp"), &address).await.unwrap_err();
    assert!(matches!(refused, DesignError::Shop(ShopError::OfferEnded { .. })), "{refused:?}");
}

#[tokio::test]
async fn the_same_again_a_moment_later_is_asked_about() {
    let test = TestShop::with_lamp().await;
    let order = |id: &str, another: Option<i64>, buyer: Buyer| {
        let (shop, id) = (&test.shop, id.to_owned());
        async move {
            let address = DesignAddress::default();
            let english = words::Language::ENGLISH;
            let opened =
                shop.open_design(&slug("lamp"), &address, &Consent::default(), english).await.unwrap();
            let another = another.map(order_number);
            let order = OpenedOrder {
                opened,
                quantity: Quantity::ONE,
                buyer,
                request_id: id,
                another,
                counted: false,
                consent: Consent::default(),
            };
            shop.place_opened(order, shop.take_order().unwrap()).await
        }
    };
    let first = order("1", None, ana()).await.unwrap().order;
    // The same request is answered; another one is asked about, until it names the order that it repeats.
    assert_eq!(order("1", None, ana()).await.unwrap().order, first);
    for another in [None, Some(999)] {
        let asked = order("2", another, Buyer { note: "By Friday".to_owned(), ..ana() }).await.unwrap_err();
        assert!(matches!(asked, OrderError::OrderedBefore { number } if number == first.number), "{asked:?}");
    }
    order("3", None, Buyer { email: "eve@example.org".to_owned(), ..ana() }).await.unwrap();
    assert_eq!(order("4", Some(first.number.get()), ana()).await.unwrap().order.number, order_number(1_003));
    let asked = order("5", Some(first.number.get()), ana()).await.unwrap_err();
    assert!(
        matches!(asked, OrderError::OrderedBefore { number } if number == order_number(1_003)),
        "{asked:?}"
    );
    test.environment.wait(Duration::minutes(31));
    order("6", None, ana()).await.unwrap();
}

#[tokio::test]
async fn products_and_revisions_that_are_not_there_cannot_be_ordered() {
    let test = TestShop::with_lamp().await;
    let outcome = test.lamp().of_revision(2).place().await;
    assert!(matches!(outcome, Err(OrderError::Shop(ShopError::UnknownRevision { .. }))), "{outcome:?}");
}

#[tokio::test]
async fn fifty_shoppers_at_once_have_fifty_orders() {
    let test = TestShop::with_lamp().await;
    let mut orders = tokio::task::JoinSet::new();
    let shop = Arc::new(test.shop);
    for index in 0..50 {
        let shop = Arc::clone(&shop);
        orders.spawn(async move {
            let request = shop::OrderRequest {
                slug: slug("lamp"),
                revision: number(1),
                choices: vec![("name".to_owned(), index.to_string())],
                start: Start::Standard,
                quantity: Quantity::ONE,
                buyer: ana(),
                request_id: Some(index.to_string()),
            };
            shop.place_order(request).await.unwrap().order.number.get()
        });
    }
    let mut numbers = orders.join_all().await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
}

#[tokio::test]
async fn an_order_keeps_how_many_it_is_of_and_what_was_promised() {
    let mut test = TestShop::with_lamp().await;
    let edit = |source: &mut Source| {
        source.tiers = vec![TierSource { from: 3, discount: "10 %".to_owned() }];
        let (when, reason) = (Some("filled(name)".to_owned()), "engraved for you".to_owned());
        source.no_returns = vec![NoReturnSource { when, reason }];
    };
    let version = test.edit_lamp(edit).await;
    test.shop.publish(&slug("lamp"), version, "", "mia", shop::Agreed::Unasked).await.unwrap();
    let file = "name = \"Lamps\"\nvat = \"19 %\"\nholidays = [\"2027-01-18\"]\nreturn_days = 30";
    test.shop = test.shop.with_profile(shop::check_shop_file(file).unwrap());

    let lamps = test.lamp().of_revision(2).pieces(3).with_request_id("key");
    let order = lamps.clone().placed().await;
    assert_eq!((order.quantity, order.vat, order.return_days), (3, Some(1_900), Some(30)));
    // Three lamps of €51 with a tenth off; a Friday, five working days, three to the door, one of them a holiday.
    assert_eq!((order.total, order.weight), (3 * 5_100 - 1_530, 6_000));
    assert_eq!(order.lines.iter().map(|line| line.amount).sum::<i64>(), order.total);
    assert_eq!(order.arrival, Some(date!(2027 - 01 - 28)));
    assert_eq!(test.shop.order_by_number(order.number).await.unwrap(), Some(order.clone()));
    // The same request for another number of pieces is another one.
    assert_eq!(lamps.clone().placed().await, order);
    assert!(matches!(lamps.pieces(4).place().await, Err(OrderError::KeyUsed { .. })));

    let engraved = test.lamp().of_revision(2).choosing("name", "Ana").placed().await;
    assert_eq!((engraved.quantity, engraved.return_days), (1, Some(0)));
    // Its lines are told in the reader's language, those of several pieces, too.
    let (told, _) = test.shop.order_in(order.clone(), words::Language::GERMAN).await;
    assert_eq!(told.lines[told.lines.len() - 1].label, "10\u{a0}% Rabatt ab 3 Stück");
    assert_eq!(told.total, order.total);
}

#[tokio::test]
async fn what_was_seen_are_the_pieces_and_the_promised_day_too() {
    let test = TestShop::with_lamp().await;
    let opened = test
        .shop
        .open_design(&slug("lamp"), &DesignAddress::default(), &Consent::default(), words::Language::ENGLISH)
        .await
        .unwrap();
    let (two, day) = (Quantity::new(2).unwrap(), date!(2027 - 01 - 28));
    let seen = opened.fingerprint(Quantity::ONE, day);
    assert_eq!(seen, opened.fingerprint(Quantity::ONE, day));
    assert_ne!(seen, opened.fingerprint(two, day));
    assert_ne!(seen, opened.fingerprint(Quantity::ONE, date!(2027 - 01 - 29)));
}
