//! What is said about the drawings that pictures are made of.

crate::texts::texts! {
    /// What is said about the drawings that pictures are made of.
    Pictures, as written in PicturesTexts {
        /// Drawings of a draft.
        title;
        hint;
        back_to_layers;
        drawings[drawings];
        weight(used, all);
        /// What is found.
        heavy(used, usual);
        unused;
        missing;
        /// A drawing.
        kilobytes(size);
        layer(number);
        layer_when(number, condition);
        download;
        download_of(name);
        change_it;
        change_of(name);
        replace;
        replace_of(name);
        new_file(name);
        rename;
        new_name(name);
        rename_hint;
        remove;
        remove_of(name);
        /// The form for files.
        upload;
        files;
        files_hint(most);
        chosen(file);
        shown_in;
        nowhere;
        always;
        with_option(option);
        in_layer(number, name);
        in_blank_layer(number);
        fit(width, height);
        fit_hint;
        draft_picture;
        /// What became of a change.
        saved;
        saved_names(names);
        fitted;
        scaled;
        editor;
        rules_left_out;
        undo;
        /// Why nothing was saved.
        not_saved;
        no_file;
        too_many_files(files, most);
        one_file;
        same_name(name);
        too_much(size, most);
        unknown(name);
        no_name;
        name_taken(name);
        no_place;
        asks(name, layers);
        remove_with_layers;
        clash(who, names);
        clash_removing(who, names);
        that_layer;
        file_wrong(file, why);
        /// Why a file is no drawing.
        empty;
        other_kind;
        known_kind(kind);
        file_too_large(size, most);
        no_text;
        no_xml(line, column, reason);
        entities;
        too_many_parts;
        no_svg(element);
        no_size;
        draws_nothing;
        part_script(what, line, column);
        part_animation(what, line, column);
        part_address(what, line, column);
        part_page(what, line, column);
        part_letters(what, line, column);
        part_picture(what, line, column);
        part_element(what, line, column);
        fault(what);
        broken_png(reason);
        too_many_dots(width, height);
        too_heavy(size);
        /// Ways here from the editor.
        upload_for;
        to_drawings;
    }
}
