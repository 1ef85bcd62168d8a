"""What the screens of points, badges and the cohort remember."""
