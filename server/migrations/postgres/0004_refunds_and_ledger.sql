-- Money that goes back, and the books, on PostgreSQL. The twin in ../sqlite has the same tables, columns and nullability; a test compares them.

-- Payments back to shoppers. `state` is for lists; `state_json` and `body` (what for, and the VAT in it) are the refund.
create table refunds (
    id uuid not null primary key,
    order_id uuid not null references orders (id) deferrable initially deferred,
    attempt_id uuid not null references attempts (id) deferrable initially deferred,
    amount_cents bigint not null check (amount_cents > 0),
    state text not null,
    state_json text not null,
    provider_id text,
    created_at bigint not null,
    version bigint not null,
    body text not null
);

create index refunds_by_order on refunds (order_id, created_at, id);

-- Each row is one amount that moves from one account to another, so it sums to zero. Append-only: the triggers refuse the rest.
-- What happened to what (`about_id`: an order, a try to pay, a refund) is unique, so a job that runs twice writes nothing twice.
create table ledger (
    id bigint generated always as identity primary key,
    order_id uuid not null references orders (id) deferrable initially deferred,
    what text not null,
    about_id uuid not null,
    to_account text not null,
    from_account text not null,
    amount_cents bigint not null check (amount_cents > 0),
    at bigint not null,
    unique (what, about_id),
    check (to_account <> from_account)
);

create index ledger_by_order on ledger (order_id, id);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only';
end
$$;

create trigger ledger_is_not_changed before update or delete on ledger
    for each row execute function ledger_is_append_only();

create trigger ledger_is_not_emptied before truncate on ledger
    for each statement execute function ledger_is_append_only();

-- The books of the orders that there are.

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select id, 'placed', id, 'shopper', 'sales', total_cents, placed_at
from orders
where total_cents > 0
order by placed_at, id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select order_id, 'received', id,
       case method when 'paypal' then 'paypal' when 'bank_transfer' then 'bank' else 'omnikassa' end,
       'shopper', amount_cents, (state_json::jsonb #>> '{Paid,at}')::bigint
from attempts
where state = 'paid' and method <> 'klarna'
order by created_at, id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select order_id, 'promised', id, 'promised', 'shopper', amount_cents, (state_json::jsonb #>> '{Paid,at}')::bigint
from attempts
where state = 'paid' and method = 'klarna'
order by created_at, id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select attempts.order_id, 'promise_taken', attempts.id, 'klarna', 'promised', attempts.amount_cents, min(order_events.at)
from attempts
join order_events on order_events.order_id = attempts.order_id
                 and order_events.event = 'taken'
                 and order_events.detail = attempts.reference
where attempts.state = 'paid' and attempts.method = 'klarna'
group by attempts.id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select attempts.order_id, 'promise_let_go', attempts.id, 'shopper', 'promised', attempts.amount_cents, min(order_events.at)
from attempts
join order_events on order_events.order_id = attempts.order_id
                 and order_events.event = 'let_go'
                 and order_events.detail = attempts.reference
where attempts.state = 'paid' and attempts.method = 'klarna'
group by attempts.id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select id, 'ended_unpaid', id, 'sales', 'shopper', total_cents, (state_json::jsonb #>> '{Cancelled,at}')::bigint
from orders
where state = 'cancelled' and (state_json::jsonb #>> '{Cancelled,paid_at}') is null and total_cents > 0;

-- A paid order that was cancelled left a task to pay back by hand. It becomes a refund: done when the task was closed, otherwise
-- still to be paid by hand. The try to pay is the first one that was paid.
insert into refunds (id, order_id, attempt_id, amount_cents, state, state_json, provider_id, created_at, version, body)
select gen_random_uuid(), orders.id, attempts.id, attempts.amount_cents,
       case when max(tasks.closed_at) is null then 'by_hand' else 'done' end,
       case when max(tasks.closed_at) is null then '"ByHand"' else jsonb_build_object('Done', jsonb_build_object('at', max(tasks.closed_at), 'by_hand', true))::text end,
       null, (orders.state_json::jsonb #>> '{Cancelled,at}')::bigint, 1,
       jsonb_build_object('of', 'Rest', 'vat', coalesce(orders.body::jsonb #> '{totals,vat}', '[]'::jsonb))::text
from orders
join tasks on tasks.order_id = orders.id and tasks.kind = 'refund_due'
join attempts on attempts.id = (select paid.id
                                from attempts paid
                                where paid.order_id = orders.id and paid.state = 'paid' and paid.method <> 'klarna'
                                order by paid.ordinal, paid.id
                                limit 1)
where orders.state = 'cancelled' and (orders.state_json::jsonb #>> '{Cancelled,paid_at}') is not null
group by orders.id, attempts.id;

-- Money that came twice or after the end, and whose task was closed, went back by hand.
insert into refunds (id, order_id, attempt_id, amount_cents, state, state_json, provider_id, created_at, version, body)
select gen_random_uuid(), attempts.order_id, attempts.id, attempts.amount_cents, 'done',
       jsonb_build_object('Done', jsonb_build_object('at', max(tasks.closed_at), 'by_hand', true))::text, null, max(tasks.at), 1,
       jsonb_build_object('of', 'Surplus', 'vat', '[]'::jsonb)::text
from tasks
join attempts on attempts.order_id = tasks.order_id
             and substr(tasks.detail, 1, length(attempts.reference) + 1) = attempts.reference || ' '
where tasks.kind in ('paid_twice', 'paid_after_end') and tasks.closed_at is not null and attempts.state = 'paid'
group by attempts.id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select order_id, 'taken_back', id, 'sales', 'shopper', amount_cents, created_at
from refunds
where body::jsonb ->> 'of' = 'Rest';

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select refunds.order_id, 'paid_back', refunds.id, 'shopper',
       case attempts.method when 'paypal' then 'paypal' when 'bank_transfer' then 'bank' else 'omnikassa' end,
       refunds.amount_cents, (refunds.state_json::jsonb #>> '{Done,at}')::bigint
from refunds
join attempts on attempts.id = refunds.attempt_id
where refunds.state = 'done';

-- A promise that was let go of took the sale back without a refund.
insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select id, 'taken_back', id, 'sales', 'shopper', total_cents, (state_json::jsonb #>> '{Cancelled,at}')::bigint
from orders
where state = 'cancelled'
  and (state_json::jsonb #>> '{Cancelled,paid_at}') is not null
  and total_cents > 0
  and not exists (select 1
                  from ledger
                  join refunds on refunds.id = ledger.about_id
                  where ledger.what = 'taken_back' and refunds.order_id = orders.id);
