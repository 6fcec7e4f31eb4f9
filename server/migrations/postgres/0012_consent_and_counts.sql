-- Proof of each choice about cookies (AVG 7.1), without anything that names who chose: no address, no session, and an id only for who
-- consented, which her own cookie holds. Append-only: the triggers refuse the rest. The twin in ../sqlite has the same tables and columns.

create table consent_events (
    id bigint generated always as identity primary key,
    purpose text not null,
    action text not null,
    at bigint not null,
    text_id text not null,
    text_version bigint not null,
    text_hash text not null,
    language text not null,
    channel text not null,
    proof text
);

create index consent_events_by_time on consent_events (at);

create function consent_events_are_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'proof of consent is append-only';
end
$$;

create trigger consent_events_are_not_changed before update or delete on consent_events
    for each row execute function consent_events_are_append_only();

create trigger consent_events_are_not_emptied before truncate on consent_events
    for each statement execute function consent_events_are_append_only();

-- How often something happened on a day, for everybody together. No identifier of any kind.
create table day_counts (
    day bigint not null,
    what text not null,
    count bigint not null,
    primary key (day, what)
);
