//! The orders desk: what becomes of orders, and how they are found.

use shop::orders::{Change, DeskQuery, Filter, Sort, View, What};
use shop::{Buyer, DeskError, OrderState, ShopError};
use testing::{TestShop, ana, order_number};
use time::Duration;

use OrderState::{Cancelled, Confirmed, Delivered, InProduction, Placed, Returned, Shipped};

fn moved(seen: OrderState, to: OrderState, reason: &str) -> Change {
    Change::Move { seen, to, reason: reason.to_owned() }
}

#[tokio::test]
async fn an_order_goes_its_way_with_time_person_and_reason() {
    let test = TestShop::with_lamp().await;
    let number = test.lamp().placed().await.number;
    let (shop, start) = (&test.shop, test.lamp().placed().await.placed_at);
    for (seen, to, reason, by) in [
        (Placed, Confirmed, "", "mia"),
        (Confirmed, InProduction, "", "bo"),
        (InProduction, Shipped, " Parcel 7 ", "bo"),
        (Shipped, Returned, "The shade was broken", "mia"),
    ] {
        test.environment.wait(Duration::hours(1));
        shop.change_order(number, moved(seen, to, reason), by).await.unwrap();
    }
    let progress = shop.order_by_number(number).await.unwrap().unwrap().progress;
    assert_eq!((progress.state, progress.since), (Returned, Some(start + Duration::hours(4))));
    let events = shop.order_events(number).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|event| match &event.what {
            What::Move { to, reason, .. } => (to.code(), reason.as_str(), event.by.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        ("returned", "The shade was broken", "mia"),
        ("shipped", "Parcel 7", "bo"),
        ("in_production", "", "bo"),
        ("confirmed", "", "mia"),
    ];
    assert_eq!(told, expected);
    assert_eq!(events[3].at, start + Duration::hours(1));
}

#[tokio::test]
async fn any_other_change_is_refused_and_says_which_are_possible() {
    let test = TestShop::with_lamp().await;
    let number = test.lamp().placed().await.number;
    for (seen, to, told) in [
        (
            Placed,
            Shipped,
            "order 1001 is placed and can't become shipped; it may become confirmed or cancelled",
        ),
        (Placed, Placed, "it may become confirmed or cancelled"),
        (Delivered, Cancelled, "order 1001 is delivered and can't become cancelled; it may become returned"),
        (Cancelled, Confirmed, "can't become confirmed; it stays so"),
    ] {
        let error = test.shop.change_order(number, moved(seen, to, "why"), "mia").await.unwrap_err();
        assert!(
            matches!(error, DeskError::NotPossible { .. }) && error.to_string().contains(told),
            "{error}"
        );
    }
    for to in [Cancelled, Returned] {
        let seen = if to == Cancelled { Placed } else { Shipped };
        let error = test.shop.change_order(number, moved(seen, to, " "), "mia").await.unwrap_err();
        assert!(matches!(error, DeskError::NoReason { .. }), "{error}");
    }
    let long = "x".repeat(301);
    let error = test.shop.change_order(number, moved(Placed, Cancelled, &long), "mia").await.unwrap_err();
    assert!(matches!(error, DeskError::Shop(ShopError::LongText { most: 300, length: 301 })), "{error}");
    let error =
        test.shop.change_order(order_number(7), moved(Placed, Confirmed, ""), "mia").await.unwrap_err();
    assert!(matches!(error, DeskError::UnknownOrder { .. }), "{error}");
    let error = test.shop.change_order(number, Change::Note(" \n ".to_owned()), "mia").await.unwrap_err();
    assert!(matches!(error, DeskError::EmptyNote { .. }), "{error}");
    assert_eq!(test.shop.order_events(number).await.unwrap(), []);
}

#[tokio::test]
async fn who_was_second_is_told_what_the_first_did() {
    let test = TestShop::with_lamp().await;
    let number = test.lamp().placed().await.number;
    test.shop.change_order(number, moved(Placed, Cancelled, "A double"), "mia").await.unwrap();
    let error = test.shop.change_order(number, moved(Placed, Confirmed, ""), "bo").await.unwrap_err();
    let told = "somebody else changed order 1001 meanwhile: it was placed and is cancelled; it stays so";
    assert_eq!(error.to_string(), told);
}

#[tokio::test]
async fn of_several_orders_each_is_changed_or_told_why_not() {
    let test = TestShop::with_lamp().await;
    for _ in 0..3 {
        test.lamp().placed().await;
    }
    test.shop.change_order(order_number(1_002), moved(Placed, Confirmed, ""), "mia").await.unwrap();
    let wanted = [(1_001, Placed), (1_002, Placed), (1_003, Shipped), (1_009, Placed)];
    let wanted = wanted.map(|(number, seen)| (order_number(number), moved(seen, Confirmed, ""))).to_vec();
    let outcomes = test.shop.change_orders(wanted, "bo").await.unwrap();
    let told: Vec<_> = outcomes.iter().map(|(number, outcome)| (number.get(), outcome.is_ok())).collect();
    assert_eq!(told, [(1_001, true), (1_002, false), (1_003, false), (1_009, false)]);
    assert!(matches!(outcomes[1].1, Err(DeskError::ChangedMeanwhile { now: Confirmed, .. })), "{outcomes:?}");
    assert!(matches!(outcomes[2].1, Err(DeskError::NotPossible { .. })), "{outcomes:?}");
    assert!(matches!(outcomes[3].1, Err(DeskError::UnknownOrder { .. })), "{outcomes:?}");
}

#[tokio::test]
async fn orders_are_found_by_name_address_product_and_number() {
    let test = TestShop::with_lamp().await;
    for (name, email) in [("Émilie Groß-Weber", "em@atelier.example"), ("Bo Larsen", "bo@example.org")] {
        let buyer = Buyer { name: name.to_owned(), email: email.to_owned(), ..ana() };
        test.lamp().by(buyer).placed().await;
    }
    let found = async |text: &str| {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        let page =
            test.shop.desk_orders(DeskQuery { filter, limit: 9, ..DeskQuery::default() }).await.unwrap();
        page.orders.iter().map(|order| order.number.get()).collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("emil", vec![1_001]),
        ("WEBER groß", vec![1_001]),
        ("weber lamp", vec![1_001]),
        ("bo@example.org", vec![1_002]),
        ("atelier.ex", vec![1_001]),
        ("1002", vec![1_002]),
        ("100", vec![]),
        ("weber larsen", vec![]),
        ("desk", vec![1_002, 1_001]),
        (" ", vec![1_002, 1_001]),
    ] {
        assert_eq!(found(text).await, expected, "{text}");
    }
    let buyer = Buyer { name: "Zoë Later".to_owned(), ..ana() };
    test.lamp().by(buyer).placed().await;
    assert_eq!(found("later").await, [1_003], "what came after the first search is found, too");
}

#[tokio::test]
async fn the_list_is_walked_both_ways_page_by_page() {
    let test = TestShop::with_lamp().await;
    for _ in 0..7 {
        test.lamp().placed().await;
    }
    for sort in [Sort::Newest, Sort::Oldest, Sort::Due] {
        let page = async |from| {
            test.shop.desk_orders(DeskQuery { sort, from, limit: 3, ..DeskQuery::default() }).await.unwrap()
        };
        let numbers = |page: &shop::orders::DeskPage| {
            page.orders.iter().map(|order| order.number.get()).collect::<Vec<_>>()
        };
        let mut expected: Vec<i64> = (1_001..=1_007).collect();
        if sort == Sort::Newest {
            expected.reverse();
        }
        let first = page(None).await;
        let second = page(first.after).await;
        let third = page(second.after).await;
        let pages = [numbers(&first), numbers(&second), numbers(&third)];
        assert_eq!(pages.concat(), expected);
        assert_eq!((first.before, third.after), (None, None));
        let back = page(third.before).await;
        assert_eq!(numbers(&back), pages[1]);
        let first_again = page(back.before).await;
        assert_eq!((numbers(&first_again), first_again.before), (pages[0].clone(), None));
    }
}

#[tokio::test]
async fn views_have_names_and_are_not_too_many() {
    let test = TestShop::with_lamp().await;
    let token = test.shop.invite("mia@example.org").await.unwrap();
    assert!(!token.is_empty());
    let keep = async |name: &str| {
        let view = View { name: name.to_owned(), filter: "state=open".to_owned() };
        test.shop.keep_desk_view("mia@example.org", view).await
    };
    assert!(matches!(keep("  ").await, Err(DeskError::NoViewName)));
    assert!(matches!(keep(&"x".repeat(61)).await, Err(DeskError::Shop(ShopError::LongText { .. }))));
    for index in 0..20 {
        keep(&format!(" View {index:02} ")).await.unwrap();
    }
    assert!(matches!(keep("One more").await, Err(DeskError::TooManyViews { most: 20 })));
    keep("View 07").await.unwrap();
    let views = test.shop.desk_views("mia@example.org").await.unwrap();
    assert_eq!((views.len(), views[7].name.as_str()), (20, "View 07"));
    test.shop.remove_desk_view("mia@example.org", "View 07").await.unwrap();
    keep("One more").await.unwrap();
}
