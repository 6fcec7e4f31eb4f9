-- The newsletter: who asked, who is on the list, who said no, what proves it, and the letters. The twin in ../sqlite has the same tables
-- and columns.

-- Somebody typed an address. Nobody gets a letter from this; the row goes when the link in the mail was used, or after a
-- week; the link works 72 hours.
create table newsletter_sign_ups (
    id uuid not null primary key,
    email text not null,
    email_folded text not null unique,
    mailbox text not null,
    first_name text not null,
    channel text not null,
    text_id text not null,
    text_version bigint not null,
    token_hash text not null unique,
    asked_at bigint not null
);

create index newsletter_sign_ups_by_mailbox on newsletter_sign_ups (mailbox);

-- Who said yes. The row goes the moment she leaves.
create table newsletter_subscribers (
    id uuid not null primary key,
    email text not null,
    email_folded text not null unique,
    first_name text not null,
    since bigint not null
);

-- Who left: a keyed hash of the address, so that the "no" outlives the person's data, and no file can bring her back.
create table newsletter_suppressed (
    address_hash text not null primary key,
    since bigint not null
);

-- What proves each yes and each no (AVG 7(1)). About whom is a keyed hash of the address. Append-only: the triggers refuse the rest.
create table newsletter_consents (
    id uuid not null primary key,
    subject text not null,
    action text not null check (action in ('given', 'confirmed', 'withdrawn')),
    at bigint not null,
    text_id text not null,
    text_version bigint not null,
    text_hash text not null,
    channel text not null
);

create index newsletter_consents_by_subject on newsletter_consents (subject, at, id);

create function newsletter_consents_are_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the proof of consent is append-only';
end
$$;

create trigger newsletter_consents_are_not_changed before update or delete on newsletter_consents
    for each row execute function newsletter_consents_are_append_only();

create trigger newsletter_consents_are_not_emptied before truncate on newsletter_consents
    for each statement execute function newsletter_consents_are_append_only();

create table letters (
    id uuid not null primary key,
    subject text not null,
    text text not null,
    state text not null check (state in ('draft', 'scheduled', 'sending', 'sent')),
    state_at bigint,
    made_at bigint not null,
    version bigint not null
);

-- One row per letter and subscriber, written before anything is sent: whoever has one gets the letter once at most. `sending` that stays is
-- a letter of which nobody knows whether it left; it is not sent again. No address stands here.
create table letter_deliveries (
    letter_id uuid not null references letters (id),
    subscriber_id uuid not null,
    state text not null check (state in ('queued', 'sending', 'sent', 'bounced', 'skipped')),
    at bigint not null,
    -- When she left after this letter.
    left_at bigint,
    primary key (letter_id, subscriber_id)
);

create index letter_deliveries_by_state on letter_deliveries (letter_id, state, at);
create index letter_deliveries_by_subscriber on letter_deliveries (subscriber_id, at);
