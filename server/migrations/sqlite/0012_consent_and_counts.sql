-- Proof of each choice about cookies (AVG 7.1), without anything that names who chose: no address, no session, and an id only for who
-- consented, which her own cookie holds. Append-only: the triggers refuse the rest. The twin in ../postgres has the same tables and columns.

create table consent_events (
    id integer not null primary key,
    purpose text not null,
    action text not null,
    at integer not null,
    text_id text not null,
    text_version integer not null,
    text_hash text not null,
    language text not null,
    channel text not null,
    proof text
) strict;

create index consent_events_by_time on consent_events (at);

create trigger consent_events_are_not_changed before update on consent_events
begin
    select raise(abort, 'proof of consent is append-only');
end;

create trigger consent_events_are_not_erased before delete on consent_events
begin
    select raise(abort, 'proof of consent is append-only');
end;

-- How often something happened on a day, for everybody together. No identifier of any kind.
create table day_counts (
    day integer not null,
    what text not null,
    count integer not null,
    primary key (day, what)
) strict;
