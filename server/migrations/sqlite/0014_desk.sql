-- The desk: what the nightly job of the periods needs, questions with their answers, requests about data, and breaches. The twin in
-- ../postgres has the same tables, columns and nullability; a test compares them.

-- When an account was last used (an order, a sign-in), when its owner was warned, and when it was emptied because orders still name it.
alter table customers add column active_at integer not null default 0;
alter table customers add column warned_at integer;
alter table customers add column lapsed_at integer;

create index customers_by_use on customers (active_at) where lapsed_at is null;

-- One row. Up to which moments books and proof of consent may be erased: the triggers of those tables let nothing go that is younger.
-- `night` is the last day of which the nightly job is done.
create table keeping (
    id integer not null primary key check (id = 1),
    books_before integer not null,
    consents_before integer not null,
    night integer not null
) strict;

insert into keeping (id, books_before, consents_before, night) values (1, 0, 0, 0);

-- The orders of one batch, only while its transaction runs.
create table forgetting (
    order_id blob not null primary key
) strict;

-- How many rows went on a night because their time was over. Nothing about what they were.
create table forgotten (
    day integer not null,
    retention text not null,
    rows_gone integer not null,
    primary key (day, retention)
) strict;

-- A question, and under it what was written back and forth, first one first.
create table questions (
    id blob not null primary key,
    name text not null,
    email text not null,
    mailbox text not null,
    order_number text,
    asked_at integer not null,
    closed_at integer,
    version integer not null
) strict;

create index questions_by_time on questions (asked_at);
create index questions_by_mailbox on questions (mailbox, asked_at);

create table question_messages (
    id integer not null primary key,
    question_id blob not null references questions (id) on delete cascade,
    at integer not null,
    is_answer integer not null,
    actor text not null,
    body text not null
) strict;

create index question_messages_by_question on question_messages (question_id, id);

-- What somebody asked about her data (AVG art. 15-22), by whatever way. `received` is a day; the deadline follows from it.
create table requests (
    id blob not null primary key,
    kind text not null,
    channel text not null,
    name text not null,
    contact text not null,
    about text not null,
    received integer not null,
    extension_reason text,
    closed_at integer,
    outcome text,
    answer text,
    version integer not null
) strict;

create index requests_by_day on requests (received);

create table request_events (
    id integer not null primary key,
    request_id blob not null references requests (id) on delete cascade,
    at integer not null,
    actor text not null,
    what text not null
) strict;

create index request_events_by_request on request_events (request_id, id);

-- Every breach of personal data, told or not (AVG art. 33(5)). Written without names.
create table breaches (
    id blob not null primary key,
    aware_at integer not null,
    facts text not null,
    effects text not null,
    measures text not null,
    decision text,
    reason text not null,
    closed_at integer,
    version integer not null
) strict;

create index breaches_by_time on breaches (aware_at);

create table breach_events (
    id integer not null primary key,
    breach_id blob not null references breaches (id) on delete cascade,
    at integer not null,
    actor text not null,
    what text not null
) strict;

create index breach_events_by_breach on breach_events (breach_id, id);

-- Append-only still, except for what has had its time.

drop trigger ledger_is_not_erased;

create trigger ledger_is_not_erased before delete on ledger
when old.at >= (select books_before from keeping where id = 1)
begin
    select raise(abort, 'the ledger is append-only');
end;

drop trigger consent_events_are_not_erased;

create trigger consent_events_are_not_erased before delete on consent_events
when old.at >= (select consents_before from keeping where id = 1)
begin
    select raise(abort, 'proof of consent is append-only');
end;
