//! What the report of an experiment says.

crate::texts::texts! {
    /// What the report of an experiment says.
    Experiments, as written in ExperimentsTexts {
        /// What an experiment found.
        experiment_pays(arm);
        experiment_harms(arm);
        experiment_may_be_dearer(arm);
        experiment_at_a_cost(arm);
        experiment_unsound;
        experiment_too_little(arm, percent);
        experiment_open(arm);
        visitors_seen(visitors, planned);
        lift_between(low, high, percent);
        lift_unknown;
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
        segments_together[intervals](percent);
        wrong_default_costs(cost, least, most, gain);
        wrong_default_unknown;
    }
}
