-- How the payment providers are, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a test compares them.

-- When one last answered, what went wrong since (a kind, never a payload), and the last day that was compared with the books.
create table provider_health (
    provider text not null primary key,
    answered_at integer,
    failed_at integer,
    failed_with text,
    failing_since integer,
    compared_day integer,
    differences integer not null
) strict;

-- The books of a day, for the comparison at night.
create index ledger_by_time on ledger (at);
create index attempts_by_time on attempts (created_at);
