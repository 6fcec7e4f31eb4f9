-- Money that goes back, and the books, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a test compares them.

-- Payments back to shoppers. `state` is for lists; `state_json` and `body` (what for, and the VAT in it) are the refund.
create table refunds (
    id blob not null primary key,
    order_id blob not null references orders (id) deferrable initially deferred,
    attempt_id blob not null references attempts (id) deferrable initially deferred,
    amount_cents integer not null check (amount_cents > 0),
    state text not null,
    state_json text not null,
    provider_id text,
    created_at integer not null,
    version integer not null,
    body text not null
) strict;

create index refunds_by_order on refunds (order_id, created_at, id);

-- Each row is one amount that moves from one account to another, so it sums to zero. Append-only: the triggers refuse the rest.
-- What happened to what (`about_id`: an order, a try to pay, a refund) is unique, so a job that runs twice writes nothing twice.
create table ledger (
    id integer not null primary key,
    order_id blob not null references orders (id) deferrable initially deferred,
    what text not null,
    about_id blob not null,
    to_account text not null,
    from_account text not null,
    amount_cents integer not null check (amount_cents > 0),
    at integer not null,
    unique (what, about_id),
    check (to_account <> from_account)
) strict;

create index ledger_by_order on ledger (order_id, id);

create trigger ledger_is_not_changed before update on ledger
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_is_not_erased before delete on ledger
begin
    select raise(abort, 'the ledger is append-only');
end;

-- The books of the orders that there are.

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select id, 'placed', id, 'shopper', 'sales', total_cents, placed_at
from orders
where total_cents > 0
order by placed_at, id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select order_id, 'received', id,
       case method when 'paypal' then 'paypal' when 'bank_transfer' then 'bank' else 'omnikassa' end,
       'shopper', amount_cents, json_extract(state_json, '$.Paid.at')
from attempts
where state = 'paid' and method <> 'klarna'
order by created_at, id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select order_id, 'promised', id, 'promised', 'shopper', amount_cents, json_extract(state_json, '$.Paid.at')
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
select id, 'ended_unpaid', id, 'sales', 'shopper', total_cents, json_extract(state_json, '$.Cancelled.at')
from orders
where state = 'cancelled' and json_extract(state_json, '$.Cancelled.paid_at') is null and total_cents > 0;

-- A paid order that was cancelled left a task to pay back by hand. It becomes a refund: done when the task was closed, otherwise
-- still to be paid by hand. The try to pay is the first one that was paid.
insert into refunds (id, order_id, attempt_id, amount_cents, state, state_json, provider_id, created_at, version, body)
select randomblob(16), orders.id, attempts.id, attempts.amount_cents,
       case when max(tasks.closed_at) is null then 'by_hand' else 'done' end,
       case when max(tasks.closed_at) is null then '"ByHand"' else json_object('Done', json_object('at', max(tasks.closed_at), 'by_hand', json('true'))) end,
       null, json_extract(orders.state_json, '$.Cancelled.at'), 1,
       json_object('of', 'Rest', 'vat', json(coalesce(json_extract(orders.body, '$.totals.vat'), '[]')))
from orders
join tasks on tasks.order_id = orders.id and tasks.kind = 'refund_due'
join attempts on attempts.id = (select paid.id
                                from attempts paid
                                where paid.order_id = orders.id and paid.state = 'paid' and paid.method <> 'klarna'
                                order by paid.ordinal, paid.id
                                limit 1)
where orders.state = 'cancelled' and json_extract(orders.state_json, '$.Cancelled.paid_at') is not null
group by orders.id;

-- Money that came twice or after the end, and whose task was closed, went back by hand.
insert into refunds (id, order_id, attempt_id, amount_cents, state, state_json, provider_id, created_at, version, body)
select randomblob(16), attempts.order_id, attempts.id, attempts.amount_cents, 'done',
       json_object('Done', json_object('at', max(tasks.closed_at), 'by_hand', json('true'))), null, max(tasks.at), 1,
       json_object('of', 'Surplus', 'vat', json('[]'))
from tasks
join attempts on attempts.order_id = tasks.order_id
             and substr(tasks.detail, 1, length(attempts.reference) + 1) = attempts.reference || ' '
where tasks.kind in ('paid_twice', 'paid_after_end') and tasks.closed_at is not null and attempts.state = 'paid'
group by attempts.id;

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select order_id, 'taken_back', id, 'sales', 'shopper', amount_cents, created_at
from refunds
where json_extract(body, '$.of') = 'Rest';

insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select refunds.order_id, 'paid_back', refunds.id, 'shopper',
       case attempts.method when 'paypal' then 'paypal' when 'bank_transfer' then 'bank' else 'omnikassa' end,
       refunds.amount_cents, json_extract(refunds.state_json, '$.Done.at')
from refunds
join attempts on attempts.id = refunds.attempt_id
where refunds.state = 'done';

-- A promise that was let go of took the sale back without a refund.
insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
select id, 'taken_back', id, 'sales', 'shopper', total_cents, json_extract(state_json, '$.Cancelled.at')
from orders
where state = 'cancelled'
  and json_extract(state_json, '$.Cancelled.paid_at') is not null
  and total_cents > 0
  and not exists (select 1
                  from ledger
                  join refunds on refunds.id = ledger.about_id
                  where ledger.what = 'taken_back' and refunds.order_id = orders.id);
