-- What round numbers of invitations bring, to begin with: from then on the admins' to weigh. The badge bears the name.
insert into public.referral_milestones
    (name, description, referrals_required, points_bonus, badge_id, reward_description)
select b.name, b.description, said.required, said.bonus, b.id, said.reward
from (
    values
        ('referral-1', 1, 100, '100 points and a badge'),
        ('referral-2', 2, 250, '250 points and a badge'),
        ('referral-5', 5, 500, '500 points and a badge'),
        ('referral-10', 10, 1000, '1,000 points and a badge'),
        ('referral-25', 25, 2500, '2,500 points and a badge')
) as said (badge, required, bonus, reward)
join public.badges b on b.key = said.badge
on conflict (referrals_required) do nothing;
