//! A rule as a sentence of menus: what it says in all, and its conditions, each by attribute, relation and values. A condition of
//! something else, such as a surcharge, is a part of such a sentence.

use configurator::rule::{
    Joined, Operand, Part, Relation, Sentence, Subject, Test, WrittenTable, parse_condition,
};
use configurator::{Attribute, Product};
use leptos::prelude::*;
use words::Sentences;

use super::super::editor::Editor;
use super::super::form::Form;
use super::super::placed::PlacedField;
use crate::ui::field::{Entry, Field, LABEL, PAIR};
use crate::ui::{button, field, text};

/// What forms call a rule that is not there yet.
pub(super) const NEW_RULE: &str = "new";

/// The menus of one rule, or of a condition.
pub(super) struct Menus<'e> {
    editor: &'e Editor,
    form: Form<'e>,
    /// What the form calls the rule; of a condition the field that has its text.
    key: &'e str,
    /// What people call it.
    name: String,
    /// What the ids of its fields begin with.
    ids: String,
    /// What a rule says in all; empty of a condition.
    shape: String,
    parts: [Rows; 2],
}

/// The conditions of a part, as they are shown.
#[derive(Default)]
struct Rows {
    is_or: bool,
    /// With the number that the form has for each.
    rows: Vec<(usize, Row)>,
}

/// A condition as its fields have it, whether or not it makes sense.
#[derive(Default)]
struct Row {
    subject: String,
    relation: String,
    number: String,
    values: Vec<String>,
}

/// Menus of a rule; nothing where it is shown as text. `saved` is its name and its text.
pub(super) fn of<'e>(
    editor: &'e Editor,
    form: Form<'e>,
    key: &'e str,
    saved: Option<(&str, &str)>,
) -> Option<Menus<'e>> {
    let name = saved.map_or_else(|| editor.say().another_rule().to_owned(), |(name, _)| name.to_owned());
    let menus = |shape: &str, parts| {
        let ids = "rules".to_owned();
        Menus { editor, form, key, name, ids, shape: shape.to_owned(), parts }
    };
    let is_typed = form.typed(&format!("by.{key}")).map(|by| by == "menus");
    match (is_typed, saved) {
        (Some(true), _) => {
            let shape = form.typed(&format!("shape.{key}")).unwrap_or("when");
            let mut parts = ["given", "then"].map(|part| typed(form, part, key));
            let [given, then] = &mut parts;
            if shape == "when" {
                // What is said by "when … then …" has at least one condition in each.
                for rows in [given, then].into_iter().filter(|rows| rows.rows.is_empty()) {
                    rows.rows.push((0, Row::default()));
                }
            }
            Some(menus(shape, parts))
        }
        (None, Some((_, text)))
            if form.typed(&format!("rule.{key}")).is_none() && !WrittenTable::is_meant(text) =>
        {
            let product = &editor.readable;
            let sentence = Sentence::of(&parse_condition(text, &product.attributes).ok()?)?;
            let rows = |part: &Part| Rows::of(part, product);
            Some(match &sentence {
                Sentence::When(given, then) => menus("when", [rows(given), rows(then)]),
                Sentence::Always(part) => menus("always", [rows(part), Rows::default()]),
                Sentence::Never(tests) => {
                    let part = Part { joined: Joined::And, tests: tests.clone() };
                    menus("never", [rows(&part), Rows::default()])
                }
            })
        }
        (None, None) if form.typed("new.rule").is_none() => {
            let one = || Rows { is_or: false, rows: vec![(0, Row::default())] };
            Some(menus("when", [one(), one()]))
        }
        _ => None,
    }
}

/// Menus of a condition: of the field that has its text the name, what people call it, its place and what is saved in it. Nothing
/// where it is shown as text.
pub(super) fn of_condition<'e>(
    editor: &'e Editor,
    form: Form<'e>,
    key: &'e str,
    (name, place, saved): (&str, &str, &str),
) -> Option<Menus<'e>> {
    let rows = match (form.typed(&format!("by.{key}")), form.typed(key)) {
        (Some("menus"), _) => typed(form, "given", key),
        (Some(_), _) => return None,
        (None, text) => Rows::of_text(text.unwrap_or(saved), &editor.readable)?,
    };
    let parts = [rows, Rows::default()];
    let (name, ids) = (name.to_owned(), place.to_owned());
    Some(Menus { editor, form, key, name, ids, shape: String::new(), parts })
}

