//! Orders of several designs with one form.

use std::sync::Arc;

use shop::customers::Retention;
use shop::mail::{MailKind, NewOrderMail};
use shop::orders::{Changing, DeskQuery, NewChange, NewOrder, NewStateMail, Placing, RequestKey, What};
use shop::{Order, OrderContent, OrderState, Standing, Store};
use testing::{number, order_number, slug};

use super::builders::{at, fifty_times, move_order, new_order, order, place, product, request};
use super::products::standing;

/// An order of a lamp or a chair for each of these products, of one basket with a request of its own.
fn basket(id: &str, products: &[&str]) -> Vec<NewOrder> {
    let of = |(line, address): (usize, &&str)| {
        let token = format!("{id} {line}");
        let content =
            OrderContent { slug: slug(address), picture: format!("<svg id=\"{token}\"/>"), ..order() };
        NewOrder {
            content,
            request: Some(request(&token)),
            basket: Some(format!("basket {id}")),
            ..new_order(&token)
        }
    };
    products.iter().enumerate().map(of).collect()
}

/// The same request once more, with tokens and a basket of its own.
fn again(orders: &[NewOrder]) -> Vec<NewOrder> {
    let again = |order: &NewOrder| NewOrder {
        token_hash: format!("{} again", order.token_hash),
        basket: Some("basket again".to_owned()),
        ..order.clone()
    };
    orders.iter().map(again).collect()
}

async fn two_products(store: &dyn Store) {
    for address in ["lamp", "chair"] {
        store.add_product(&product(address)).await.unwrap();
    }
}

/// Places a basket of which all is written.
async fn placed(store: &dyn Store, orders: Vec<NewOrder>) -> Vec<Order> {
    let placings = store.place_orders(orders).await.unwrap();
    let order = |placing| match placing {
        Placing::Placed(order) => order,
        refused => panic!("{refused:?}"),
    };
    placings.into_iter().map(order).collect()
}

fn numbers(orders: &[Order]) -> Vec<i64> {
    orders.iter().map(|order| order.number.get()).collect()
}

async fn kept(store: &dyn Store) -> Vec<i64> {
    numbers(&store.orders(None, 1_000).await.unwrap())
}

pub async fn a_basket_is_written_whole_under_numbers_that_follow_each_other(store: Arc<dyn Store>) {
    two_products(&*store).await;
    assert_eq!(store.place_orders(Vec::new()).await.unwrap(), []);
    place(&*store, new_order("alone")).await;
    let orders = placed(&*store, basket("a", &["lamp", "chair", "lamp"])).await;
    assert_eq!(numbers(&orders), [1_002, 1_003, 1_004]);
    assert_eq!(orders.iter().map(|order| order.slug.as_str()).collect::<Vec<_>>(), ["lamp", "chair", "lamp"]);
    for (line, order) in orders.iter().enumerate() {
        assert_eq!(order.basket.as_deref(), Some("basket a"));
        assert_eq!(store.order_by_token(&format!("a {line}")).await.unwrap().as_ref(), Some(order));
    }
    assert_eq!(store.orders_of_basket("basket a").await.unwrap(), orders);
    assert_eq!(store.orders_of_basket("basket b").await.unwrap(), []);
    // More than a group has room for.
    let many = placed(&*store, basket("many", &["chair"; 70])).await;
    assert_eq!(numbers(&many), (1_005..1_075).collect::<Vec<_>>());
}

pub async fn a_basket_writes_one_mail_and_each_order_has_its_language(store: Arc<dyn Store>) {
    two_products(&*store).await;
    let mut orders = basket("a", &["lamp", "chair"]);
    for order in &mut orders {
        order.language = "de".to_owned();
    }
    orders[0].mail = Some(NewOrderMail { token: "secret".to_owned() });
    placed(&*store, orders).await;
    let mail = store.take_mail(at(6), at(900)).await.unwrap().unwrap();
    assert_eq!(
        (mail.kind, mail.number, mail.language.as_str()),
        (MailKind::Order, Some(order_number(1_001)), "de")
    );
    assert_eq!(store.take_mail(at(6), at(900)).await.unwrap(), None, "one tells of both");
    // What is told later of the second one is in its language, too.
    let what = What::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
    let mail = NewStateMail { token: "t".to_owned(), token_hash: "hash".to_owned(), due_at: at(8) };
    let (number, by) = (order_number(1_002), "mia".to_owned());
    let change = NewChange { number, what, at: at(7), by, mail: Some(mail) };
    assert_eq!(store.change_orders(&[change]).await.unwrap(), [Changing::Done]);
    let mail = store.take_mail(at(9), at(900)).await.unwrap().unwrap();
    assert_eq!((mail.number, mail.language.as_str()), (Some(number), "de"));
}

pub async fn nothing_is_written_of_a_basket_with_a_withdrawn_design(store: Arc<dyn Store>) {
    two_products(&*store).await;
    let archived = standing("chair", Standing::Listed, Standing::Archived);
    assert!(store.change_standing(&archived).await.unwrap());
    let mut orders = basket("a", &["lamp", "chair", "lamp"]);
    orders[0].mail = Some(NewOrderMail { token: "secret".to_owned() });
    let placings = store.place_orders(orders.clone()).await.unwrap();
    assert_eq!(placings, [Placing::HeldBack, Placing::Withdrawn, Placing::HeldBack]);
    assert_eq!(kept(&*store).await, [0_i64; 0]);
    assert_eq!(store.order_by_token("a 0").await.unwrap(), None);
    assert_eq!(store.take_mail(at(900), at(901)).await.unwrap(), None);
    assert_eq!(store.placed_before(&request("a 0"), "x").await.unwrap(), None);
    // Its keys are free: without the chair it is ordered.
    orders.remove(1);
    assert_eq!(numbers(&placed(&*store, orders).await), [1_001, 1_002]);
}

