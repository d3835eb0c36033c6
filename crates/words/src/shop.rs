//! What the shop's pages say around the configurator, which only the server needs.

crate::texts::texts! {
    /// What the shop's pages say.
    Shop, as written in ShopTexts {
        /// Beside the shop's name, and the list's title.
        made_to_order;
        /// The first link of every page.
        skip_to_content;
        /// The links to other languages.
        languages;
        /// Over the list.
        hero_title;
        hero_line;
        /// The list for those who hear it.
        products;
        /// A list without products.
        nothing_to_order;
        /// A price, and when it is ready.
        from_price(price, ready);
        /// On the field for words.
        search_products;
        search;
        /// What was found.
        products_match[total](words);
        /// What was not.
        no_product_matches(words);
        /// The link to the whole list.
        all_products;
        /// The links to other pages of the list.
        pages;
        back;
        next;
        page_of(page, pages);
        /// The order form's title.
        order_of(product);
        /// The order form's heading.
        order_your(product);
        /// Over what is wrong with an order.
        nothing_ordered_yet;
        /// The part of a page with the design.
        your_design;
        /// The way back to the configurator.
        change_design;
        /// A total, and when it is ready.
        total_and_ready(total, ready);
        /// In place of the total while the number of pieces can't be taken.
        total_not_known;
        name;
        email;
        delivery_address;
        note_optional;
        place_order(total);
        nothing_is_paid;
        /// How many pieces are ordered.
        quantity;
        /// The button that shows what they cost.
        update_total;
        /// A discount on several pieces, in a list of them.
        tier_off(from, percent);
        /// The same where so many cost less in total than fewer.
        tier_off_and_less(from, percent, fewer);
        /// More pieces than are wanted, which cost less in total.
        more_for_less(more, amount, pieces);
        /// Those of a product, under its price.
        tiers_line(tiers);
        /// What a number of pieces is told that is none.
        enter_quantity(most);
        /// What a limit is told that is no number.
        limit_not_read(example);
        /// How much something matters, of at most so much.
        matters_so_much(weight, most);
        /// At the two ends of the slider that says it.
        matters_least;
        matters_most;
        /// An order of another number of pieces than was shown.
        for_pieces[pieces](total);
        /// The links to what the shop says about itself.
        about_shop;
        delivery_page;
        returns_page;
        payment_page;
        contact_page;
        company_page;
        privacy_page;
        /// When things come.
        days_to_door[days];
        date_is_promised;
        /// What can be returned.
        returned_within[days];
        nothing_is_returned;
        not_for_others;
        /// How things are paid.
        paid_offline;
        prices_with_vat(rate);
        prices_with_some_vat;
        prices_hold[days];
        /// Who runs the shop, and how it is reached.
        legal_name;
        represented_by;
        register;
        vat_id;
        phone;
        hours;
        nothing_said_yet;
        /// What is kept of a person.
        kept_today;
        kept_in_cookies;
        kept_in_cookies_text;
        kept_of_designs;
        kept_of_designs_text[days];
        kept_of_orders;
        kept_of_orders_text;
        learnt_from_orders;
        kept_in_logs;
        kept_in_logs_text;
        nothing_else_kept;
        /// A placed order's title.
        /// The mail to whoever ordered.
        mail_order_subject(number, shop);
        /// Over the link to the order's page.
        mail_order_page;
        /// The mail about the orders of one basket, whose numbers are listed.
        mail_orders_subject(numbers, shop);
        mail_orders_thanks;
        mail_orders_total(total);
        mail_orders_page;
        /// The mail that tells how far an order is.
        mail_state_subject(number, shop);
        order_number(number);
        thank_you;
        placed_on(product, date, ready);
        /// How far an order is, to whoever placed it.
        state_placed(date);
        state_confirmed(date);
        state_in_production(date);
        state_shipped(date);
        state_delivered(date);
        state_cancelled(date);
        state_returned(date);
        /// What is to be done after an order: paying it, and what can still be done about it.
        paying;
        correcting;
        correct_until;
        correct_no_more;
        questions_about_order;
        /// Before the ways to reach the shop.
        answer_our_mail;
        /// Over the buyer.
        delivery_to;
        /// A buyer's address.
        address;
        /// A buyer's note.
        note;
        /// The ways on from a placed order.
        order_again;
        order_again_changed;
        design_another;
        /// A product that the server works out.
        sent_at_once;
        /// An order that is not what was seen.
        has_changed;
        /// A value that was asked for.
        does_not_fit(attribute, value, further);
        /// Where its panel is open.
        further_down;
        /// Where it is not.
        choose_again;
        /// A value that is gone.
        value_left_out(attribute, value);
        /// A value that is gone, and what stands for it.
        value_succeeded(attribute, value, successor);
        /// An attribute that is gone.
        attribute_left_out(attribute);
        /// A value that never was.
        unknown_left_out(attribute, value);
        /// A value that never was, and the one that was probably meant.
        unlike_left_out(attribute, value, meant);
        /// Choices that contradict each other.
        cant_stand_together(reason);
        /// What was left out for that.
        left_out(attribute, value);
        /// A value that may fit or not.
        not_chosen(attribute, value, reason);
        /// A revision that can't be read.
        continues_on_current;
        /// A revision whose time is over.
        offer_ended;
        /// A revision that the shop withdrew.
        offer_withdrawn(reason);
        costs_now(now, was, difference);
        costs_the_same(now);
        costs(now);
        /// Items of a quote, each with how much more or less it costs than before.
        price_changes(lines);
        /// Attributes that have other values than before.
        values_now(values);
        value_now(attribute, value, was);
        /// An order that was placed a moment ago.
        ordered_before(number);
        /// The button then.
        place_another(total);
        /// A form that placed an order already, with something else in it.
        form_was_used(number);
        /// An order whose design took too long.
        not_completed;
        enter_name;
        shorten_name[most];
        enter_email;
        /// Of an e-mail address that ends too early.
        finish_email;
        enter_address;
        shorten_address[most];
        shorten_note[most];
        hidden_characters;
        no_page;
        no_page_at(path);
        no_order;
        no_order_here;
        no_product;
        no_product_here(slug);
        not_made_any_more;
        all_sold_out;
        preview_banner;
        preview_broken;
        preview_broken_hint;
        preview_over;
        preview_over_hint;
        only_previewed;
        archived(product);
        no_revision_here(number);
        /// A title, of what an order was refused for.
        not_ordered;
        design_unreadable;
        choices_conflict;
        did_not_work;
        our_fault;
        form_unreadable;
        other_website;
        not_like_this;
        too_large;
        busy;
        too_much_at_once;
        too_many_orders;
        too_complex;
        nothing_lost;
        /// The title of what suits best.
        what_matters;
        what_matters_line;
        back_to_menu;
        /// The part of a page with the proposal.
        proposal;
        at_most_to_pay;
        with_me_by;
        day_not_read(example);
        /// Over choices by hand.
        may_change;
        /// Why the defaults are as they are.
        defaults_line(product);
        personal_is_on;
        personal_is_off;
        /// In their place where a campaign link states a use.
        personal_by_link(answer);
        switch_on;
        /// How a product has shoppers start, and what is done with orders for that.
        start_is_learnt;
        start_is_frequent;
        start_is_standard;
        start_is_compared;
        nothing_learnt_yet;
        /// The data that was used.
        data_used;
        orders_of(people);
        orders_and_examples(orders, examples);
        /// Where all of them are.
        all_examples[count](orders);
        own_orders;
        own_kept_designs;
        own_answer;
        own_answer_used(people);
        link_answer_used(people);
        answer_not_used;
        no_answer_used;
        /// Which level spoke for a default.
        level_individual;
        level_use(people);
        level_everybody;
        level_standard;
        level_proposal;
        level_choice;
        /// What a default was held to.
        right_in(right, cases);
        /// Why a value is another one than the default.
        adjusted_to_choices;
        always_so_here;
        probable_too(value, reason);
        recommended_too(value, reason);
        /// Which options are shown first, and why.
        shown_first(reasons);
        first_for_needs(benefits);
        first_for_people(people);
        first_by_link;
        first_for_customers;
        first_of_others(people);
        menus_shown;
        menus_hint;
        /// What others with the same choices have.
        offers_line;
        uses_choices;
        uses_choices_and_answer(people);
        /// Where more is known of them, as they agreed.
        uses_choices_and_known(people);
        no_offer;
        no_offer_yet;
        show_several;
        show_one;
        offer_of(number);
        /// A value that is offered beside the choices, with what it does to the price and why.
        offered_beside(attribute, value, price, reason);
        no_more_offers;
        instead_of(value, before);
        /// Options that come beside those that are chosen.
        and_these(options);
        not_there;
        /// After an answer about use: the total, how it stands beside the one before, and what is otherwise.
        for_this_use(total, rest, changes);
        /// After a change that moved something else: the total, and how it stands beside the one before.
        it_comes_to(total, rest);
        /// After an answer about use that changes nothing.
        same_for_this_use;
        /// Asks whether another design is to take the place of one's own.
        take_ready_made(name);
        take_standard;
        /// Over what is given up then.
        replaces_yours;
        /// What was typed and could not be taken.
        as_typed(text);
        /// What the other design costs, and how that stands beside now.
        costs_then(total, rest);
        take_it;
        look_at_it;
        /// What a little more money buys.
        next_step(change, changes);
        beside_now(difference);
        costs_as_now;
        none_within(most, lowest);
        /// Where nothing is ready in time.
        without_limit;
        none_by(day, earliest);
        /// The same where that day is over.
        day_is_past(day, earliest);
        look_by(day);
        /// Where finding what fits best takes too much.
        too_large_to_weigh;
        /// What fits best, once it is another.
        fits_best_now(total, difference);
        show_for(price);
        without_choice(attribute, value, price);
        /// The part of a page with why everything is as it is.
        reasons;
        /// Why an attribute is as it is.
        you_chose_it;
        as_it_was;
        serves(benefits);
        /// What the present design has, and what is proposed has not.
        yours_also_has(what);
        /// What is enough for a use.
        enough_for(used);
        enough_of(attribute, options, used);
        let_go_of(least, price);
        not_enough_for(used);
        /// Where measures stay as they are.
        other_measures;
        costs_less;
        goes_with_the_rest;
        not_reached;
        cant_tell;
        /// Designs side by side: the page's title.
        compare_of(product);
        compare_line;
        /// Over the designs that can be added, and those that can't.
        add_to_comparison;
        four_fit;
        compared_waiting[more];
        compared_missing[count];
        /// How many lines differ, and the links to more and fewer.
        lines_differ[lines](all);
        nothing_differs;
        show_all;
        show_differing;
        swipe_for_more;
        /// Lines of the comparison.
        price_line;
        arrival_line;
        weight_line;
        at_a_glance;
        in_points(benefit);
        what_to_do;
        /// What is better than beside it.
        lowest_price;
        soonest;
        lightest;
        most_points;
        /// What a design can be taken for.
        make_mine;
        go_on_with;
        take_out;
        /// What designs are called.
        saved_of(time, date);
        shared_of(time, date);
        /// Leads to the comparison.
        compare_designs;
        compare_proposal;
        /// Designs that are kept as they are, under names.
        keep_as;
        kept_designs(product);
        keep_under_name;
        name_of_design;
        keep_it;
        kept_as(name);
        renamed_to(name);
        removed_named(name);
        put_back(name);
        none_kept;
        no_room_to_keep(most);
        about_named[days];
        kept_on(date, total);
        left_named(name, date, total);
        open_design;
        rename;
        remove;
        compare_kept;
        shorten_design_name[most];
        this_is_kept(name);
        /// Another device saved something else behind the design's link.
        changed_elsewhere;
        show_the_other;
        /// Designs that are kept behind links.
        save_design;
        share_design;
        left_designs;
        left_here(date, time, total);
        go_on;
        /// On the list of products.
        go_on_with_your(product, total);
        kept_how[days];
        own_link;
        about_saved[days];
        link_for_others;
        about_shared;
        link;
        copy;
        copied;
        qr_code;
        design_in_words;
        back_to_design;
        close;
        shared_with_you;
        with_current_menu(price);
        no_design;
        no_design_here;
        too_many_designs;
        /// The basket: what its link says, and its title.
        basket;
        your_basket;
        /// On the order form, and where a design of the basket is being changed.
        put_in_basket;
        replace_in_basket;
        /// What was done with it.
        is_in_basket(product);
        changed_in_basket(product);
        removed_from_basket(product);
        basket_is_full(most);
        basket_forgot[designs](days);
        basket_is_empty;
        /// A design in it.
        a_piece(price);
        one_alone(price);
        change_this_design;
        take_like_this;
        /// What stands in the way of ordering it.
        of_product(product, reason);
        settle_first(product);
        cant_be_had(product);
        basket_comes_to(total);
        /// Over the form.
        order_everything;
        about_basket[days];
        /// Orders of one basket.
        ordered_together;
        together(total);
        this_order;
        /// The customer's own page.
        account;
        /// Signing in.
        sign_in;
        sign_in_hint;
        mail_me_link;
        /// What is told whether or not the address is known.
        link_is_mailed;
        link_is_mailed_text(email);
        sign_in_as(email);
        link_over;
        link_over_text;
        too_many_links;
        /// The mail with the link.
        mail_sign_in_subject(shop);
        mail_sign_in_text;
        mail_not_asked;
        signed_in_as(email);
        sign_out;
        sign_out_everywhere;
        /// What belongs to somebody.
        your_orders;
        no_orders_here;
        your_designs;
        no_designs_here;
        take_from_browser;
        take_from_browser_hint;
        forget_it;
        your_needs;
        /// The question whether things may be remembered. Whoever changes it counts on `shop::customers::WORDING`.
        remember_title;
        remember_question;
        /// Beside what was agreed to in an earlier wording.
        remember_asks_more;
        remember_yes_orders;
        remember_yes;
        remember_no;
        remember_is_off;
        remember_is_on(date);
        /// Where nobody is signed in.
        remember_sign_in;
        /// What is known of somebody, and why.
        known_title;
        known_email(date);
        known_orders(years);
        known_mails;
        known_remembered;
        known_sessions;
        look_at_data;
        download_data;
        data_title;
        data_hint;
        /// The beginning of what is too long to be read on a page.
        data_cut(start, count);
        data_account;
        data_order_parts;
        data_mails;
        /// Erasing.
        erase_data;
        erase_text;
        erase_keeps(number, date);
        erase_keeps_open(number, date);
        erase_now;
        erased_title;
        erased_text;
        back_to_account;
        /// On the page about privacy.
        kept_of_accounts;
        kept_of_accounts_text;
        kept_of_campaigns;
        /// What is counted of visits; for so many months.
        kept_of_visits;
        kept_of_visits_text(months);
        kept_of_experiments_text;
        shop_away;
        try_now;
        stay_here;
        tell_more;
    }
}
