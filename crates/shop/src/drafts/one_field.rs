//! Whether two products differ in one field alone, and in which: changes of it that follow each other are one to who makes them.

use serde_json::Value;

use crate::catalogue::bundle::Bundle;

const TRANSLATIONS: &str = "translations";

/// The one field in which two products differ, as the way to it; nothing where they differ in none or several, in a part that one of
/// them lacks, or in their drawings. What follows a text is no difference of its own: that its translations are stale, and that those
/// of a surcharge stand under its new name.
pub(super) fn one_field(before: &Bundle, after: &Bundle) -> Option<Vec<String>> {
    if before.drawings != after.drawings {
        return None;
    }
    let read = |bundle: &Bundle| {
        let mut source = serde_json::to_value(&bundle.source).ok()?;
        let translations = source.as_object_mut()?.remove(TRANSLATIONS).unwrap_or_default();
        Some((source, without_marks(translations)))
    };
    let ((before, words_before), (after, words_after)) = (read(before)?, read(after)?);
    let mut found = Vec::new();
    let mut is_told = differ(&before, &after, &mut Vec::new(), &mut found);
    if is_told && !(found.len() == 1 && is_moved(&words_before, &words_after)) {
        is_told = differ(&words_before, &words_after, &mut vec![TRANSLATIONS.to_owned()], &mut found);
    }
    (is_told && found.len() == 1).then(|| found.remove(0))
}

/// Translations without what marks them as stale.
fn without_marks(mut translations: Value) -> Value {
    for texts in translations.as_object_mut().into_iter().flat_map(|languages| languages.values_mut()) {
        texts.as_object_mut().map(|texts| texts.remove("stale"));
    }
    translations
}

/// Whether translations are the same texts, if under other names.
fn is_moved(before: &Value, after: &Value) -> bool {
    fn texts<'t>(value: &'t Value, found: &mut Vec<&'t str>) {
        match value {
            Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
            Value::String(text) => found.push(text),
            _ => {}
        }
    }
    let [before, after] = [before, after].map(|translations| {
        let mut found = Vec::new();
        texts(translations, &mut found);
        found.sort_unstable();
        found
    });
    before == after
}

/// Adds the ways to the fields that differ; `false` as soon as there is more than one, or something that is no field.
fn differ(before: &Value, after: &Value, way: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> bool {
    if before == after {
        return true;
    }
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let added = after.keys().filter(|name| !before.contains_key(*name));
            before.keys().chain(added).all(|name| {
                let [before, after] = [before, after].map(|fields| fields.get(name).unwrap_or(&Value::Null));
                within(name.clone(), way, |way| differ(before, after, way, found))
            })
        }
        (Value::Array(before), Value::Array(after)) if !are_plain(before) || !are_plain(after) => {
            before.len() == after.len()
                && before.iter().zip(after).enumerate().all(|(at, (before, after))| {
                    within(at.to_string(), way, |way| differ(before, after, way, found))
                })
        }
        (before, after) if is_field(before) && is_field(after) => {
            found.push(way.clone());
            found.len() == 1
        }
        _ => false,
    }
}

fn within(name: String, way: &mut Vec<String>, look: impl FnOnce(&mut Vec<String>) -> bool) -> bool {
    way.push(name);
    let is_told = look(way);
    way.pop();
    is_told
}

/// Whether a form has one field for it: a text, a number, boxes to tick.
fn is_field(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(entries) => are_plain(entries),
        _ => true,
    }
}

fn are_plain(entries: &[Value]) -> bool {
    !entries.iter().any(|entry| entry.is_object() || entry.is_array())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(change: impl FnOnce(&mut Value)) -> Bundle {
        let mut source = serde_json::json!({
            "name": "Mug", "summary": "", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{"code": "all", "label": "All"}],
            "attributes": [{"code": "lid", "step": "all", "label": "Lid", "kind": "multi-choice", "standard": [],
                "options": [{"code": "cork", "label": "Cork"}, {"code": "wood", "label": "Wood"}]}],
            "rules": [], "prices": [], "layers": [],
        });
        change(&mut source);
        Bundle { source: serde_json::from_value(source).unwrap(), drawings: Default::default() }
    }

    fn changed(change: impl FnOnce(&mut Value)) -> Option<String> {
        one_field(&bundle(|_| {}), &bundle(change)).map(|way| way.join("."))
    }

    #[test]
    fn one_field_is_told_by_the_way_to_it() {
        assert_eq!(changed(|_| {}), None);
        assert_eq!(changed(|mug| mug["name"] = "Cup".into()).as_deref(), Some("name"));
        let price = |mug: &mut Value| mug["attributes"][0]["options"][1]["price"] = 150.into();
        assert_eq!(changed(price).as_deref(), Some("attributes.0.options.1.price"));
        let ticks = |mug: &mut Value| mug["attributes"][0]["standard"] = serde_json::json!(["cork"]);
        assert_eq!(changed(ticks).as_deref(), Some("attributes.0.standard"));
    }

    #[test]
    fn what_follows_a_text_is_no_change_of_its_own() {
        let german = |name: &str| {
            serde_json::json!({"de": {"name": "Becher", "prices": {name: "Geschenk"},
                "stale": {"name": {"since": "2026-11-12", "was": "Mug"}}}})
        };
        let before = bundle(|mug| {
            mug["prices"] = serde_json::json!([{"label": "Gift", "amount": 100}]);
            mug[TRANSLATIONS] = german("Gift");
            mug[TRANSLATIONS]["de"].as_object_mut().unwrap().remove("stale");
        });
        let told = |change: &dyn Fn(&mut Value)| {
            let after = bundle(|mug| {
                mug["prices"] = serde_json::json!([{"label": "Gift", "amount": 100}]);
                mug[TRANSLATIONS] = german("Gift");
                change(mug);
            });
            one_field(&before, &after).map(|way| way.join("."))
        };
        assert_eq!(told(&|mug| mug["name"] = "Mugs".into()).as_deref(), Some("name"));
        let relabelled = |mug: &mut Value| {
            mug["prices"][0]["label"] = "Gift box".into();
            mug[TRANSLATIONS] = german("Gift box");
        };
        assert_eq!(told(&relabelled).as_deref(), Some("prices.0.label"));
        let translated = |mug: &mut Value| mug[TRANSLATIONS]["de"]["name"] = "Tasse".into();
        assert_eq!(told(&translated).as_deref(), Some("translations.de.name"));
        let both = |mug: &mut Value| {
            mug["name"] = "Mugs".into();
            mug[TRANSLATIONS]["de"]["name"] = "Tassen".into();
        };
        assert_eq!(told(&both), None);
    }

    #[test]
    fn several_fields_and_parts_that_come_are_none() {
        let both = |mug: &mut Value| {
            mug["name"] = "Cup".into();
            mug["summary"] = "A cup.".into();
        };
        assert_eq!(changed(both), None);
        let option = |mug: &mut Value| {
            let options = mug["attributes"][0]["options"].as_array_mut().unwrap();
            options.push(serde_json::json!({"code": "steel", "label": "Steel"}));
        };
        assert_eq!(changed(option), None);
        let rule = |mug: &mut Value| {
            mug["rules"] = serde_json::json!([{"code": "cork_only", "rule": "lid has cork", "sentence": ""}])
        };
        assert_eq!(changed(rule), None);
    }
}
