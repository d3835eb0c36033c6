//! Everything that the database holds about a customer, for them to take along.

use serde_json::{Map, Value, json};

use super::customer::Customer;
use super::store::Table;
use crate::error::ShopError;
use crate::shop::Shop;

/// Columns that hold JSON, which is taken along as such.
const STRUCTURED: [&str; 5] = ["buyer", "choices", "design", "lines", "start"];

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
        let tables = self.store.personal_data(customer).await?;
        Ok(PersonalData { tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect() })
    }
}
