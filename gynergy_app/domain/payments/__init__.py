"""Buying, being given a place, subscribing, and what each of them opens."""
