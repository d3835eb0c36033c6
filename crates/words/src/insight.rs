//! What the admin's pages say about what happens on products' pages.

crate::texts::texts! {
    /// What the admin's pages say about what happens on products' pages.
    Insight, as written in InsightTexts {
        title(name);
        hint;
        last_days[count];
        days_shown;
        from_day;
        to_day;
        show;
        not_days;
        download;
        nothing_yet;
        nothing_yet_hint;
        nothing_then;
        counted_since(day);
        period(from, to);
        way;
        way_hint;
        step;
        visits;
        changed_something;
        left_here;
        visited;
        to_order_form;
        ordered_from_here;
        menus;
        numbers;
        menu_seen(seen, changed);
        chart_of(label);
        option;
        shown;
        chosen;
        asked_blocked;
        ordered;
        kept;
        fewer_than(count);
        with_share(count, share);
        percent(share);
        /// What the counts advise.
        advice;
        advice_hint;
        no_advice;
        retire(option, attribute);
        retire_why(shown, chosen, share);
        split(attribute);
        split_far_why(options, chosen, far, share);
        split_left_why(options, seen, went_on, share);
        pair_blocked(option, attribute, chosen, other);
        pair_why(times, seen, attribute, share);
        rule_blocks(rule);
        rule_why(asked, seen, share);
        asked_for(option, attribute, times);
        change_it;
        /// What options are worth to those who ordered.
        worths;
        worths_hint;
        worths_orders(count);
        worths_personal(count);
        worths_read;
        worths_caution;
        worths_none;
        worths_chart_of(label);
        measured_against(option);
        measured_against_without;
        worth;
        taken_of_hundred;
        would_pay;
        within(value, within);
        taken_between(share, low, high);
        worth_unknown;
        prices_hardly_varied;
        worths_choices;
        chosen_when_shown;
        chosen_share(share, shown, low, high);
        chosen_few(chosen, shown);
        shown_too_rarely;
        choices_and_orders;
        choices_agree;
        choices_differ;
        choices_unclear;
        /// What was learnt of a product's orders.
        learnt_title(name);
        learnt_hint;
        learnt_start;
        learnt_by_orders;
        learnt_frequent;
        learnt_standard;
        learnt_change;
        learnt_orders;
        learnt_at;
        learnt_who;
        learnt_who_speaks;
        learnt_who_silent;
        learnt_promise;
        learnt_promise_is(right, sure);
        /// Nothing is learnt by the product's setting, or not yet.
        learnt_nothing_asked;
        learnt_nothing_yet;
        /// What is done for shoppers of a use, or who stated none.
        learnt_defaults;
        learnt_defaults_hint(fewest);
        learnt_use_unknown;
        learnt_for_use(orders);
        attribute;
        begins_with;
        what_is_done;
        kept_aside;
        preselected(people);
        preselected_not(value);
        suggested(value);
        standard_stands;
        always_so;
        right_of(right, cases, bound);
        too_few;
        /// The models.
        learnt_models;
        learnt_models_hint;
        learnt_no_models;
        model;
        right_most;
        probability_of_ordered;
        weight_in_blend;
    }
}
