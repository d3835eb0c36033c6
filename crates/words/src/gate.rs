//! What the admin says between a draft and the shop: what stops it, what publishing does, previews, going back.

crate::texts::texts! {
    /// What the admin says between a draft and the shop.
    Gate, as written in GateTexts {
        /// What stops a draft.
        tests_fail[tests];
        test_is_invalid(reasons);
        test_is_valid;
        test_costs(actual, expected);
        look_forgotten[findings];
        fill_or_mark;
        mark_meant;
        mark_meant_of(place, code);
        idle_rule(rule);
        idle_rule_why(rule);
        all_settled;
        the_one_beside;
        those_beside(having, beside);
        lacks_price(those);
        lacks_surcharge(those);
        lacks_layer(those);
        lacks_swatch(those);
        lacks_weight(those);
        lacks_lead_time(those);
        lacks_value(name, those);
        lacks_points(those);
        lacks_parts(those);
        lacks_benefits(those);
        lacks_description(those);
        lacks_translation(language, those);
        costs_nothing;
        ready_at_once;
        same_name(name);
        same_swatch(name);
        /// What publishing does.
        effect;
        first_time;
        first_time_hint;
        first_effect;
        first_number(number, began);
        price;
        no_price_changes;
        what;
        before;
        after;
        change_of;
        is_new;
        is_gone;
        the_standard;
        the_cheapest;
        the_dearest;
        at_least;
        at_most;
        nearest_with(value);
        the_currency;
        another_currency;
        pieces_of_standard[pieces];
        option_of(attribute, option);
        surcharge_of(name);
        counts_otherwise;
        totals_left_out;
        large_change(percent);
        standard_costs(cost, price);
        cost_unsaid[options];
        designs_then(before, after);
        designs_same(count);
        designs_those(count);
        designs_forbidden(before, after, forbidden, share);
        designs_allowed(before, after, allowed, share);
        designs_both(before, after, forbidden, forbidden_share, allowed, allowed_share);
        designs_net(before, after);
        less_than_share;
        share(percent);
        designs_first(count);
        designs_untold;
        beyond_count(count);
        /// The replay.
        replay;
        replay_hint;
        replay_hint_back(number);
        judged_orders[count](orders);
        newest_orders(judged, all);
        judged_designs[count](designs);
        newest_designs(judged, all);
        no_orders;
        no_designs;
        none_yet;
        all_stay;
        become_invalid[count](designs);
        become_possible[count](designs);
        invalid_already[count](designs);
        become_dearer[count](designs, most);
        become_cheaper[count](designs, most);
        become_other_currency[count](designs);
        all_changes(sum);
        touched_orders;
        touched_designs;
        first_of(most, all);
        touched_file;
        design_named(id);
        replay_begins;
        replay_goes_on(judged, all);
        replay_look;
        publish_waits;
        order_number(number);
        order_gained;
        order_lost(reason);
        order_value_gone(attribute, value);
        order_costs(before, after, change);
        /// Agreeing.
        agree_seen;
        agree_first;
        agree_large(percent);
        tick_to_publish;
        held_tests;
        held_findings;
        held_seen;
        held_nothing_left;
        held_large;
        not_marked;
        /// Previews.
        preview;
        preview_hint;
        make_preview;
        make_preview_anew;
        preview_made(by, moment);
        preview_is;
        end_preview;
        /// Going back, and withdrawing.
        roll_back_designs[count](designs, days);
        roll_back_orders[count](orders);
        withdraw_designs[count](designs);
        withdraw_orders[count](orders);
        nothing_rests;
    }
}
