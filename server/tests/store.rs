//! The contract of the store, run on both engines: every claim on SQLite, and on PostgreSQL when `TEST_DATABASE_URL` names a
//! server (each claim in a schema of its own).

#[path = "store/alerts.rs"]
mod alerts;
#[path = "store/base.rs"]
mod base;
#[path = "store/books.rs"]
mod books;
#[path = "store/carts.rs"]
mod carts;
#[path = "store/catalogue.rs"]
mod catalogue;
#[path = "store/classified.rs"]
mod classified;
#[path = "store/consent.rs"]
mod consent;
#[path = "store/disclosures.rs"]
mod disclosures;
#[path = "store/discounts.rs"]
mod discounts;
#[path = "store/given.rs"]
mod given;
#[path = "store/health.rs"]
mod health;
#[path = "store/jobs.rs"]
mod jobs;
#[path = "store/keeping.rs"]
mod keeping;
#[path = "store/newsletter.rs"]
mod newsletter;
#[path = "store/orders.rs"]
mod orders;
#[path = "store/payments.rs"]
mod payments;
#[path = "store/people.rs"]
mod people;
#[path = "store/person.rs"]
mod person;
#[path = "store/sqlite_only.rs"]
mod sqlite_only;
#[path = "store/stock.rs"]
mod stock;
#[path = "store/tables.rs"]
mod tables;
#[path = "store/transactions.rs"]
mod transactions;

macro_rules! claims {
    ($($group:ident: $($claim:ident),+;)+) => {
        mod on_sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $claim() {
                    let base = super::base::sqlite().await;
                    super::$group::$claim(base.store.clone()).await.expect("the store does it");
                }
            )+)+
        }

        mod on_postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $claim() {
                    let Some(base) = super::base::postgres().await else { return };
                    super::$group::$claim(base.store.clone()).await.expect("the store does it");
                    base.remove().await;
                }
            )+)+
        }
    };
}

claims! {
    catalogue:
        a_saved_product_reads_back_equal,
        products_stand_in_the_order_of_the_owner,
        sizes_that_are_not_named_leave_the_shop_and_keep_their_stock,
        sizes_can_exchange_their_article_numbers,
        names_of_another_product_are_a_duplicate_and_nothing_changes,
        every_price_in_force_in_the_window_counts,
        avif_files_stay_made_when_an_older_copy_is_saved,
        the_catalogue_version_rises;
    stock:
        a_count_says_what_it_left,
        a_hold_takes_only_what_is_there,
        holds_are_extended_found_when_they_end_and_released,
        the_last_piece_goes_to_exactly_one_of_sixteen,
        a_paid_order_takes_its_pieces_once_and_brings_them_back_once,
        an_order_that_lapses_lets_go,
        a_sale_stands_when_the_owner_counted_fewer,
        late_money_takes_all_lines_or_none;
    carts:
        a_cart_reads_back_in_its_order,
        a_deleted_cart_takes_its_draft_along,
        forgotten_carts_are_nobodys,
        clicks_at_the_same_moment_all_reach_the_cart;
    discounts:
        a_code_reads_back_equal,
        a_name_of_a_code_is_used_once,
        a_code_is_taken_only_in_its_time,
        the_last_uses_go_to_exactly_three_of_sixteen_orders,
        a_use_that_is_not_committed_was_none,
        a_use_is_taken_once_and_given_back_once,
        an_order_keeps_its_code_and_what_fell_on_each_line;
    disclosures:
        what_was_given_reads_back_in_order_and_stays_with_its_order;
    people:
        a_session_lives_until_it_ends,
        sessions_of_staff_end_together,
        a_customer_has_her_address_for_herself,
        the_address_saved_last_is_the_default,
        guesses_at_the_same_moment_all_count,
        a_code_belongs_to_one_session_and_all_count,
        staff_are_found_by_their_address,
        a_one_time_link_works_until_it_is_used_up,
        the_audit_trail_is_newest_first,
        who_looked_stands_apart_and_once_for_each_while;
    orders:
        order_numbers_count_up,
        an_order_reads_back_equal,
        a_cart_becomes_one_order,
        whoever_saves_second_must_read_again,
        the_list_is_searched_as_people_type,
        unpaid_orders_lapse_at_their_end,
        the_timeline_is_oldest_first;
    payments:
        an_attempt_reads_back_equal,
        whoever_saves_an_attempt_second_must_read_again,
        a_notice_is_new_once,
        a_task_is_open_until_it_is_closed,
        a_booking_is_read_once_and_its_parts_add_up,
        what_is_open_on_an_invoice_is_found_for_one_customer_and_for_all;
    books:
        a_refund_reads_back_equal,
        whoever_saves_a_refund_second_must_read_again,
        an_event_stands_in_the_books_once;
    health:
        how_a_provider_is_reads_back_equal,
        a_comparison_stays_and_never_goes_back_to_an_older_day,
        a_day_is_read_from_its_first_moment_until_the_next,
        a_promise_is_open_until_it_is_taken_or_let_go_of;
    alerts:
        an_address_waits_once_for_a_size,
        who_confirmed_is_told_once,
        addresses_of_no_use_are_erased,
        a_line_has_one_vote_and_an_article_the_sum;
    person:
        who_is_erased_is_gone_and_what_she_ordered_is_nobodys,
        that_somebody_was_erased_is_kept_with_the_latest_time;
    consent:
        a_choice_is_kept_as_it_was_made,
        counts_of_a_day_add_up;
    newsletter:
        an_address_asks_once_and_is_forgotten,
        an_address_is_on_the_list_once_and_a_no_outlives_it,
        the_proof_reads_back_in_its_order,
        a_letter_goes_to_each_of_the_list_once;
    keeping:
        an_order_goes_with_its_books_once_all_of_it_is_over,
        a_batch_is_no_larger_than_was_asked,
        an_account_goes_after_its_warning_and_is_emptied_while_an_order_names_it,
        who_comes_back_after_the_warning_is_warned_again_next_time,
        the_trail_goes_and_the_log_counts,
        a_question_reads_back_with_its_thread,
        requests_and_breaches_read_back_with_their_trails;
    jobs:
        a_job_waits_until_it_is_due_and_is_gone_when_done,
        a_key_waits_only_once,
        a_job_that_failed_comes_back_and_can_be_given_up,
        a_job_whose_worker_died_is_run_again,
        eight_workers_claim_two_hundred_jobs_once_each;
    transactions:
        a_dropped_transaction_changes_nothing,
        readers_do_not_wait_for_a_writer,
        the_door_for_pages_cannot_write,
        the_store_answers;
}
