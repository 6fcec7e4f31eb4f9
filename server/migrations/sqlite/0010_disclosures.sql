-- Who was given what about an order, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a test compares them.

-- One row per call to an outside party, written before it. `fields` are the words of the register, never values. Append-only.
create table disclosures (
    id integer not null primary key,
    order_id blob not null references orders (id) deferrable initially deferred,
    party text not null,
    fields text not null,
    purpose text not null,
    at integer not null
) strict;

create index disclosures_by_order on disclosures (order_id, id);
