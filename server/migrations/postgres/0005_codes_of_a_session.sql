-- A sign-in code is good in the session that asked for it, on PostgreSQL. The twin in ../sqlite has the same tables, columns and nullability; a
-- test compares them. Codes live for minutes, so the ones that there are need not be kept.

drop table sign_in_codes;

create table sign_in_codes (
    email_folded text not null,
    session_hash text not null,
    hash text not null,
    tries bigint not null,
    sent bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    primary key (email_folded, session_hash)
);

create index sign_in_codes_by_age on sign_in_codes (created_at);
