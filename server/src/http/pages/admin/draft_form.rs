//! Forms that change a draft: how they are read into an edit, and how they come back unsaved.

use app::pages::FieldMessage;
use app::pages::admin::{Asks, ROWS_LEFT, Returned};
use app::paths::admin as paths;
use axum::http::StatusCode;
use shop::drafts::{ClashedForm, LeftRows, Question};
use shop::{DraftEdit, EditError, Section, ShopError, Slug, UnreadableField};
use words::Language;

use super::super::query;
use super::session::Admin;
use crate::http::failure::Failure;

/// The edit that a form asks for.
pub(super) fn edit(
    admin: &Admin,
    slug: &Slug,
    section: Section,
    sent: &[(String, String)],
) -> Result<DraftEdit, Failure> {
    let number = |name| query::value(sent, name).and_then(|number| number.parse().ok());
    let base = query::value(sent, "base").and_then(|base| base.parse().ok());
    Ok(DraftEdit {
        slug: slug.clone(),
        section,
        version: number("version").ok_or(Failure::Form)?,
        base: base.ok_or(Failure::Form)?,
        over: number("over"),
        goes_on: query::value(sent, "live").is_some(),
        fields: sent.to_vec(),
        language: admin.language,
        by: admin.email.clone(),
    })
}

/// Makes a form made from a version come back with why it was not saved, or with the rows that were not; tells the answer's status. `saved`
/// is what it is called where all else of it was saved.
pub(super) fn come_back(
    admin: &Admin,
    (slug, saved, version): (&Slug, &str, i64),
    error: EditError,
    returned: &mut Returned,
) -> Result<StatusCode, Failure> {
    // What was typed goes on from the version that it was made from.
    returned.origin = Some(version);
    match error {
        EditError::Unreadable(fields) => {
            let message =
                |field: UnreadableField| FieldMessage { field: field.field, message: field.message };
            returned.messages = fields.into_iter().map(message).collect();
            Ok(Failure::Unreadable.status())
        }
        EditError::Asks(Question { action, sentences, option }) => {
            let retire = option.map(|(attribute, option)| paths::retire(slug, &attribute, &option));
            returned.asks = Some(Asks { action, sentences, retire });
            Ok(Failure::Unreadable.status())
        }
        // Everything else is saved, and the rows come back that were not.
        EditError::Rows(left) => {
            saved.clone_into(&mut returned.form);
            rows_left(returned, left, admin.language);
            Ok(Failure::Unreadable.status())
        }
        // What was typed stands beside what somebody else saved first; what was not touched is as they have it.
        EditError::Clash { changed_by, form } => {
            let ClashedForm { fields, untouched, unopposed, moved, lost } = *form;
            returned.typed = fields.into_iter().collect();
            // Its entries stand elsewhere by now.
            if moved {
                returned.origin = None;
                returned.moved = true;
            }
            untouched.iter().for_each(|name| returned.typed.forget(name));
            returned.untouched = untouched.into_iter().collect();
            returned.unopposed = unopposed.into_iter().collect();
            let told = |message| FieldMessage { field: String::new(), message };
            returned.messages = lost.into_iter().map(told).collect();
            returned.conflict = Some(who_saved(admin, Some(&changed_by)));
            let error = ShopError::DraftChanged { slug: slug.clone(), changed_by: Some(changed_by) };
            Ok(Failure::from(error).status())
        }
        // That version is gone: saving what was typed beside what there is now is a decision.
        EditError::Shop(ShopError::DraftChanged { slug, changed_by }) => {
            returned.conflict = Some(who_saved(admin, changed_by.as_deref()));
            returned.origin = None;
            Ok(Failure::from(ShopError::DraftChanged { slug, changed_by }).status())
        }
        // The same form, with a part of it shown otherwise; what others saved since is no question yet.
        EditError::Shown(fields) => {
            returned.pressed = returned.typed.first("do").cloned();
            returned.typed = fields.into_iter().collect();
            Ok(StatusCode::OK)
        }
        EditError::Shop(error) => Err(error.into()),
        EditError::UnknownAttribute(_) | EditError::UnknownTable(_) => Err(Failure::NoPage),
    }
}

fn rows_left(returned: &mut Returned, left: LeftRows, language: Language) {
    let general = language.admin().rows_left(left.count() as u64);
    let (fields, wrong) = left.as_fields();
    let of_table = |message| FieldMessage { field: ROWS_LEFT.to_owned(), message };
    let at_cell = |wrong: UnreadableField| FieldMessage { field: wrong.field, message: wrong.message };
    returned.messages = wrong.into_iter().map(at_cell).collect();
    returned.messages.extend(left.messages.into_iter().map(of_table));
    returned.messages.push(FieldMessage { field: String::new(), message: general });
    returned.typed = fields.into_iter().chain([("rows".to_owned(), left.text)]).collect();
    returned.rows = true;
    returned.origin = None;
    returned.entries.clear();
}

/// Who saved a draft meanwhile, in a sentence.
pub(super) fn who_saved(admin: &Admin, changed_by: Option<&str>) -> String {
    let say = admin.language.admin();
    match changed_by {
        Some(by) if by == admin.email => say.you_saved().to_owned(),
        Some(by) => say.other_saved(&by),
        None => say.draft_is_gone().to_owned(),
    }
}
