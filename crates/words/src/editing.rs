//! What the editor of a draft says of itself: how it saves, its sections, a draft that allows nothing.

crate::texts::texts! {
    /// What the editor of a draft says of itself.
    Editing, as written in EditingTexts {
        /// What a page that saves by itself says of that.
        saving;
        saved;
        unsaved;
        /// What keeps it from being saved, and what to do.
        wrong;
        clash;
        asks;
        logged_out(link);
        log_in;
        away;
        refused(reason);
        gone;
        mend_first;
        leave_and_undo;
        take_back;
        /// Somebody else saved the draft since the page came.
        newer(changed);
        load_newer;
        /// What was typed before a page went, put back.
        put_back;
        not_put_back(texts);
        /// What was typed into an entry that somebody removed: the text, and what its field is called.
        typed_gone(field, text);
        forget;
        try_now;
        show_it;
        /// The sections of a draft.
        sections;
        all_sections;
        entries[entries];
        /// The search over them.
        find_in_tree;
        none_in_tree(text);
        more_in_tree(most);
        open_alone(section);
        one_at_a_time;
        /// A draft that allows nothing.
        no_design;
        exclude_each_other;
        excludes_all;
        to_analysis;
        /// Designs and prices beside the form, while they take longer than a moment.
        overview_later;
        from_to(was, now);
        /// The picture beside the forms: which design it is.
        nothing_drawn;
        shown_standard;
        shown_before;
        shown_by_standard(what);
        shown_with(what);
        shown_none(what);
        shown_open(what);
        layer_of(number);
        show_in_picture;
        show_in_picture_of(name);
        /// The field of what looks forgotten.
        fill_in;
        fill_in_of(place, code);
        /// The options of a long menu, in pages.
        find_option;
        find;
        shown_options(first, last, all);
        found_options(first, last, found, text);
        none_found(text);
        all_options;
        earlier_options;
        later_options;
        now_at_place(option, place);
    }
}
