//! Forms of many rows, as tables and translations have them: how they are read into an edit, and how they come back unsaved.

use app::pages::FieldMessage;
use app::pages::admin::{ROWS_LEFT, Returned};
use axum::http::StatusCode;
use shop::{DraftEdit, EditError, Section, ShopError, Slug, UnreadableField};

use super::super::query;
use super::products::who_saved;
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

/// Makes a form made from a version come back with why it was not saved, or with the rows that were not; tells the answer's status.
pub(super) fn come_back(
    admin: &Admin,
    slug: &Slug,
    error: EditError,
    version: i64,
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
        // Everything else is saved, and the rows come back that were not.
        EditError::Rows(left) => {
            let of_table = |message| FieldMessage { field: ROWS_LEFT.to_owned(), message };
            let general = admin.language.admin().rows_left(left.messages.len() as u64);
            returned.messages = left.messages.into_iter().map(of_table).collect();
            returned.messages.push(FieldMessage { field: String::new(), message: general });
            returned.typed = [("rows".to_owned(), left.text)].into_iter().collect();
            returned.rows = true;
            returned.origin = None;
            Ok(Failure::Unreadable.status())
        }
        EditError::Clash { changed_by, untouched, fields, moved } => {
            if moved {
                returned.typed = fields.into_iter().collect();
                returned.origin = None;
            }
            untouched.iter().for_each(|name| returned.typed.forget(name));
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
        EditError::Shown(_) => {
            returned.pressed = Some("several".to_owned());
            Ok(StatusCode::OK)
        }
        EditError::Shop(error) => Err(error.into()),
        EditError::UnknownTable(_) => Err(Failure::NoPage),
        EditError::Asks(_) | EditError::UnknownAttribute(_) => Err(Failure::Form),
    }
}
