"""Where a member stands in the program: today, the days behind her, and the way in."""
