-- Bookings of the owner's bank account, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a test compares them.

-- What was read from her statements, so that the same file twice does nothing twice. No name, text or account number of a payer is kept.
create table bank_bookings (
    id text not null primary key,
    order_id blob references orders (id) deferrable initially deferred,
    day integer not null,
    amount_cents integer not null,
    verdict text not null,
    at integer not null
) strict;

create index bank_bookings_by_order on bank_bookings (order_id) where order_id is not null;
