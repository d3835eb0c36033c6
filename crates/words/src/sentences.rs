//! What is said about rules that are written by menus.

crate::texts::texts! {
    /// What is said about rules that are written by menus.
    Sentences, as written in SentencesTexts {
        /// Buttons that show a rule in another way.
        as_text;
        as_text_of(rule);
        as_sentence;
        as_sentence_of(rule);
        /// What a rule says in all.
        says;
        when_then;
        never_together;
        always;
        /// The parts of a rule.
        when_part;
        then_part;
        never_part;
        always_part;
        /// How the conditions of a part are joined.
        joined;
        all_of;
        any_of;
        /// A condition of a part.
        condition(part, number);
        /// What a condition asks for.
        subject;
        relation;
        value;
        number;
        choose;
        property_of(attribute, property);
        count_of(attribute);
        /// How a condition's subject stands to its value.
        equals;
        differs;
        one_of;
        none_of;
        has;
        has_not;
        filled;
        empty;
        less;
        at_most;
        greater;
        at_least;
        /// Buttons of conditions and parts.
        show_values;
        show_values_of(condition);
        add_condition;
        add_condition_to(part);
        take_away;
        take_away_of(condition);
        /// Over a form that was shown otherwise.
        nothing_saved_yet;
        /// A condition that is always met, and the button that shows a text as menus.
        no_condition;
        as_menus;
        as_menus_of(field);
        /// What a design has of an attribute that it says nothing of, none of several, and the fold that they stand in.
        as_standard;
        none_of_them;
        nothing_ticked;
        design_has(what);
        has_nothing_else;
        no_such_design;
        /// The drawing of a layer that writes a text, one that is not there, and where and how large a layer is drawn.
        no_drawing;
        no_text;
        drawing_gone(name);
        place_and_size;
        /// How many times an amount counts.
        once;
        and_times;
        no_more;
        /// What menus lack.
        choose_value(attribute);
        choose_one(attribute);
        choose_relation(attribute);
        enter_number(attribute);
        unknown_attribute;
        no_conditions;
        says_no_when;
        says_no_then;
        joined_differ;
        never_needs_two;
        /// Why a rule has no menus.
        stays_text;
        cant_be_read_yet(problem);
        can_be_read_as(text);
        /// A rule as in other tools, and its right form.
        means_certainly;
        use_instead;
        use_instead_of(field);
        /// What shoppers read where no sentence is written for them.
        says_by_itself(sentence);
        says_by_itself_in(language, sentence);
        made_by_itself;
        /// The list of codes under a text in the rule language, and how many there are.
        codes_to_take;
        codes_found(count);
        /// Changing a code.
        code_taken(code);
        code_malformed(code);
    }
}
