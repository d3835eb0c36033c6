use super::*;
use crate::tests::product_serving;

fn asker(comfort: u8, speed: u8) -> Asker {
    let needs = [("comfort".to_owned(), comfort), ("speed".to_owned(), speed)].into();
    Asker { needs, segments: Vec::new() }
}

#[test]
fn a_benefit_is_wanted_where_it_matters_more_than_the_others() {
    let product = product_serving(&[[0, 5], [5, 0]]);
    let wants = |comfort, speed| {
        let asker = asker(comfort, speed);
        ["comfort", "speed"].map(|benefit| asker.wants(&product, benefit))
    };
    assert_eq!(wants(3, 1), [Some(true), Some(false)]);
    assert_eq!(wants(0, 1), [Some(false), Some(true)]);
    assert_eq!(wants(2, 2), [None, None], "all matter alike");
    assert_eq!(Asker::default().wants(&product, "comfort"), None, "nothing was said");
}
