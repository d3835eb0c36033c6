//! What the admin's first page says, and the page about what happens on all products' pages.

crate::texts::texts! {
    /// What the admin's first page says, and the page about what happens on all products' pages.
    Today, as written in TodayTexts {
        title;
        lead;
        nothing;
        not_told;
        urgent;
        orders;
        to_confirm[count];
        late[count];
        due_this_week[count];
        drafts;
        draft_problems(product, problems);
        draft_held(product, what);
        draft_unknown(product);
        more_drafts[count];
        releases;
        release_waits(name, by);
        release_starts(name, at);
        release_ends(name, at);
        release_failed(name, at);
        experiments;
        experiment_harmed(name, at);
        experiment_alarm(name);
        shop;
        on_sale_today(option, product);
        on_sale_on(option, product, day);
        prices_end(product, revision, at);
        mails_wait[count];
        mails_given_up[count];
        /// Insight across products.
        insight_hint;
        product;
        visits;
        order_forms;
        ordered_there;
        orders_all;
        asked_most;
        nothing_asked;
        asked_for(option, attribute, times);
        advice_of(product);
        see_it;
        no_products;
    }
}
