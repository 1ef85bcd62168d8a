"""The desks: dense pages for the people who run the programme."""
