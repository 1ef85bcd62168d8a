"""The invented member of the first page, on her twelfth day. A freeze held the third.

The evening is being written, so two of today's three pages are there.
"""

from gynergy_app.domain.gamification import Activity

TODAY = 12
PAGES = {1: 3, 2: 3, 4: 2, 5: 2, 6: 3, 7: 2, 8: 3, 9: 3, 10: 3, 11: 3, TODAY: 2}
FROZEN = (3,)
REACHED = (9,)
MOOD = 8

POINTS = {Activity.morning_journal: 17, Activity.gratitude_action: 18, Activity.evening_journal: 22}
"""What the rules give her for the three pages of that day, the morning before 08:00."""
