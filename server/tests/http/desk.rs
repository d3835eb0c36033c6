//! The orders desk through the router: what becomes of orders, how they are found, and what shoppers and programs see of it.

use crate::common::{Answer, Studio};
use axum::http::StatusCode;
use configurator::Quantity;
use personalize::Start;
use shop::orders::Change;
use shop::{BasketLine, BasketOrder, Buyer, Consent, DesignAddress, OrderRequest, OrderState, Receipt};
use testing::{order_number, slug};

impl Studio {
    /// Somebody orders a mug.
    pub async fn ordered_by(&self, name: &str) -> Receipt {
        let request = OrderRequest {
            slug: slug("mug"),
            revision: self.shop.live(&slug("mug")).await.unwrap().number,
            choices: vec![("glaze".to_owned(), "blue".to_owned())],
            start: Start::Standard,
            quantity: Quantity::ONE,
            buyer: Buyer {
                name: name.to_owned(),
                email: "bo@example.org".to_owned(),
                address: "Harbour Street 4\n1000 Portside".to_owned(),
                note: String::new(),
            },
            request_id: None,
        };
        self.shop.place_order(request).await.unwrap()
    }

    /// Somebody orders a blue mug and two green ones in one basket.
    pub async fn basket_ordered(&self) -> Vec<Receipt> {
        let (mug, english, nobody) = (slug("mug"), words::Language::ENGLISH, Consent::default());
        let mut lines = Vec::new();
        for (glaze, pieces) in [("blue", 1), ("green", 2)] {
            let choices = vec![("glaze".to_owned(), glaze.to_owned())];
            let address = DesignAddress { choices, ..DesignAddress::default() };
            let opened = self.shop.open_design(&mug, &address, &nobody, english).await.unwrap();
            let quantity = Quantity::new(pieces).unwrap();
            lines.push(BasketLine { opened, quantity, consent: nobody.clone() });
        }
        let (buyer, request_id) = (testing::ana(), String::new());
        let basket = BasketOrder { lines, buyer, request_id, another: false, counted: false };
        self.shop.place_basket(basket, self.shop.take_order().unwrap()).await.unwrap()
    }

    pub async fn moved(&self, number: i64, way: &[OrderState]) {
        let mut seen = OrderState::Placed;
        for to in way.iter().copied() {
            let change = Change::Move { seen, to, reason: "a reason".to_owned() };
            self.shop.change_order(order_number(number), change, "mia@example.org").await.unwrap();
            seen = to;
        }
    }

    async fn states(&self) -> Vec<OrderState> {
        self.shop.orders(None, 50).await.unwrap().iter().rev().map(|order| order.progress.state).collect()
    }
}

impl Answer {
    /// The numbers of the orders on a list.
    fn numbers(&self) -> Vec<&str> {
        let ends = self.text.match_indices("/picture.svg").map(|(end, _)| end);
        let links = ends.filter_map(|end| self.text.get(..end)?.rsplit_once("/admin/orders/"));
        links.map(|(_, number)| number).collect()
    }

    /// Where a link of this relation leads.
    fn link(&self, rel: &str) -> Option<String> {
        let (_, after) = self.text.split_once(&format!("rel=\"{rel}\""))?;
        let (_, after) = after.split_once("href=\"")?;
        Some(after.split_once('"')?.0.replace("&amp;", "&"))
    }
}

#[tokio::test]
async fn the_desk_leads_from_one_order_of_a_basket_to_the_others() {
    let studio = Studio::with_ana().await;
    studio.ordered_by("Bo Larsen").await;
    studio.basket_ordered().await;
    let list = studio.get("/admin/orders").await;
    let told = list.text.matches("Ordered together with").count();
    assert_eq!((list.numbers(), told), (vec!["1003", "1002", "1001"], 2));
    // Printed, too: nothing of it is hidden from paper.
    for (number, others) in [(1_002, vec![1_003]), (1_003, vec![1_002]), (1_001, vec![])] {
        let page = studio.get(&format!("/admin/orders/{number}")).await;
        let told = page.text.split("data-testid=\"together\"").nth(1);
        let told = told.map(|told| told.split("</p>").next().unwrap());
        assert_eq!(told.is_some(), !others.is_empty(), "{number}");
        for other in others {
            let link = format!("href=\"/admin/orders/{other}\"");
            assert!(told.unwrap().contains(&link), "{number}: {told:?}");
        }
    }
    studio.get("/admin/orders/1002").await.shows("2 × ");
}

