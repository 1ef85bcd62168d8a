"""What the screens of a cohort remember."""
