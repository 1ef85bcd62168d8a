-- Whoever was here before there were codes.
select private.make_referral_code(u.id)
from public.users u
where not exists (select from public.referral_codes c where c.user_id = u.id);
