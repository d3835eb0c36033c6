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
        more_changes[count];
        whole_entry;
        entry_of(at);
        changed_nothing_told;
        /// The saves of a draft.
        saves;
        saves_of(product);
        saves_hint;
        no_saves;
        save_word;
        save_number(version);
        save_is_now;
        save_discarded;
        save_untold;
        go_back_to;
        go_back_to_save(version);
        went_back(version);
        save_forgotten;
        draft_changed;
        /// What was done to a product and its draft.
        did_add(product);
        did_publish(product, revision);
        did_roll_back(product, revision);
        did_withdraw(product, revision);
        did_offer_again(product, revision);
        did_discard(product);
        did_import(product);
        did_preview(product);
        did_end_preview(product);
    }
}
