//! The shop's settings: one form, and what was saved before.

use std::collections::BTreeMap;

use leptos::prelude::*;
use words::{Language, Settings};

use super::form::end;
use super::kept::{keeping, kept};
use super::shell::{FORM, Frame, Rail, SINGLE, page};
use crate::paths::route;
use crate::ui::field::{self, Field};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, disclosure, notice};

/// Everything that the page shows. Fields go by the names that the shop file has for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsPage {
    /// The version that the form is made from.
    pub version: i64,
    /// Where what stands comes from, in a sentence.
    pub origin: String,
    /// What the fields hold.
    pub values: BTreeMap<String, String>,
    /// What the shop file says elsewhere than here, in sentences.
    pub file: BTreeMap<String, String>,
    /// What holds for fields that are empty.
    pub plain: BTreeMap<&'static str, String>,
    /// What is wrong with fields, or was saved in them meanwhile.
    pub errors: BTreeMap<String, Vec<String>>,
    /// Languages that texts can be given in beside their own: tag and name.
    pub translations: Vec<(String, String)>,
    /// Whether they hold what was typed and is not saved.
    pub came_back: bool,
    /// What was done just now.
    pub done: Option<&'static str>,
    /// Why nothing was.
    pub refused: Option<&'static str>,
    /// The newest versions, the newest first.
    pub versions: Vec<SettingsVersionItem>,
    /// Whether what stands was saved here.
    pub is_saved: bool,
    /// Whether something would be forgotten for good, which has to be agreed to.
    pub forgets: bool,
}

/// A version in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsVersionItem {
    /// Its number.
    pub version: i64,
    /// When it was saved.
    pub at: String,
    /// Who did.
    pub by: String,
    /// What it changed, in a sentence.
    pub what: String,
    /// Whether it stands.
    pub stands: bool,
}

/// The page.
#[must_use]
pub fn settings(frame: Frame, shown: &SettingsPage) -> String {
    let language = frame.language;
    let say = language.settings();
    page(frame, say.title(), Rail::Settings, || {
        let done = shown.done.map(|done| {
            view! { <p class=notice::GOOD role="status" data-testid="done">{done}</p> }
        });
        let refused = shown.refused.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "refused"));
        view! {
            <div class=SINGLE>
                <h1 class=format!("{} mb-3", text::TITLE_SMALL)>{say.title()}</h1>
                {done} {refused}
                {act(route::admin::SETTINGS, || keeping(frame, shown.done.is_some()))}
                <p class=text::LEAD>{say.hint()}</p>
                <p class="mt-3" data-testid="origin">{shown.origin.clone()}</p>
                {form(language, shown)}
                {versions(language, shown)}
            </div>
        }
        .into_any()
    })
}

fn form(language: Language, shown: &SettingsPage) -> Option<AnyView> {
    let say = language.settings();
    Post::to(route::admin::SETTINGS).class(FORM).judged_here().test("settings").form(|| {
        let translations = shown.translations.iter().map(|(tag, name)| translation(say, shown, tag, name));
        view! {
            <input type="hidden" name="version" value=shown.version.to_string() />
            {kept("settings", shown.came_back)}
            <div class="max-w-[30rem]">
                {the_shop(say, shown)}
                {days(say, shown)}
                {mailed(language, shown)}
                {selling(say, shown)}
            </div>
            {pages(say, shown)}
            {translations.collect_view()}
            <p class="mt-6"><button type="submit" class=button::PRIMARY name="do" value="save" data-testid="save">{say.save()}</button></p>
            <p class=text::HINT>{say.save_hint()}</p>
            {end()}
        }
        .into_any()
    })
}

/// A field with what stands in it, what is wrong with it, and what the shop file says.
fn one(shown: &SettingsPage, name: &str, label: &str, hint: &str) -> Field {
    let file = shown.file.get(name).map_or("", String::as_str);
    let hint = [hint, file].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: label.to_owned(),
        value: shown.values.get(name).cloned().unwrap_or_default(),
        placeholder: shown.plain.get(name).cloned().unwrap_or_default(),
        autocomplete: "off",
        errors: shown.errors.get(name).cloned().unwrap_or_default(),
        hint,
        ..Field::default()
    }
}

fn group(title: &'static str, id: &'static str, fields: AnyView) -> AnyView {
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby=id>
            <h2 class=text::HEADING id=id>{title}</h2>
            {fields}
        </section>
    }
    .into_any()
}

