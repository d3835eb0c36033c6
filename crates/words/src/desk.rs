//! What is said about the list of orders as a whole, and the sheet of one.

crate::texts::texts! {
    /// What is said about the list of orders as a whole, and the sheet of one.
    Desk, as written in DeskTexts {
        sort_due_last;
        sort_largest;
        sort_smallest;
        found[count](orders, total);
        no_day(text);
        tick_all;
        marks;
        marks_hint;
        print;
        /// Before the numbers of the orders of the same basket.
        ordered_together;
    }
}
