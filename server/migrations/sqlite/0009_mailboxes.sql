-- What is counted per address is counted per mailbox: `eva+1@…` and `eva+2@…` end up in the same one. The twin in ../postgres has the same
-- tables and columns. Rows of before are their own mailbox; codes and unconfirmed wishes are gone within two days.

alter table sign_in_codes add column mailbox text not null default '';
alter table stock_alerts add column mailbox text not null default '';
alter table customers add column mailbox text not null default '';

update sign_in_codes set mailbox = email_folded;
update stock_alerts set mailbox = email_folded;
update customers set mailbox = email_folded;

create index sign_in_codes_by_mailbox on sign_in_codes (mailbox, created_at);
create index stock_alerts_by_mailbox on stock_alerts (mailbox);
create index customers_by_mailbox on customers (mailbox);
drop index stock_alerts_by_address;
