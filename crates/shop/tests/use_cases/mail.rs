//! Mails: what is delivered, what is tried again, and what is forgotten.

use std::sync::Mutex;

use async_trait::async_trait;
use shop::access::Role;
use shop::mail::{About, Delivered, Delivery, Letter, Post};
use shop::orders::Change;
use shop::{OrderState, check_shop_file};
use testing::TestShop;
use time::Duration;

/// Keeps letters, after so many failures.
#[derive(Default)]
pub struct FakePost {
    pub failures: Mutex<u32>,
    pub letters: Mutex<Vec<Letter>>,
    pub forgotten: Mutex<Vec<String>>,
}

#[async_trait]
impl Post for FakePost {
    async fn deliver(&self, letter: &Letter) -> Delivery {
        let mut failures = self.failures.lock().unwrap();
        if *failures > 0 {
            *failures -= 1;
            return Delivery::Later("it rains".to_owned());
        }
        self.letters.lock().unwrap().push(letter.clone());
        Delivery::Sent
    }

    async fn forget(&self, keys: &[String]) -> Result<(), String> {
        self.forgotten.lock().unwrap().extend_from_slice(keys);
        Ok(())
    }
}

#[tokio::test]
async fn a_buyer_is_told_of_their_order_once() {
    let test = TestShop::with_lamp().await;
    let receipt = test.lamp().choosing("shade", "brass").with_request_id("one").receipt().await;
    test.lamp().choosing("shade", "brass").with_request_id("one").receipt().await;
    let post = FakePost::default();
    let delivered = test.shop.deliver_mails(&post).await.unwrap();
    assert_eq!(delivered, Delivered { sent: 1, ..Delivered::default() });
    assert_eq!(test.shop.deliver_mails(&post).await.unwrap(), Delivered::default());
    let letters = post.letters.lock().unwrap().clone();
    let [letter] = letters.as_slice() else { unreachable!() };
    assert_eq!((letter.to.as_str(), letter.key.as_str()), ("ana@example.org", "order-1001"));
    assert_eq!(letter.language.tag(), "en");
    let About::Order { order, others, token } = &letter.about else { unreachable!() };
    assert!(others.is_empty());
    assert_eq!((order.number, token), (receipt.order.number, &receipt.token));
}

#[tokio::test]
async fn whoever_is_invited_by_somebody_gets_the_link_that_holds() {
    let test = TestShop::with_lamp().await;
    test.shop.invite("ben@example.org").await.unwrap();
    let former = test.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    let token = test.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    let post = FakePost::default();
    let delivered = test.shop.deliver_mails(&post).await.unwrap();
    assert_eq!(delivered, Delivered { sent: 1, given_up: 1, ..Delivered::default() });
    let letters = post.letters.lock().unwrap().clone();
    let [letter] = letters.as_slice() else { unreachable!() };
    assert_eq!(
        (letter.to.as_str(), &letter.about),
        ("ben@example.org", &About::Invite { token, role: Role::Viewer })
    );
    assert_eq!(test.shop.invited(&former).await.unwrap(), None);
}

#[tokio::test]
async fn what_does_not_go_is_tried_again_and_given_up_in_the_end() {
    let test = TestShop::with_lamp().await;
    test.lamp().placed().await;
    let post = FakePost { failures: Mutex::new(1), ..FakePost::default() };
    let deliver = || test.shop.deliver_mails(&post);
    let put_off = Delivered { put_off: 1, ..Delivered::default() };
    assert_eq!(deliver().await.unwrap(), put_off);
    test.environment.wait(Duration::seconds(59));
    assert_eq!(deliver().await.unwrap(), Delivered::default());
    test.environment.wait(Duration::seconds(1));
    assert_eq!(deliver().await.unwrap(), Delivered { sent: 1, ..Delivered::default() });

    test.lamp().choosing("shade", "brass").placed().await;
    *post.failures.lock().unwrap() = u32::MAX;
    let mut tries = 0;
    while deliver().await.unwrap() == put_off {
        tries += 1;
        test.environment.wait(Duration::hours(7));
    }
    assert_eq!(tries, 15);
    test.environment.wait(Duration::hours(999));
    assert_eq!(deliver().await.unwrap(), Delivered::default());
}

