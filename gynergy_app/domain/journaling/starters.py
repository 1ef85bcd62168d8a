"""Three ways to begin, for each field: tapped, they stand in the text and the writer goes on."""

MORNING_STARTERS = {
    "captured_essence": ("I was in a place where…", "Someone said…", "What stayed with me is…"),
    "affirmations": ("I am learning to…", "I am at ease with…", "I am enough when…"),
    "gratitudes": ("Someone who…", "A place where…", "Something I almost missed…"),
    "excitements": ("The moment when…", "Seeing…", "Finishing…"),
    "mantra": ("Slowly, and…", "I can be…", "Enough is…"),
    "mood_contribution": ("I slept…", "Since yesterday…", "My body says…"),
}

EVENING_STARTERS = {
    "insight": ("Today I noticed…", "I had not seen that…", "It became clear that…"),
    "insight_impact": ("From now on…", "It makes it easier to…", "I want to remember this when…"),
    "success": ("I managed to…", "It helped that I…", "Someone thanked me for…"),
    "changes": ("Tomorrow I will start with…", "I would rather…", "I will leave out…"),
    "freeflow": ("What is still on my mind…", "I have not said yet that…", "If nobody reads this…"),
    "dreams": ("I am living…", "I am someone who…", "I am glad that I…"),
}

ACTION_STARTERS = {
    "note": ("I chose…", "I began by…", "Here is what I did…"),
    "items": ("A person who…", "A morning when…", "Something I use daily…"),
    "reflection": ("Their face when…", "I had expected…", "Afterwards I felt…"),
    "obstacles": ("The day was…", "I hesitated because…", "It would have helped if…"),
}