fn the_shop(say: &'static Settings, shown: &SettingsPage) -> AnyView {
    let one = |name, label, hint| one(shown, name, label, hint);
    let shop = view! {
        {one("name", say.name(), say.name_hint()).text("text")}
        {one("language", say.language(), say.language_hint()).text("text")}
        {one("time_zone", say.time_zone(), say.time_zone_hint()).text("text")}
    };
    let company = view! {
        {one("company.legal_name", say.legal_name(), "").text("text")}
        {one("company.address", say.address(), "").area(4, false)}
        {one("company.represented_by", say.represented_by(), "").text("text")}
        {one("company.register", say.register(), "").text("text")}
        {one("company.vat_id", say.vat_id(), "").text("text")}
    };
    let contact = view! {
        {one("contact.email", say.email(), "").text("email")}
        {one("contact.phone", say.phone(), "").text("tel")}
        {one("contact.hours", say.hours(), "").text("text")}
    };
    view! {
        {group(say.shop(), "of-shop", shop.into_any())}
        {group(say.company(), "of-company", company.into_any())}
        {group(say.contact(), "of-contact", contact.into_any())}
    }
    .into_any()
}

fn days(say: &'static Settings, shown: &SettingsPage) -> AnyView {
    let week = [
        ("monday", say.monday()),
        ("tuesday", say.tuesday()),
        ("wednesday", say.wednesday()),
        ("thursday", say.thursday()),
        ("friday", say.friday()),
        ("saturday", say.saturday()),
        ("sunday", say.sunday()),
    ];
    let name = "working_days";
    let worked = shown.values.get(name).cloned().unwrap_or_default();
    let ticks = week.map(|(day, words)| {
        let ticked = worked.lines().any(|line| line == day);
        view! { <div>{field::tick(name, day, words, ticked, None)}</div> }
    });
    let errors = shown.errors.get(name).cloned().unwrap_or_default();
    let file = shown.file.get(name).map(|hint| (hint.clone(), None));
    let notes = field::notes("working_days.note", &errors, None, file);
    let fields = view! {
        <fieldset class=field::FIELD>
            <legend class=field::LABEL>{say.working_days()}</legend>
            {ticks.collect_view()}
            {notes}
        </fieldset>
        {one(shown, "holidays", say.holidays(), say.holidays_hint()).area(6, false)}
        {one(shown, "delivery_days", say.delivery_days(), "").text("text")}
    };
    group(say.days(), "of-days", fields.into_any())
}

/// The states of an order that its buyer gets a mail about.
fn mailed(language: Language, shown: &SettingsPage) -> AnyView {
    let (say, states) = (language.settings(), language.admin());
    let name = "order_mails";
    let told = shown.values.get(name).cloned().unwrap_or_default();
    let all = [
        ("confirmed", states.is_confirmed()),
        ("in_production", states.is_in_production()),
        ("shipped", states.is_shipped()),
        ("delivered", states.is_delivered()),
        ("cancelled", states.is_cancelled()),
        ("returned", states.is_returned()),
    ];
    let ticks = all.map(|(state, words)| {
        let ticked = told.lines().any(|line| line == state);
        view! { <div>{field::tick(name, state, words, ticked, None)}</div> }
    });
    let errors = shown.errors.get(name).cloned().unwrap_or_default();
    let file = shown.file.get(name).map(|hint| (hint.clone(), None));
    let notes = field::notes("order_mails.note", &errors, None, file);
    let fields = view! {
        <fieldset class=field::FIELD>
            <legend class=field::LABEL>{say.order_mails()}</legend>
            {ticks.collect_view()}
            <p class=field::HINT>{say.order_mails_hint()}</p>
            {notes}
        </fieldset>
    };
    group(say.buyers(), "of-buyers", fields.into_any())
}

fn selling(say: &'static Settings, shown: &SettingsPage) -> AnyView {
    let number =
        |name, label, hint| Field { keyboard: "numeric", ..one(shown, name, label, hint) }.text("text");
    let prices = view! {
        {one(shown, "vat", say.vat(), say.vat_hint()).text("text")}
        {number("price_hold_days", say.price_hold_days(), "")}
        {number("return_days", say.return_days(), "")}
    };
    let is_asked = shown.values.get("approval").is_some_and(|said| said == "yes");
    let file = shown.file.get("approval").map(|said| view! { <p class=field::HINT>{said.clone()}</p> });
    let publishing = view! {
        <div class="my-4">
            {field::tick("approval", "yes", say.approval(), is_asked, None)}
            <p class=field::HINT>{say.approval_hint()}</p>
            {file}
        </div>
        {number("large_price_change", say.large_price_change(), "")}
    };
    let personal = view! {
        {number("wrong_default_costs", say.wrong_default_costs(), say.wrong_default_costs_hint())}
        {number("always_standard", say.always_standard(), say.always_standard_hint())}
    };
    let kept = view! {
        {number("retention_years", say.retention_years(), "")}
        {number("insight_months", say.insight_months(), "")}
        {number("designs_kept_days", say.designs_kept_days(), say.designs_kept_days_hint())}
        {shown.forgets.then(|| field::tick("forget", "yes", say.agree_forget(), false, None))}
    };
    view! {
        {group(say.prices(), "of-prices", prices.into_any())}
        {group(say.publishing(), "of-publishing", publishing.into_any())}
        {group(say.personal(), "of-personal", personal.into_any())}
        {group(say.kept(), "of-kept", kept.into_any())}
    }
    .into_any()
}

