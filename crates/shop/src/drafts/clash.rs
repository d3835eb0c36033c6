//! A form that clashes with what others saved: which of its fields somebody typed into, and what these are called in the draft there is
//! now. Entries without a code are called by their places, which others may have changed.

use std::collections::{HashMap, HashSet};

use configurator::source::Source;
use serde_json::Value;
use words::Language;

use super::form::{FieldControl, NOT_ASKED, form_fields};
use super::lists::path_of;
use super::merge::{matches, of_cells};
use super::places::{at, keys_of, text};
use super::section::Section;
use super::sentences::ReadRules;
use super::{tables, texts};

/// What a form's field sends when nothing is typed for another entry.
const NEW: &str = "new";
/// The field that says where an entry stands.
const PLACE: &str = "place";

/// A form that clashes, as it comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClashedForm {
    /// Its fields, with the text of rules that its menus changed.
    pub fields: Vec<(String, String)>,
    /// Names of fields, boxes among them, that were sent as they had been shown: those are no part of the clash.
    pub untouched: Vec<String>,
    /// Names of fields that somebody typed into and nobody else changed.
    pub unopposed: Vec<String>,
    /// Whether entries that have no code stand elsewhere by now: the fields are called as in the draft there is, and go on from it.
    pub moved: bool,
    /// What was typed into entries that others removed and has no field any more, in sentences.
    pub lost: Vec<String>,
}

/// A form, what it was made from, and what there is now.
pub(super) struct Clashing<'c> {
    pub(super) section: &'c Section,
    pub(super) origin: &'c Source,
    pub(super) now: &'c Source,
    pub(super) language: Language,
}

/// A form's fields, and the names of those that were sent as they had been shown.
type Typed = (Vec<(String, String)>, Vec<String>);

/// What a form's page shows: its texts, and by boxes of one name what is ticked of them.
#[derive(Default)]
struct Shown {
    texts: HashMap<String, String>,
    ticked: HashMap<String, Vec<String>>,
}

