//! What people type, in whichever field: a text says what people see of it, or is not taken.

use shop::campaigns::{CampaignError, NewCampaign};
use shop::experiments::{ExperimentError, NewExperiment};
use shop::orders::{Change, View};
use shop::products::{BeginError, Beginning, FieldFault, Fresh};
use shop::releases::{ApprovalError, NewPlan, PlanError};
use shop::segments::Rule;
use shop::{
    Agreed, Consent, DesignAddress, DeskError, DraftEdit, EditError, OrderNumber, OrderState, Section,
    ShopError, inspect,
};
use testing::{TestShop, number, slug};
use words::Language;

use crate::experiments::wanted;

/// Marks that have their use beside letters: without any there is nothing to see.
const UNSEEN: [&str; 4] = ["\u{200d}", "\u{200e}", "\u{fe0f}", " \u{200f} \u{200c} "];
/// Signs that hide, or change how others are read.
const HIDDEN: [&str; 4] = ["\u{202e}gnorts", "a\u{200b}b", "\u{2066}a", "\u{fffe}"];

fn all() -> impl Iterator<Item = &'static str> {
    UNSEEN.into_iter().chain(HIDDEN)
}

fn is_hidden<T>(outcome: Result<T, ShopError>) -> bool {
    matches!(outcome, Err(ShopError::HiddenCharacters))
}

fn release(name: &str, note: &str) -> NewPlan {
    let (name, note) = (name.to_owned(), note.to_owned());
    NewPlan { name, products: Vec::new(), start: None, end: None, note, hold_days: None }
}

#[tokio::test]
async fn what_nobody_sees_is_refused_also_where_nothing_need_be_typed() {
    let test = TestShop::with_lamp().await;
    let (shop, lamp) = (&test.shop, slug("lamp"));
    let order = test.lamp().placed().await.number;
    let address = DesignAddress::default();
    let opened = shop.open_design(&lamp, &address, &Consent::default(), Language::ENGLISH).await.unwrap();
    for typed in all() {
        let reason = typed.to_owned();
        let confirm = Change::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason };
        let confirmed = shop.change_order(order, confirm, "mia").await;
        let campaign = NewCampaign {
            code: "spring".to_owned(),
            greeting: typed.to_owned(),
            slug: lamp.clone(),
            design: address.clone(),
            stated_use: None,
        };
        let greeted = shop.add_campaign(campaign, Language::ENGLISH, "mia").await;
        let planned = shop.plan_release(release("Spring", typed), "mia").await;
        for (field, is_refused) in [
            ("a design's name", is_hidden(shop.keep_named_design(&opened, typed).await)),
            ("a design's other name", is_hidden(shop.rename_design("none", typed).await)),
            ("a segment's name", is_hidden(shop.keep_segment(typed, Rule::default(), "mia").await)),
            ("why it is withdrawn", is_hidden(shop.withdraw(&lamp, number(1), typed, "mia").await)),
            ("a revision's note", is_hidden(shop.publish(&lamp, 0, typed, "mia", Agreed::Unasked).await)),
            ("a release's note", matches!(planned, Err(PlanError::Note(ShopError::HiddenCharacters)))),
            ("a greeting", matches!(greeted, Err(CampaignError::Shop(ShopError::HiddenCharacters)))),
            (
                "a reason that is not needed",
                matches!(confirmed, Err(DeskError::Shop(ShopError::HiddenCharacters))),
            ),
        ] {
            assert!(is_refused, "{field} takes {typed:?}");
        }
    }
}

/// What is told of a view's name, of a note and of a reason.
async fn at_the_desk(test: &TestShop, order: OrderNumber, typed: &str) -> [DeskError; 3] {
    let view = View { name: typed.to_owned(), filter: "state=open".to_owned() };
    let (seen, to) = (OrderState::Placed, OrderState::Cancelled);
    let cancel = Change::Move { seen, to, reason: typed.to_owned() };
    [
        test.shop.keep_desk_view("mia@example.org", view).await.unwrap_err(),
        test.shop.change_order(order, Change::Note(typed.to_owned()), "mia").await.unwrap_err(),
        test.shop.change_order(order, cancel, "mia").await.unwrap_err(),
    ]
}

#[tokio::test]
async fn what_nobody_sees_is_nothing_where_something_is_needed() {
    let test = TestShop::with_lamp().await;
    let order = test.lamp().placed().await.number;
    for typed in all() {
        let name = test.shop.plan_release(release(typed, ""), "mia").await.unwrap_err();
        assert!(matches!(name, PlanError::Name), "{typed:?}: {name}");
        let waiting = "1".parse().unwrap();
        let reason = test.shop.refuse_release(waiting, typed, "mia").await.unwrap_err();
        assert!(matches!(reason, ApprovalError::Reason), "{typed:?}: {reason}");
    }
    let experiment = async |typed: &str| {
        let new = NewExperiment { title: typed.to_owned(), slug: slug("lamp"), wanted: wanted() };
        test.shop.start_experiment(new, "mia").await.unwrap_err()
    };
    for unseen in UNSEEN {
        let told = at_the_desk(&test, order, unseen).await;
        let [view, note, reason] = &told;
        assert!(matches!(view, DeskError::NoViewName), "{unseen:?}: {view}");
        assert!(matches!(note, DeskError::EmptyNote { .. }), "{unseen:?}: {note}");
        assert!(matches!(reason, DeskError::NoReason { .. }), "{unseen:?}: {reason}");
        let title = experiment(unseen).await;
        assert!(matches!(title, ExperimentError::NoTitle), "{unseen:?}: {title}");
    }
    for hidden in HIDDEN {
        for error in at_the_desk(&test, order, hidden).await {
            let is_told = matches!(error, DeskError::Shop(ShopError::HiddenCharacters));
            assert!(is_told, "{hidden:?}: {error}");
        }
        let title = experiment(hidden).await;
        let is_told = matches!(title, ExperimentError::Shop(ShopError::HiddenCharacters));
        assert!(is_told, "{hidden:?}: {title}");
    }
}

