//! A form that clashes with what others saved: which of its fields somebody typed into, and what these are called in the draft there is
//! now. Entries without a code are called by their places, which others may have changed.

use std::collections::{BTreeMap, HashMap, HashSet};

use configurator::source::Source;
use serde_json::Value;
use words::Language;

use super::edit::EditError;
use super::form::{FieldControl, FormField, form_fields};
use super::lists::{NOT_ASKED, path_of};
use super::merge::{matches, of_cells};
use super::places::{at, keys_of, text};
use super::section::Section;
use super::sentences::ReadRules;
use super::{tables, texts};

/// What a form's field sends when nothing is typed for another entry.
const NEW: &str = "new";
/// The field that says where an entry stands.
const PLACE: &str = "place";

/// A form's fields, and the names of those that were sent as they had been shown.
type Typed = (Vec<(String, String)>, Vec<String>);

/// A form that was made from one draft and clashes with another.
pub(super) struct ClashingForm<'c> {
    pub(super) section: &'c Section,
    /// What it was made from.
    pub(super) origin: &'c Source,
    /// What there is now.
    pub(super) now: &'c Source,
    pub(super) language: Language,
}

/// A form's fields as they are called now.
struct Followed {
    typed: Typed,
    /// What was typed into entries that are gone, by the names of fields.
    lost: Vec<(String, String)>,
}

