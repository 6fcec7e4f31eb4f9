-- Who wants one mail when a size can be had again, and how what was bought turned out to fit.

-- One row per address and size. It is erased after its mail; `token_hash` is that of the link that confirms it (double opt-in).
create table stock_alerts (
    id uuid not null primary key,
    variant_id uuid not null references variants (id),
    email text not null,
    email_folded text not null,
    token_hash text not null,
    asked_at bigint not null,
    confirmed_at bigint,
    -- The mail that it is back was put in the queue then; the row goes when the mail has gone.
    told_at bigint,
    unique (variant_id, email_folded)
);

create index stock_alerts_by_token on stock_alerts (token_hash);
create index stock_alerts_by_address on stock_alerts (email_folded);

-- One vote per line of an order, and nothing about who gave it.
create table fit_votes (
    order_id uuid not null,
    position bigint not null,
    fit text not null check (fit in ('small', 'right', 'large')),
    primary key (order_id, position),
    foreign key (order_id, position) references order_lines (order_id, position)
);
