//! What every store does: one suite, written against [`Store`], run for each database. Another database is another line
//! `suite!`, with a function that opens a fresh one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a check that can't go on has failed")]

mod access;
mod approval;
mod baskets;
mod builders;
mod campaigns;
mod catalogue;
mod customers;
mod designs;
mod desk;
mod drafts;
mod empty;
mod experiments;
mod gate;
mod group_menus;
mod insight;
mod keys;
mod learning;
mod mail;
mod orders;
mod personal_data;
mod products;
mod releases;
mod segments;
mod settings;
mod stock;

use std::sync::Arc;

use shop::Store;

/// Runs the checks of one slice on fresh databases.
macro_rules! checks {
    ($open:path, $slice:ident: $($check:ident),* $(,)?) => {
        mod $slice {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    let (store, _kept) = $open().await;
                    crate::$slice::$check(store).await;
                }
            )*
        }
    };
}

/// Runs the whole suite on one kind of database, which a function opens: a store, and what has to live as long.
macro_rules! suite {
    ($database:ident, $open:path) => {
        mod $database {
            checks!($open, empty: an_empty_store_answers_none);
            checks!(
                $open,
                catalogue: products_come_in_the_order_in_which_they_were_added,
                a_product_is_added_once,
                rolling_back_moves_the_live_revision_only,
                an_offer_ends_when_another_revision_is_live,
                a_revision_is_withdrawn_and_offered_again,
                what_was_prepared_is_kept_by_format,
                what_was_prepared_in_old_formats_is_forgotten,
                the_list_is_searched_and_paged,
                the_list_shows_live_revisions,
                the_list_speaks_the_languages_of_its_products,
            );
            checks!(
                $open,
                designs: a_kept_design_comes_back,
                a_saved_design_is_replaced_where_it_is_what_was_expected,
                a_personal_start_from_before_it_carried_its_design_goes_on,
                what_was_shared_or_ordered_never_changes_and_stays,
                what_was_saved_since_is_not_what_was_ordered,
                of_a_named_design_only_the_name_changes,
                saved_designs_are_forgotten_after_their_time,
                of_many_changes_of_one_design_at_once_one_is_saved,
            );
            checks!(
                $open,
                learning: past_designs_are_counted_and_the_most_frequent_come_first,
                who_came_back_is_told_by_what_they_ordered_and_by_nothing_else,
                own_orders_are_looked_at_as_agreed_to_alone,
                designs_that_are_kept_are_looked_at_as_agreed_to_alone,
                what_is_known_of_who_ordered_is_learnt_from_and_forgotten_with_the_consent,
                what_is_learnt_from_comes_with_where_it_came_from,
                made_up_orders_are_synthetic_and_replaced_as_a_whole,
                orders_without_a_stated_use_are_not_learnt_from,
                only_confirmed_orders_teach,
                of_one_buyer_three_orders_teach,
            );
            checks!(
                $open,
                orders: an_order_comes_back_as_it_was_placed,
                an_idempotency_key_places_one_order,
                a_key_with_another_request_places_nothing,
                the_same_design_by_the_same_buyer_is_found,
                orders_come_newest_first_and_in_pages,
                fifty_orders_at_once_have_fifty_numbers,
                one_key_fifty_times_at_once_places_one_order,
                orders_are_for_revisions_that_exist,
                orders_of_one_design_share_its_picture,
                an_order_that_can_not_be_placed_hinders_no_other,
            );
            checks!(
                $open,
                baskets: a_basket_is_written_whole_under_numbers_that_follow_each_other,
                a_basket_writes_one_mail_and_each_order_has_its_language,
                nothing_is_written_of_a_basket_with_a_withdrawn_design,
                the_same_basket_again_has_the_same_orders,
                a_key_of_another_basket_holds_the_whole_back,
                one_basket_fifty_times_at_once_is_written_once,
                a_basket_that_can_not_be_written_harms_no_other,
                what_was_ordered_together_is_told_until_it_is_about_nobody,
            );
            checks!(
                $open,
                mail: an_order_writes_its_mail_once,
                mails_that_do_not_go_out_are_counted, an_invitation_is_mailed_where_that_is_wanted,
                a_step_of_an_order_is_mailed_in_its_language,
                a_step_that_is_undone_or_followed_by_another_is_not_mailed,
                a_mail_is_tried_again_until_it_is_sent_or_given_up,
                mails_are_forgotten_after_their_time,
                of_many_who_deliver_each_takes_another_mail,
            );
            checks!(
                $open,
                customers: a_link_signs_in_once,
                of_many_who_use_one_link_one_signs_in,
                customers_sign_out_here_or_everywhere,
                a_customer_has_the_orders_of_their_address,
                nothing_is_remembered_without_consent,
                a_remembered_design_outlasts_its_time,
            );
            checks!(
                $open,
                personal_data: everything_about_a_customer_is_read,
                an_erased_customer_leaves_what_the_law_keeps,
                what_others_keep_or_share_is_not_erased,
                what_was_ordered_is_forgotten_with_its_buyer,
                a_test_order_is_not_kept,
                what_mattered_is_forgotten_with_the_consent,
                what_mattered_is_not_written_after_an_erasure,
                nobody_is_told_of_an_order_after_asking_to_be_forgotten,
                what_erased_orders_counted_for_nothing_is_taken_out_for_good,
                customers_are_forgotten_when_their_time_is_over,
                what_was_forgotten_is_overwritten_once,
            );
            checks!(
                $open,
                segments: buyers_are_summed_up_and_those_who_ordered_most_come_first,
                a_rule_says_who_is_in_a_segment,
                a_buyer_is_found_by_the_address_that_is_theirs,
                segments_are_kept_by_name,
                a_customer_is_in_a_segment_as_they_agreed_to_alone,
            );
            checks!($open, stock: an_option_is_sold_out_until_it_is_put_on_sale);
            checks!(
                $open,
                keys: a_key_is_known_by_its_hash_while_it_holds,
                of_many_who_make_a_key_of_one_name_one_does,
                there_are_never_more_keys_than_there_may_be,
                a_key_goes_on_when_whoever_made_it_is_removed,
            );
            checks!($open, group_menus: a_group_menu_is_kept_as_long_as_nobody_changed_it_meanwhile);
            checks!(
                $open,
                experiments: an_experiment_runs_alone_and_ends_once,
                an_experiment_adds_up_what_its_visitors_did, a_closed_experiment_keeps_its_sums_and_nobody
            );
            checks!(
                $open,
                campaigns: a_campaign_link_is_made_once_and_ends,
                a_campaign_link_is_counted_by_the_day,
            );
            checks!(
                $open,
                insight: daily_sums_are_added_to_and_read_by_the_period,
                daily_sums_follow_a_product_there_and_back,
            );
            checks!(
                $open,
                desk: an_order_goes_its_way_and_every_step_is_kept,
                the_last_step_of_an_order_is_undone_for_a_while,
                an_order_that_was_changed_meanwhile_stays_and_hinders_no_other,
                of_many_changes_of_one_order_at_once_one_wins,
                orders_at_once_are_changed_in_any_order,
                the_desk_filters_orders,
                the_desk_finds_orders_that_have_an_option,
                the_desk_sorts_orders_and_goes_on_from_each,
                what_is_found_is_added_up_by_currency,
                orders_are_found_by_the_beginnings_of_words,
                views_are_each_persons_own,
            );
            checks!(
                $open,
                products: a_product_begins_as_a_draft_that_nobody_sees,
                a_draft_that_was_removed_comes_back_or_makes_room,
                what_is_hidden_is_sold_and_what_is_archived_is_not,
                products_move_to_a_place_among_the_listed_ones,
                a_product_takes_everything_along_to_another_address,
                a_product_may_have_a_former_address_again,
                what_was_removed_is_not_published,
                a_former_address_gets_no_draft,
                products_are_named_as_their_drafts_are,
                what_published_products_ask_about_use_is_listed,
            );
            checks!(
                $open,
                drafts: who_edits_a_draft_is_noted_now_and_then,
                a_draft_keeps_its_base_and_counts_its_versions,
                a_lost_race_for_a_draft_writes_nothing,
                only_the_version_that_was_seen_is_discarded,
                of_many_saves_at_once_one_wins,
                publishing_is_one_step,
                publishing_another_version_writes_nothing,
                what_was_compared_with_another_revision_is_not_published,
                versions_of_a_draft_are_kept_until_it_is_published,
                a_draft_becomes_one_of_another_revision,
                what_saves_of_a_draft_change_is_listed_and_noted,
                old_versions_of_a_draft_are_forgotten,
                versions_that_others_go_on_from_take_no_room,
            );
            checks!(
                $open,
                settings: each_save_is_a_version,
                of_many_who_save_at_once_one_does,
            );
            checks!(
                $open,
                approval: a_release_waits_until_somebody_else_agrees,
                who_asked_neither_approves_nor_refuses,
                what_was_refused_or_taken_back_is_never_published,
                where_something_else_is_live_nothing_is_approved,
                of_many_who_approve_and_refuse_at_once_one_does,
            );
            checks!(
                $open,
                releases: a_release_is_published_whole_and_a_draft_that_was_edited_since_stays,
                what_stands_against_one_product_keeps_all_from_being_published,
                what_was_not_compared_with_what_is_live_is_not_planned,
                of_many_who_publish_a_release_one_does,
                a_release_and_somebody_who_publishes_at_once_leave_no_half,
                at_its_end_what_was_before_returns_unless_something_newer_is_live,
                the_prices_of_a_release_hold_as_long_as_it_says,
                what_a_release_returns_to_is_nothing_whose_time_is_over,
                a_release_ends_only_as_it_was_judged,
                a_release_and_another_address_at_once_hinder_each_other_in_nothing,
                a_release_that_ends_and_somebody_who_publishes_at_once_leave_no_half,
                of_releases_that_are_in_each_others_way_one_is_planned,
                a_list_has_the_newest_releases_and_those_to_come,
                a_release_is_cancelled_while_it_is_planned,
                a_release_follows_a_product_to_another_address,
            );
            checks!(
                $open,
                gate: the_newest_orders_are_replayed_without_tests,
                the_designs_kept_last_are_replayed,
                what_rests_on_a_revision_is_counted,
                a_preview_ends_with_its_draft,
                a_new_preview_takes_the_place_of_the_last,
                a_preview_ends_with_its_product,
            );
            checks!(
                $open,
                access: an_invitation_sets_a_password_once,
                an_invitation_ends,
                what_is_noted_at_once_is_one_chain,
                log_ins_are_noted,
                a_session_waits_for_a_second_factor,
                who_logs_in_while_a_second_factor_is_turned_on_waits_for_a_code,
                of_two_who_show_one_code_one_is_let_in,
                the_audit_is_asked_by_person_subject_kind_and_time,
                a_new_password_ends_older_sessions,
                sessions_end,
                sessions_are_told_and_ended_one_by_one,
                a_password_is_changed_once_from_the_same_one,
                people_are_listed_and_those_who_leave_are_removed,
                of_two_who_remove_each_other_one_is_left,
                a_role_is_given_while_an_administrator_is_left,
                an_invitation_gives_its_role_until_somebody_came,
                of_two_who_take_each_others_role_one_stays,
                failures_are_counted_until_a_session_starts,
                failures_of_a_key_are_forgotten,
                guesses_at_once_are_counted_too,
            );
        }
    };
}

suite!(sqlite, crate::open_sqlite);

suite!(postgres, crate::open_postgres);

async fn open_postgres() -> (Arc<dyn Store>, testing_postgres::TestDatabase) {
    let database = testing_postgres::TestDatabase::new().await;
    (Arc::new(database.store().await), database)
}

/// A tenth of the transactions that write can't be committed at the first attempt.
mod disturbed {
    suite!(postgres, crate::open_disturbed);
}

async fn open_disturbed() -> (Arc<dyn Store>, testing_postgres::TestDatabase) {
    let database = testing_postgres::TestDatabase::new().await;
    database.disturb().await;
    (Arc::new(database.store().await), database)
}

/// Through PgBouncer, which gives out its connections for a transaction.
mod pooled {
    suite!(postgres, crate::open_pooled);
}

async fn open_pooled() -> (Arc<dyn Store>, testing_postgres::TestDatabase) {
    let database = testing_postgres::TestDatabase::new().await;
    (
        Arc::new(store::PostgresStore::open(&database.pooled_address().parse().unwrap()).await.unwrap()),
        database,
    )
}

async fn open_sqlite() -> (Arc<dyn Store>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Arc::new(testing::sqlite(folder.path()).await.unwrap()), folder)
}