impl ClashingForm<'_> {
    /// What its page is told.
    pub(super) fn told(&self, sent: ReadRules, changed_by: String) -> EditError {
        let shown = self.shown();
        let is_shown = |(name, typed): &&(String, String)| {
            shown.get(name).is_some_and(|saved| *saved == typed.replace("\r\n", "\n").trim())
        };
        let ReadRules { mut fields, mut untouched } = sent;
        untouched.extend(fields.iter().filter(is_shown).map(|(name, _)| name.clone()));
        self.tick_as_now(&mut fields);
        let typed = (fields, untouched);
        let mut lost = self.lost_with_codes(&typed);
        let followed = self.followed(&typed);
        let moved = followed.is_some();
        let (fields, untouched) = match followed {
            Some(followed) => {
                lost.extend(followed.lost);
                followed.typed
            }
            None => typed,
        };
        let say = self.language.editing();
        let lost = lost.iter().map(|(name, text)| say.typed_gone(&self.label(name), text)).collect();
        EditError::Clash { changed_by, untouched, fields, moved, lost }
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
            let is_gone = was.contains(key) && !is.contains(key);
            is_gone && field != PLACE && !untouched.contains(name.as_str()) && says(self.section, name, text)
        };
        // What a box says is nothing that is typed.
        fields.iter().filter(is_lost).filter(|(_, text)| text != "on").cloned().collect()
    }

    /// What it showed in its fields, as it was made.
    fn shown(&self) -> HashMap<String, String> {
        if let Section::Texts(tag) = self.section {
            return texts::saved_fields(self.origin, tag);
        }
        let fields = form_fields(self.origin, self.section, self.language).into_iter();
        let mut shown: HashMap<String, String> = fields.map(|field| (field.name, field.saved)).collect();
        let keys = entries(self.section, self.origin).map(|entries| keys_of(&entries)).unwrap_or_default();
        let place = |(at, key): (usize, &String)| (format!("{PLACE}.{key}"), (at + 1).to_string());
        shown.extend(keys.iter().enumerate().map(place));
        if let Section::Attribute(code) = self.section {
            let at = self.origin.attributes.iter().position(|attribute| attribute.code == *code);
            shown.extend(at.map(|at| (PLACE.to_owned(), (at + 1).to_string())));
        }
        shown
    }

    /// Ticks what others ticked or not, where nobody did otherwise here: boxes that are not ticked are not sent, so no page could tell.
    fn tick_as_now(&self, fields: &mut Vec<(String, String)>) {
        if matches!(self.section, Section::Table(_) | Section::Texts(_)) {
            return;
        }
        let ticks = |source| form_fields(source, self.section, self.language).into_iter().filter_map(ticked);
        let now: HashMap<String, Vec<String>> = ticks(self.now).collect();
        let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in fields.iter() {
            sent.entry(name).or_default().push(value);
        }
        let as_shown = |(name, was): (String, Vec<String>)| {
            let is = now.get(&name).filter(|is| **is != was)?;
            let sent = sent.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            (sent.len() == was.len() && was.iter().all(|value| sent.contains(&value.as_str())))
                .then(|| (name, is.clone()))
        };
        let others: Vec<(String, Vec<String>)> = ticks(self.origin).filter_map(as_shown).collect();
        for (name, values) in others {
            fields.retain(|(known, _)| *known != name);
            fields.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
    }

    /// The fields under their new names, where places of entries changed. What was typed in an entry that others removed comes as another
    /// one, if there is none yet; of all others it is told what is lost. Who moves an entry says beside which other one it shall stand.
    fn followed(&self, (fields, untouched): &Typed) -> Option<Followed> {
        let section = self.section;
        let mut places = Places::of(section, self.origin, self.now)?;
        let untouched: HashSet<&str> = untouched.iter().map(String::as_str).collect();
        let is_typed = |name: &str| {
            let is_gone = |(field, key)| field != PLACE && places.is_gone(key);
            !untouched.contains(name) && split(section, name).is_some_and(is_gone)
        };
        let has_new = fields.iter().any(|(name, text)| is_of_new(section, name) && says(section, name, text));
        let again = fields.iter().find(|(name, _)| !has_new && is_typed(name));
        let again = again.and_then(|(name, _)| Some(split(section, name)?.1.to_owned()));
        let is_again =
            |name: &str| split(section, name).is_some_and(|(_, key)| Some(key) == again.as_deref());
        let lost = fields
            .iter()
            .filter(|(name, text)| is_typed(name) && !is_again(name) && says(section, name, text))
            .cloned()
            .collect();
        if let Some(key) = &again {
            places.keys.insert(key.clone(), Some(NEW.to_owned()));
        }
        let next = |(name, text): &(String, String)| {
            let is_empty_new = again.is_some() && is_of_new(section, name) && !says(section, name, text);
            if name == "do" || is_empty_new {
                return None;
            }
            match split(section, name) {
                Some((PLACE, key)) if !matches!(section, Section::Table(_)) => {
                    let is_typed = !untouched.contains(name.as_str());
                    let (key, place) = places.moved(key, text).filter(|_| is_typed)?;
                    Some((format!("{PLACE}.{key}"), place))
                }
                _ => Some((renamed(section, &places, name)?, text.clone())),
            }
        };
        let typed = fields.iter().filter_map(next).collect();
        let is_place = |name: &str| matches!(split(section, name), Some((PLACE, _)));
        let untouched = untouched.iter().filter(|name| !is_again(name) && !is_place(name));
        let untouched = untouched.filter_map(|name| renamed(section, &places, name)).collect();
        Some(Followed { typed: (typed, untouched), lost })
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
                let named = |field: &FormField| field.name == name;
                form_fields(self.origin, section, self.language)
                    .into_iter()
                    .find(named)
                    .map(|field| field.label)
            }
        };
        found.unwrap_or_else(|| name.to_owned())
    }
}

/// A box, or several: what it sends, and which are ticked.
fn ticked(field: FormField) -> Option<(String, Vec<String>)> {
    let on = |is_ticked: bool| is_ticked.then(|| "on".to_owned()).into_iter().collect();
    match field.control {
        FieldControl::Tick(is_ticked) => Some((field.name, on(is_ticked))),
        FieldControl::Colour(is_there) => Some((field.name.replacen("swatch", "swatched", 1), on(is_there))),
        FieldControl::Several(values) => {
            let ticked = values.into_iter().filter(|(_, is_ticked)| *is_ticked);
            Some((field.name, ticked.map(|(value, _)| value).collect()))
        }
        _ => None,
    }
}

