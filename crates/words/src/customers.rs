//! What the admin's pages say about customers, segments and campaign links.

crate::texts::texts! {
    /// What the admin's pages say about customers, segments and campaign links.
    Customers, as written in CustomersTexts {
        /// Customers, and segments of them.
        customers_hint;
        customers_found[count](customers);
        find_customers;
        last_order;
        filter_unread;
        value_over;
        orders_over;
        ordered_since;
        last_ordered_before;
        stated_use;
        any_use;
        use_of(label, products);
        use_gone(code);
        use_gone_hint;
        use_of_another;
        show_customers;
        segments;
        segment_name;
        segment_hint;
        keep_segment;
        remove_segment(name);
        needs;
        designs_kept;
        signed_in_since;
        sessions;
        not_agreed;
        agreed_on(date, wording);
        mail_with_link;
        mail_waits;
        /// Campaign links.
        campaigns_hint;
        link;
        opened;
        by_day;
        ended_on(day);
        end_campaign;
        end_campaign_of(code);
        campaign_code;
        campaign_code_hint;
        campaign_taken(code);
        campaign_unpublished;
        /// Where no customer is found.
        nobody_found;
        known_without_orders;
        segment_removed(name);
        campaign_use;
        campaign_other_product(product);
        campaign_design(why);
        greeting;
        campaign_design_hint;
        make_campaign;
    }
}
