//! What the admin's pages say, which only the server needs. A language may lack them all: the admin then speaks English.

crate::texts::texts! {
    /// What the admin's pages say.
    Admin, as written in AdminTexts {
        /// On every page.
        admin;
        title_of(page);
        products;
        orders;
        log_out;
        in_the_shop;
        revision(number);
        of_revision(number);
        moment(date, time);
        days[days];
        options[options];
        points[points];
        problems[problems];
        nothing;
        quoted(text);
        /// A field that a page asks for in several places.
        name;
        price;
        save;
        /// The bar over a product's pages, and their titles.
        this_product;
        draft;
        changes;
        revisions;
        to_publish;
        no_changes;
        ready_to_publish;
        draft_problems[problems];
        draft_of(product);
        changes_of(product);
        revisions_of(product);
        /// Before the log-in.
        log_in;
        password;
        no_password_yet(command);
        set_your_password;
        welcome;
        new_password(least);
        password_again;
        set_password;
        invitation_over;
        invitation_works_once;
        have_password;
        /// Why nobody was let in.
        password_length(least, most);
        not_recognised;
        too_many_attempts;
        passwords_differ;
        /// The list of products.
        product_is_live(revision, date, price);
        changed_by(person, moment);
        edit;
        no_products(command);
        /// Forms of the editor, saved or come back.
        saved;
        not_saved;
        conflict(who, theirs);
        take_theirs;
        form_was_cut;
        you_saved;
        other_saved(person);
        draft_is_gone;
        saved_now(text);
        saved_now_nothing;
        /// What of a form can't be read. What is wrong comes first, what to do follows.
        no_amount(text, currency);
        does_not_fit_here(text);
        most_decimals[decimals](wrong, example);
        write_whole(wrong, example);
        write_amount(wrong, example);
        enter_base_price;
        enter_option_name;
        /// The editor around its sections.
        on_this_page;
        product;
        attributes;
        rules;
        standard_design;
        budget;
        analysis;
        attributes_and_options;
        attributes_hint;
        /// What the shop makes of the draft.
        analysis_of_draft;
        no_picture_yet;
        equals_live;
        sound;
        standard;
        menu;
        menu_of[attributes](options);
        no_budget;
        live;
        /// The product's own fields.
        summary;
        base_price_in(currency);
        lead_time_in_days;
        save_product;
        /// An attribute.
        attribute_line(step, about);
        locked_attribute_line(step, about);
        several_at_once(options);
        a_number;
        a_text;
        advice;
        smallest_value;
        largest_value;
        step_of_one;
        price_of_each(unit);
        most_characters;
        price_when_used;
        save_attribute(attribute);
        attribute_up;
        attribute_down;
        move_attribute_up(attribute);
        move_attribute_down(attribute);
        /// The options of an attribute.
        option;
        colour;
        on_the_menu;
        order;
        name_of(option);
        price_of(option);
        colour_of(option);
        has_colour(option);
        is_on_the_menu(option);
        move_up;
        move_down;
        remove;
        to_option(action, option);
        another_option;
        colour_of_new;
        add;
        /// The rules.
        rules_hint(example);
        codes_for_rules;
        no_rules;
        rule(number);
        condition;
        sentence;
        another_rule;
        remove_rule;
        remove_rule_of(number);
        save_rules;
        at_character(position, mistake);
        /// The standard design.
        standard_hint;
        /// Names of ready-made designs.
        ready_made_designs(names);
        empty_text;
        attribute_in(attribute, unit);
        choose_one;
        no_option_any_more(code);
        off_the_menu(option);
        save_standard;
        /// The budget.
        customisation_budget;
        budget_hint;
        limit_departures;
        ceiling;
        points_of_deviation;
        save_budget;
        /// Where a problem is.
        place_summary;
        place_base_price;
        place_lead_time;
        place_tiers;
        place_no_returns;
        place_standard(attribute);
        place_option(attribute, option);
        place_surcharges;
        place_surcharge(label);
        place_picture;
        place_layer(number);
        place_drawn_layer(number, drawing);
        place_steps;
        place_step(label);
        place_uses;
        place_designs;
        place_design(name);
        place_language;
        place_texts_in(language);
        place_texts;
        /// Publishing.
        begun_from(base, live);
        nothing_to_publish(live, edit);
        edit_product;
        changes_against(live);
        orders_keep;
        ready;
        back_to_draft;
        note_for_history;
        note_example;
        publish_as(number);
        live_at_once;
        not_published_note;
        not_published_problems;
        not_published_changed;
        not_published_equal;
        discard_draft;
        discard_warning(live);
        discard_all;
        not_discarded(person, moment);
        not_discarded_gone;
        look_at_draft;
        /// The history.
        revision_word;
        published;
        published_by(person);
        note;
        make_live;
        make_revision_live(number);
        first_revision;
        now_published(number);
        live_again(number);
        /// Until when designs of a revision can be ordered.
        prices_hold_until(date);
        prices_ended(date);
        /// Who withdrew a revision.
        withdrawn_by(person, date);
        withdrawn;
        /// What opens the form for it.
        withdraw;
        withdraw_revision(number);
        /// What that does.
        withdraw_hint;
        /// The field with the reason.
        withdraw_reason;
        withdraw_reason_example;
        withdraw_now;
        offer_again;
        offer_revision_again(number);
        now_withdrawn(number);
        now_offered_again(number);
        /// A withdrawal that was refused for its reason.
        not_withdrawn(number);
        hidden_characters;
        /// Orders.
        newer;
        older;
        no_older_orders;
        no_orders;
        picture;
        buyer;
        total;
        placed;
        order_number(number);
        design_in_shop;
        design;
        attribute;
        value;
        code;
        from;
        where_from;
        lead_time;
        pieces;
        promised_for;
        vat;
        returns;
        returnable[days];
        not_returnable;
        weight;
        grams(weight);
        points_used;
        stated_use;
        e_mail;
        address;
        /// Where a value came from.
        always_so;
        chosen;
        by_default(evidence);
        adjusted;
        /// What publishing changes.
        change(what, before, after);
        new_description;
        currency;
        new_surcharges;
        new_terms;
        new_uses;
        design_added(name);
        design_removed(name);
        design_changed(name);
        new_steps;
        new_language;
        new_translations;
        new_picture;
        attribute_added(attribute);
        attribute_removed(attribute);
        attributes_moved;
        attribute_renamed(before, after);
        new_advice(attribute);
        attribute_locked(attribute);
        attribute_unlocked(attribute);
        /// When an attribute is there, as a field's name and as a change.
        applies_when;
        applies_always;
        attribute_applies(attribute);
        attribute_smallest(attribute);
        attribute_largest(attribute);
        attribute_characters(attribute);
        attribute_price(attribute);
        works_differently(attribute);
        option_added(attribute, option, price);
        option_removed(attribute, option);
        options_moved(attribute);
        option_renamed(attribute, before, after);
        option_of(attribute, option);
        option_off(option);
        option_on(option);
        option_colour(option);
        option_lead_time(option);
        other_details(option);
        rule_word;
        sentence_of_rule;
        rule_added(rule, sentence);
        rule_removed(rule, sentence);
        each_deviation;
        /// Fields of a product, and what is good to know about them.
        field_description;
        field_language;
        hint_language;
        hint_currency;
        field_picture_width;
        field_picture_height;
        field_kind;
        kind_choice;
        kind_multi_choice;
        kind_number;
        kind_text;
        field_step;
        field_locked;
        field_step_size;
        hint_step_size;
        field_unit;
        hint_unit;
        hint_points;
        field_allowed;
        hint_allowed;
        field_option_description;
        field_more_days;
        field_weight;
        field_benefits;
        hint_benefit;
        field_values;
        hint_values;
        field_amount;
        hint_amount;
        field_when;
        hint_when;
        field_each;
        hint_each;
        field_per;
        hint_per;
        field_from_pieces;
        field_discount;
        hint_discount;
        field_reason;
        field_ask_use;
        field_question;
        field_answer;
        field_people;
        hint_people;
        enter_number;
        enter_entry;
        write_numbers(line);
        more;
        more_of(what);
        another_entry;
        section_benefits;
        another_attribute;
    }
}
