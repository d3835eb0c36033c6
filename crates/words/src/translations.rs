//! What is said about texts of a product in other languages.

crate::texts::texts! {
    /// What is said about texts of a product in other languages.
    Translations, as written in TranslationsTexts {
        /// The overview of a product's languages.
        title;
        lead;
        language;
        translated;
        missing;
        stale;
        some_of(some, all);
        texts_in(language);
        back;
        other_language;
        other_language_hint;
        begin;
        no_such_language(tag);
        not_spoken;
        not_spoken_told(language);
        /// One language.
        original;
        in_language(what, language);
        part(of, what);
        is_missing;
        is_stale(day);
        was(text);
        was_nothing;
        is_inherited(language);
        is_made;
        made(sentence);
        still_right;
        still_right_of(what);
        filter;
        all_texts(count);
        missing_texts(count);
        stale_texts(count);
        search;
        search_texts;
        none_missing;
        none_stale;
        none_found;
        shown_texts(first, last, all);
        earlier;
        later;
        save;
        saved;
        /// What can't be saved.
        text_gone(path, text);
        no_such_text(path);
        hidden_letter;
        original_changed(original);
        name_columns;
        /// The way through a spreadsheet.
        paste;
        paste_hint;
        file;
        upload;
        no_file;
        as_csv;
        /// Before publishing.
        found_stale[count](language, all);
        all_right;
        all_right_of(language);
    }
}
