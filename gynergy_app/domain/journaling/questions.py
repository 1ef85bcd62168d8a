"""What stands above each answer when a page is read again, in the order of the page."""

MORNING_PARTS = (
    ("captured_essence", "The dream"),
    ("affirmations", "I am"),
    ("gratitudes", "Grateful for"),
    ("excitements", "Looking forward to"),
    ("mantra", "To carry with me"),
    ("mood_contribution", "What shaped the mood"),
)
EVENING_PARTS = (
    ("insight", "A thought from this day"),
    ("insight_impact", "What it changes"),
    ("success", "What went well"),
    ("changes", "What tomorrow does differently"),
    ("freeflow", "Whatever else"),
    ("dreams", "As if already lived"),
)
REFLECTION_PARTS = (
    ("wins", "What went well"),
    ("challenges", "What was hard"),
    ("lessons", "To take along"),
)
CHALLENGE_PARTS = (
    ("eulogy", "My eulogy"),
    ("reward", "What it gave"),
    ("motivation", "What kept me going"),
    ("purpose", "Why it matters"),
    ("success", "Once it has taken root"),
    ("focus", "Attention next"),
    ("freeflow", "Anything else"),
)
ACTION_PARTS = (
    ("reflection", "How it felt"),
    ("obstacles", "What got in the way"),
    ("note", "Note"),
    ("items", "List"),
)
