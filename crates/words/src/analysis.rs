//! What the admin says about what is in a draft: its designs, what its rules do, and why a design is not valid.

crate::texts::texts! {
    /// What the admin says about what is in a draft.
    Analysis, as written in AnalysisTexts {
        title(name);
        lead;
        not_yet;
        /// What can be said at once.
        at_once;
        figure;
        today;
        draft;
        designs;
        lowest;
        standard;
        highest;
        bound(amount);
        not_counted;
        none;
        bounds_hint;
        solver_hint;
        /// What can't be.
        contradictions;
        no_contradictions;
        none_found;
        no_design;
        standard_breaks(rules);
        dead_of[options];
        budget_of[options];
        budget_none;
        at_fault;
        fewest;
        as_far;
        no_rule;
        no_time;
        the_budget(points);
        behind_going_on;
        /// Attributes without a choice.
        no_choice;
        no_choice_hint;
        no_choice_none;
        no_choice_yet;
        no_choice_no_design;
        no_choice_too_large;
        always_same;
        not_known;
        always_is(value);
        never_applies;
        follows_from(attributes);
        follows_open;
        /// The rules.
        rules;
        rules_hint;
        no_rules;
        working(done, all);
        look_again;
        done(all);
        too_large;
        matters[changes];
        matters_near[changes];
        matters_standard;
        matters_somewhere;
        costs(price);
        keep;
        keep_of(rule);
        is_kept;
        look_at_it;
        look_at_it_of(rule);
        never;
        never_by;
        undecided;
        waiting;
        kept;
        undo;
        not_kept;
        change(attribute, was, now);
        /// Why a design is not valid.
        why;
        why_lead;
        why_link;
        judge;
        back;
        design_valid(price);
        design_invalid;
        nearest_with(price);
        near_with(price);
        nearest_none;
        nearest_open;
        not_read;
        nothing_chosen;
    }
}