#[tokio::test]
async fn an_order_goes_its_way_by_forms_with_notes_and_history() {
    let studio = Studio::with_ana().await;
    studio.ordered_by("Bo Larsen").await;
    let page = studio.get("/admin/orders/1001").await;
    for text in ["to-confirmed", "to-cancelled", "Order 1001", "glaze = blue"] {
        page.shows(text);
    }
    page.shows_not("to-shipped");
    let steps = [("placed", "confirmed"), ("confirmed", "in_production"), ("in_production", "shipped")];
    for (seen, to) in steps {
        let moved = studio.post("/admin/orders/1001", &[("seen", seen), ("to", to)]).await;
        moved.leads_to("/admin/orders/1001?done=moved");
    }
    let shipped = studio.get("/admin/orders/1001?done=moved").await;
    for text in ["Order 1001: Shipped.", "In production → Shipped", "ana@example.org", "Mark as delivered"]
    {
        shipped.shows(text);
    }
    // The last step alone can be undone, once.
    shipped.shows("Undo: In production again");
    let back = |to| [("do", "back"), ("seen", "shipped"), ("to", to)];
    assert_eq!(studio.post("/admin/orders/1001", &back("placed")).await.status, StatusCode::CONFLICT);
    studio.post("/admin/orders/1001", &back("in_production")).await.leads_to("/admin/orders/1001?done=moved");
    let undone = studio.get("/admin/orders/1001").await;
    undone.shows("Last step undone: In production again");
    undone.shows_not("Undo: ");
    let again = [("seen", "in_production"), ("to", "shipped")];
    studio.post("/admin/orders/1001", &again).await.leads_to("/admin/orders/1001?done=moved");
    let audit = studio.get("/admin/people/audit?kind=orders").await;
    for text in ["Order 1001: Shipped → In production", "Order 1001: Placed → Confirmed"] {
        audit.shows(text);
    }
    let noted = [("do", "note"), ("note", "Call <b>first</b>\r\nthen ring")];
    studio.post("/admin/orders/1001", &noted).await.leads_to("/admin/orders/1001?done=noted");
    for (act, mark) in [("test", "test-mark"), ("leave-out", "left-out-mark")] {
        studio.post("/admin/orders/1001", &[("do", act)]).await.leads_to("/admin/orders/1001?done=marked");
        studio.get("/admin/orders/1001").await.shows(mark);
    }
    let page = studio.get("/admin/orders/1001").await;
    for text in ["Call &lt;b&gt;first&lt;/b&gt;\nthen ring", "Marked as a test order", "Left out of learning"]
    {
        page.shows(text);
    }
}

