//! What the admin's pages say about those who look after the shop: who they are, what they may do, what they did.

crate::texts::texts! {
    /// What the admin's pages say about those who look after the shop.
    People, as written in PeopleTexts {
        people_hint;
        access;
        invite_person;
        invited_now(email);
        mail_invite_subject(shop);
        mail_invite_text(shop, role);
        mail_invite_note;
        its_you;
        logged_in_at[sessions];
        not_logged_in;
        without_password;
        invited_until(moment);
        end_sessions;
        end_sessions_of(email);
        sessions_ended(email);
        new_link;
        new_link_for(email);
        remove_person;
        remove_person_of(email);
        remove_person_hint(email);
        remove_person_now;
        person_removed(email);
        nobody_of(email);
        not_oneself;
        /// What somebody may do.
        role;
        role_of(email);
        give_role;
        give_role_of(email);
        role_given(email, role);
        did_give_role(email, role);
        last_administrator;
        role_needed(roles, people);
        administrator;
        merchandiser;
        production;
        viewer;
        roles_hint;
        done_lately;
        when;
        who;
        /// What they did.
        did_invite(email);
        did_make_link(email);
        did_accept;
        did_end_sessions(email);
        did_remove(email);
        /// Keys by which other programs ask the API.
        keys;
        keys_hint;
        keys_roles_hint;
        no_keys;
        no_keys_hint;
        key;
        key_name;
        key_name_hint;
        key_role_hint;
        key_until;
        key_until_hint;
        make_key;
        key_made(name);
        key_once;
        key_made_by(day, email);
        key_maker_left;
        key_used_on(day);
        key_never_used;
        key_ends(day);
        key_is_over(day);
        key_without_end;
        key_holds;
        end_key;
        end_key_of(name);
        end_key_hint;
        end_key_now;
        key_ended(key);
        key_needs_name;
        key_name_of_person;
        key_name_taken(name);
        key_never_administrator;
        key_no_day;
        key_day_over;
        too_many_keys(most);
        no_such_key;
        keys_of_leaver(keys);
        did_make_key(key, role);
        did_make_key_until(key, role, day);
        did_end_key(key);
        key_with_ending(key, ending);
    }
}
