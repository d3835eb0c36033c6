//! What the engine says of designs.

crate::texts::texts! {
    /// What is said of designs, wherever they are looked at.
    Engine, as written in EngineTexts {
        /// A set without options, a text without letters.
        nothing;
        /// Between things in a list.
        comma;
        /// Between things that may have commas of their own.
        semicolon;
        /// Between things that are in the way together.
        and;
        /// A text that somebody typed.
        quoted(text);
        /// The first line of a quote.
        base_price;
        /// Further pieces of the same design on a quote.
        more_alike[more];
        /// What several pieces have off.
        tier_discount(percent, from);
        /// An attribute that is locked.
        always(attribute, standard);
        /// An option that is off the menu.
        sold_out(option);
        sold_out_until(option, day);
        unavailable(option);
        /// An attribute that has a value where it doesn't apply, and one that has none where it does.
        does_not_apply(attribute);
        is_missing(attribute);
        /// A multi-choice, and how many options it takes.
        at_most(attribute, number);
        /// A multi-choice, and how many options it takes.
        at_least(attribute, number);
        /// What an option does not go with.
        not_with(others);
        /// What an option needs.
        not_without(others);
        /// What an option does not go with, and what it needs.
        not_with_nor_without(others, needed);
        /// Choices that contradict each other.
        not_together(choices);
        /// Choices, and what they need.
        together_not_without(choices, needed);
        /// A reason that nothing more is known of.
        impossible;
        /// A reason that it took too long to find out more of.
        not_with_the_rest;
        /// Of what may be possible or not.
        undecided;
        /// By how much a rule is missed, and the rule's sentence.
        too_much(amount, sentence);
        /// The same where more is needed.
        too_little(amount, sentence);
        /// A weight.
        grams(number);
        /// A lead time.
        days[days];
        /// Options that go.
        without(options);
        /// A design that takes more points than there are.
        over_budget(points, ceiling);
        /// The same where the points are not known.
        beyond_budget;
        /// A value that an attribute does not take, and what to do.
        cant_be(attribute, value, advice);
        /// A value that other choices leave no room for, and why.
        cant_be_now(attribute, value, reason);
        /// A value that is missing, and what to do.
        is_empty(attribute, advice);
        /// How many options a multi-choice takes.
        choose_between(min, max);
        /// What a number takes.
        whole_number(min, max);
        /// What a number takes that goes in steps.
        whole_number_in_steps(min, max, step);
        /// A number with a fraction where there are none, and the whole ones beside it.
        no_fraction(below, above);
        /// Of a length: that the larger of those is too much for what was typed.
        no_room(more, space);
        /// A number that can be read in two ways.
        two_ways(first, second);
        /// Signs that a text does not take.
        leave_out(sign, allowed);
        /// What a text takes in place of letters of another script.
        use_letters(letters);
        /// Signs that nobody sees.
        hidden_characters;
        /// How long a text may be, and how long it is.
        at_most_characters[most](now);
        /// What texts take that take everything.
        printable_characters;
        letters;
        capital_letters;
        small_letters;
        accented_letters;
        /// Of the languages of Europe.
        latin_letters;
        greek_letters;
        cyrillic_letters;
        /// Letters, where only their capitals are taken.
        in_capitals(letters);
        digits;
        /// The space bar's.
        spaces;
    }
}
