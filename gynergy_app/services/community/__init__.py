"""What a cohort says to each other: posts, shared gratitude actions, and what is hidden."""