/// Whether a field is one of another entry.
fn is_of_new(section: &Section, name: &str) -> bool {
    match section {
        Section::Table(_) => split(section, name).is_some_and(|(_, key)| key == NEW),
        _ => name.split_once('.').is_some_and(|(first, _)| first == NEW),
    }
}

/// Whether somebody says something with a field: it is neither empty nor sent with something in it by itself.
fn says(section: &Section, name: &str, text: &str) -> bool {
    let text = text.trim();
    match section {
        Section::Table(_) => !["", "*", tables::SEVERAL].contains(&text) && !name.starts_with("ticked."),
        _ => !text.is_empty() && !name.strip_prefix("new.").is_some_and(|field| NOT_ASKED.contains(&field)),
    }
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

/// What a field is called now; nothing where its entry is gone.
fn renamed(section: &Section, places: &Places, name: &str) -> Option<String> {
    let found = split(section, name).and_then(|(_, key)| Some((key, places.keys.get(key)?)));
    match found {
        Some((key, Some(next))) => Some(named(section, name, key, next)),
        Some((_, None)) => None,
        None => Some(name.to_owned()),
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

/// Where entries that have no code were and are.
struct Places {
    /// What all were called, in their order.
    was: Vec<String>,
    /// What all are called.
    is: Vec<String>,
    /// Of those that have no code: what each is called now; nothing of those that are gone.
    keys: HashMap<String, Option<String>>,
}

impl Places {
    /// Nothing where all are where they were.
    fn of(section: &Section, origin: &Source, now: &Source) -> Option<Self> {
        let (before, after) = (entries(section, origin)?, entries(section, now)?);
        let (was, is) = (keys_of(&before), keys_of(&after));
        let by_after = matches(&before, &after)?;
        let has_no_code = |key: &&String| key.bytes().all(|byte| byte.is_ascii_digit());
        let mut keys: HashMap<String, Option<String>> =
            was.iter().filter(has_no_code).map(|key| (key.clone(), None)).collect();
        for (at, from) in by_after.iter().enumerate() {
            let key = from.and_then(|from| keys.get_mut(&was[from]));
            key.into_iter().for_each(|key| *key = Some(is[at].clone()));
        }
        keys.iter().any(|(was, is)| is.as_ref() != Some(was)).then_some(Self { was, is, keys })
    }

    fn is_gone(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(Option::is_none)
    }

    /// What an entry is called now, and to which place it goes where it was to go to this one; nothing where it stands there, or is gone.
    fn moved(&self, key: &str, place: &str) -> Option<(String, String)> {
        let now = |key: &String| match self.keys.get(key) {
            Some(next) => next.clone(),
            None => Some(key.clone()),
        };
        let place_of = |key: String| self.is.iter().position(|known| *known == key);
        let last = self.was.len().checked_sub(1)?;
        let wanted = place.trim().parse::<usize>().ok()?.saturating_sub(1).min(last);
        let (entry, beside) = (now(&key.to_owned())?, now(&self.was[wanted])?);
        let to = place_of(beside)?;
        (place_of(entry.clone())? != to).then(|| (entry, (to + 1).to_string()))
    }
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

    /// Everything that a browser sends of a form of surcharges, but for what is typed into some.
    fn form(source: &Source, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let fields = form_fields(source, &Section::Prices, Language::ENGLISH).into_iter();
        let mut form: Vec<(String, String)> = fields.map(|field| (field.name, field.saved)).collect();
        form.extend((0..source.prices.len()).map(|at| (format!("place.{at}"), (at + 1).to_string())));
        form.push(("do".to_owned(), "save".to_owned()));
        for (name, text) in typed {
            form.iter_mut().filter(|(known, _)| known == name).for_each(|(_, old)| (*text).clone_into(old));
        }
        form
    }

    /// What comes back that somebody typed, whether entries stand elsewhere, and what is lost.
    fn told(
        origin: &Source,
        now: &Source,
        typed: &[(&str, &str)],
    ) -> (Vec<(String, String)>, bool, Vec<String>) {
        let language = Language::ENGLISH;
        let clashing = ClashingForm { section: &Section::Prices, origin, now, language };
        let sent = ReadRules { fields: form(origin, typed), untouched: Vec::new() };
        let EditError::Clash { fields, untouched, moved, lost, .. } = clashing.told(sent, String::new())
        else {
            panic!("no clash");
        };
        (
            fields.into_iter().filter(|(name, _)| name != "do" && !untouched.contains(name)).collect(),
            moved,
            lost,
        )
    }

    #[test]
    fn fields_follow_their_entries_and_what_is_gone_comes_as_another() {
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3)]));
        let now = source(json!([price("C", 9), price("B", 2)]));
        let (typed, moved, lost) = told(&origin, &now, &[("amount.0", "5"), ("amount.2", "7")]);
        let again = ["label", "amount", "when", "each", "per"].map(|field| format!("new.{field}"));
        let new: Vec<_> = typed.iter().filter(|(name, _)| name.starts_with("new.")).collect();
        assert_eq!(new.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), again);
        assert_eq!((new[0].1.as_str(), new[1].1.as_str()), ("A", "5"));
        assert!(typed.contains(&("amount.0".to_owned(), "7".to_owned())) && moved && lost.is_empty());
        let same = source(json!([price("A", 1), price("B", 4), price("C", 9)]));
        let (typed, moved, _) = told(&origin, &same, &[("amount.1", "5")]);
        assert_eq!((typed, moved), (pairs(&[("amount.1", "5")]), false));
    }

    #[test]
    fn what_nobody_typed_into_stays_removed_and_what_is_lost_is_told() {
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3), price("D", 4)]));
        let now = source(json!([price("D", 9)]));
        // Nothing was typed into those that others removed.
        let (typed, ..) = told(&origin, &now, &[("amount.3", "5")]);
        assert_eq!(typed, pairs(&[("amount.0", "5")]));
        // The first that was typed into comes as another one, not the first of all.
        let (typed, _, lost) =
            told(&origin, &now, &[("amount.1", "7"), ("amount.2", "8"), ("amount.3", "5")]);
        assert!(typed.contains(&("new.label".to_owned(), "B".to_owned())), "{typed:?}");
        assert!(typed.contains(&("new.amount".to_owned(), "7".to_owned())), "{typed:?}");
        assert_eq!(lost, ["“8” (Amount) was not saved: somebody removed what it was typed into."]);
        // Where another entry is being typed, there is no place for one.
        let form = [("amount.1", "7"), ("new.label", "E"), ("amount.3", "5")];
        let (typed, _, lost) = told(&origin, &now, &form);
        assert_eq!((typed, lost.len()), (pairs(&[("amount.0", "5"), ("new.label", "E")]), 1));
    }

    #[test]
    fn who_moves_an_entry_means_the_one_it_stands_beside() {
        let origin = source(json!([price("A", 1), price("B", 2), price("C", 3)]));
        let now = source(json!([price("N", 7), price("A", 1), price("B", 2), price("C", 9)]));
        let (typed, ..) = told(&origin, &now, &[("place.2", "1"), ("amount.2", "5")]);
        assert_eq!(typed, pairs(&[("amount.3", "5"), ("place.3", "2")]));
        // Whose place is gone stays where it is.
        let now = source(json!([price("B", 2), price("C", 9)]));
        let (typed, ..) = told(&origin, &now, &[("place.2", "1"), ("amount.2", "5")]);
        assert_eq!(typed, pairs(&[("amount.1", "5")]));
    }
}
