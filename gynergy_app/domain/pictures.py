"""What a picture may be, wherever one is asked for."""

MOST_MB = 12
MOST_BYTES = MOST_MB * 1024 * 1024
WHAT_FITS = (
    "JPEG, PNG or WebP. A large photo is made smaller on this device first; "
    f"what is sent may have {MOST_MB} MB at most."
)
