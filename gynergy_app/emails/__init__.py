"""The words we send: one letter each in MJML for the eye and in plain text for everything else."""