/// The button that shows a condition's text as menus, for whoever may edit; or that no menus can say it.
pub(super) fn to_condition(editor: &Editor, key: &str, name: &str, shown: &str) -> Option<AnyView> {
    let say = editor.language.sentences();
    let product = &editor.readable;
    let is_read = parse_condition(shown, &product.attributes).is_ok();
    if is_read && Rows::of_text(shown, product).is_none() {
        let told = view! { <p class=text::HINT data-testid="stays-text">{say.stays_text()}</p> };
        return Some(told.into_any());
    }
    editor.act(|| press(&format!("menus:{key}"), say.as_menus(), say.as_menus_of(&name), None))
}

/// What people call what a test looks at.
pub(super) fn words_of(editor: &Editor, subject: &Subject) -> String {
    let say = editor.language.sentences();
    let attribute = editor.readable.attribute(subject.attribute());
    let label = match attribute.label.as_str() {
        "" => attribute.code.clone(),
        label => label.to_owned(),
    };
    match subject {
        Subject::Value(_) => label,
        Subject::Property(_, property) => say.property_of(&label, property),
        Subject::Count(_) => say.count_of(&label),
    }
}

impl Rows {
    fn of(part: &Part, product: &Product) -> Self {
        let rows = part.tests.iter().map(|test| Row::of(test, product)).enumerate().collect();
        Self { is_or: part.joined == Joined::Or, rows }
    }

    /// The conditions that a text says; nothing where it is one that menus can't say, or none.
    fn of_text(text: &str, product: &Product) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::default());
        }
        if WrittenTable::is_meant(text) {
            return None;
        }
        match Sentence::of(&parse_condition(text, &product.attributes).ok()?)? {
            Sentence::Always(part) => Some(Self::of(&part, product)),
            Sentence::When(..) | Sentence::Never(_) => None,
        }
    }
}

/// The conditions of a part, as they were typed.
fn typed(form: Form, part: &str, key: &str) -> Rows {
    let beginning = format!("{part}.{key}.");
    let mut found = Rows::default();
    let mut rows = std::collections::BTreeMap::<usize, Row>::new();
    for (name, values) in form.typed_behind(&beginning) {
        if name == "joined" {
            found.is_or = values.first().is_some_and(|joined| joined == "or");
        }
        let Some((number, field)) = name.split_once('.') else { continue };
        let Ok(number) = number.parse::<u16>().map(usize::from) else { continue };
        let row = rows.entry(number).or_default();
        let first = values.first().cloned().unwrap_or_default();
        match field {
            "subject" => row.subject = first,
            "relation" => row.relation = first,
            "number" => row.number = first,
            "value" => row.values = values.to_vec(),
            _ => {}
        }
    }
    found.rows = rows.into_iter().collect();
    found
}

impl Row {
    fn of(test: &Test, product: &Product) -> Self {
        let attribute = product.attribute(test.subject.attribute());
        let (mut number, mut values) = (String::new(), Vec::new());
        match &test.operand {
            Operand::Nothing => {}
            Operand::Number(value) => number = value.to_string(),
            Operand::Options(options) => {
                values = options.iter().map(|id| attribute.option(*id).code.clone()).collect();
            }
        }
        let (subject, relation) = (test.subject.code(product), test.relation.code().to_owned());
        Self { subject, relation, number, values }
    }
}

