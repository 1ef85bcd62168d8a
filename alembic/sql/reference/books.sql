-- The first program. Its points are the only base values the product knows.
-- The actions, milestones and quotes of a book stand in files named after it, so that they run once it is here.
-- The desks may change these rows afterwards, so what is already there stays as it is.
insert into public.books
    (slug, name, short_name, heading, description, message_heading, message_description, farewell,
     duration_days, bridge_duration_days, morning_journal_points, evening_journal_points, weekly_journal_points,
     daily_action_points, weekly_action_points, vision_points, journey_phases)
values (
    'date-zero-gratitude',
    'Date Zero Gratitude',
    'Date Zero',
    'Forty-five days of writing down what is good',
    'A morning page, an evening page and one act of thanks, every day for forty-five days. Each page takes a few minutes. You write beside a cohort that started on the same day, and nobody but you can read a word.',
    'Your first page',
    'You need nothing but a few quiet minutes. Write plainly, write for yourself, and leave a day empty if it has to be: a freeze holds your streak and the next page is always open.',
    'Forty-five days are behind you, and every page you wrote is still yours to read. What you practised does not end here. Keep the part that did you good, at whatever pace suits you.',
    45, 30, 10, 10, 25, 15, 25, 20,
    '[
        {"order": 1, "name": "Shadow Work", "subtitle": "Foundation", "start_day": 1, "end_day": 9,
         "description": "Nine days to arrive. You look at what you usually pass over, the difficult parts included, and the two pages find their place in the day."},
        {"order": 2, "name": "Self-Forgiveness", "subtitle": "Letting go", "start_day": 10, "end_day": 18,
         "description": "Nine days to put something down. What you hold against yourself is named, thanked for what it taught, and loosened."},
        {"order": 3, "name": "Awakening", "subtitle": "Clarity", "start_day": 19, "end_day": 27,
         "description": "Nine days to look up. With less to carry there is more to notice, and the small things grow exact."},
        {"order": 4, "name": "Vision and Goals", "subtitle": "Direction", "start_day": 28, "end_day": 36,
         "description": "Nine days to choose. What you are grateful for shows what matters, and what matters becomes a direction."},
        {"order": 5, "name": "Action through Gratitude", "subtitle": "Integration", "start_day": 37, "end_day": 45,
         "description": "Nine days to give it away. Gratitude leaves the page and reaches other people, and the habit becomes yours."}
    ]'
)
on conflict (slug) do nothing;
