-- Discount codes, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a test compares them.

-- What the owner decided. `value` is basis points of the goods or cents. `uses` is the number of orders that use it now: those
-- in discount_uses that took it and did not give it back.
create table discounts (
    code text not null primary key,
    kind text not null check (kind in ('percent', 'amount')),
    value integer not null check (value > 0),
    least_goods_cents integer check (least_goods_cents >= 0),
    from_at integer not null,
    until_at integer,
    most_uses integer check (most_uses > 0),
    uses integer not null check (uses >= 0),
    note text not null,
    made_at integer not null
) strict;

create index discounts_by_making on discounts (made_at, code);

-- Which orders took a use, and which gave it back because they ended unpaid. Append-only. The key makes a second one impossible.
create table discount_uses (
    order_id blob not null references orders (id) deferrable initially deferred,
    reason text not null check (reason in ('taken', 'given_back')),
    code text not null references discounts (code),
    at integer not null,
    primary key (order_id, reason)
) strict;

create index discount_uses_by_code on discount_uses (code, at);

-- The code that she typed. It stands with the cart, because a cart is locked while it changes and a draft is not.
alter table carts add column discount_code text;

-- The part of the order's discount that fell on the line.
alter table order_lines add column discount_cents integer not null default 0;
