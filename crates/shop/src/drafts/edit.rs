//! What the editor's forms change in a draft: pairs in, a changed source out, or what can't be read.
//!
//! A draft holds unchecked text: refused is only what has no place in it, such as a number that is none or a sign that nobody sees. Fields not sent stay.

use configurator::source::Source;
use configurator::{RevisionNumber, Slug};
use time::Date;
use words::Language;

use super::clash::{ClashedForm, Clashing};
use super::codes;
use super::conditions;
use super::corrections::{corrected, mark_sent};
use super::draft::Draft;
use super::form;
use super::merge::merge;
use super::removal::{Question, Removal};
use super::rows::{self, LeftRows};
use super::section::Section;
use super::sent::{Sent, UnreadableField};
use super::sentences::{self, ReadRules, RulesError};
use super::standard;
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
        /// The form, as it comes back.
        form: Box<ClashedForm>,
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
        if let Some(fields) = corrected(&draft.bundle.source, &edit.section, &edit.fields) {
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
            self.save_over(&draft, bundle.clone(), &edit.by, (way, None)).await?;
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
        self.begin_standard(&mut source);
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
            return Ok((ReadRules { fields: self.fields.clone(), untouched: Vec::new() }, read.left));
        }
        let read = self.read_sentences(source)?;
        self.section.edit(source, Sent::new(&read.fields, self.language))?;
        let left = self.read_rows(source)?;
        Ok((read, left))
    }

    /// The form, with the text of what its menus say.
    fn read_sentences(&self, source: &Source) -> Result<ReadRules, EditError> {
        let refused = |error| match error {
            RulesError::Unreadable(wrong) => EditError::Unreadable(wrong),
            RulesError::Shown(fields) => EditError::Shown(fields),
        };
        if self.section != Section::Rules {
            let read = conditions::read(source, &self.section, &self.fields, self.language);
            return Ok(ReadRules { fields: read.map_err(refused)?, untouched: Vec::new() });
        }
        let mut read = sentences::read(source, &self.fields, self.language).map_err(refused)?;
        if self.fields.iter().any(|(name, action)| name == "do" && action == tables::BEGIN) {
            let begun = tables::begin(&mut read.fields, self.language);
            begun.map_err(|wrong| EditError::Unreadable(vec![wrong]))?;
        }
        Ok(read)
    }

    /// Gives an attribute whose form it is a standard, where its first options came with it; of the standard design each that has none.
    fn begin_standard(&self, source: &mut Source) {
        for attribute in &mut source.attributes {
            match &self.section {
                Section::Attribute(code) if attribute.code == *code => standard::begin(attribute),
                Section::Standard => standard::begin(attribute),
                _ => {}
            }
        }
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
        let table = self.fields.iter().find(|(name, _)| name == "rows" && !rows::are_left_out(&self.fields));
        let table = table.map(|(_, table)| table.trim());
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
            let clashing = Clashing { section: &self.section, origin, now: theirs, language: self.language };
            let form = Box::new(clashing.told(sent));
            return Err(EditError::Clash { changed_by: draft.changed_by.clone(), form });
        }
        source.drop_stray_values();
        source.follow_originals(theirs, origin, today);
        self.begin_standard(&mut source);
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
mod tests {
    use configurator::source::{BudgetSource, ValueSource};

    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }, { "code": "size", "label": "Size" }],
            "attributes": [
                { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red", "swatch": "#aa2211" },
                    { "code": "blue", "label": "Blue", "price": 150, "weight": 9 },
                ]},
                { "code": "height", "step": "size", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
                { "code": "extras", "step": "looks", "label": "Extras", "kind": "multi-choice", "standard": ["lid"], "options": [
                    { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" },
                ]},
                { "code": "words", "step": "looks", "label": "Words", "kind": "text", "standard": "", "max_length": 8 },
            ],
            "rules": [{ "code": "one", "rule": "glaze = red", "sentence": "Red." }],
        }))
        .unwrap()
    }

    fn pairs(text: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(text.as_bytes()).into_owned().collect()
    }

    fn english(pairs: &[(String, String)]) -> Sent<'_> {
        Sent::new(pairs, Language::ENGLISH)
    }

    fn edit(section: Section, source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
        let edited = section.edit(source, sent).map_err(|error| match error {
            EditError::Unreadable(fields) => fields,
            error => panic!("{error}"),
        });
        source.drop_stray_translations();
        edited
    }

    fn attribute(source: &mut Source, code: &str, sent: Sent) -> Result<(), Vec<UnreadableField>> {
        edit(Section::Attribute(code.to_owned()), source, sent)
    }

    fn basics(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
        edit(Section::Basics, source, sent)
    }

    fn rules(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
        edit(Section::Rules, source, sent)
    }

    fn standard(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
        edit(Section::Standard, source, sent)
    }

    fn budget(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
        edit(Section::Budget, source, sent)
    }

    #[test]
    fn an_empty_form_changes_nothing_but_boxes() {
        let mut changed = source();
        basics(&mut changed, english(&[])).unwrap();
        attribute(&mut changed, "glaze", english(&[])).unwrap();
        attribute(&mut changed, "height", english(&[])).unwrap();
        attribute(&mut changed, "unknown", english(&[])).unwrap();
        rules(&mut changed, english(&[])).unwrap();
        standard(&mut changed, english(&[])).unwrap();
        budget(&mut changed, english(&[])).unwrap();
        assert_eq!(changed, source());
    }

    #[test]
    fn what_is_removed_takes_its_translations_with_it() {
        let mut changed = source();
        changed.translations = serde_json::from_value(serde_json::json!({ "de": {
            "attributes": { "glaze": { "options": { "red": { "label": "Rot" }, "blue": { "label": "Blau" } } } },
            "rules": { "one": "Rot." },
        }}))
        .unwrap();
        attribute(&mut changed, "glaze", english(&pairs("do=remove-all:blue"))).unwrap();
        rules(&mut changed, english(&pairs("do=remove-all:one"))).unwrap();
        let german = &changed.translations["de"];
        assert_eq!(german.attributes["glaze"].options.keys().collect::<Vec<_>>(), ["red"]);
        assert!(german.rules.is_empty());
    }

    #[test]
    fn ready_made_designs_stay_but_for_what_is_removed() {
        let mut changed = source();
        changed.designs = serde_json::from_value(serde_json::json!([
            { "code": "gift", "label": "Gift", "summary": "To give.", "values": { "glaze": "blue", "extras": ["lid", "spoon"], "words": "Ada" } },
        ]))
        .unwrap();
        let before = changed.designs.clone();
        attribute(&mut changed, "glaze", english(&pairs("label=Colour&label.blue=Navy"))).unwrap();
        standard(&mut changed, english(&pairs("standard.glaze=blue"))).unwrap();
        assert_eq!(changed.designs, before);
        attribute(&mut changed, "glaze", english(&pairs("do=remove-all:blue"))).unwrap();
        attribute(&mut changed, "extras", english(&pairs("do=remove-all:spoon"))).unwrap();
        let values = &changed.designs[0].values;
        assert_eq!(values.keys().collect::<Vec<_>>(), ["extras", "words"]);
        assert_eq!(values["extras"], ValueSource::List(vec!["lid".to_owned()]));
    }

    #[test]
    fn changes_options_and_keeps_what_the_form_does_not_show() {
        let mut changed = source();
        let form = pairs(
            "label=Colour&label.red=Rust&price.red=&available.red=on&label.blue=Blue&price.blue=2,5&swatched.blue=on&swatch.blue=%23112233",
        );
        attribute(&mut changed, "glaze", english(&form)).unwrap();
        let glaze = &changed.attributes[0];
        assert_eq!(glaze.label, "Colour");
        assert_eq!((glaze.options[0].label.as_str(), glaze.options[0].price), ("Rust", 0));
        assert_eq!(glaze.options[0].swatch.as_deref(), Some("#aa2211"), "no colour was sent");
        let blue = &glaze.options[1];
        assert_eq!((blue.price, blue.available, blue.weight), (250, false, 9));
        assert_eq!(blue.swatch.as_deref(), Some("#112233"));
    }

    #[test]
    fn a_price_is_not_emptied_without_a_word() {
        let mut priced = source();
        (priced.attributes[1].price, priced.attributes[3].price) = (Some(50), Some(300));
        for (code, field) in [("glaze", "price.blue"), ("height", "price"), ("words", "price")] {
            let mut changed = priced.clone();
            let wrong = attribute(&mut changed, code, english(&pairs(&format!("{field}=")))).unwrap_err();
            let expected = UnreadableField {
                field: field.to_owned(),
                message: "This had a price. Write 0 where it costs nothing more.".to_owned(),
            };
            assert_eq!(wrong, [expected]);
            attribute(&mut changed, code, english(&pairs(&format!("{field}=0")))).unwrap();
            let of = |code: &str| changed.attributes.iter().find(|attribute| attribute.code == code).unwrap();
            let free =
                [i64::from(code == "glaze") * of("glaze").options[1].price, of(code).price.unwrap_or(0)];
            assert_eq!(free, [0, 0], "{code}");
            // What costs nothing may be empty, and so may what never had a price.
            attribute(&mut changed, code, english(&pairs(&format!("{field}=")))).unwrap();
        }
        let mut changed = source();
        attribute(&mut changed, "glaze", english(&pairs("price.red=&new.label=Green&new.price="))).unwrap();
        assert_eq!(
            changed.attributes[0].options.iter().map(|option| option.price).collect::<Vec<_>>(),
            [0, 150, 0]
        );
        // A test design's price is asked for or not.
        changed.tests =
            serde_json::from_value(serde_json::json!([{ "code": "low", "label": "Low", "price": 900 }]))
                .unwrap();
        edit(Section::Tests, &mut changed, english(&pairs("label.low=Low&price.low="))).unwrap();
        assert_eq!(changed.tests[0].price, None);
    }

    #[test]
    fn says_when_an_attribute_applies() {
        let mut changed = source();
        for (form, expected) in [
            ("label=Glaze&applies=height+>+8", Some("height > 8")),
            ("label=Glaze", Some("height > 8")),
            ("label=Glaze&applies=", None),
        ] {
            attribute(&mut changed, "glaze", english(&pairs(form))).unwrap();
            assert_eq!(changed.attributes[0].applies.as_deref(), expected, "{form}");
        }
    }

    #[test]
    fn says_what_can_not_be_read() {
        let mut changed = source();
        let messages =
            attribute(&mut changed, "glaze", english(&pairs("label.red=Red&price.red=a+lot"))).unwrap_err();
        assert_eq!(messages[0].field, "price.red");
        assert_eq!(messages[0].message, "'a lot' is no amount in EUR. Write it such as 12.50 or -3.");
        for (form, field) in [
            ("base_price=x", "base_price"),
            ("base_price=", "base_price"),
            ("lead_time_days=-1", "lead_time_days"),
        ] {
            assert_eq!(basics(&mut source(), english(&pairs(form))).unwrap_err()[0].field, field);
        }
        assert_eq!(
            attribute(&mut source(), "glaze", english(&pairs("do=add"))).unwrap_err()[0].field,
            "new.label"
        );
        assert_eq!(
            budget(&mut source(), english(&pairs("on=on&ceiling=many"))).unwrap_err()[0].field,
            "ceiling"
        );
        assert_eq!(
            standard(&mut source(), english(&pairs("standard.height=tall"))).unwrap_err()[0].field,
            "standard.height"
        );
    }

    #[test]
    fn amounts_are_read_as_the_language_writes_them() {
        let form = pairs("label.red=Red&price.red=a+lot");
        let sent = Sent::new(&form, Language::GERMAN);
        let messages = attribute(&mut source(), "glaze", sent).unwrap_err();
        assert!(messages[0].message.ends_with("such as 12,50 or -3."), "{}", messages[0].message);
        let (mut changed, form) = (source(), pairs("label.red=Red&price.red=1.250,5"));
        attribute(&mut changed, "glaze", Sent::new(&form, Language::GERMAN)).unwrap();
        assert_eq!(changed.attributes[0].options[0].price, 125_050);
    }

    #[test]
    fn moves_adds_and_removes() {
        let codes = |source: &Source| {
            let codes = source.attributes[0].options.iter().map(|option| option.code.clone());
            codes.collect::<Vec<_>>().join(" ")
        };
        for (form, wanted) in [
            ("do=up:blue", "blue red"),
            ("do=up:red", "red blue"),
            ("do=down:red", "blue red"),
            ("do=down:blue", "red blue"),
            ("do=remove-all:red", "blue"),
            ("do=remove-all:green", "red blue"),
            ("do=add&new.label=Forest+green&new.price=3", "red blue forest_green"),
            ("do=save&new.label=Red", "red blue red_2"),
        ] {
            let mut changed = source();
            attribute(&mut changed, "glaze", english(&pairs(form))).unwrap();
            assert_eq!(codes(&changed), wanted, "{form}");
        }
    }

    #[test]
    fn attributes_move_within_their_step() {
        let order = |action: &str, code: &str| {
            let mut changed = source();
            attribute(&mut changed, code, english(&pairs(action))).unwrap();
            changed.attributes.iter().map(|attribute| attribute.code.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(order("do=attribute-up", "extras"), "extras height glaze words");
        assert_eq!(order("do=attribute-down", "extras"), "glaze height words extras");
        assert_eq!(order("do=attribute-up", "height"), "glaze height extras words");
    }

    #[test]
    fn keeps_rules_as_typed() {
        let mut changed = source();
        let form = pairs("rule.one=glaze+%3D%0D%0A+rde&sentence.one=Red.&new.rule=words&new.sentence=");
        rules(&mut changed, english(&form)).unwrap();
        assert_eq!(changed.rules[0].rule, "glaze =\n rde");
        assert_eq!((changed.rules[1].code.as_str(), changed.rules[1].rule.as_str()), ("rule", "words"));
        rules(&mut changed, english(&pairs("do=remove-all:one"))).unwrap();
        assert_eq!(changed.rules.len(), 1);
    }

    #[test]
    fn reads_the_standard_by_kind() {
        let mut changed = source();
        standard(
            &mut changed,
            english(&pairs("standard.glaze=blue&standard.height=8&is.standard.extras=on&standard.extras=spoon&standard.words=Hi")),
        )
        .unwrap();
        let standards: Vec<&ValueSource> =
            changed.attributes.iter().map(|attribute| &attribute.standard).collect();
        assert_eq!(standards[0], &ValueSource::Text("blue".to_owned()));
        assert_eq!(standards[1], &ValueSource::Number(8));
        assert_eq!(standards[2], &ValueSource::List(vec!["spoon".to_owned()]));
        assert_eq!(standards[3], &ValueSource::Text("Hi".to_owned()));
        standard(&mut changed, english(&pairs("is.standard.extras=on"))).unwrap();
        assert_eq!(changed.attributes[2].standard, ValueSource::List(Vec::new()));
    }

    #[test]
    fn the_budget_comes_and_goes() {
        let mut changed = source();
        budget(&mut changed, english(&pairs("on=on&ceiling=4&per_deviation=2"))).unwrap();
        assert_eq!(changed.budget, Some(BudgetSource { ceiling: 4, per_deviation: 2 }));
        budget(&mut changed, english(&pairs("ceiling=4"))).unwrap();
        assert_eq!(changed.budget, None);
    }
}
