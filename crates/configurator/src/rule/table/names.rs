//! What the words of a table name.

use std::ops::Range;

use super::Column;
use super::written::WrittenTable;
use crate::attribute::Attribute;
use crate::rule::syntax::Named;

/// What the words of a table name, each by its bytes and in the order of the text; and whether its form could be read.
pub(crate) fn names_in(text: &str, attributes: &[Attribute]) -> (Vec<(Range<usize>, Named)>, bool) {
    let Ok((written, spans)) = WrittenTable::read_with_spans(text) else { return (Vec::new(), false) };
    let mut named = Vec::new();
    let columns: Vec<Option<Column>> =
        written.columns.iter().map(|column| Column::read(column, attributes).ok()).collect();
    for (column, span) in columns.iter().zip(&spans.columns) {
        let Some(column) = column else { continue };
        let attribute = &attributes[column.attribute().index()];
        named.extend(
            spots(text, span, &attribute.code).take(1).map(|at| (at, Named::Attribute(column.attribute()))),
        );
        if let Column::Member(id, option) = *column {
            let code = &attribute.option(option).code;
            named.extend(spots(text, span, code).last().map(|at| (at, Named::Option(id, option))));
        }
    }
    for (column, span) in spans.rows.iter().flat_map(|(_, cells)| columns.iter().zip(cells)) {
        let Some(Column::Choice(id)) = *column else { continue };
        for (option, of) in attributes[id.index()].option_ids() {
            named.extend(spots(text, span, &of.code).map(|at| (at, Named::Option(id, option))));
        }
    }
    named.sort_by_key(|(span, _)| span.start);
    (named, true)
}

/// Where a code stands as a word in a part of a text.
fn spots<'t>(text: &'t str, within: &Range<usize>, code: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let (start, part) = (within.start, text.get(within.clone()).unwrap_or_default());
    let is_sign = |sign: char| sign.is_alphanumeric() || sign == '_';
    part.match_indices(code).filter_map(move |(at, found)| {
        let before = part[..at].chars().next_back().is_some_and(is_sign);
        let after = part[at + found.len()..].chars().next().is_some_and(is_sign);
        (!before && !after).then(|| start + at..start + at + found.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_where_it_is_a_word() {
        let text = "x, red or redder or dark_red or red";
        let found: Vec<_> = spots(text, &(3..text.len()), "red").collect();
        assert_eq!(found, [3..6, 32..35]);
    }
}