#[tokio::test]
async fn mails_are_forgotten_also_where_they_were_delivered_to() {
    let test = TestShop::with_lamp().await;
    test.lamp().placed().await;
    let post = FakePost::default();
    test.shop.deliver_mails(&post).await.unwrap();
    test.environment.wait(Duration::days(90));
    assert_eq!(test.shop.forget_mails(&post).await.unwrap(), 0);
    test.environment.wait(Duration::days(1));
    assert_eq!(test.shop.forget_mails(&post).await.unwrap(), 1);
    assert_eq!(*post.forgotten.lock().unwrap(), ["order-1001"]);
    assert_eq!(test.shop.forget_mails(&post).await.unwrap(), 0);
}

#[tokio::test]
async fn a_link_to_sign_in_is_not_mailed_once_it_is_over() {
    let test = TestShop::empty().await;
    let client = shop::Client::new("a");
    test.shop.ask_to_sign_in("ana@example.org", "en", &client).await.unwrap();
    let post = FakePost { failures: Mutex::new(1), ..FakePost::default() };
    assert_eq!(test.shop.deliver_mails(&post).await.unwrap().put_off, 1);
    test.environment.wait(Duration::minutes(15));
    assert_eq!(test.shop.deliver_mails(&post).await.unwrap().given_up, 1);
    assert_eq!(*post.letters.lock().unwrap(), []);
}

/// What the letters say of orders' states.
fn told(post: &FakePost) -> Vec<(i64, OrderState)> {
    let letters = post.letters.lock().unwrap();
    let state = |letter: &Letter| match &letter.about {
        About::OrderState { order, state, .. } => Some((order.number.get(), *state)),
        _ => None,
    };
    letters.iter().filter_map(state).collect()
}

#[tokio::test]
async fn a_buyer_is_told_how_far_their_order_is_once_no_step_can_be_undone_any_more() {
    use OrderState::{Confirmed, InProduction, Placed, Shipped};
    let test = TestShop::with_lamp().await;
    let number = test.lamp().placed().await.number;
    let post = FakePost::default();
    let go = async |change: Change| test.shop.change_order(number, change, "mia").await.unwrap();
    let to = |seen, to| Change::Move { seen, to, reason: String::new() };
    go(to(Placed, Confirmed)).await;
    go(Change::Back { seen: Confirmed, to: Placed }).await;
    test.environment.wait(Duration::seconds(1));
    go(to(Placed, Confirmed)).await;
    go(to(Confirmed, InProduction)).await;
    test.environment.wait(Duration::minutes(9));
    test.shop.deliver_mails(&post).await.unwrap();
    assert_eq!(told(&post), [], "a slip is told nobody");
    test.environment.wait(Duration::minutes(1));
    test.shop.deliver_mails(&post).await.unwrap();
    assert_eq!(told(&post), [(number.get(), Confirmed)], "production is not mailed by itself");
    go(to(InProduction, Shipped)).await;
    test.environment.wait(Duration::minutes(10));
    test.shop.deliver_mails(&post).await.unwrap();
    assert_eq!(told(&post), [(number.get(), Confirmed), (number.get(), Shipped)]);
    let letter = post.letters.lock().unwrap().last().unwrap().clone();
    assert_eq!((&*letter.to, letter.language.tag()), ("ana@example.org", "en"));
    let About::OrderState { token, .. } = &letter.about else { unreachable!() };
    assert_eq!(test.shop.order(token).await.unwrap().unwrap().number, number, "its link opens the order");
}

#[tokio::test]
async fn the_shop_says_which_states_are_mailed() {
    use OrderState::{Confirmed, InProduction, Placed};
    let test = TestShop::with_lamp().await;
    let mailing = |states: &str| {
        let text = format!("name = \"x\"\norder_mails = [{states}]");
        check_shop_file(&text).map(|profile| profile.order_mails)
    };
    assert_eq!(mailing("").unwrap(), []);
    assert_eq!(mailing("\"in_production\", \"delivered\"").unwrap(), [InProduction, OrderState::Delivered]);
    assert!(mailing("\"placed\"").is_err(), "that an order came in is always mailed");
    let said = [("order_mails".to_owned(), "in_production".to_owned())];
    let fields = test.shop.settings().await.unwrap().fields.into_iter().chain(said).collect();
    test.shop.save_settings(0, &fields, "mia").await.unwrap();
    let number = test.lamp().placed().await.number;
    for (seen, to) in [(Placed, Confirmed), (Confirmed, InProduction)] {
        let change = Change::Move { seen, to, reason: String::new() };
        test.shop.change_order(number, change, "mia").await.unwrap();
    }
    test.environment.wait(Duration::minutes(10));
    let post = FakePost::default();
    test.shop.deliver_mails(&post).await.unwrap();
    assert_eq!(told(&post), [(number.get(), InProduction)]);
}