impl Clashing<'_> {
    /// The form as it comes back.
    pub(super) fn told(&self, sent: ReadRules) -> ClashedForm {
        let (was, is) = (self.shown(self.origin), self.shown(self.now));
        let ReadRules { fields, mut untouched } = sent;
        untouched.extend(self.as_shown(&was, &fields));
        let typed = (fields, untouched);
        let keys = new_keys(self.section, self.origin, self.now);
        let unopposed = self.unopposed(&typed, (&was, &is), keys.as_ref());
        let mut lost = self.lost_with_codes(&typed);
        let moved = keys.is_some();
        let (fields, untouched) = match keys {
            Some(keys) => {
                let (typed, without_place) = self.followed(&typed, keys);
                lost.extend(without_place);
                typed
            }
            None => typed,
        };
        let say = self.language.editing();
        let lost = lost.iter().map(|(name, text)| say.typed_gone(&self.label(name), text)).collect();
        ClashedForm { fields, untouched, unopposed, moved, lost }
    }

    fn shown(&self, source: &Source) -> Shown {
        match self.section {
            Section::Texts(tag) => Shown { texts: texts::saved_fields(source, tag), ticked: HashMap::new() },
            Section::Table(key) => shown_table(source, key),
            section => {
                let mut shown = Shown::default();
                let on = |is_ticked: bool| is_ticked.then(|| "on".to_owned()).into_iter().collect();
                for field in form_fields(source, section, self.language) {
                    match field.control {
                        FieldControl::Tick(is_ticked) => drop(shown.ticked.insert(field.name, on(is_ticked))),
                        FieldControl::Several(values) => {
                            let ticked = values.into_iter().filter(|(_, is_ticked)| *is_ticked);
                            shown.ticked.insert(field.name, ticked.map(|(value, _)| value).collect());
                        }
                        FieldControl::Colour(is_there) => {
                            let name = field.name.replacen("swatch", "swatched", 1);
                            shown.ticked.insert(name, on(is_there));
                            shown.texts.insert(field.name, field.saved);
                        }
                        _ => drop(shown.texts.insert(field.name, field.saved)),
                    }
                }
                shown
            }
        }
    }

    /// The names of fields that say what the page showed.
    fn as_shown(&self, shown: &Shown, fields: &[(String, String)]) -> Vec<String> {
        let is_shown = |(name, typed): &&(String, String)| {
            shown.texts.get(name).is_some_and(|saved| *saved == plain(name, typed))
        };
        let mut found: Vec<String> = fields.iter().filter(is_shown).map(|(name, _)| name.clone()).collect();
        let mut sent: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, value) in fields {
            sent.entry(name).or_default().push(value);
        }
        // Of an entry that is not there yet the page may have ticked a box by itself.
        for (name, ticked) in shown.ticked.iter().filter(|(name, _)| !is_of_new(self.section, name)) {
            let values = sent.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            if values.len() == ticked.len() && ticked.iter().all(|value| values.contains(&value.as_str())) {
                found.push(name.clone());
                // Several values of a cell are sent as three fields.
                if let (Section::Table(_), Some(cell)) = (self.section, name.strip_prefix("tick.")) {
                    found.extend(["cell", "ticked"].map(|field| format!("{field}.{cell}")));
                }
            }
        }
        found
    }

    /// What somebody typed into fields that others left as they were, by their names now.
    fn unopposed(
        &self,
        (fields, untouched): &Typed,
        (was, is): (&Shown, &Shown),
        keys: Option<&HashMap<String, Option<String>>>,
    ) -> Vec<String> {
        let untouched: HashSet<&str> = untouched.iter().map(String::as_str).collect();
        let typed = fields.iter().map(|(name, _)| name).filter(|name| !untouched.contains(name.as_str()));
        let kept = typed.filter_map(|name| {
            let called = match keys {
                Some(keys) => self.renamed(name, keys)?,
                None => name.clone(),
            };
            (was.texts.get(name)? == is.texts.get(&called)?).then_some(called)
        });
        kept.collect()
    }

    /// What was typed into entries that have a code and are gone.
    fn lost_with_codes(&self, (fields, untouched): &Typed) -> Vec<(String, String)> {
        let codes = |source| -> HashSet<String> {
            let entries = entries(self.section, source).unwrap_or_default();
            let codes = entries.iter().map(|entry| text(entry, "code")).filter(|code| !code.is_empty());
            codes.map(str::to_owned).collect()
        };
        let (was, is) = (codes(self.origin), codes(self.now));
        let untouched: HashSet<&str> = untouched.iter().map(String::as_str).collect();
        let is_lost = |(name, text): &&(String, String)| {
            let Some((field, key)) = split(self.section, name) else { return false };
            let is_gone = was.contains(key) && !is.contains(key) && !is_of_new(self.section, name);
            // What a box says is nothing that is typed.
            is_gone
                && field != PLACE
                && text != "on"
                && !untouched.contains(name.as_str())
                && says(name, text)
        };
        fields.iter().filter(is_lost).cloned().collect()
    }

    /// The fields under their new names, where places of entries changed, and what of them has no field any more. What was typed in an
    /// entry that others removed comes as another one, if there is none yet. Where nobody moved an entry, it stands where it stands now.
    fn followed(
        &self,
        (fields, untouched): &Typed,
        mut keys: HashMap<String, Option<String>>,
    ) -> (Typed, Vec<(String, String)>) {
        let section = self.section;
        let known: HashSet<&str> = untouched.iter().map(String::as_str).collect();
        let gone: HashSet<String> =
            keys.iter().filter(|(_, is)| is.is_none()).map(|(was, _)| was.clone()).collect();
        let key_of_gone = |name: &str| {
            let (field, key) = split(section, name)?;
            (field != PLACE && gone.contains(key) && !is_of_new(section, name)).then(|| key.to_owned())
        };
        let lost: Vec<&(String, String)> = fields
            .iter()
            .filter(|(name, text)| {
                !known.contains(name.as_str()) && key_of_gone(name).is_some() && says(name, text)
            })
            .collect();
        let has_new = fields.iter().any(|(name, text)| is_of_new(section, name) && says(name, text));
        let again = lost.first().filter(|_| !has_new).and_then(|(name, _)| key_of_gone(name));
        if let Some(key) = &again {
            keys.insert(key.clone(), Some(NEW.to_owned()));
        }
        let is_again = |name: &str| again.is_some() && key_of_gone(name) == again;
        let lost = lost.into_iter().filter(|(name, text)| !is_again(name) && text != "on").cloned().collect();
        // The place of an entry that stood where it was: it says nothing where entries stand elsewhere.
        let is_place = |name: &str| matches!(split(section, name), Some((PLACE, _)));
        let stays = |name: &str, text: &str| {
            let key = split(section, name).map(|(_, key)| key);
            let at = key.and_then(|key| key.parse::<usize>().ok());
            is_place(name) && at.is_some_and(|at| text.trim() == (at + 1).to_string())
        };
        let is_dropped = |name: &str, text: &str| {
            let is_place_of_gone =
                is_place(name) && split(section, name).is_some_and(|(_, key)| gone.contains(key));
            let is_empty_new = again.is_some() && is_of_new(section, name) && !says(name, text);
            name == "do" || is_empty_new || is_place_of_gone || stays(name, text)
        };
        let typed = fields.iter().filter(|(name, text)| !is_dropped(name, text));
        let typed = typed.filter_map(|(name, text)| Some((self.renamed(name, &keys)?, text.clone())));
        let is_taken = |name: &str| is_again(name) || (again.is_some() && is_of_new(section, name));
        let untouched = untouched.iter().filter(|name| !is_taken(name));
        let untouched = untouched.filter_map(|name| self.renamed(name, &keys)).collect();
        ((typed.collect(), untouched), lost)
    }

    /// What a field is called now; nothing where its entry is gone.
    fn renamed(&self, name: &str, keys: &HashMap<String, Option<String>>) -> Option<String> {
        let found = split(self.section, name).filter(|_| !is_of_new(self.section, name));
        match found.and_then(|(_, key)| Some((key, keys.get(key)?))) {
            Some((key, Some(next))) => Some(named(self.section, name, key, next)),
            Some((_, None)) => None,
            None => Some(name.to_owned()),
        }
    }

    /// What people call a field of an entry.
    fn label(&self, name: &str) -> String {
        let found = match self.section {
            Section::Table(key) => {
                let column = name.rsplit('.').next().and_then(|column| column.parse::<usize>().ok());
                let table = tables::find(self.origin, key);
                table.zip(column).and_then(|((_, table), column)| table.columns.get(column).cloned())
            }
            section => {
                let fields = form_fields(self.origin, section, self.language);
                fields.into_iter().find(|field| field.name == name).map(|field| field.label)
            }
        };
        found.unwrap_or_else(|| name.to_owned())
    }
}