fn page_fields(say: &'static Settings, shown: &SettingsPage, place: &str) -> AnyView {
    let all = [
        ("delivery", say.page_delivery()),
        ("returns", say.page_returns()),
        ("payment", say.page_payment()),
        ("contact", say.page_contact()),
        ("company", say.page_company()),
        ("privacy", say.page_privacy()),
    ];
    all.map(|(page, label)| one(shown, &format!("{place}.{page}"), label, "").area(6, false))
        .collect_view()
        .into_any()
}

fn pages(say: &'static Settings, shown: &SettingsPage) -> AnyView {
    let fields = view! {
        <p class=text::HINT>{say.pages_hint()}</p>
        <div class="mt-3">{page_fields(say, shown, "pages")}</div>
    };
    group(say.pages(), "of-pages", fields.into_any())
}

/// The texts in one further language: open where something in it is wrong.
fn translation(say: &'static Settings, shown: &SettingsPage, tag: &str, name: &str) -> AnyView {
    let place = format!("translations.{tag}");
    let is_wrong = shown.errors.keys().any(|field| field.starts_with(&format!("{place}.")));
    view! {
        <details class=disclosure::MORE open=is_wrong data-testid=format!("texts-{tag}")>
            <summary class=disclosure::SUMMARY>{say.pages_in(&name)}</summary>
            <div class="mt-3">
                {one(shown, &format!("{place}.hours"), say.hours(), "").text("text")}
                {page_fields(say, shown, &format!("{place}.pages"))}
            </div>
        </details>
    }
    .into_any()
}

fn versions(language: Language, shown: &SettingsPage) -> AnyView {
    let say = language.settings();
    let columns =
        [Column::words(say.when()), Column::words(say.what()), Column::quiet(language.admin().ways())];
    let rows = shown.versions.iter().map(|version| row(language, shown.version, version));
    let listed = match shown.versions.is_empty() {
        true => view! { <p class="mt-1">{say.no_versions()}</p> }.into_any(),
        false => table(&columns, rows.collect_view().into_any()),
    };
    let file = shown.is_saved.then(|| {
        Post::to(route::admin::SETTINGS).class("mt-3").form(|| view! {
            <input type="hidden" name="version" value=shown.version.to_string() />
            <input type="hidden" name="to" value="0" />
            <button type="submit" class=button::QUIET name="do" value="restore" data-testid="restore-file">{say.restore_file()}</button>
            <p class=text::HINT>{say.restore_file_hint()}</p>
            {end()}
        }.into_any())
    });
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="of-versions">
            <h2 class=text::HEADING id="of-versions">{say.versions()}</h2>
            {listed}
            {file}
        </section>
    }
    .into_any()
}

fn row(language: Language, seen: i64, version: &SettingsVersionItem) -> AnyView {
    let say = language.settings();
    let SettingsVersionItem { version, at, by, what, stands } = version.clone();
    let way = match stands {
        true => Some(text::mark(Tone::Good, say.stands(), None)),
        false => Post::to(route::admin::SETTINGS).form(|| view! {
            <input type="hidden" name="version" value=seen.to_string() />
            <input type="hidden" name="to" value=version.to_string() />
            <button type="submit" class=button::QUIET_SMALL name="do" value="restore" aria-label=say.restore_of(&version) data-testid="restore">{say.restore()}</button>
            {end()}
        }.into_any()),
    };
    view! {
        <tr class=table::ROW data-testid="version">
            <th scope="row" class=table::NAME>{at}</th>
            <td class=table::LABELLED data-label=say.what()><div class="min-w-0 wrap-anywhere">{what} <p class=text::META>{by}</p></div></td>
            <td class=table::ACT>{way}</td>
        </tr>
    }
    .into_any()
}
