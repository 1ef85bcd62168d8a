"""Every page as every demo person sees it, on a phone and on a desk, by day and by night."""
