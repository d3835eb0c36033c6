//! What the editor's forms change in a draft: pairs in, a changed source out, or what can't be read.
//!
//! A draft holds unchecked text, so only what has no place in it at all is refused: an amount that is no amount, a
//! number that is no number. Fields that a form does not send stay as they are.

use configurator::source::Source;
use configurator::{RevisionNumber, Slug};
use time::Date;
use words::Language;

use super::clash::ClashingForm;
use super::codes;
use super::corrections::{corrected, mark_sent};
use super::draft::Draft;
use super::form;
use super::merge::merge;
use super::removal::{Question, Removal};
use super::rows::{self, LeftRows};
use super::section::Section;
use super::sent::{Sent, UnreadableField};
use super::sentences::{self, ReadRules, RulesError};
use super::store::Way;
use super::tables::{self, TableFault};
use super::texts;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::store_error::StoreError;

/// What a form wants to change in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEdit {
    /// The product.
    pub slug: Slug,
    /// What the form edits.
    pub section: Section,
    /// The draft's version that the form was made from.
    pub version: i64,
    /// The live revision that that draft started from.
    pub base: RevisionNumber,
    /// The version that was shown beside the form as one that it clashes with: what clashes with that one is meant.
    pub over: Option<i64>,
    /// Whether a page saved it by itself while somebody goes on: what they do in one field is one change then.
    pub goes_on: bool,
    /// The form's fields: names and what was typed.
    pub fields: Vec<(String, String)>,
    /// The language of who edits.
    pub language: Language,
    /// Who edits.
    pub by: String,
}

/// What a form made of a draft.
#[derive(Debug)]
pub struct Edited {
    /// The draft that it was merged into.
    pub before: Bundle,
    /// The same as it is saved now.
    pub after: Bundle,
}

/// Why a draft was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Fields can't be read.
    #[error("some of what was typed can't be read: {}", .0.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(" "))]
    Unreadable(Vec<UnreadableField>),
    /// Something is to be removed on which other parts hang.
    #[error("{}", .0.sentences.join(" "))]
    Asks(Question),
    /// Somebody else changed the same fields since the form was made.
    #[error("somebody else changed the same fields meanwhile; look at both and save again")]
    Clash {
        /// Who saved the draft there is now.
        changed_by: String,
        /// Names of fields that were sent as they had been shown: those are no part of the clash.
        untouched: Vec<String>,
        /// The form, with the text of rules that its menus changed.
        fields: Vec<(String, String)>,
        /// Whether entries that have no code stand elsewhere by now: the fields are called as in the draft there is, and go on from it.
        moved: bool,
        /// What was typed into entries that others removed and has no place any more, in sentences.
        lost: Vec<String>,
    },
    /// A rule is to be shown otherwise; nothing is changed.
    #[error("a rule is to be shown otherwise; nothing was saved")]
    Shown(Vec<(String, String)>),
    /// Everything was saved but these rows of a table.
    #[error("all was saved but {} rows, which can't be read", .0.count())]
    Rows(LeftRows),
    /// The draft has no such table among its rules.
    #[error("the draft has no table '{0}' among its rules; choose one of those on the editor's page")]
    UnknownTable(String),
    /// The draft has no such attribute.
    #[error("the draft has no attribute '{0}'; choose one of those on the editor's page")]
    UnknownAttribute(String),
    /// Anything else; [`ShopError::DraftChanged`] when the form was made from another draft.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl Shop {
    /// Changes a draft as a form says. What the draft would be then need not be sound. Where somebody saved it since the form
    /// was made, what they changed stays, field by field. Undoing takes back what was done in one field at a time, where the page
    /// saved that by itself.
    ///
    /// # Errors
    /// See [`EditError`]; nothing is changed then, but for [`EditError::Rows`].
    pub async fn edit_draft(&self, mut edit: DraftEdit) -> Result<Edited, EditError> {
        let draft = self.draft(&edit.slug).await?;
        if let Some(fields) = corrected(&draft.bundle.source, &edit.fields) {
            edit.fields = fields;
        }
        if let Section::Attribute(code) = &edit.section
            && !draft.bundle.source.attributes.iter().any(|attribute| attribute.code == *code)
        {
            return Err(EditError::UnknownAttribute(code.clone()));
        }
        let beside = if (draft.version, draft.base) == (edit.version, edit.base) {
            None
        } else {
            let Some(origin) = self.origin(&draft, edit.version, edit.base).await? else {
                let changed_by = (draft.version > 0).then_some(draft.changed_by);
                return Err(ShopError::DraftChanged { slug: draft.slug, changed_by }.into());
            };
            let shown = match edit.over {
                Some(over) => self.origin(&draft, over, edit.base).await?,
                None => None,
            };
            Some((origin.source, shown.map(|shown| shown.source)))
        };
        let today = self.day_of_change();
        let work = move || {
            let made = match &beside {
                None => edit.changed(&draft.bundle.source, today),
                Some((origin, shown)) => edit.merged((origin, shown.as_ref()), &draft, today),
            };
            (edit, draft, made)
        };
        let (edit, draft, made) = self.executor.run(work).await?;
        let (source, left) = made?;
        let bundle = Bundle { source, drawings: draft.bundle.drawings.clone() };
        if bundle != draft.bundle {
            let way = if edit.goes_on { self.way_on(&draft, &bundle, &edit.by).await? } else { Way::Saved };
            self.save_draft_as(&draft.slug, draft.version, bundle.clone(), &edit.by, way).await?;
        }
        if left.count() == 0 {
            Ok(Edited { before: draft.bundle, after: bundle })
        } else {
            Err(EditError::Rows(left))
        }
    }
}