/// What the page of a table shows.
fn shown_table(source: &Source, key: &str) -> Shown {
    let mut shown = Shown::default();
    let Some((index, table)) = tables::find(source, key) else { return shown };
    let rows_are = if table.allowed { "allowed" } else { "forbidden" };
    shown.texts.insert("rows_are".to_owned(), rows_are.to_owned());
    if let Some(rule) = source.rules.get(index) {
        shown.texts.insert("sentence".to_owned(), rule.sentence.trim().to_owned());
    }
    for column in 0..table.columns.len() {
        shown.texts.insert(format!("cell.{NEW}.{column}"), "*".to_owned());
    }
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let ticked = cell.split(" or ").map(|value| value.trim().to_owned()).collect();
            shown.ticked.insert(format!("tick.{row}.{column}"), ticked);
            shown.texts.insert(format!("cell.{row}.{column}"), cell.clone());
        }
    }
    shown
}

/// What is typed, as it is kept. A cell that says nothing says that anything will do.
fn plain(name: &str, typed: &str) -> String {
    let text = typed.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() && name.starts_with("cell.") { "*".to_owned() } else { text.to_owned() }
}

/// Whether a field is one of the entry that is not there yet.
fn is_of_new(section: &Section, name: &str) -> bool {
    match section {
        Section::Table(_) => split(section, name).is_some_and(|(_, key)| key == NEW),
        _ => name.split_once('.').is_some_and(|(first, _)| first == NEW),
    }
}

/// Whether somebody says something with a field: it is neither empty nor sent with something in it by itself.
fn says(name: &str, text: &str) -> bool {
    let is_asked = name.strip_prefix("new.").is_none_or(|field| !NOT_ASKED.contains(&field));
    let text = plain(name, text);
    is_asked
        && !text.is_empty()
        && !name.starts_with("ticked.")
        && (text != "*" || !name.starts_with("cell."))
}

