-- The five badges of invitations, beside the 36 of the way. They come with a milestone and not with a page, so they
-- stand on the shelf once they are earned.
insert into public.badges
    (key, name, icon, category, rarity, points_reward, sort_order, animation_type, unlock_condition, description, is_hidden)
values
    ('referral-1', 'Open Door', 'send', 'social', 'common', 0, 37, 'confetti',
        '{"type": "referral", "count": 1}',
        'Invite one person who takes a place.', true),
    ('referral-2', 'Trio', 'share-2', 'social', 'uncommon', 0, 38, 'confetti',
        '{"type": "referral", "count": 2}',
        'Invite two people who take a place.', true),
    ('referral-5', 'Full Table', 'coffee', 'social', 'rare', 0, 39, 'confetti',
        '{"type": "referral", "count": 5}',
        'Invite five people who take a place.', true),
    ('referral-10', 'Village', 'tent', 'social', 'epic', 0, 40, 'confetti',
        '{"type": "referral", "count": 10}',
        'Invite ten people who take a place.', true),
    ('referral-25', 'Wide Circle', 'users', 'social', 'legendary', 0, 41, 'legendary-burst',
        '{"type": "referral", "count": 25}',
        'Invite 25 people who take a place.', true)
on conflict (key) do update set
    category = excluded.category,
    rarity = excluded.rarity,
    animation_type = excluded.animation_type,
    unlock_condition = excluded.unlock_condition;
