//! What the pages of experiments say, and the report of one.

crate::texts::texts! {
    /// What the pages of experiments say, and the report of one.
    Experiments, as written in ExperimentsTexts {
        /// The list.
        title;
        hint;
        none_yet;
        name;
        product;
        state;
        runs;
        ended_by_asking;
        ended_by_harm;
        since(day);
        /// A new one.
        new_experiment;
        go_on;
        all_run;
        new_of(product);
        new_hint;
        holdout_is(setting);
        setting_standard;
        setting_frequent;
        setting_learnt;
        compared;
        compared_hint;
        policy_standard;
        policy_frequent_for_all;
        policy_frequent_by_use;
        policy_learnt_for_all;
        policy_learnt_by_use;
        policy_learnt_for_each;
        presentation_badge;
        presentation_all_options;
        share_of(policy);
        worth_seeing;
        worth_seeing_hint;
        orders_in_hundred;
        order_value;
        known_hint[visits](orders, day);
        unknown_hint;
        cap;
        cap_hint;
        window;
        window_hint;
        days;
        ask_how_many;
        start;
        start_hint;
        takes(visitors, percent);
        takes_days[days];
        same_twice_sound[times](claimed);
        same_twice_unsound[times](claimed);
        /// What is wrong with a new one.
        needs_name;
        not_share(policy);
        needs_policy;
        holdout_too_small(percent);
        not_number(field);
        out_of_range(field, least, most);
        never_seen;
        one_runs;
        not_beside;
        /// One.
        report;
        visitors;
        share;
        mean;
        arm;
        holdout;
        started_by(day, person);
        ended_on(day);
        left_out[days];
        who_counts;
        nobody_yet[days];
        nobody_counted;
        day_of(number);
        came;
        was_found;
        for_whom;
        wrong_default;
        end;
        end_hint;
        end_asked;
        end_leaves_out[visitors];
        end_now;
        keep_running;
        did_start(title, product);
        did_end(title, product);
        /// What an experiment found.
        experiment_pays(arm);
        experiment_harms(arm);
        experiment_may_be_dearer(arm);
        experiment_at_a_cost(arm);
        experiment_unsound;
        experiment_too_little(arm, percent);
        experiment_open(arm);
        experiment_was_open(arm);
        experiment_was_dearer(arm);
        visitors_seen(visitors, planned);
        lift_between(low, high, percent);
        lift_unknown;
        lift_was_unknown;
        at_standard_between(low, high);
        rail_rises(rail, percent);
        rail_defaults_changed;
        rail_edits;
        rail_blocked;
        rail_returns;
        segment_gains(segment, arm, low, high);
        segment_loses(segment, arm, low, high);
        segment_between(segment, arm, low, high);
        segment_open(segment, arm);
        segment_was_open(segment, arm);
        segments_together[intervals](percent);
        wrong_default_costs(cost, least, most, gain);
        wrong_default_unknown;
        wrong_default_was_unknown;
    }
}
