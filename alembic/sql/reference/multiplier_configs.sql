-- What multiplies points and what is added to them. Bands do not overlap; a bonus is never multiplied.
insert into public.multiplier_configs (name, multiplier_type, condition, multiplier_value, bonus_points)
values
    ('Streak of 7 to 13 days', 'streak', '{"min": 7, "max": 13}', 1.20, 0),
    ('Streak of 14 to 29 days', 'streak', '{"min": 14, "max": 29}', 1.50, 0),
    ('Streak of 30 days and more', 'streak', '{"min": 30}', 2.00, 0),
    ('All three pages in one day', 'combo',
        '{"activities": ["morning_journal", "evening_journal", "gratitude_action"], "days": 1}', 1.00, 10),
    ('All three pages, seven days in a row', 'combo',
        '{"activities": ["morning_journal", "evening_journal", "gratitude_action"], "days": 7}', 1.00, 50),
    ('Morning before 08:00', 'time', '{"activity": "morning_journal", "before": "08:00"}', 1.00, 5)
on conflict (name) do update set
    multiplier_type = excluded.multiplier_type,
    condition = excluded.condition,
    multiplier_value = excluded.multiplier_value,
    bonus_points = excluded.bonus_points;
