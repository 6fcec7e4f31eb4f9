-- Everything the shop keeps, on SQLite. The twin in ../postgres has the same tables, columns and nullability; a test compares them.
--
-- Moments are whole microseconds since 1970 in UTC, money is whole cents: one text for both engines and an exact round trip.
-- Ids are 16 bytes. JSON is plain text, because it is read and written whole.

-- Articles. What a list or a rule looks at is a column; the rest of the page is JSON, read and written whole.
create table products (
    id blob not null primary key,
    slug text not null unique,
    title text not null,
    brand text not null,
    kind text not null,
    category text not null,
    status text not null check (status in ('active', 'draft', 'archived')),
    position integer not null,
    is_new integer not null,
    is_organic integer not null,
    vat_basis_points integer not null check (vat_basis_points between 0 and 10000),
    body text not null,
    created_at integer not null
) strict;

create index products_by_position on products (position, id);

-- Sizes. `held` is the sum of the reservations of a size. It may pass `on_hand` when the owner counts fewer than were promised,
-- so no check forbids that; nothing new can be promised then.
create table variants (
    id blob not null primary key,
    product_id blob not null references products (id),
    position integer not null,
    sku text not null,
    size text not null,
    price_cents integer not null check (price_cents >= 0),
    lowest_30_days_cents integer,
    grams integer not null check (grams >= 0),
    barcode text,
    on_hand integer not null check (on_hand >= 0),
    held integer not null check (held >= 0),
    -- Taken out of the shop then. The row stays, because orders and movements name it.
    removed_at integer
) strict;

create unique index variants_on_sale_by_sku on variants (sku) where removed_at is null;
create index variants_by_product on variants (product_id, position);

-- What is known about the files of a picture, by content hash; outlives its articles so that a next import need not work again.
create table picture_facts (
    key text not null primary key,
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    widths text not null,
    has_avif integer not null,
    dominant text not null
) strict;

create table pictures (
    product_id blob not null references products (id),
    position integer not null,
    key text not null references picture_facts (key),
    alt text not null,
    primary key (product_id, position)
) strict;

create index pictures_by_key on pictures (key);

-- Append-only: the reference price of a reduction is looked up here (Prijzenwet art. 5a).
create table price_history (
    id integer not null primary key,
    variant_id blob not null references variants (id),
    price_cents integer not null,
    from_at integer not null
) strict;

create index price_history_by_variant on price_history (variant_id, from_at);

-- The owner's counts and imports. Append-only.
create table stock_counts (
    id integer not null primary key,
    variant_id blob not null references variants (id),
    counted integer not null check (counted >= 0),
    was integer not null,
    actor text not null,
    at integer not null
) strict;

create index stock_counts_by_variant on stock_counts (variant_id, at);

create table customers (
    id blob not null primary key,
    email text not null,
    email_folded text not null unique,
    given_name text not null,
    family_name text not null,
    phone text,
    created_at integer not null,
    verified_at integer
) strict;

-- The highest `ordinal` is the default.
create table addresses (
    id blob not null primary key,
    customer_id blob not null references customers (id) on delete cascade,
    ordinal integer not null,
    body text not null,
    saved_at integer not null
) strict;

create index addresses_by_customer on addresses (customer_id, ordinal);

create table sign_in_codes (
    email_folded text not null primary key,
    hash text not null,
    tries integer not null,
    created_at integer not null,
    expires_at integer not null
) strict;

create table carts (
    id blob not null primary key,
    touched_at integer not null
) strict;

create index carts_by_touch on carts (touched_at);

create table cart_lines (
    cart_id blob not null references carts (id) on delete cascade,
    position integer not null,
    variant_id blob not null references variants (id),
    quantity integer not null check (quantity > 0),
    seen_price_cents integer not null,
    primary key (cart_id, variant_id)
) strict;

-- What checkout knows so far, as JSON.
create table checkout_drafts (
    cart_id blob not null primary key references carts (id) on delete cascade,
    body text not null,
    saved_at integer not null
) strict;

-- `state` and what stands beside it are for lists and searches; `state_json` and `body` are the order.
create table orders (
    id blob not null primary key,
    number text not null unique,
    -- One cart becomes one order: a second click finds the first one.
    cart_id blob not null unique,
    customer_id blob not null references customers (id) deferrable initially deferred,
    state text not null,
    state_json text not null,
    until_at integer,
    name text not null,
    city text not null,
    email_folded text not null,
    -- Number, name, town and address with ASCII letters in lower case, one per line: both engines search it alike.
    search text not null,
    method text not null,
    total_cents integer not null,
    pieces integer not null,
    placed_at integer not null,
    version integer not null,
    body text not null
) strict;