impl DraftEdit {
    /// What the form makes of the product that it was made from.
    fn changed(&self, origin: &Source, today: Date) -> Result<(Source, LeftRows), EditError> {
        let mut source = origin.clone();
        let (_, left) = self.apply(&mut source, today)?;
        source.follow_originals(origin, origin, today);
        self.rename(&mut source)?;
        Ok((source, left))
    }

    /// Changes a product as the form says, and tells what was read of its rules, and the rows that can't be taken.
    fn apply(&self, source: &mut Source, today: Date) -> Result<(ReadRules, LeftRows), EditError> {
        if let Section::Texts(tag) = &self.section {
            let mut sent = Sent::new(&self.fields, self.language);
            let left = texts::read(source, tag, &mut sent, today);
            sent.done().map_err(EditError::Unreadable)?;
            return Ok((ReadRules { fields: self.fields.clone(), untouched: Vec::new() }, left));
        }
        if let Section::Table(key) = &self.section {
            let read =
                tables::read(source, key, &self.fields, self.language).map_err(|fault| match fault {
                    TableFault::Unknown => EditError::UnknownTable(key.clone()),
                    TableFault::Unreadable(wrong) => EditError::Unreadable(wrong),
                    TableFault::Shown => EditError::Shown(self.fields.clone()),
                })?;
            Section::Rules.edit(source, Sent::new(&read.fields, self.language))?;
            return Ok((ReadRules { fields: self.fields.clone(), untouched: read.untouched }, read.left));
        }
        let read = self.read_sentences(source)?;
        self.section.edit(source, Sent::new(&read.fields, self.language))?;
        let left = self.read_rows(source)?;
        Ok((read, left))
    }

    /// The form, with the text of rules that its menus say.
    fn read_sentences(&self, source: &Source) -> Result<ReadRules, EditError> {
        if self.section != Section::Rules {
            return Ok(ReadRules { fields: self.fields.clone(), untouched: Vec::new() });
        }
        let mut read = sentences::read(source, &self.fields, self.language).map_err(|error| match error {
            RulesError::Unreadable(wrong) => EditError::Unreadable(wrong),
            RulesError::Shown(fields) => EditError::Shown(fields),
        })?;
        if self.fields.iter().any(|(name, action)| name == "do" && action == tables::BEGIN) {
            let begun = tables::begin(&mut read.fields, self.language);
            begun.map_err(|wrong| EditError::Unreadable(vec![wrong]))?;
        }
        Ok(read)
    }