/// A field's name without the key of its entry, and that.
fn split<'n>(section: &Section, name: &'n str) -> Option<(&'n str, &'n str)> {
    match section {
        Section::Table(_) => {
            let (field, rest) = name.split_once('.')?;
            Some((field, rest.split_once('.')?.0))
        }
        _ => name.rsplit_once('.'),
    }
}

fn named(section: &Section, name: &str, key: &str, next: &str) -> String {
    match section {
        Section::Table(_) => name.replacen(&format!(".{key}."), &format!(".{next}."), 1),
        _ => {
            let stem = name.strip_suffix(key).unwrap_or(name);
            if next == NEW {
                format!("{NEW}.{}", stem.trim_end_matches('.'))
            } else {
                format!("{stem}{next}")
            }
        }
    }
}

/// By the places of entries that have no code, their keys now; nothing of those that are gone. None where all are where they were.
fn new_keys(section: &Section, origin: &Source, now: &Source) -> Option<HashMap<String, Option<String>>> {
    let (before, after) = (entries(section, origin)?, entries(section, now)?);
    let (was, is) = (keys_of(&before), keys_of(&after));
    let by_after = matches(&before, &after)?;
    let mut keys: HashMap<String, Option<String>> = was
        .iter()
        .filter(|key| key.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|key| (key.clone(), None))
        .collect();
    for (at, from) in by_after.iter().enumerate() {
        let key = from.and_then(|from| keys.get_mut(&was[from]));
        key.into_iter().for_each(|key| *key = Some(is[at].clone()));
    }
    keys.iter().any(|(was, is)| is.as_ref() != Some(was)).then_some(keys)
}