/// The button that shows a rule's text as menus, for whoever may edit; or that no menus can say it.
pub(super) fn to_menus(editor: &Editor, key: &str, name: &str, shown: &str) -> Option<AnyView> {
    let say = editor.language.sentences();
    if WrittenTable::is_meant(shown) {
        let told = view! { <p class=text::HINT>{editor.language.tables().shown_once_saved()}</p> };
        return Some(told.into_any());
    }
    let read = parse_condition(shown, &editor.readable.attributes);
    if read.is_ok_and(|condition| Sentence::of(&condition).is_none()) {
        let told = view! { <p class=text::HINT data-testid="stays-text">{say.stays_text()}</p> };
        return Some(told.into_any());
    }
    editor.act(|| press(&format!("menus:{key}"), say.as_sentence(), say.as_sentence_of(&name), None))
}

/// The way from the menus of a field to its text, for whoever may edit.
pub(super) fn way_to_text(editor: &Editor, of: &PlacedField) -> Option<AnyView> {
    let say = editor.language.sentences();
    let spoken = say.as_text_of(&of.label);
    editor.act(|| press(&format!("text:{}", of.name), say.as_text(), spoken, None))
}

/// The way from the text of a field to its menus, for whoever may edit.
pub(super) fn way_to_menus(editor: &Editor, of: &PlacedField) -> Option<AnyView> {
    let say = editor.language.sentences();
    let spoken = say.as_menus_of(&of.label);
    editor.act(|| {
        let way = press(&format!("menus:{}", of.name), say.as_menus(), spoken, None);
        view! { <p>{way}</p> }.into_any()
    })
}

/// A button that shows the form otherwise.
pub(super) fn press(
    action: &str,
    words: &'static str,
    spoken: String,
    test: Option<&'static str>,
) -> AnyView {
    view! {
        <button
            type="submit"
            class=button::PLAIN
            name="do"
            value=format!("sentence:{action}")
            aria-label=spoken
            data-testid=test
        >
            {words}
        </button>
    }
    .into_any()
}

