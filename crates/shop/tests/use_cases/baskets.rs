//! Several designs ordered with one form.

use configurator::Quantity;
use shop::mail::About;
use shop::{
    BasketError, BasketLine, BasketOrder, Buyer, Consent, DesignAddress, OrderError, OrderNumber, Receipt,
    ShopError,
};
use testing::{TestShop, ana, number, order_number, slug};
use time::Duration;

use crate::mail::FakePost;

/// So many pieces of a lamp of the first revision with this shade.
async fn line(test: &TestShop, shade: &str, pieces: u32) -> BasketLine {
    let address = DesignAddress {
        revision: Some(number(1)),
        choices: vec![("shade".to_owned(), shade.to_owned())],
        ..DesignAddress::default()
    };
    let (lamp, english) = (slug("lamp"), words::Language::ENGLISH);
    let opened = test.shop.open_design(&lamp, &address, &Consent::default(), english).await.unwrap();
    BasketLine { opened, quantity: Quantity::new(pieces).unwrap(), consent: Consent::default() }
}

/// A lamp with a brass shade and two with a linen one.
async fn two(test: &TestShop, id: &str) -> BasketOrder {
    let lines = vec![line(test, "brass", 1).await, line(test, "linen", 2).await];
    BasketOrder { lines, buyer: ana(), request_id: id.to_owned(), another: false, counted: false }
}

async fn place(test: &TestShop, basket: &BasketOrder) -> Result<Vec<Receipt>, BasketError> {
    test.shop.place_basket(basket.clone(), test.shop.take_order().unwrap()).await
}

fn numbers(receipts: &[Receipt]) -> Vec<OrderNumber> {
    receipts.iter().map(|receipt| receipt.order.number).collect()
}

async fn kept(test: &TestShop) -> usize {
    test.shop.orders(None, 100).await.unwrap().len()
}

#[tokio::test]
async fn each_design_of_a_basket_is_an_order_and_they_know_each_other() {
    let test = TestShop::with_lamp().await;
    let alone = test.lamp().choosing("shade", "brass").by(Buyer { email: "eve@example.org".into(), ..ana() });
    let alone = alone.placed().await;
    let receipts = place(&test, &two(&test, "1").await).await.unwrap();
    assert_eq!(numbers(&receipts), [order_number(1_002), order_number(1_003)]);
    let shades = receipts.iter().map(|receipt| &receipt.order.design[1].words).collect::<Vec<_>>();
    assert_eq!(shades, ["Brass", "Linen"]);
    assert_eq!(receipts.iter().map(|receipt| receipt.order.quantity).collect::<Vec<_>>(), [1, 2]);
    let orders: Vec<_> = receipts.iter().map(|receipt| receipt.order.clone()).collect();
    for receipt in &receipts {
        assert!(receipt.is_new);
        assert_eq!(test.shop.order(&receipt.token).await.unwrap().as_ref(), Some(&receipt.order));
        assert_eq!(test.shop.ordered_together(&receipt.order).await.unwrap(), orders);
    }
    assert_eq!(test.shop.ordered_together(&alone).await.unwrap(), []);
    let one = BasketOrder { lines: vec![line(&test, "linen", 7).await], ..two(&test, "2").await };
    let one = place(&test, &BasketOrder { another: true, ..one }).await.unwrap();
    assert_eq!(test.shop.ordered_together(&one[0].order).await.unwrap(), []);
}

#[tokio::test]
async fn one_mail_tells_of_a_basket() {
    let test = TestShop::with_lamp().await;
    let receipts = place(&test, &two(&test, "1").await).await.unwrap();
    let post = FakePost::default();
    test.shop.deliver_mails(&post).await.unwrap();
    let letters = post.letters.lock().unwrap().clone();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    let About::Order { order, others, token } = &letter.about else { panic!("{letter:?}") };
    assert_eq!((order.number, token), (receipts[0].order.number, &receipts[0].token));
    assert_eq!(others.iter().map(|other| other.number).collect::<Vec<_>>(), [receipts[1].order.number]);
}

