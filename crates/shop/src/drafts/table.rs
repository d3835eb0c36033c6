//! A rule that is a table, as its page shows it: what is written, what of it means nothing, and what it leaves out, says twice and for
//! nothing beside everything else in the draft.

use configurator::analysis::TableReport;
use configurator::rule::{Column, Table, TableError, WrittenTable};
use configurator::source::Source;
use configurator::{Product, Slug};
use words::Language;

use super::draft::Draft;
use super::table_rows;
use super::tables::find;
use crate::error::ShopError;
use crate::shop::Shop;

/// What can be told of a table.
#[derive(Clone, Debug)]
pub enum TableTold {
    /// What it leaves out, says twice and for nothing.
    Report(Box<TableReport>),
    /// That would take too long to find out.
    TooMuch,
    /// Something in the draft is to be mended first.
    Unsound,
}

/// A rule that is a table.
#[derive(Clone, Debug)]
pub struct TableLook {
    /// The draft.
    pub draft: Draft,
    /// The rule's place.
    pub index: usize,
    /// The table.
    pub written: WrittenTable,
    /// What can be read of the draft.
    pub product: Product,
    /// What its columns are; nothing for those that mean nothing.
    pub columns: Vec<Option<Column>>,
    /// What in it means nothing.
    pub errors: Vec<TableError>,
    /// What can be told of it.
    pub told: TableTold,
}

impl Shop {
    /// The table that the rule is which forms call so, in a product's draft; nothing where it is none.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn table(&self, slug: &Slug, key: &str) -> Result<Option<TableLook>, ShopError> {
        let draft = self.draft(slug).await?;
        let Some((index, written)) = find(&draft.bundle.source, key) else { return Ok(None) };
        let work = move || look(draft, index, written);
        self.executor.run(work).await.map(Some)
    }

    /// The same table as a CSV file, which can be pasted back.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn table_csv(
        &self,
        slug: &Slug,
        key: &str,
        language: Language,
    ) -> Result<Option<String>, ShopError> {
        let draft = self.draft(slug).await?;
        let table = find(&draft.bundle.source, key);
        Ok(table.and_then(|(_, table)| table_rows::write(&table, language)))
    }
}

fn look(draft: Draft, index: usize, written: WrittenTable) -> TableLook {
    let product = Product::readable(&draft.bundle.source);
    let columns = written.columns.iter().map(|text| Column::read(text, &product.attributes).ok()).collect();
    let (errors, told) = match Table::read(&written, &product.attributes) {
        Ok(table) => (Vec::new(), told(&draft.bundle.source, index, &table)),
        Err(errors) => (errors, TableTold::Unsound),
    };
    TableLook { draft, index, written, product, columns, errors, told }
}

/// What can be told of a table beside everything else.
fn told(source: &Source, index: usize, table: &Table) -> TableTold {
    let mut others = source.clone();
    others.rules.remove(index);
    match Product::to_look_into(&others) {
        Ok(product) => match table.report(&product) {
            Ok(report) => TableTold::Report(Box::new(report)),
            Err(_) => TableTold::TooMuch,
        },
        Err(_) => TableTold::Unsound,
    }
}
