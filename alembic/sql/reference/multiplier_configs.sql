-- What multiplies points and what is added to them, to begin with: from then on the bands are the admins' to keep. Bands do
-- not overlap; a bonus is never multiplied.
insert into public.multiplier_configs (name, multiplier_type, condition, multiplier_value, bonus_points)
select said.name, said.multiplier_type, said.condition::jsonb, said.multiplier_value, said.bonus_points
from (
    values
        ('Streak of 7 to 13 days', 'streak', '{"min": 7, "max": 13}', 1.20, 0),
        ('Streak of 14 to 29 days', 'streak', '{"min": 14, "max": 29}', 1.50, 0),
        ('Streak of 30 days and more', 'streak', '{"min": 30}', 2.00, 0),
        ('All three pages in one day', 'combo',
            '{"activities": ["morning_journal", "evening_journal", "gratitude_action"], "days": 1}', 1.00, 10),
        ('All three pages, seven days in a row', 'combo',
            '{"activities": ["morning_journal", "evening_journal", "gratitude_action"], "days": 7}', 1.00, 50),
        ('Morning before 08:00', 'time', '{"activity": "morning_journal", "before": "08:00"}', 1.00, 5)
) as said (name, multiplier_type, condition, multiplier_value, bonus_points)
where not exists (select from public.multiplier_configs);
