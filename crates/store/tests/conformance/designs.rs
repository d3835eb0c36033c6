//! Designs that are kept behind links.

use std::sync::Arc;

use shop::designs::{Expected, Keeping, KeptDesign};
use shop::{Start, Store};
use testing::{number, order_number, slug};

use crate::builders::{at, fifty_times, kept_design, product};

fn expected(design: &KeptDesign) -> Expected<'_> {
    Expected { revision: design.revision, start: &design.start, choices: &design.choices }
}

fn changed() -> KeptDesign {
    KeptDesign { start: Start::Standard, choices: Vec::new(), total: -1, kept_at: at(40), ..kept_design() }
}

pub async fn a_kept_design_comes_back(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.keep_design("a", &kept_design()).await.unwrap();
    let shared = KeptDesign { keeping: Keeping::Shared, ..changed() };
    store.keep_design("b", &shared).await.unwrap();
    assert_eq!(store.kept_design("a").await.unwrap(), Some(kept_design()));
    assert_eq!(store.kept_design("b").await.unwrap(), Some(shared));
    assert_eq!(store.kept_design("A").await.unwrap(), None);
    // A link leads to one design, of a revision that there is.
    assert!(store.keep_design("a", &changed()).await.is_err());
    assert!(store.keep_design("c", &KeptDesign { revision: number(2), ..changed() }).await.is_err());
}

pub async fn a_saved_design_is_replaced_where_it_is_what_was_expected(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.add_product(&product("chair")).await.unwrap();
    let was = kept_design();
    store.keep_design("a", &was).await.unwrap();
    let chair = KeptDesign { slug: slug("chair"), ..changed() };
    assert!(!store.replace_design("a", expected(&changed()), &changed()).await.unwrap());
    assert!(!store.replace_design("a", expected(&was), &chair).await.unwrap());
    assert!(!store.replace_design("b", expected(&was), &changed()).await.unwrap());
    assert_eq!(store.kept_design("a").await.unwrap(), Some(was.clone()));
    assert!(store.replace_design("a", expected(&was), &changed()).await.unwrap());
    assert_eq!(store.kept_design("a").await.unwrap(), Some(changed()));
}

pub async fn a_personal_start_from_before_it_carried_its_design_goes_on(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let begun = |stated_use: &str, base: Option<&str>| {
        let base = base.map(|colour| vec![("colour".to_owned(), colour.to_owned())]);
        let start = Start::Personal { stated_use: Some(stated_use.to_owned()), base };
        KeptDesign { start, ..kept_design() }
    };
    // The page that opens it names what is learnt by now.
    store.keep_design("a", &begun("touring", None)).await.unwrap();
    assert!(!store.replace_design("a", expected(&begun("train", None)), &changed()).await.unwrap());
    assert!(
        store.replace_design("a", expected(&begun("touring", None)), &begun("touring", None)).await.unwrap()
    );
    let now = begun("touring", Some("red"));
    assert!(store.replace_design("a", expected(&now), &now).await.unwrap());
    assert!(!store.replace_design("a", expected(&begun("touring", Some("blue"))), &changed()).await.unwrap());
    assert_eq!(store.kept_design("a").await.unwrap(), Some(now));
    store.keep_design("b", &begun("touring", None)).await.unwrap();
    let ordered = begun("touring", Some("red"));
    store.design_ordered("b", &slug("lamp"), expected(&ordered), order_number(1001)).await.unwrap();
    assert_eq!(store.kept_design("b").await.unwrap().map(|kept| kept.keeping), Some(Keeping::Ordered));
}

pub async fn what_was_shared_or_ordered_never_changes_and_stays(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let shared = KeptDesign { keeping: Keeping::Shared, ..kept_design() };
    store.keep_design("shared", &shared).await.unwrap();
    store.keep_design("ordered", &kept_design()).await.unwrap();
    for link in ["shared", "ordered", "none"] {
        store
            .design_ordered(link, &slug("lamp"), expected(&kept_design()), order_number(1001))
            .await
            .unwrap();
    }
    assert_eq!(store.forget_designs(at(1_000)).await.unwrap(), 0);
    for (link, keeping) in [("shared", Keeping::Shared), ("ordered", Keeping::Ordered)] {
        assert!(!store.replace_design(link, expected(&kept_design()), &changed()).await.unwrap());
        let kept = store.kept_design(link).await.unwrap();
        assert_eq!(kept, Some(KeptDesign { keeping, ..kept_design() }), "{link}");
    }
}

pub async fn what_was_saved_since_is_not_what_was_ordered(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.keep_design("a", &kept_design()).await.unwrap();
    assert!(store.replace_design("a", expected(&kept_design()), &changed()).await.unwrap());
    store.design_ordered("a", &slug("lamp"), expected(&kept_design()), order_number(1001)).await.unwrap();
    store.design_ordered("a", &slug("chair"), expected(&changed()), order_number(1001)).await.unwrap();
    assert_eq!(store.kept_design("a").await.unwrap(), Some(changed()));
    store.design_ordered("a", &slug("lamp"), expected(&changed()), order_number(1001)).await.unwrap();
    assert_eq!(store.kept_design("a").await.unwrap().map(|kept| kept.keeping), Some(Keeping::Ordered));
}

pub async fn of_a_named_design_only_the_name_changes(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let called =
        |name: &str| KeptDesign { keeping: Keeping::Named, name: Some(name.to_owned()), ..kept_design() };
    store.keep_design("named", &called("\u{c9}mile’s \"A\"")).await.unwrap();
    store.keep_design("saved", &kept_design()).await.unwrap();
    assert_eq!(store.kept_design("named").await.unwrap(), Some(called("\u{c9}mile’s \"A\"")));
    assert!(store.rename_design("named", "B").await.unwrap());
    for other in ["saved", "none"] {
        assert!(!store.rename_design(other, "B").await.unwrap(), "{other}");
    }
    store.design_ordered("named", &slug("lamp"), expected(&kept_design()), order_number(1001)).await.unwrap();
    assert!(!store.replace_design("named", expected(&kept_design()), &changed()).await.unwrap());
    assert_eq!(store.kept_design("named").await.unwrap(), Some(called("B")));
    assert_eq!(store.kept_design("saved").await.unwrap(), Some(kept_design()));
    assert_eq!(store.forget_designs(at(31)).await.unwrap(), 2, "named ones are forgotten, too");
}

pub async fn saved_designs_are_forgotten_after_their_time(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (link, seconds) in [("a", 10), ("b", 20), ("c", 30)] {
        store.keep_design(link, &KeptDesign { kept_at: at(seconds), ..kept_design() }).await.unwrap();
    }
    assert_eq!(store.forget_designs(at(20)).await.unwrap(), 1);
    assert_eq!(store.kept_design("a").await.unwrap(), None);
    assert!(store.kept_design("b").await.unwrap().is_some());
    assert_eq!(store.forget_designs(at(31)).await.unwrap(), 2);
}

pub async fn of_many_changes_of_one_design_at_once_one_is_saved(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.keep_design("a", &kept_design()).await.unwrap();
    let save = |store: Arc<dyn Store>, index: usize| async move {
        let mine = KeptDesign { choices: vec![("name".to_owned(), index.to_string())], ..kept_design() };
        store.replace_design("a", expected(&kept_design()), &mine).await.unwrap().then_some(mine)
    };
    let saved: Vec<KeptDesign> = fifty_times(&store, save).await.into_iter().flatten().collect();
    assert_eq!(saved.len(), 1);
    assert_eq!(store.kept_design("a").await.unwrap().as_ref(), saved.first());
}
