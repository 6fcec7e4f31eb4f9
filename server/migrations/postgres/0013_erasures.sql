-- Who had her data erased, so that a backup that is put back can be cleaned again, on PostgreSQL. The twin in ../sqlite has the same tables
-- and columns. Nobody can be read from it: the address is a keyed hash.

create table erasures (
    email_hash text not null primary key,
    at bigint not null
);
