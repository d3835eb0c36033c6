//! What the admin's pages say about beginning products, how they stand, and their options as tables. As the rest of the admin's, a
//! language may lack these texts.

crate::texts::texts! {
    /// What the admin's pages say about beginning products, how they stand, and their options as tables.
    Assortment, as written in AssortmentTexts {
        /// How a product stands.
        never_published;
        listed_at(place);
        hidden;
        archived;
        /// The list of products.
        new_product;
        begun_by(change);
        place_and_address;
        removed(product);
        undo;
        /// A new product.
        new_hint;
        from_nothing;
        from_nothing_hint;
        product_name;
        address;
        address_hint;
        currency;
        currency_hint;
        first_attribute;
        first_attribute_hint;
        first_options;
        first_options_hint;
        begin;
        from_copy;
        from_copy_hint;
        copied_product;
        begin_copy;
        from_model;
        from_model_hint(size);
        model_file;
        begin_model;
        from_file;
        from_file_hint(size);
        product_file;
        name_from_file;
        begin_file;
        /// What can't be taken.
        enter_name;
        no_address;
        address_of_nothing;
        address_taken;
        no_currency;
        enter_attribute;
        few_options;
        not_begun;
        /// What a model says and a product can't.
        begun_title(product);
        unsaid_title[parts];
        unsaid_hint;
        to_the_draft;
        /// What is sold out.
        sold_out_of(product);
        sold_out_hint;
        nothing_sold_out;
        mark_option;
        option;
        sold_out_until;
        sold_out_until_hint;
        until_put_on_sale;
        marked_by;
        mark_sold_out;
        put_on_sale;
        put_on_sale_of(option);
        is_sold_out_now(option);
        is_on_sale_now(option);
        no_day_to_come;
        nothing_left;
        no_such_option;
        /// Retiring an option.
        retire_title(option);
        retire_hint;
        retire_option(option);
        retire_instead(retire);
        retire_it;
        successor;
        successor_hint;
        no_successor;
        show_successor;
        retire_refers;
        retire_refers_none;
        retire_part;
        retire_becomes;
        retire_goes;
        retire_freed;
        retire_changes(was, now);
        retire_always(was);
        retire_unclear(was);
        retire_mentions;
        retire_clashes;
        retire_clear;
        retire_sound;
        retire_unsound;
        retire_designs;
        retire_designs_none(judged);
        retire_no_designs;
        retire_designs_open;
        retire_designs_found(having, judged);
        retire_count;
        retire_design;
        retire_nearest;
        retire_nothing_near;
        retire_as_standard;
        retire_orders;
        retire_orders_none;
        retire_orders_found[count](orders);
        retire_orders_newest(most);
        retire_changed;
        retire_other;
        retire_mend_first;
        did_sell_out(product, detail);
        did_put_on_sale(product, detail);
        /// Where a product stands.
        standing_of(product);
        who_sees_it;
        is_begun;
        is_listed;
        is_hidden;
        is_archived;
        list_it;
        hide_it;
        archive_it;
        remove_draft;
        remove_draft_hint;
        list_hint;
        hide_hint;
        archive_hint;
        now_listed;
        now_hidden;
        now_archived;
        place_in_list;
        place_of(place);
        new_place;
        move_it;
        moved_to(place);
        its_address;
        address_now(address);
        new_address;
        change_address;
        change_address_hint;
        address_changed(address);
        /// What is in the audit.
        did_begin(product);
        did_standing(product);
        did_order(product);
        did_address(product);
        /// Options as tables.
        options_csv;
        price_emptied;
        yes_or_no(typed);
        too_many_cells(cells, columns);
        rows_to_mend;
        rows_to_mend_hint;
        row;
        cell_of_row(row, column);
        leave_out;
        leave_row_out(row);
        rows_below[rows];
        save_rows;
        /// What production picks, and what that costs.
        option_parts(option);
        option_cost(option);
        parts_to_pick;
        part;
        how_many;
        change_prices;
        change_prices_hint;
        chosen_products;
        which_prices;
        all_prices;
        percent;
        percent_hint;
        rounded_to;
        to_smallest;
        to_whole(unit);
        to_nine;
        look_at_prices;
        price_of;
        until_now;
        from_now_on;
        base_price;
        no_price_changes;
        save_prices;
        save_prices_hint;
        no_percent;
        choose_products;
        choose_fewer_products(most, chosen);
        prices_saved[prices](product);
        prices_not_saved(product);
        prices_failed(product);
    }
}
