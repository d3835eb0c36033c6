//! What the admin says about menus of groups.

crate::texts::texts! {
    /// What the admin says about menus of groups.
    GroupMenus, as written in GroupMenusTexts {
        menus_of(product);
        hint;
        /// What comes first.
        order_title;
        order_needs;
        order_group;
        order_learnt;
        order_usual;
        switch_hint;
        /// The menus there are.
        none_yet;
        not_on_sale;
        none_long;
        menu;
        group;
        first;
        size;
        change;
        change_of(menu, group);
        remove;
        remove_of(menu, group);
        undo;
        kept(menu, group);
        removed(menu, group);
        /// Groups.
        of_use(people);
        of_segment(name);
        of_campaign(code);
        size_orders[count](orders, examples);
        size_customers[count](customers);
        size_opened[count](times);
        group_gone;
        menu_gone;
        options_gone(codes);
        first_of[count](all);
        /// One menu.
        new_menu;
        choose_options;
        menu_for(menu, group);
        options_hint;
        proposed_hint;
        preview;
        save;
        as_seen;
        as_seen_hint;
        choose_some(count);
        changed_meanwhile;
        no_menu;
        no_group;
        did_keep(product, what);
        did_remove(product, what);
    }
}
