-- A sign-in code is good in the session that asked for it, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a
-- test compares them. Codes live for minutes, so the ones that there are need not be kept.

drop table sign_in_codes;

create table sign_in_codes (
    email_folded text not null,
    session_hash text not null,
    hash text not null,
    tries integer not null,
    sent integer not null,
    created_at integer not null,
    expires_at integer not null,
    primary key (email_folded, session_hash)
) strict;

create index sign_in_codes_by_age on sign_in_codes (created_at);
