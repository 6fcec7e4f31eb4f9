-- The desk: what the nightly job of the periods needs, questions with their answers, requests about data, and breaches. The twin in
-- ../sqlite has the same tables, columns and nullability; a test compares them.

-- When an account was last used (an order, a sign-in), when its owner was warned, and when it was emptied because orders still name it.
alter table customers add column active_at bigint not null default 0;
alter table customers add column warned_at bigint;
alter table customers add column lapsed_at bigint;

create index customers_by_use on customers (active_at) where lapsed_at is null;

-- One row. Up to which moments books and proof of consent may be erased: the triggers of those tables let nothing go that is younger.
-- `night` is the last day of which the nightly job is done.
create table keeping (
    id bigint not null primary key check (id = 1),
    books_before bigint not null,
    consents_before bigint not null,
    night bigint not null
);

insert into keeping (id, books_before, consents_before, night) values (1, 0, 0, 0);

-- The orders of one batch, only while its transaction runs.
create table forgetting (
    order_id uuid not null primary key
);

-- How many rows went on a night because their time was over. Nothing about what they were.
create table forgotten (
    day bigint not null,
    retention text not null,
    rows_gone bigint not null,
    primary key (day, retention)
);

-- A question, and under it what was written back and forth, first one first.
create table questions (
    id uuid not null primary key,
    name text not null,
    email text not null,
    mailbox text not null,
    order_number text,
    asked_at bigint not null,
    closed_at bigint,
    version bigint not null
);

create index questions_by_time on questions (asked_at);
create index questions_by_mailbox on questions (mailbox, asked_at);

create table question_messages (
    id bigint generated always as identity primary key,
    question_id uuid not null references questions (id) on delete cascade,
    at bigint not null,
    is_answer bigint not null,
    actor text not null,
    body text not null
);

create index question_messages_by_question on question_messages (question_id, id);

-- What somebody asked about her data (AVG art. 15-22), by whatever way. `received` is a day; the deadline follows from it.
create table requests (
    id uuid not null primary key,
    kind text not null,
    channel text not null,
    name text not null,
    contact text not null,
    about text not null,
    received bigint not null,
    extension_reason text,
    closed_at bigint,
    outcome text,
    answer text,
    version bigint not null
);

create index requests_by_day on requests (received);

create table request_events (
    id bigint generated always as identity primary key,
    request_id uuid not null references requests (id) on delete cascade,
    at bigint not null,
    actor text not null,
    what text not null
);

create index request_events_by_request on request_events (request_id, id);

-- Every breach of personal data, told or not (AVG art. 33(5)). Written without names.
create table breaches (
    id uuid not null primary key,
    aware_at bigint not null,
    facts text not null,
    effects text not null,
    measures text not null,
    decision text,
    reason text not null,
    closed_at bigint,
    version bigint not null
);

create index breaches_by_time on breaches (aware_at);

create table breach_events (
    id bigint generated always as identity primary key,
    breach_id uuid not null references breaches (id) on delete cascade,
    at bigint not null,
    actor text not null,
    what text not null
);

create index breach_events_by_breach on breach_events (breach_id, id);

-- Append-only still, except for what has had its time.

create or replace function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.at < (select books_before from keeping where id = 1) then
            return old;
        end if;
    end if;
    raise exception 'the ledger is append-only';
end
$$;

create or replace function consent_events_are_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.at < (select consents_before from keeping where id = 1) then
            return old;
        end if;
    end if;
    raise exception 'proof of consent is append-only';
end
$$;