impl Menus<'_> {
    fn say(&self) -> &'static Sentences {
        self.editor.language.sentences()
    }

    /// The menus; `notes` are what there is to say of the rule as a whole.
    pub(super) fn view(self, notes: Option<AnyView>) -> AnyView {
        let (say, key) = (self.say(), self.key);
        // What is around it is called so already.
        let is_another = key == NEW_RULE;
        let shapes = [("when", say.when_then()), ("never", say.never_together()), ("always", say.always())];
        let entry = |(value, words): (&str, &str)| Entry {
            value: value.to_owned(),
            words: words.to_owned(),
            selected: value == self.shape,
        };
        let shape = Field {
            id: format!("{}.{key}.shape", self.ids),
            name: format!("shape.{key}"),
            label: say.says().to_owned(),
            errors: self.form.message(&format!("shape.{key}")).into_iter().collect(),
            ..Field::default()
        };
        let [given, then] = &self.parts;
        let parts = match self.shape.as_str() {
            "when" => {
                vec![self.part("given", say.when_part(), given), self.part("then", say.then_part(), then)]
            }
            shape => {
                let legend = if shape == "never" { say.never_part() } else { say.always_part() };
                let behind = (!then.rows.is_empty()).then(|| self.part("then", say.then_part(), then));
                [Some(self.part("given", legend, given)), behind].into_iter().flatten().collect()
            }
        };
        view! {
            <fieldset
                class="min-w-0 focus:outline-none desk:col-span-full"
                data-testid="menus"
                data-whole
                data-rule=key.to_owned()
                tabindex="-1"
                autofocus=self.form.shows_rule(key)
            >
                <legend class=if is_another { "sr-only" } else { LABEL }>{self.name.clone()}</legend>
                <input type="hidden" name=format!("by.{key}") value="menus" />
                <div class="max-w-96">{shape.select(shapes.map(entry).into())}</div>
                <div class="grid gap-x-4 desk:grid-cols-2 desk:items-start">{parts}</div>
                {notes}
                {self.editor.act(|| {
                    press(&format!("text:{key}"), say.as_text(), say.as_text_of(&self.name), None)
                })}
            </fieldset>
        }
        .into_any()
    }

    /// The menus of a condition; `notes` are what there is to say of it as a whole.
    pub(super) fn condition(self, notes: Option<AnyView>) -> AnyView {
        let (say, key) = (self.say(), self.key);
        let [given, _] = &self.parts;
        let always = given.rows.is_empty().then(|| view! { <p class=text::HINT>{say.no_condition()}</p> });
        view! {
            <fieldset
                class="min-w-0 focus:outline-none"
                data-testid="condition-menus"
                data-rule=key.to_owned()
                id=self.ids.clone()
                tabindex="-1"
                autofocus=self.form.shows_rule(key)
            >
                <legend class=LABEL>{self.name.clone()}</legend>
                <input type="hidden" name=format!("by.{key}") value="menus" />
                {always}
                {self.tests("given", &self.name, given)}
                {notes}
                {self.editor.act(|| {
                    press(&format!("text:{key}"), say.as_text(), say.as_text_of(&self.name), None)
                })}
            </fieldset>
        }
        .into_any()
    }

    fn part(&self, part: &'static str, legend: &'static str, rows: &Rows) -> AnyView {
        view! {
            <fieldset class="min-w-0 border-t border-line pt-4" data-testid=format!("part-{part}")>
                <legend class="sr-only">{legend}</legend>
                <p class="mb-2 font-semibold" aria-hidden="true">{legend}</p>
                {self.tests(part, legend, rows)}
            </fieldset>
        }
        .into_any()
    }

    /// The conditions of a part, how they are joined, and the way to another one.
    fn tests(&self, part: &'static str, legend: &str, rows: &Rows) -> AnyView {
        let (say, key) = (self.say(), self.key);
        let shown = rows.rows.iter().enumerate();
        let shown = shown.map(|(at, (number, row))| {
            self.row(
                &format!("{part}.{key}.{number}"),
                &format!("{part}:{number}"),
                row,
                &say.condition(&legend, &(at + 1)),
            )
        });
        let joined = (rows.rows.len() > 1 && self.shape != "never").then(|| {
            let entry = |value: &str, words: &str, selected| Entry {
                value: value.to_owned(),
                words: words.to_owned(),
                selected,
            };
            Field {
                id: format!("{}.{part}.{key}.joined", self.ids),
                name: format!("{part}.{key}.joined"),
                label: say.joined().to_owned(),
                ..Field::default()
            }
            .select(vec![entry("and", say.all_of(), !rows.is_or), entry("or", say.any_of(), rows.is_or)])
        });
        view! {
            {shown.collect_view()}
            {joined}
            {self.editor.act(|| {
                press(&format!("add:{key}:{part}"), say.add_condition(), say.add_condition_to(&legend), Some("add-condition"))
            })}
        }
        .into_any()
    }

    /// One condition; `at` is its place as buttons name it.
    fn row(&self, name: &str, at: &str, row: &Row, spoken: &str) -> AnyView {
        let (say, key) = (self.say(), self.key);
        let product = &self.editor.readable;
        let subject = Subject::named(&row.subject, product);
        let shown = format!("show:{key}:{at}");
        let removed = format!("without:{key}:{at}");
        view! {
            <fieldset class="min-w-0" data-testid="condition">
                <legend class="sr-only">{spoken.to_owned()}</legend>
                <div class=PAIR>
                    {self.subjects(name, row)}
                    {subject.as_ref().map(|subject| self.relations(name, row, subject))}
                    {subject.as_ref().map(|subject| self.operand(name, row, subject))}
                </div>
                {self.editor.act(|| view! {
                    <div class=button::ROW>
                        {press(&shown, say.show_values(), say.show_values_of(&spoken), Some("show-values"))}
                        {press(&removed, say.take_away(), say.take_away_of(&spoken), None)}
                    </div>
                }.into_any())}
            </fieldset>
        }
        .into_any()
    }

    fn field(&self, row: &str, field: &str, label: &str) -> Field {
        let name = format!("{row}.{field}");
        let errors: Vec<String> = self.form.message(&name).into_iter().collect();
        Field {
            id: format!("{}.{name}", self.ids),
            label: label.to_owned(),
            autofocus: !errors.is_empty(),
            errors,
            name,
            ..Field::default()
        }
    }

    fn subjects(&self, name: &str, row: &Row) -> AnyView {
        let (say, product) = (self.say(), &self.editor.readable);
        let words = |subject: &Subject| words_of(self.editor, subject);
        let mut entries = vec![Entry { words: say.choose().to_owned(), ..Entry::default() }];
        entries.extend(Subject::all(product).iter().map(|subject| {
            let value = subject.code(product);
            Entry { selected: value == row.subject, words: words(subject), value }
        }));
        if !row.subject.is_empty() && !entries.iter().any(|entry| entry.selected) {
            let words = match Subject::named(&row.subject, product) {
                Some(subject) => words(&subject),
                None => row.subject.clone(),
            };
            entries.push(Entry { value: row.subject.clone(), words, selected: true });
        }
        self.field(name, "subject", say.subject()).select(entries)
    }

    fn relations(&self, name: &str, row: &Row, subject: &Subject) -> AnyView {
        let say = self.say();
        let words = |relation: Relation| match relation {
            Relation::Is => say.equals(),
            Relation::IsNot => say.differs(),
            Relation::OneOf => say.one_of(),
            Relation::NoneOf => say.none_of(),
            Relation::Has => say.has(),
            Relation::HasNot => say.has_not(),
            Relation::Filled => say.filled(),
            Relation::Empty => say.empty(),
            Relation::Less => say.less(),
            Relation::AtMost => say.at_most(),
            Relation::Greater => say.greater(),
            Relation::AtLeast => say.at_least(),
        };
        let entry = |relation: &Relation| Entry {
            value: relation.code().to_owned(),
            words: words(*relation).to_owned(),
            selected: relation.code() == row.relation,
        };
        let entries = subject.relations(&self.editor.readable).iter().map(entry).collect();
        self.field(name, "relation", say.relation()).select(entries)
    }

    fn operand(&self, name: &str, row: &Row, subject: &Subject) -> AnyView {
        let (say, product) = (self.say(), &self.editor.readable);
        let relations = subject.relations(product);
        let relation = Relation::named(&row.relation).filter(|relation| relations.contains(relation));
        let relation = relation.unwrap_or(relations[0]);
        let attribute = product.attribute(subject.attribute());
        if matches!(relation, Relation::Filled | Relation::Empty) {
            return ().into_any();
        }
        if !subject.takes_options(product) {
            let ends = attribute.kind.is_number().then(|| self.editor.source.attributes.iter());
            let unit = ends.and_then(|mut all| all.find(|known| known.code == attribute.code)?.unit.clone());
            let field = self.field(name, "number", say.number());
            return Field { value: row.number.clone(), autocomplete: "off", ..field }
                .amount(&unit.unwrap_or_default());
        }
        let options = attribute.options().iter();
        if relation.takes_several() || row.values.len() > 1 {
            return self.ticks(name, row, attribute);
        }
        let mut entries = vec![Entry { words: say.choose().to_owned(), ..Entry::default() }];
        entries.extend(options.map(|option| Entry {
            value: option.code.clone(),
            words: option.label.clone(),
            selected: row.values.contains(&option.code),
        }));
        self.field(name, "value", say.value()).select(entries)
    }

    fn ticks(&self, name: &str, row: &Row, attribute: &Attribute) -> AnyView {
        let field = self.field(name, "value", self.say().value());
        let note = format!("{}.note", field.id);
        let notes = field::notes(&note, &field.errors, None, None);
        let described = notes.is_some().then_some(note);
        let ticks = attribute.options().iter().map(|option| {
            let is_ticked = row.values.contains(&option.code);
            field::tick(&field.name, &option.code, &option.label, is_ticked, None)
        });
        view! {
            <fieldset class="min-w-0" aria-describedby=described>
                <legend class=LABEL>{self.say().value()}</legend>
                <div class="mb-3 flex flex-wrap gap-x-5">{ticks.collect_view()}</div>
                {notes}
            </fieldset>
        }
        .into_any()
    }
}