/// The entries that a form calls by their places.
fn entries(section: &Section, source: &Source) -> Option<Vec<Value>> {
    if let Section::Table(key) = section {
        return tables::find(source, key)
            .map(|(_, table)| table.rows.iter().map(|row| of_cells(row)).collect());
    }
    let product = serde_json::to_value(source).ok()?;
    let path = path_of(section.list()?, section, &product)?;
    at(&product, &path)?.as_array().cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source(prices: Value) -> Source {
        let mut source = json!({
            "name": "Mug", "summary": "", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [], "attributes": [],
        });
        source["prices"] = prices;
        serde_json::from_value(source).unwrap()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn price(label: &str, amount: i64) -> Value {
        json!({ "label": label, "amount": amount })
    }

    /// What comes back of a form of surcharges.
    fn told(origin: &Source, now: &Source, typed: &[(&str, &str)]) -> ClashedForm {
        let clashing = Clashing { section: &Section::Prices, origin, now, language: Language::ENGLISH };
        clashing.told(ReadRules { fields: pairs(typed), untouched: Vec::new() })
    }

    /// What is typed in a form that came back.
    fn touched(form: &ClashedForm) -> Vec<(String, String)> {
        let is_touched = |(name, _): &&(String, String)| !form.untouched.contains(name);
        form.fields.iter().filter(is_touched).cloned().collect()
    }

    #[test]
    fn fields_follow_their_entries_and_what_is_gone_comes_as_another() {
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3)]));
        let now = source(json!([price("C", 9), price("B", 2)]));
        let typed = [
            ("label.0", "A"),
            ("amount.0", "5"),
            ("place.0", "1"),
            ("label.2", "C"),
            ("amount.2", "7"),
            ("place.2", "3"),
            ("new.label", ""),
            ("do", "save"),
        ];
        let form = told(&origin, &now, &typed);
        let expected = [("new.label", "A"), ("new.amount", "5"), ("amount.0", "7")];
        assert_eq!((touched(&form), form.moved, form.lost.len()), (pairs(&expected), true, 0));
        assert!(form.untouched.contains(&"label.0".to_owned()) && form.unopposed.is_empty());
        let same = source(json!([price("A", 1), price("B", 4), price("C", 9)]));
        let form = told(&origin, &same, &typed);
        assert!(!form.moved && form.fields == pairs(&typed));
        assert_eq!(form.unopposed, ["amount.0"], "nobody else changed that one");
    }

    #[test]
    fn what_was_typed_into_several_that_are_gone_is_told() {
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3), price("D", 4)]));
        let now = source(json!([price("D", 9)]));
        let typed = [
            ("label.0", "A"),
            ("place.0", "1"),
            ("label.1", "B"),
            ("amount.1", "7"),
            ("amount.2", "8"),
            ("amount.3", "5"),
        ];
        let form = told(&origin, &now, &typed);
        // Into the first nobody typed anything: it stays removed.
        assert_eq!(touched(&form), pairs(&[("new.label", "B"), ("new.amount", "7"), ("amount.0", "5")]));
        assert_eq!(form.lost, ["“8” (Amount) was not saved: somebody removed what it was typed into."]);
        // Where another entry is being typed, there is no place for one.
        let form = told(&origin, &now, &[("amount.1", "7"), ("new.label", "E"), ("amount.3", "5")]);
        assert_eq!(touched(&form), pairs(&[("new.label", "E"), ("amount.0", "5")]));
        assert_eq!(form.lost.len(), 1);
    }

    #[test]
    fn entries_stand_where_they_are_now_but_where_somebody_moved_them() {
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3)]));
        let now = source(json!([price("N", 7), price("A", 1), price("B", 2), price("C", 9)]));
        let typed = [("place.0", "1"), ("place.1", "2"), ("place.2", "1"), ("amount.2", "5")];
        let form = told(&origin, &now, &typed);
        assert_eq!(touched(&form), pairs(&[("place.3", "1"), ("amount.3", "5")]));
    }

    #[test]
    fn boxes_and_what_is_gone_by_its_code_are_told() {
        let with = |options: Value| {
            let mut product = serde_json::to_value(source(json!([]))).unwrap();
            product["steps"] = json!([{ "code": "looks", "label": "Looks" }]);
            product["attributes"] = json!([{
                "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": options,
            }]);
            serde_json::from_value::<Source>(product).unwrap()
        };
        let red = |available: bool, price: i64| json!({ "code": "red", "label": "Red", "available": available, "price": price });
        let blue = json!({ "code": "blue", "label": "Blue" });
        let (origin, now) = (with(json!([red(true, 100), blue])), with(json!([red(false, 300)])));
        let section = Section::Attribute("glaze".to_owned());
        let clashing =
            Clashing { section: &section, origin: &origin, now: &now, language: Language::ENGLISH };
        let typed = pairs(&[
            ("label.red", "Red"),
            ("available.red", "on"),
            ("price.red", "2.00"),
            ("label.blue", "Navy"),
            ("available.blue", "on"),
        ]);
        let form = clashing.told(ReadRules { fields: typed, untouched: Vec::new() });
        assert!(form.untouched.contains(&"available.red".to_owned()), "{:?}", form.untouched);
        assert!(!form.untouched.contains(&"price.red".to_owned()) && form.unopposed.is_empty());
        assert_eq!(form.lost.len(), 1, "{:?}", form.lost);
        assert!(form.lost[0].starts_with("“Navy” (Name)"), "{:?}", form.lost);
    }

    #[test]
    fn cells_of_a_table_that_nobody_touched_are_no_part_of_it() {
        let with = |rows: &str| {
            let mut product = serde_json::to_value(source(json!([]))).unwrap();
            product["rules"] = json!([{ "code": "pairs", "rule": format!("(a, b) in ({rows})") }]);
            serde_json::from_value::<Source>(product).unwrap()
        };
        let origin = with("(x, 1), (y or z, 2), (w, 3)");
        let now = with("(y or z, 9), (w, 3)");
        let section = Section::Table("pairs".to_owned());
        let clashing =
            Clashing { section: &section, origin: &origin, now: &now, language: Language::ENGLISH };
        let typed = pairs(&[
            ("cell.0.0", "x"),
            ("cell.0.1", "7"),
            ("cell.1.0", "several"),
            ("ticked.1.0", "on"),
            ("tick.1.0", "y"),
            ("tick.1.0", "z"),
            ("cell.1.1", "8"),
            ("cell.new.0", "*"),
            ("cell.new.1", ""),
        ]);
        let form = clashing.told(ReadRules { fields: typed, untouched: Vec::new() });
        assert!(form.moved && form.lost.is_empty());
        let expected = [("cell.new.0", "x"), ("cell.new.1", "7"), ("cell.0.1", "8")];
        assert_eq!(touched(&form), pairs(&expected));
    }
}