pub async fn the_same_basket_again_has_the_same_orders(store: Arc<dyn Store>) {
    two_products(&*store).await;
    let orders = basket("a", &["lamp", "chair"]);
    let first = placed(&*store, orders.clone()).await;
    let before: Vec<_> = first.iter().cloned().map(Placing::PlacedBefore).collect();
    assert_eq!(store.place_orders(again(&orders)).await.unwrap(), before);
    assert_eq!(kept(&*store).await, [1_002, 1_001]);
    for (token, number) in [("a 0", 1_001), ("a 0 again", 1_001), ("a 1 again", 1_002)] {
        let opened = store.order_by_token(token).await.unwrap().unwrap();
        assert_eq!(opened.number, order_number(number), "{token}");
    }
    assert_eq!(store.orders_of_basket("basket again").await.unwrap(), []);
}

pub async fn a_key_of_another_basket_holds_the_whole_back(store: Arc<dyn Store>) {
    two_products(&*store).await;
    let orders = basket("a", &["lamp", "chair"]);
    placed(&*store, orders.clone()).await;
    let mut other = again(&orders);
    other.push(NewOrder { request: Some(request("new")), ..new_order("new") });
    for order in &mut other {
        let request = order.request.take().unwrap();
        order.request = Some(RequestKey { body: "something else".to_owned(), ..request });
    }
    let used = |number| Placing::KeyUsed(order_number(number));
    let placings = store.place_orders(other).await.unwrap();
    assert_eq!(placings, [used(1_001), used(1_002), Placing::HeldBack]);
    assert_eq!(kept(&*store).await, [1_002, 1_001]);
    assert_eq!(store.order_by_token("a 0 again").await.unwrap(), None);
}

pub async fn one_basket_fifty_times_at_once_is_written_once(store: Arc<dyn Store>) {
    two_products(&*store).await;
    let place = |store: Arc<dyn Store>, index: usize| async move {
        let mut orders = basket("a", &["lamp", "chair"]);
        for (line, order) in orders.iter_mut().enumerate() {
            order.token_hash = format!("{index} {line}");
            order.basket = Some(format!("basket {index}"));
        }
        store.place_orders(orders).await.unwrap()
    };
    let outcomes = fifty_times(&store, place).await;
    let new = |placings: &[Placing]| matches!(placings, [Placing::Placed(_), Placing::Placed(_)]);
    let before =
        |placings: &[Placing]| matches!(placings, [Placing::PlacedBefore(_), Placing::PlacedBefore(_)]);
    let count = |is: &dyn Fn(&[Placing]) -> bool| outcomes.iter().filter(|placings| is(placings)).count();
    assert_eq!((count(&new), count(&before)), (1, 49));
    assert_eq!(kept(&*store).await, [1_002, 1_001]);
}

pub async fn a_basket_that_can_not_be_written_harms_no_other(store: Arc<dyn Store>) {
    two_products(&*store).await;
    let try_to_place = |store: Arc<dyn Store>, index: usize| async move {
        let mut orders = basket(&index.to_string(), &["lamp", "chair", "lamp"]);
        if index.is_multiple_of(5) {
            orders[1].content.revision = number(2);
        }
        store.place_orders(orders).await
    };
    for (index, outcome) in fifty_times(&store, try_to_place).await.into_iter().enumerate() {
        let written = store.orders_of_basket(&format!("basket {index}")).await.unwrap();
        if index.is_multiple_of(5) {
            assert!(outcome.is_err() && written.is_empty(), "{outcome:?}");
        } else {
            let first = written[0].number.get();
            assert_eq!(numbers(&written), [first, first + 1, first + 2]);
            let placed: Vec<_> = written.into_iter().map(Placing::Placed).collect();
            assert_eq!(outcome.unwrap(), placed);
        }
    }
    assert_eq!(kept(&*store).await, (1_001..=1_120).rev().collect::<Vec<_>>(), "without gaps");
}

pub async fn what_was_ordered_together_is_told_until_it_is_about_nobody(store: Arc<dyn Store>) {
    two_products(&*store).await;
    placed(&*store, basket("a", &["lamp", "chair", "lamp"])).await;
    place(&*store, new_order("alone")).await;
    let told = async || {
        let query = DeskQuery { limit: 10, ..DeskQuery::default() };
        let orders = store.desk_orders(&query).await.unwrap();
        let of = store.orders_of("ana@example.org", 10).await.unwrap();
        for order in of {
            let listed = orders.iter().find(|listed| listed.number == order.number).unwrap();
            assert_eq!(order.ordered_together, listed.ordered_together);
        }
        let numbers = orders.into_iter().map(|order| order.ordered_together);
        numbers.map(|all| all.into_iter().map(i64::from).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let all = vec![1_001, 1_002, 1_003];
    assert_eq!(told().await, [vec![], all.clone(), all.clone(), all]);
    // Of two that are forgotten nothing ties the third to them.
    for number in [1_001, 1_003] {
        move_order(&*store, number, &[OrderState::Cancelled]).await;
        let retention = Retention { now: at(30), orders_before: at(100), customers_before: at(0) };
        assert_eq!(store.retain(retention).await.unwrap(), 1);
        let orders = store.orders_of_basket("basket a").await.unwrap();
        assert!(orders.iter().all(|order| order.number != order_number(number)));
    }
    assert_eq!(told().await, vec![Vec::<i64>::new(); 4]);
}
