//! What is said about rules that are tables of combinations.

crate::texts::texts! {
    /// What is said about rules that are tables of combinations.
    Tables, as written in TablesTexts {
        /// A table among the rules.
        allowed_table(columns);
        forbidden_table(columns);
        rows[rows];
        change_table;
        change_table_of(rule);
        shown_once_saved;
        /// Beginning one.
        begin_table;
        begin_hint;
        columns;
        yes_or_no(attribute, option);
        is_filled(attribute);
        rows_are;
        may_be;
        may_not_be;
        begin;
        choose_columns(most);
        other_rule_first;
        /// Its page.
        title(rule);
        back_to_rules;
        save_table;
        row;
        row_number(row);
        cell_of(row, column);
        any;
        not_there;
        yes;
        no;
        or;
        number_hint;
        from_to(low, high);
        at_least(low);
        at_most(high);
        several;
        several_hint;
        new_row;
        remove_row;
        remove_row_of(row);
        no_rows;
        shown_rows(first, last, all);
        earlier_rows;
        later_rows;
        another_column;
        add_column;
        add_column_hint;
        remove_column;
        remove_column_of(column);
        /// What can't be read.
        choose_value(column);
        cell_wrong(message, advice);
        row_wrong(row, message);
        too_many_rows(most);
        too_many_values(values, columns);
        /// A table pasted.
        paste;
        paste_hint(columns);
        replace_rows;
        as_csv;
        /// What it leaves out, says twice and for nothing.
        what_it_says;
        not_told_yet;
        too_much;
        no_combinations;
        complete(possible);
        open_allowed[open](possible);
        open_forbidden[open](possible);
        gaps;
        combinations;
        insert;
        insert_row_of(row);
        insert_all;
        more_gaps;
        overlaps;
        says_twice(one, other);
        no_overlaps;
        more_overlaps;
        idle;
        no_idle;
        is_impossible(row);
        is_covered(row, by);
        remove_idle[rows];
        /// Where two saved, or a form came back.
        saved;
        /// What changed between two drafts.
        table_changed(rule, added, removed);
        table_text[rows](columns);
    }
}
