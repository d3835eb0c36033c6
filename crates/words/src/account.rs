//! What is said about one's own account: the second factor at log-in, sessions.

crate::texts::texts! {
    /// What is said about one's own account: the second factor at log-in, sessions.
    Account, as written in AccountTexts {
        title;
        second_factor;
        hint;
        is_off;
        set_up;
        is_on(since);
        codes_left[count];
        scan;
        picture_of_secret;
        type_it(secret);
        app_code;
        app_code_hint;
        turn_on;
        give_up;
        turn_off;
        turn_off_hint;
        turned_on;
        turned_off;
        recovery_codes;
        recovery_hint;
        /// At log-in.
        enter_code;
        enter_code_hint;
        code_or_recovery;
        go_on;
        log_in_anew;
        wrong_code;
        no_second_factor;
        /// The password.
        password;
        password_hint;
        present_password;
        change_password;
        password_changed;
        wrong_password;
        did_change_password;
        /// Sessions.
        sessions;
        sessions_hint;
        browser;
        unknown_browser;
        this_one;
        begun(at);
        used(at);
        end_session;
        end_session_of(browser, at);
        end_others;
        session_ended;
        session_gone;
        others_ended[count];
        no_others_ended;
        did_end_session;
        did_end_others;
        /// Of others.
        has_second_factor;
        take_second_factor;
        take_second_factor_of(email);
        took_second_factor(email);
        /// What was done.
        did_log_in_with_code;
        did_log_in_with_recovery_code;
        did_turn_on;
        did_turn_off(email);
    }
}
