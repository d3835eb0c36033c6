//! Whether two products differ in one field alone, and in which: changes of it that follow each other are one to who makes them.

use serde_json::Value;

use crate::catalogue::bundle::Bundle;

/// The one field in which two products differ, as the way to it; nothing where they differ in none or several, in a part that one of
/// them lacks, or in their drawings.
pub(super) fn one_field(before: &Bundle, after: &Bundle) -> Option<Vec<String>> {
    if before.drawings != after.drawings {
        return None;
    }
    let [before, after] = [before, after].map(|bundle| serde_json::to_value(&bundle.source));
    let mut found = Vec::new();
    let is_told = differ(&before.ok()?, &after.ok()?, &mut Vec::new(), &mut found);
    (is_told && found.len() == 1).then(|| found.remove(0))
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
