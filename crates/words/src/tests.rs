//! What every language keeps to.

use std::collections::BTreeSet;

use crate::{
    Account, Admin, Analysis, Assortment, Audit, Customers, Desk, Editing, Engine, Experiments, Gate,
    GroupMenus, Insight, Language, People, Phrases, Pictures, Releases, Sentences, Settings, Shop, Studio,
    Tables, Today, Translations,
};

/// By text: its name, its gaps, whether its form depends on a count, and itself.
fn texts(language: Language) -> Vec<(&'static str, Vec<&'static str>, bool, &'static str)> {
    let mut declared =
        [Engine::declared(), Studio::declared(), Shop::declared(), Phrases::declared()].concat();
    let words = language.words();
    let mut texts =
        [words.engine.texts, words.studio.texts, language.shop().texts, language.phrases().texts].concat();
    if language.in_admin() == language {
        let back = [
            Account::declared(),
            Admin::declared(),
            Analysis::declared(),
            Assortment::declared(),
            Audit::declared(),
            Customers::declared(),
            Desk::declared(),
            Editing::declared(),
            Experiments::declared(),
            Gate::declared(),
            GroupMenus::declared(),
            Insight::declared(),
            People::declared(),
            Pictures::declared(),
            Releases::declared(),
            Sentences::declared(),
            Settings::declared(),
            Tables::declared(),
            Today::declared(),
            Translations::declared(),
        ];
        declared.extend(back.concat());
        let (admin, assortment) = (language.admin().texts, language.assortment().texts);
        let (customers, experiments) = (language.customers().texts, language.experiments().texts);
        let (gate, insight, people) =
            (language.gate().texts, language.insight().texts, language.people().texts);
        let releases = language.releases().texts;
        let (account, audit) = (language.account().texts, language.audit().texts);
        let (sentences, settings) = (language.sentences().texts, language.settings().texts);
        let (tables, translations) = (language.tables().texts, language.translations().texts);
        texts.extend(
            [
                account,
                admin,
                language.analysis().texts,
                assortment,
                audit,
                customers,
                language.desk().texts,
                language.editing().texts,
                experiments,
                gate,
                language.group_menus().texts,
                insight,
                people,
                language.pictures().texts,
                releases,
                sentences,
                settings,
                tables,
                language.today().texts,
                translations,
            ]
            .concat(),
        );
    }
    assert_eq!(declared.len(), texts.len());
    declared
        .into_iter()
        .zip(texts.iter().copied())
        .map(|((name, gaps, counted), text)| (name, gaps, counted, text))
        .collect()
}

fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_language_fills_the_gaps_that_are_there() {
    for language in Language::ALL {
        let plural = language.words().locale.plural;
        for (name, declared, counted, text) in texts(language) {
            let at = format!("{name} in {language:?}");
            assert!(!text.is_empty(), "{at}");
            let forms: Vec<&str> = text.split('|').collect();
            if name != "months" {
                let right =
                    if counted { [1, plural.forms()].contains(&forms.len()) } else { forms.len() == 1 };
                assert!(right, "{at} has {} forms", forms.len());
            }
            for (place, form) in forms.into_iter().enumerate() {
                let used = gaps(form);
                let declared: BTreeSet<&str> = declared.iter().copied().collect();
                assert!(used.is_subset(&declared), "{at} has {used:?} and is given {declared:?}");
                // A form for one need not say the number, others say it as it is written where that is given.
                let is_written = place == 0 && declared.contains("count");
                let spare = if counted { 1 + usize::from(is_written) } else { 0 };
                assert!(used.len() + spare >= declared.len(), "{at} leaves out of {declared:?}");
            }
            assert!(!text.contains(['!', '\n', '<', '&', '⟦']), "{at}");
        }
    }
}

#[test]
fn no_text_was_left_in_english() {
    let same = [
        "skip",
        "name",
        "note",
        "attribute_is",
        "attribute_becomes",
        "register",
        "of_product",
        "one_and_next",
        "offered_beside",
        "link",
        "kept_in_cookies",
        "not_chosen",
        "with_suggestion",
        "cant_be",
        "value_is",
        "with_options",
        "nothing",
        "grams",
        "day",
        "date",
    ];
    for language in Language::ALL.into_iter().filter(|language| *language != Language::ENGLISH) {
        for ((name, .., english), (.., text)) in texts(Language::ENGLISH).into_iter().zip(texts(language)) {
            let letters = english.chars().filter(|sign| sign.is_alphabetic()).count();
            assert!(english != text || same.contains(&name) || letters < 3, "{name} in {language:?}: {text}");
        }
    }
}

#[test]
fn a_page_takes_its_words_as_they_are() {
    for language in Language::ALL.into_iter().chain([Language::pseudo()]) {
        let text = Box::leak(language.words().to_text().into_boxed_str());
        assert_eq!(crate::Words::from_text(text), *language.words());
        let carried = text.lines().count();
        assert_eq!(carried, 9 + Engine::COUNT + Studio::COUNT, "a page carries no texts but its own");
    }
}

#[test]
fn the_language_for_tests_shows_where_texts_begin_and_end() {
    let pseudo = Language::pseudo();
    assert_eq!(pseudo.words().studio.undo(), "⟦Undo⟧");
    assert_eq!(pseudo.words().studio.days_later(1), "⟦1\u{a0}working day later⟧");
    assert_eq!(pseudo.words().studio.days_later(2), "⟦2\u{a0}working days later⟧");
    assert_eq!(pseudo.date(1, 2, 2026), "⟦1 ⟦February⟧ 2026⟧");
}

#[test]
fn german_shoppers_are_addressed_in_one_form() {
    let german = Language::ALL.into_iter().find(|language| language.tag() == "de").unwrap();
    let formal = ["Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres", "Ihnen"];
    for (name, .., text) in texts(german) {
        let mut words = text.split(|sign: char| !sign.is_alphabetic());
        assert_eq!(words.find(|word| formal.contains(word)), None, "{name}: {text}");
        assert!(!text.contains("en Sie "), "{name}: {text}");
    }
}

/// An isolate that takes its direction from what is in it finds none behind the brackets of others.
#[test]
fn a_row_within_a_row_keeps_the_direction_of_its_language() {
    for language in Language::ALL.into_iter().filter(|language| language.words().locale.dir == "rtl") {
        let facts = ["+12 €", "É, Ü, Ø, Ł", "7"].map(str::to_owned);
        let told = language.words().studio.in_a_row(&facts);
        assert!(told.starts_with('\u{200f}') && !told.contains("\u{2068}\u{2068}"), "{told:?}");
    }
}
