-- What is open on invoices of our own is found without reading every try to pay, on SQLite. The twin in ../postgres has the same index.

create index attempts_open_invoices on attempts (created_at, id) where method = 'invoice' and state = 'open';
