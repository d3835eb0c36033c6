//! What the audit's page says.

crate::texts::texts! {
    /// What the audit's page says.
    Audit, as written in AuditTexts {
        title;
        hint;
        whole_audit;
        by;
        about;
        kind;
        every_kind;
        log_ins;
        people;
        products;
        customers_data;
        campaigns;
        orders;
        settings;
        from_day;
        to_day;
        show;
        show_all;
        not_days;
        download;
        nothing;
        nothing_yet;
        older;
        newest;
        somebody;
        by_schedule(release);
        by_shop;
        /// Checking the hashes.
        check;
        check_hint;
        is_whole[count](hash);
        older_than_hashes[count];
        is_not_whole[count];
        fault_changed(at);
        fault_unhashed(at);
        more_faults[count];
        what_now;
        /// What was done.
        did_log_in;
        did_log_out;
        did_fail_to_log_in(email);
        did_type_wrong_code(email);
        did_edit(product);
        did_edit_from(product, version);
        did_discard_at(product, version);
        did_move_order(order, change);
        did_mark_order(order, mark);
        did_erase(customer);
        did_make_campaign(code, product);
        did_end_campaign(code);
        did_keep_segment(name, rule);
        did_remove_segment(name);
    }
}
