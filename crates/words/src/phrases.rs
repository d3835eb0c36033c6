//! What rules say to shoppers where nobody wrote a sentence: made of their conditions and of names, in a form that needs neither
//! articles nor endings.

crate::texts::texts! {
    /// What rules say to shoppers where nobody wrote a sentence.
    Phrases, as written in PhrasesTexts {
        /// An attribute and what is chosen of it.
        value_is(attribute, value);
        value_is_not(attribute, value);
        /// Numbers, and how many options are chosen.
        at_least(attribute, value);
        at_most(attribute, value);
        more_than(attribute, value);
        less_than(attribute, value);
        /// A set without an option.
        without_option(attribute, option);
        /// A text that is filled, or empty.
        with_text(attribute);
        without_text(attribute);
        /// Between the last two of what one is enough of.
        or;
        /// Between what holds at once.
        together_with;
        /// Between what is needed at once.
        and_with;
        /// Between what has commas and words of its own.
        semicolon;
        /// What is counted over all that is chosen.
        weight_in_all;
        in_all(attributes);
        /// What needs something else.
        goes_only_with(given, needed);
        /// What does not go with something else.
        does_not_go_with(given, others);
        /// Three or more that don't go together.
        not_together(choices);
        /// Each needs the other.
        only_together(one, other);
        /// A choice that has to be so.
        only(attribute, value);
        /// Of which one is enough.
        one_of(list);
        /// Attributes that depend on each other in a way that is too long to say.
        fit_each_other(list);
        /// The same of one attribute alone.
        is_limited(list);
        /// An attribute with the options that are meant.
        with_options(attribute, options);
        /// A rule about nothing that is chosen.
        about_nothing;
    }
}
