//! Everything that the database holds about a customer, for them to take along.

use serde_json::{Map, Value, json};

use super::customer::Customer;
use super::store::Table;
use crate::error::ShopError;
use crate::shop::Shop;

/// Columns that hold JSON, which is taken along as such.
const STRUCTURED: [&str; 5] = ["buyer", "choices", "design", "lines", "start"];

/// The column that holds an ordered design.
const DESIGN: &str = "design";

/// Everything about somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalData {
    /// By table; none is empty.
    pub tables: Vec<Table>,
}

impl PersonalData {
    /// As one JSON document.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let tables = self.tables.iter().map(|table| {
            let rows = table.rows.iter().map(|row| {
                let cells = row.iter().map(|(column, value)| (column.clone(), structured(column, value)));
                Value::Object(cells.collect())
            });
            (table.name.to_owned(), Value::Array(rows.collect()))
        });
        json!({ "format": 1, "times": "milliseconds since 1970-01-01 UTC", "tables": tables.collect::<Map<_, _>>() })
    }
}

fn structured(column: &str, value: &Value) -> Value {
    let text = value.as_str().filter(|_| STRUCTURED.contains(&column));
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| value.clone())
}

impl Shop {
    /// Everything that the database holds about a customer.
    ///
    /// # Errors
    /// The store failed.
    pub async fn personal_data(&self, customer: &Customer) -> Result<PersonalData, ShopError> {
        let mut tables = self.store.personal_data(customer).await?;
        tables.retain(|table| !table.rows.is_empty());
        let cells = tables.iter_mut().flat_map(|table| table.rows.iter_mut().flatten());
        cells.filter(|(column, _)| column.as_str() == DESIGN).for_each(|(_, design)| take_parts_out(design));
        Ok(PersonalData { tables })
    }
}

/// Takes the codes of parts out of an ordered design: what production picks is the shop's, and says nothing about anybody.
fn take_parts_out(design: &mut Value) {
    let read = design.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let Some(Value::Array(mut values)) = read else { return };
    values.iter_mut().filter_map(Value::as_object_mut).for_each(|value| drop(value.remove("parts")));
    *design = Value::String(Value::Array(values).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_order_are_nothing_about_a_person() {
        let mut design =
            json!(r#"[{"code":"glaze","parts":["A-1"],"value":"blue"},{"code":"lid","value":"none"}]"#);
        take_parts_out(&mut design);
        assert_eq!(design, json!(r#"[{"code":"glaze","value":"blue"},{"code":"lid","value":"none"}]"#));
        for other in [json!(null), json!("no JSON"), json!("{}")] {
            let mut same = other.clone();
            take_parts_out(&mut same);
            assert_eq!(same, other);
        }
    }
}