    /// Gives what the form is about the codes that it says.
    fn rename(&self, source: &mut Source) -> Result<(), EditError> {
        let mut sent = Sent::new(&self.fields, self.language);
        codes::rename(source, &self.section, &mut sent);
        sent.done().map_err(EditError::Unreadable)
    }

    /// Takes the good rows of a table that was pasted into an attribute's form, and of those that came back from one.
    fn read_rows(&self, source: &mut Source) -> Result<LeftRows, EditError> {
        let Section::Attribute(code) = &self.section else { return Ok(LeftRows::default()) };
        let table = self.fields.iter().find(|(name, _)| name == "rows").map(|(_, table)| table.trim());
        let table = table.unwrap_or_default().replace("\r\n", "\n");
        let found = source.attributes.iter_mut().find(|attribute| attribute.code == *code);
        match found {
            Some(attribute) if attribute.kind.fields().contains(&"options") => {
                let again = rows::sent_again(&self.fields);
                rows::read(attribute, (again, &table), &source.currency, self.language)
                    .map_err(|wrong| EditError::Unreadable(vec![wrong]))
            }
            _ => Ok(LeftRows::default()),
        }
    }

    /// What the form and its table make of what it was made from, merged into what the draft is now; and the rows that can't be
    /// taken. What clashes with the version that was shown beside it is meant; what others changed since is not.
    fn merged(
        &self,
        (origin, shown): (&Source, Option<&Source>),
        draft: &Draft,
        today: Date,
    ) -> Result<(Source, LeftRows), EditError> {
        let (mut base, mut mine, theirs) = (origin.clone(), origin.clone(), &draft.bundle.source);
        let mut shown = shown.cloned();
        let (sent, left) = self.apply(&mut mine, today)?;
        if let Section::Texts(tag) = &self.section {
            base.relabel_translations(theirs);
            mine.relabel_translations(theirs);
            shown.iter_mut().for_each(|shown| shown.relabel_translations(theirs));
            let lost = texts::lost(&base, &mine, theirs, tag, self.language);
            if !lost.is_empty() {
                return Err(EditError::Unreadable(lost));
            }
        }
        let merge = || {
            let [base, theirs, mine] = [&base, theirs, &mine].map(serde_json::to_value);
            let (base, theirs, mine) = (base?, theirs?, mine?);
            let merged = match shown.map(serde_json::to_value).transpose()? {
                Some(shown) => {
                    let decided = merge(&base, &shown, &mine).product;
                    merge(&shown, &theirs, &decided)
                }
                None => merge(&base, &theirs, &mine),
            };
            Ok::<_, serde_json::Error>((serde_json::from_value::<Source>(merged.product)?, merged.clashes))
        };
        let (mut source, clashes) = merge().map_err(|error| {
            let what = format!("the draft of '{}'", self.slug);
            ShopError::from(StoreError::Unreadable { what, reason: error.to_string() })
        })?;
        if !clashes.is_empty() {
            let form = ClashingForm { section: &self.section, origin, now: theirs, language: self.language };
            return Err(form.told(sent, draft.changed_by.clone()));
        }
        source.drop_stray_values();
        source.follow_originals(theirs, origin, today);
        // What others changed is merged by codes, so those change last.
        self.rename(&mut source)?;
        Ok((source, left))
    }
}

impl Section {
    fn edit(&self, source: &mut Source, mut sent: Sent) -> Result<(), EditError> {
        let removal = Removal::asked(source, self, &sent);
        let question = removal.as_ref().filter(|(_, agreed)| !agreed);
        let question = question.and_then(|(removal, _)| removal.question(source, sent.language()));
        form::read(source, self, &mut sent);
        mark_sent(source, self, &sent);
        sent.done().map_err(EditError::Unreadable)?;
        if let Some(question) = question {
            return Err(EditError::Asks(question));
        }
        if let Some((removal, _)) = removal {
            removal.clear(source);
        }
        source.drop_stray_values();
        Ok(())
    }
}

#[cfg(test)]
mod histories;

#[cfg(test)]
mod tests;
