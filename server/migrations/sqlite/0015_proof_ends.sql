-- The proof of the newsletter ends too, as that of the cookies does in 0014: its trigger lets go of what is older than the nightly job said.
-- The twin in ../postgres says the same.

drop trigger newsletter_consents_are_not_erased;

create trigger newsletter_consents_are_not_erased before delete on newsletter_consents
when old.at >= (select consents_before from keeping where id = 1)
begin
    select raise(abort, 'the proof of consent is append-only');
end;