#[tokio::test]
async fn the_same_basket_twice_is_ordered_once() {
    let test = TestShop::with_lamp().await;
    let basket = two(&test, "1").await;
    assert!(test.shop.basket_placed(&basket).await.unwrap().is_none());
    let first = place(&test, &basket).await.unwrap();
    for again in
        [place(&test, &basket).await.unwrap(), test.shop.basket_placed(&basket).await.unwrap().unwrap()]
    {
        assert_eq!(numbers(&again), numbers(&first));
        assert!(again.iter().all(|receipt| !receipt.is_new));
        assert_eq!(test.shop.order(&again[1].token).await.unwrap().as_ref(), Some(&first[1].order));
    }

    // Whatever differs is another basket.
    let lines = &basket.lines;
    let pieces = BasketLine { quantity: Quantity::new(3).unwrap(), ..lines[1].clone() };
    for other in [
        BasketOrder { lines: vec![lines[0].clone(), pieces], ..basket.clone() },
        BasketOrder { lines: lines[..1].to_vec(), ..basket.clone() },
        BasketOrder { lines: vec![lines[1].clone(), lines[0].clone()], ..basket.clone() },
        BasketOrder { buyer: Buyer { note: "By Friday".into(), ..ana() }, ..basket.clone() },
    ] {
        let other = BasketOrder { another: true, ..other };
        let refused = place(&test, &other).await.unwrap_err();
        let BasketError::Whole(OrderError::KeyUsed { number }) = refused else { panic!("{refused:?}") };
        assert_eq!(number, first[0].order.number);
        assert!(test.shop.basket_placed(&other).await.is_err());
    }
    assert_eq!(kept(&test).await, 2);
}

#[tokio::test]
async fn the_same_designs_a_moment_later_are_asked_about() {
    let test = TestShop::with_lamp().await;
    let first = place(&test, &two(&test, "1").await).await.unwrap();
    let mut basket = two(&test, "2").await;
    basket.lines[0] = line(&test, "brass", 1).await;
    basket.lines.insert(0, line(&test, "linen", 1).await);
    let asked = place(&test, &basket).await.unwrap_err();
    let BasketError::Line { line: 0, error: OrderError::OrderedBefore { number } } = asked else {
        panic!("{asked:?}")
    };
    assert_eq!(number, first[1].order.number);
    assert_eq!(kept(&test).await, 2);
    basket.another = true;
    assert_eq!(place(&test, &basket).await.unwrap().len(), 3);
    // A basket may have the same design twice.
    test.environment.wait(Duration::minutes(31));
    let twice = vec![line(&test, "linen", 1).await, line(&test, "linen", 1).await];
    let twice = BasketOrder { lines: twice, ..two(&test, "3").await };
    assert_eq!(place(&test, &twice).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_withdrawn_meanwhile_is_named_and_nothing_is_ordered() {
    let test = TestShop::with_lamp().await;
    test.change_lamp(|lamp| lamp.base_price = 6_900).await;
    let mut basket = two(&test, "1").await;
    let address = DesignAddress { revision: Some(number(2)), ..DesignAddress::default() };
    let (lamp, english) = (slug("lamp"), words::Language::ENGLISH);
    basket.lines[0].opened =
        test.shop.open_design(&lamp, &address, &Consent::default(), english).await.unwrap();
    test.shop.withdraw(&lamp, number(1), "The price was wrong.", "mia").await.unwrap();
    let refused = place(&test, &basket).await.unwrap_err();
    let BasketError::Line { line: 1, error: OrderError::Shop(ShopError::OfferEnded { .. }) } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(kept(&test).await, 0);
    // Without it the same form is ordered.
    basket.lines.truncate(1);
    assert_eq!(place(&test, &basket).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_design_that_can_not_be_built_is_named_and_nothing_is_ordered() {
    let test = TestShop::with_lamp().await;
    let mut basket = two(&test, "1").await;
    let opened = &mut basket.lines[1].opened;
    let long = opened.product.read_choices([("shade", "brass"), ("arm", "long")]).unwrap();
    let (arm, shade) = (opened.product.by_code("arm").unwrap(), opened.product.by_code("shade").unwrap());
    let value = |id| long.get(id).unwrap().clone();
    opened.design = opened.design.clone().with(arm, value(arm)).with(shade, value(shade));
    let refused = place(&test, &basket).await.unwrap_err();
    assert!(refused.to_string().starts_with("design 2 of the basket: "), "{refused}");
    let BasketError::Line { line: 1, error: OrderError::Invalid(reasons) } = refused else {
        panic!("{refused:?}")
    };
    assert!(!reasons.is_empty());
    assert_eq!(kept(&test).await, 0);
}

#[tokio::test]
async fn the_buyer_is_checked_once_for_the_whole() {
    let test = TestShop::with_lamp().await;
    let buyer = Buyer { email: "ana".to_owned(), ..ana() };
    let basket = BasketOrder { buyer, ..two(&test, "1").await };
    let refused = place(&test, &basket).await.unwrap_err();
    let BasketError::Whole(OrderError::Buyer(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields.len(), 1);
    assert_eq!(kept(&test).await, 0);
    assert!(test.shop.basket_placed(&basket).await.unwrap().is_none());
}
