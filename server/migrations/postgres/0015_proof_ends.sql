-- The proof of the newsletter ends too, as that of the cookies does in 0014: its trigger lets go of what is older than the nightly job said.
-- The twin in ../sqlite says the same.

create or replace function newsletter_consents_are_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.at < (select consents_before from keeping where id = 1) then
            return old;
        end if;
    end if;
    raise exception 'the proof of consent is append-only';
end
$$;