#[tokio::test]
async fn what_can_not_be_done_says_why_and_keeps_what_was_typed() {
    let studio = Studio::with_ana().await;
    studio.ordered_by("Bo Larsen").await;
    let sent = async |form: &[(&str, &str)]| studio.post("/admin/orders/1001", form).await;

    let no_reason = sent(&[("seen", "placed"), ("to", "cancelled"), ("reason", " ")]).await;
    assert_eq!(no_reason.status, StatusCode::CONFLICT);
    no_reason.shows("Say why; it is kept with the order.");
    let long = "x".repeat(301);
    let too_long = sent(&[("seen", "placed"), ("to", "cancelled"), ("reason", &long)]).await;
    too_long.shows(&long);
    let skipped = sent(&[("seen", "placed"), ("to", "delivered")]).await;
    assert_eq!(skipped.status, StatusCode::CONFLICT);
    skipped
        .shows("Order 1001 is “Placed” and can’t become “Delivered”. It may become: Confirmed, Cancelled.");
    let note = "x".repeat(2_001);
    let too_long = sent(&[("do", "note"), ("note", &note)]).await;
    assert_eq!(too_long.status, StatusCode::UNPROCESSABLE_ENTITY);
    too_long.shows(&note);
    assert_eq!(sent(&[("seen", "placed"), ("to", "lost")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(studio.post("/admin/orders/1009", &[("do", "test")]).await.status, StatusCode::NOT_FOUND);

    // Somebody else was first.
    studio.moved(1_001, &[OrderState::Cancelled]).await;
    let second = sent(&[("seen", "placed"), ("to", "confirmed")]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    second.shows("Somebody else changed order 1001 meanwhile: it was “Placed” and is “Cancelled” now.");
    second.shows("a reason");
    assert_eq!(studio.states().await, [OrderState::Cancelled]);
}

#[tokio::test]
async fn ticked_orders_are_confirmed_together_and_each_that_is_not_says_why() {
    let studio = Studio::with_ana().await;
    for _ in 0..4 {
        studio.ordered_by("Bo Larsen").await;
    }
    studio.moved(1_002, &[Cancelled]).await;
    let ticks =
        [("order", "1001 placed"), ("order", "1002 placed"), ("order", "1004 placed"), ("do", "confirm")];
    let answer = studio.post("/admin/orders?sort=oldest", &ticks).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.shows("2 orders are changed.");
    answer.shows("Somebody else changed order 1002 meanwhile");
    assert_eq!(answer.numbers(), ["1001", "1002", "1003", "1004"], "the filter stays");
    use OrderState::{Cancelled, Confirmed, Placed};
    assert_eq!(studio.states().await, [Confirmed, Cancelled, Placed, Confirmed]);

    let nothing = studio.post("/admin/orders", &[("do", "confirm")]).await;
    nothing.shows("Tick the orders first.");
    let ticks = [("order", "1001 confirmed"), ("order", "1003 placed"), ("do", "test")];
    let marked = studio.post("/admin/orders", &ticks).await;
    assert_eq!(marked.status, StatusCode::OK);
    marked.shows("2 orders are changed.");
    assert_eq!(studio.get("/admin/orders?test=only").await.numbers(), ["1003", "1001"]);

    // All that the filter finds, in one click, and back.
    for (act, left) in [("all-leave-out", vec!["1004", "1001"]), ("all-take-in", vec![])] {
        studio.post("/admin/orders?state=confirmed", &[("do", act)]).await.shows("2 orders are changed.");
        assert_eq!(studio.get("/admin/orders?learning=left-out").await.numbers(), left);
    }
}

#[tokio::test]
async fn orders_are_searched_filtered_and_paged_both_ways() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/orders").await.shows("No orders yet.");
    studio.ordered_by("Émilie Weber").await;
    for _ in 0..52 {
        studio.ordered_by("Bo <b>Larsen</b>").await;
    }
    let found = studio.get("/admin/orders?q=emilie").await;
    assert_eq!(found.numbers(), ["1001"]);
    found.shows("Émilie Weber");
    studio.get("/admin/orders?q=nobody").await.shows("No order is like that.");

    let first = studio.get("/admin/orders?q=larsen").await;
    first.shows("Bo &lt;b&gt;Larsen&lt;/b&gt;");
    assert_eq!((first.numbers().len(), first.numbers()[0], first.link("prev")), (25, "1053", None));
    let second = studio.get(&first.link("next").unwrap()).await;
    let third = studio.get(&second.link("next").unwrap()).await;
    assert_eq!((third.numbers(), third.link("next")), (vec!["1003", "1002"], None));
    let back = studio.get(&third.link("prev").unwrap()).await;
    assert_eq!(back.numbers(), second.numbers());
    assert_eq!(studio.get(&back.link("prev").unwrap()).await.numbers(), first.numbers());

    studio.moved(1_007, &[OrderState::Confirmed]).await;
    for (filter, expected) in [
        ("state=confirmed", vec!["1007"]),
        ("state=confirmed&product=mug&due=2999-01-01", vec!["1007"]),
        ("state=confirmed&product=lamp", vec![]),
        ("state=confirmed&due=2001-01-01", vec![]),
        ("state=confirmed&to=2001-01-01", vec![]),
        ("state=confirmed&from=2001-01-01&test=none", vec!["1007"]),
    ] {
        assert_eq!(studio.get(&format!("/admin/orders?{filter}")).await.numbers(), expected, "{filter}");
    }
}

#[tokio::test]
async fn the_list_says_what_is_found_together_and_sorts_by_its_headings() {
    let studio = Studio::with_ana().await;
    for _ in 0..30 {
        studio.ordered_by("Bo Larsen").await;
    }
    let page = studio.get("/admin/orders").await;
    page.shows("30 orders, €");
    page.shows("aria-sort=\"descending\"");
    for way in ["sort=oldest", "sort=largest", "sort=due"] {
        page.shows(&format!("href=\"/admin/orders?{way}\""));
    }
    let largest = studio.get("/admin/orders?sort=largest&state=placed").await;
    largest.shows("href=\"/admin/orders?state=placed&amp;sort=smallest\"");
    largest.shows("30 orders, €");
    // Confirm stands above the list, too, and what learning is about has a place and an explanation of its own.
    let (above, below) = page.text.split_once("data-testid=\"order\"").unwrap();
    assert!(above.contains("data-testid=\"confirm-above\"") && !above.contains("value=\"leave-out\""));
    assert!(below.contains("data-testid=\"confirm\"") && below.contains("Tests and learning"));
}

#[tokio::test]
async fn a_day_that_is_none_is_told_beside_its_field_and_nothing_is_done() {
    let studio = Studio::with_ana().await;
    studio.ordered_by("Bo Larsen").await;
    let page = studio.get("/admin/orders?from=2026-13-99").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("“2026-13-99” is no day");
    page.shows("data-testid=\"no-day\"");
    page.shows_not("data-testid=\"order\"");
    let marked = studio.post("/admin/orders?from=2026-13-99", &[("do", "all-test")]).await;
    assert_eq!(marked.status, StatusCode::UNPROCESSABLE_ENTITY);
    studio.get("/admin/orders?test=only").await.shows("No order is like that.");
    let file = studio.get("/admin/orders.csv?to=yesterday").await;
    assert_ne!(file.status, StatusCode::OK);
}

#[tokio::test]
async fn a_filter_is_kept_under_a_name_and_removed() {
    let studio = Studio::with_ana().await;
    let kept =
        studio.post("/admin/orders/views", &[("asked", "state=open&sort=due&x=1"), ("name", "To do")]).await;
    kept.leads_to("/admin/orders?state=open&sort=due");
    let page = studio.get("/admin/orders?sort=due&state=open").await;
    page.shows("To do");
    page.shows("href=\"/admin/orders?state=open&amp;sort=due\" aria-current=\"page\"");
    let unnamed = studio.post("/admin/orders/views", &[("asked", "q=bo"), ("name", " ")]).await;
    assert_eq!(unnamed.status, StatusCode::CONFLICT);
    unnamed.shows("Give the view a name.");
    let removed = studio.post("/admin/orders/views", &[("asked", "q=bo"), ("remove", "To do")]).await;
    removed.leads_to("/admin/orders?q=bo");
    studio.get("/admin/orders").await.shows_not("To do");
}

#[tokio::test]
async fn the_file_has_all_orders_that_are_found_and_no_formulas() {
    let studio = Studio::with_ana().await;
    studio.ordered_by("=cmd|' /C calc'!A0").await;
    for _ in 0..205 {
        studio.ordered_by("Bo, \"Larsen\"").await;
    }
    let file = studio.get("/admin/orders.csv?sort=oldest").await;
    assert_eq!((file.kind.as_str(), file.cache.as_str()), ("text/csv; charset=utf-8", "private, no-store"));
    let lines: Vec<_> = file.text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + 206, "more than are read at a time");
    assert!(lines[0].starts_with("number,state,since,placed,due,product,"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("1001,placed,") && lines[1].contains(",'=cmd|' /C calc'!A0,"),
        "{}",
        lines[1]
    );
    assert!(
        lines[206].starts_with("1206,") && lines[206].contains("\"Bo, \"\"Larsen\"\"\""),
        "{}",
        lines[206]
    );
    let some = studio.get("/admin/orders.csv?q=1206").await;
    assert_eq!(some.text.lines().count(), 2);
}

#[tokio::test]
async fn nobody_changes_or_reads_orders_without_a_session() {
    let studio = Studio::open().await;
    studio.ordered_by("Bo Larsen").await;
    for address in ["/admin/orders", "/admin/orders/views", "/admin/orders/1001"] {
        let form = [
            ("do", "all-leave-out"),
            ("seen", "placed"),
            ("to", "confirmed"),
            ("asked", "q=a"),
            ("name", "A"),
        ];
        studio.post(address, &form).await.leads_to("/admin/login?next=%2Fadmin");
    }
    studio.get("/admin/orders.csv?q=bo").await.leads_to("/admin/login?next=%2Fadmin%2Forders.csv%3Fq%3Dbo");
    let order = &studio.shop.orders(None, 1).await.unwrap()[0];
    assert_eq!(order.progress, shop::Progress::default());
}

#[tokio::test]
async fn shoppers_and_programs_see_how_far_an_order_is() {
    use OrderState::{Confirmed, Delivered, InProduction, Returned, Shipped};
    let studio = Studio::open().await;
    let token = studio.ordered_by("Bo Larsen").await.token;
    let page = async |language: &str| studio.get(&format!("/orders/{token}?_lang={language}")).await;
    page("en").await.shows("have not confirmed it yet.");
    let api = studio.get(&format!("/api/v1/orders/{token}")).await;
    api.shows("\"state\":\"placed\"");

    let way = [Confirmed, InProduction, Shipped, Delivered, Returned];
    let told = [
        ("We confirmed your order on ", "bestätigt.", "أكدنا طلبك في "),
        ("Your order has been in production since ", "in Arbeit.", "طلبك قيد التصنيع منذ "),
        ("We shipped your order on ", "verschickt.", "شحنّا طلبك في "),
        ("Your order was delivered on ", "geliefert.", "سُلّم طلبك في "),
        ("Your order came back to us on ", "zu uns zurückgekommen.", "عاد طلبك إلينا في "),
    ];
    let mut seen = OrderState::Placed;
    for (to, (english, german, arabic)) in way.into_iter().zip(told) {
        let change = Change::Move { seen, to, reason: "secret reason".to_owned() };
        studio.shop.change_order(order_number(1_001), change, "mia@example.org").await.unwrap();
        seen = to;
        let shown = page("en").await;
        shown.shows(english);
        shown.shows_not("secret reason");
        shown.shows_not("mia@example.org");
        page("de").await.shows(german);
        page("ar").await.shows(arabic);
        let api = studio.get(&format!("/api/v1/orders/{token}")).await;
        api.shows(&format!("\"state\":\"{}\"", to.code()));
        api.shows_not("secret reason");
    }
}
