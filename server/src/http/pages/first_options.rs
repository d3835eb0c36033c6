//! Which options of menus somebody is shown first, as pages have it.

use app::configurator::{LONGEST_MENU, SHORT_MENU};
use app::state::FirstShown;
use configurator::Product;
use personalize::Level;
use personalize::first_options::ShortMenus;
use shop::group_menus::{Because, Group, ShownFirst, ShownMenu};
use words::Language;

/// Menus as the product's page shows them.
pub(super) const MENUS: ShortMenus =
    ShortMenus { longest: LONGEST_MENU, longest_whole: LONGEST_WHOLE_MENU, most: SHORT_MENU };
/// A menu of more options, though not long, is shortened where what is learnt leaves out a third of it at least.
const LONGEST_WHOLE_MENU: usize = 12;

/// The code of the campaign link that an address or a form says somebody came by.
pub(super) fn campaign(pairs: &[(String, String)]) -> Option<String> {
    use super::query::{pairs as read, value};
    let was = || read(value(pairs, app::address::WAS).unwrap_or_default());
    let said = value(pairs, app::address::CAMPAIGN).map(str::to_owned);
    // A code needs no encoding, and what is none is nobody's.
    let is_code = |code: &String| code.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    said.or_else(|| value(&was(), app::address::CAMPAIGN).map(str::to_owned)).filter(is_code)
}

/// As a page's state has it.
pub(super) fn shown(product: &Product, first: &ShownFirst, language: Language) -> FirstShown {
    let attribute = product.attribute(first.attribute);
    let (options, why) = match &first.menu {
        ShownMenu::All => (Vec::new(), String::new()),
        ShownMenu::First(options, because) => {
            let codes = options.iter().map(|option| attribute.option(*option).code.clone());
            (codes.collect(), reasons(product, because, language))
        }
    };
    FirstShown { attribute: attribute.code.clone(), options, why }
}

/// Why options are shown first, in a sentence; empty where nothing is to be said.
pub(super) fn reasons(product: &Product, because: &[Because], language: Language) -> String {
    let (say, comma) = (language.shop(), product.words().engine.comma());
    let reason = |because: &Because| match because {
        Because::Needs(codes) => {
            let named = |code: &String| product.benefits.iter().find(|benefit| benefit.code == *code);
            let labels: Vec<String> = codes.iter().filter_map(named).map(|one| one.label.clone()).collect();
            say.first_for_needs(&labels.join(comma))
        }
        Because::Group(Group::Use(code)) => {
            say.first_for_people(&Level::SameUse { stated_use: code.clone() }.people(product))
        }
        Because::Group(Group::Campaign(_)) => say.first_by_link().to_owned(),
        Because::Group(Group::Segment(_)) => say.first_for_customers().to_owned(),
        Because::Learnt(level) => say.first_of_others(&level.people(product)),
    };
    let reasons: Vec<String> = because.iter().map(reason).collect();
    if reasons.is_empty() { String::new() } else { say.shown_first(&reasons.join(comma)) }
}