#[tokio::test]
async fn what_nobody_sees_begins_no_product() {
    let test = TestShop::with_lamp().await;
    let fresh = |attribute: &str, options: &str| {
        let (attribute, options) = (attribute.to_owned(), options.to_owned());
        Beginning::Fresh(Fresh { currency: "EUR".to_owned(), attribute, options })
    };
    let begun = async |name: &str, beginning: Beginning| match test
        .shop
        .begin_product(name, "cup", beginning, "mia")
        .await
    {
        Err(BeginError::Fields(faults)) => faults,
        other => panic!("{other:?}"),
    };
    for typed in all() {
        let is_unseen = UNSEEN.contains(&typed);
        let name = if is_unseen { FieldFault::Empty } else { FieldFault::Hidden };
        let option = if is_unseen { FieldFault::FewOptions } else { FieldFault::Hidden };
        for (field, expected, faults) in [
            ("name", name, begun(typed, fresh("Shade", "Brass\nLinen")).await),
            ("name", name, begun(typed, Beginning::Copy(slug("lamp"))).await),
            ("attribute", name, begun("Cup", fresh(typed, "Brass\nLinen")).await),
            ("options", option, begun("Cup", fresh("Shade", &format!("Brass\n{typed}"))).await),
        ] {
            assert_eq!(faults, [(field, expected)], "{typed:?}");
        }
        let mut bundle = test.shop.draft(&slug("lamp")).await.unwrap().bundle;
        bundle.source.name = typed.to_owned();
        let file = Beginning::Archive(bundle.to_archive().unwrap());
        assert_eq!(begun("", file).await, [("name", FieldFault::Hidden)], "{typed:?}");
    }
}

#[tokio::test]
async fn what_nobody_sees_gets_into_no_draft() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    let draft = test.shop.draft(&lamp).await.unwrap();
    let (shade, german) = (Section::Attribute("shade".to_owned()), Section::Texts("de".to_owned()));
    for typed in all() {
        for (section, field, text) in [
            (&Section::Basics, "name", typed.to_owned()),
            (&Section::Basics, "description", typed.to_owned()),
            (&Section::Steps, "label.lamp", typed.to_owned()),
            (&Section::Rules, "sentence.brass_is_heavy", typed.to_owned()),
            (&shade, "label.brass", typed.to_owned()),
            (&german, "text.name", typed.to_owned()),
            (&shade, "rows", format!("name,price\n{typed},3")),
            (&shade, "rows", format!("name,description\nGlass,{typed}")),
            (&german, "rows", format!("text,translation\nname,{typed}")),
        ] {
            let edit = DraftEdit {
                slug: lamp.clone(),
                section: section.clone(),
                version: draft.version,
                base: draft.base,
                over: None,
                goes_on: false,
                fields: vec![(field.to_owned(), text)],
                language: Language::ENGLISH,
                by: "mia".to_owned(),
            };
            match test.shop.edit_draft(edit).await {
                Err(EditError::Unreadable(wrong)) => assert_eq!(wrong[0].field, field, "{typed:?}"),
                Err(EditError::Rows(left)) => assert_eq!(left.count(), 1, "{field} {typed:?}"),
                other => panic!("{field} {typed:?}: {other:?}"),
            }
            assert_eq!(test.shop.draft(&lamp).await.unwrap(), draft, "{field} {typed:?}");
        }
    }
}

/// However it came into the draft, such as with a file.
#[tokio::test]
async fn what_nobody_sees_is_not_published() {
    let test = TestShop::with_lamp().await;
    let draft = test.shop.draft(&slug("lamp")).await.unwrap();
    for typed in all() {
        let mut bundle = draft.bundle.clone();
        let source = &mut bundle.source;
        let shade = &mut source.attributes[1];
        let linen = &mut shade.options[0];
        for text in [
            &mut source.name,
            &mut source.summary,
            &mut source.description,
            &mut source.steps[0].label,
            &mut source.rules[0].sentence,
            &mut shade.help,
            &mut linen.label,
            &mut linen.description,
        ] {
            typed.clone_into(text);
        }
        let problems = inspect(&bundle).unwrap_err();
        for place in [
            "name",
            "summary",
            "description",
            "steps.0.label",
            "rules.0.sentence",
            "attributes.1.help",
            "attributes.1.options.0.label",
            "attributes.1.options.0.description",
        ] {
            assert!(problems.iter().any(|problem| problem.place == place), "{place} takes {typed:?}");
        }
    }
}