create index orders_by_placing on orders (placed_at, id);
create index orders_by_state on orders (state, until_at);
create index orders_by_customer on orders (customer_id, placed_at);

-- For reports; the order itself keeps its lines in its body.
create table order_lines (
    order_id blob not null references orders (id),
    position integer not null,
    variant_id blob not null,
    sku text not null,
    quantity integer not null check (quantity > 0),
    unit_cents integer not null,
    primary key (order_id, position)
) strict;

create index order_lines_by_variant on order_lines (variant_id);

-- The timeline. Append-only.
create table order_events (
    id integer not null primary key,
    order_id blob not null references orders (id) deferrable initially deferred,
    at integer not null,
    event text not null,
    detail text not null,
    actor text not null
) strict;

create index order_events_by_order on order_events (order_id, id);

-- Stock that is promised: to a cart in checkout, or to an order that is not yet paid.
create table reservations (
    id blob not null primary key,
    variant_id blob not null references variants (id),
    quantity integer not null check (quantity > 0),
    cart_id blob,
    order_id blob references orders (id) deferrable initially deferred,
    until_at integer not null,
    extended integer not null,
    check ((cart_id is null) <> (order_id is null))
) strict;

create unique index reservations_by_cart on reservations (cart_id, variant_id);
create unique index reservations_by_order on reservations (order_id, variant_id);
create index reservations_by_variant on reservations (variant_id);
create index reservations_by_end on reservations (until_at);

-- What orders took from the shelf and brought back; nothing else. Append-only. The key makes a second sale or return impossible.
create table stock_movements (
    order_id blob not null references orders (id) deferrable initially deferred,
    variant_id blob not null references variants (id),
    reason text not null check (reason in ('sold', 'returned')),
    quantity integer not null check (quantity > 0),
    at integer not null,
    primary key (order_id, variant_id, reason)
) strict;

create index stock_movements_by_variant on stock_movements (variant_id, at);

create table attempts (
    id blob not null primary key,
    order_id blob not null references orders (id) deferrable initially deferred,
    ordinal integer not null,
    method text not null,
    amount_cents integer not null,
    reference text not null unique,
    provider_id text,
    pay_url text,
    state text not null,
    state_json text not null,
    created_at integer not null,
    version integer not null,
    -- The provider's opaque id of the paid transaction, for refunds.
    provider_transaction text
) strict;

create index attempts_by_order on attempts (order_id, ordinal);

create table notices (
    provider text not null,
    key text not null,
    seen_at integer not null,
    primary key (provider, key)
) strict;

create table tasks (
    id integer not null primary key,
    at integer not null,
    kind text not null,
    order_id blob references orders (id) deferrable initially deferred,
    detail text not null,
    closed_at integer,
    closed_by text
) strict;

create index tasks_open on tasks (at, id) where closed_at is null;

create table staff (
    id blob not null primary key,
    email text not null,
    email_folded text not null unique,
    name text not null,
    password_hash text,
    totp_sealed text,
    totp_last_step integer not null,
    created_at integer not null
) strict;

create table staff_links (
    hash text not null primary key,
    staff_id blob not null references staff (id) on delete cascade,
    expires_at integer not null
) strict;

create index staff_links_by_staff on staff_links (staff_id);

-- A browser. The cart may be younger or older than the session, so it is no foreign key.
create table sessions (
    hash text not null primary key,
    cart_id blob,
    customer_id blob references customers (id) deferrable initially deferred,
    staff_id blob references staff (id) on delete cascade deferrable initially deferred,
    orders text not null,
    flash text,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null
) strict;

create index sessions_by_staff on sessions (staff_id);
create index sessions_by_customer on sessions (customer_id);
create index sessions_by_end on sessions (expires_at);

-- Append-only.
create table audit (
    id integer not null primary key,
    at integer not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null
) strict;

create table jobs (
    id blob not null primary key,
    kind text not null,
    payload text not null,
    run_at integer not null,
    tries integer not null,
    -- A worker has it until then; null while it waits.
    locked_until integer,
    last_error text,
    dead_at integer,
    job_key text
) strict;

create index jobs_due on jobs (run_at, id) where dead_at is null;
create index jobs_dead on jobs (dead_at) where dead_at is not null;
-- At most one job of a key waits. One that runs does not count: what comes up meanwhile needs another run.
create unique index jobs_waiting_by_key on jobs (job_key) where locked_until is null and dead_at is null;

create table counters (
    name text not null primary key,
    value integer not null
) strict;

-- One row.
create table shop_state (
    id integer not null primary key check (id = 1),
    catalogue_version integer not null
) strict;

insert into shop_state (id, catalogue_version) values (1, 1);
