//! What the configurator's page says, and what else is written where a design is shown.

crate::texts::texts! {
    /// What the configurator says.
    Studio, as written in StudioTexts {
        /// After a total.
        incl_vat;
        /// The last line of a quote.
        total_incl_vat;
        /// Days are working days of the shop.
        ready_in_days[days];
        /// Two facts, one after the other.
        one_and_next(one, next);
        /// When it is at the buyer's door, beside a total.
        with_you_by(date);
        /// The VAT in a total, at a rate in percent.
        vat_of(amount, rate);
        /// What it weighs.
        weight_of(weight);
        /// Between which totals it lies, whatever is chosen of the rest.
        still_open(low, high);
        /// The same where it may not come to the very ends.
        still_open_at_most(low, high);
        /// Whether a design can be returned, and why not.
        can_return[days];
        no_return(reason);
        no_returns;
        /// A day of this year, and one of another.
        day(day, month);
        date(day, month, year);
        /// From January on, with `|` between them.
        months;
        undo;
        redo;
        /// The link to what suits best.
        by_needs;
        /// Where a design starts from a proposal.
        from_needs(benefits);
        /// Where a design starts from the shopper's own orders.
        from_your_orders;
        /// The same where nothing was said to matter.
        from_a_proposal;
        /// Why an attribute is as it is in one.
        because_you_asked_for(benefits);
        part_of_the_proposal;
        /// On the button that leads to the order form.
        order;
        /// How much of the budget is used.
        points_of[points](ceiling);
        /// Of a design that uses nothing of its budget.
        as_designed;
        /// Of a design that uses all of it.
        fully_yours;
        /// Of a design that uses little of it.
        nearly_standard;
        /// How much of the budget is left.
        more_points_fit[points];
        /// A change that costs nothing.
        no_price_change;
        /// What a change did to the total.
        total_now(total, change);
        /// An attribute and its value, where one was changed.
        attribute_is(attribute, value);
        /// What else a change moved.
        also_changed(changes);
        /// What came along with a choice and stays without it.
        still_there(values);
        /// The button that takes back what stays.
        take_back;
        /// What nobody chose and others were moved for, and the button that takes another value of it.
        not_given_up(attribute, value);
        take_instead(value);
        /// Attributes that came to apply, and those that don't any more.
        now_to_choose(attributes);
        no_longer_to_choose(attributes);
        /// An attribute and its new value, in a list.
        changed_to(attribute, value);
        /// On a tile: what else choosing it changes.
        also(changes);
        /// The first of those, and how many more there are.
        and_others[others](named);
        /// One of those: an attribute and its new value.
        attribute_becomes(attribute, value);
        /// On a tile that may fit or not.
        not_known_to_fit;
        needs(attribute);
        not_with(value);
        not_without(value);
        /// After the first of several reasons.
        and_more(reason);
        /// On a tile that is blocked for good.
        not_possible;
        /// The row of steps.
        steps;
        /// How much of a step the shopper decided.
        decided_of(decided, all);
        /// The ways to the step before and to the next one, where one is shown at a time.
        step_before(step);
        step_after(step);
        /// Where a value comes from.
        your_choice;
        /// Where a value comes from that nobody changes.
        always_part;
        /// Where a value comes from that is the only one left.
        follows;
        /// Where a value comes from that was changed to fit.
        adjusted;
        /// Where nothing needs the value any more, and nobody chose it.
        stays;
        /// The button that takes a choice back.
        let_go_of(attribute);
        /// What that button does.
        back_to_default;
        /// Opens a long list.
        show_all[count];
        /// Closes it again.
        /// Over a long menu whose first options follow what the shopper's like have.
        recommended;
        show_fewer;
        /// On a tile whose price is not known.
        price_once_chosen;
        /// What leaving an option out does to the price.
        without_it(change);
        /// The part of the page with the picture.
        picture;
        /// On the button of a page without a script.
        update;
        /// On a design of an earlier revision.
        menu_has_changed;
        /// The link to the revision that is live.
        current_menu;
        /// A blocked option that was to be left out.
        cant_be_left_out(option);
        /// A blocked value.
        does_not_fit(value);
        /// An option that may be left out or not.
        was_not_left_out(option);
        /// A value that may fit or not.
        was_not_chosen(value);
        /// A value that was blocked a moment ago.
        fits_now;
        /// Ways that took too long to find.
        no_way_in_time;
        /// Ways that may not be the smallest.
        maybe_smaller;
        /// Opens the reasons beyond the first two.
        more_reasons[more];
        /// The row of ready-made designs.
        ready_made;
        /// Opens them, where the design starts from, and the question about use, on phones.
        other_starts;
        /// Of a design that is a ready-made one.
        is_ready_made(name);
        /// How a design stands beside a ready-made one.
        beside[changes](name, rest);
        /// How a design stands beside the standard.
        beside_standard[changes](rest);
        /// The button that shows designs side by side.
        compare;
        /// A difference in price.
        less(amount);
        /// A difference in price.
        more(amount);
        /// What points of customisation are for.
        points_are_for;
        /// The choices that take most points.
        most_of_it(attributes);
        /// Leaves everything as it is.
        keep_design;
        /// What a way takes away that the shopper chose.
        removes(what);
        /// What a way changes that the shopper chose.
        changes_yours(what);
        /// What a way changes besides.
        also_changes(what);
        /// Follows the way that a question told.
        go_on;
        /// A way that costs nothing.
        same_price;
        /// A way to a value.
        choose_it;
        /// A way to being without an option.
        leave_it_out;
        /// A way that takes options away.
        in_place_of(way, options);
        /// A way that changes other attributes, too.
        with_changes(way, changes);
        /// A way that takes as long.
        same_delivery;
        /// A way that takes longer.
        days_later[days];
        /// A way that is faster.
        days_sooner[days];
        /// Where choices made others change, and perhaps too many.
        only_near;
        from_standard;
        from_most_chosen(people);
        /// Where only what is sure to be right for most is chosen, attribute by attribute.
        from_what_most_have(people);
        rests_on_orders[orders];
        rests_on_examples[orders];
        rests_on_both[orders](examples);
        /// The links to why the defaults are as they are, and to what others with the same choices have.
        why_defaults;
        what_fits;
        /// The way back to the standard.
        reset;
        /// Before somebody answers the question about use.
        consent_asked;
        /// After it was answered.
        consent_given;
        /// Forgets the answer.
        switch_off;
        /// The box beside a slider.
        exact(attribute);
        /// What a text takes.
        up_to_characters[most](allowed);
        /// How long a text is.
        characters_of[now](most);
        /// What a number takes.
        from_to(low, high);
        /// The same where other choices leave less.
        with_your_choices(range);
        /// The same where it goes in steps.
        in_steps(range, step);
        /// The way to the field of what could not be taken.
        change_it;
        /// Before the values that come nearest to what was typed.
        nearest;
        /// Beside what was typed and can't be taken: gives up what was typed.
        keep_value(value);
        /// Where an order was asked for before all that was typed could be taken.
        before_ordering(reason);
        /// How many options are chosen where not all may be.
        chosen_of_at_most(chosen, most);
        /// The same where some have to be.
        chosen_of_between(chosen, least, most);
        /// On the field that searches a long list.
        search_options;
        /// How many options were found.
        options_found[count];
        /// Colours by hue.
        yellows;
        oranges;
        reds;
        pinks;
        blues;
        greens;
        browns;
        greys;
        whites;
        blacks;
        /// A default that nobody chose.
        our_standard;
        /// A default that the shopper's own orders have.
        as_you_ordered_before;
        as_in_some_of_yours(agreeing, orders);
        /// One that no order of theirs has, but a design that they keep.
        as_in_a_design_you_keep;
        /// Those who ordered, whoever they are.
        shoppers;
        /// Those to whom the same matters.
        shoppers_who_wanted(benefit);
        /// Those of a segment that the shopper is in.
        customers_like_you;
        /// How many chose a value.
        chosen_by_some[chosen](orders, people);
        /// How many of ten or a hundred chose a value.
        chosen_by_share(share, of, people);
        chosen_by_all[orders](people);
        in_some_examples[chosen](orders, people);
        in_all_examples[orders](people);
        /// Where only some of the orders are examples.
        partly_examples(reason, examples, orders);
        /// Where a default comes from, with another value that is probable.
        with_suggestion(reason, value, suggestion);
        /// Where others had a value who had chosen the same of another attribute.
        with_the_same(reason, attribute, value);
    }
}

impl Studio {
    /// Facts, one after the other; those that say nothing are left out.
    #[must_use]
    pub fn in_a_row(&self, facts: &[String]) -> String {
        let told = facts.iter().filter(|fact| !fact.is_empty()).cloned();
        told.reduce(|one, next| self.one_and_next(&one, &next)).unwrap_or_default()
    }

    /// A day as people write it, `18 December`, with its year where one is given. `month` counts from 1.
    #[must_use]
    pub fn written_day(&self, day: u8, month: u8, year: Option<i32>) -> String {
        let name = self.months().split('|').nth(usize::from(month).saturating_sub(1)).unwrap_or_default();
        match year {
            Some(year) => self.date(&day, &name, &year),
            None => self.day(&day, &name),
        }
    }
}
