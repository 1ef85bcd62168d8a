"""What a picture may be, wherever one is asked for."""

MOST_MB = 12
MOST_BYTES = MOST_MB * 1024 * 1024
WHAT_FITS = f"JPEG, PNG or WebP, at most {MOST_MB} MB."
