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

WEEKLY_STARTERS = {
    "wins": ("I am glad that…", "It worked when…", "I did not expect…"),
    "challenges": ("The hardest moment was…", "I got through it by…", "It would have helped if…"),
    "lessons": ("Next week I will…", "I know now that…", "I can stop…"),
}

CHALLENGE_STARTERS = {
    "eulogy": ("You could always count on…", "There was always room for…", "What stays with us is…"),
    "reward": ("It gave me…", "Afterwards I felt…", "I noticed that…"),
    "motivation": ("I kept going because…", "It helped to…", "I thought of…"),
    "purpose": ("It matters because…", "I owe it to…", "Without it…"),
    "success": ("In a year I…", "I will know it when…", "An ordinary day looks like…"),
    "focus": ("Next I will…", "I want to protect…", "One thing to leave out is…"),
    "freeflow": ("What is still on my mind…", "I have not said yet that…", "One more thing…"),
}

MEDITATION_STARTERS = {
    "reflection": ("I noticed…", "My thoughts went to…", "Now I feel…"),
}

VISION_STARTERS = {
    "name": ("The one who…", "Somebody who…", "I call this self…"),
    "abilities": ("This self can…", "Without effort…", "When it is hard…"),
    "purpose": ("This self is here to…", "People come for…", "It would be missed that…"),
    "traits": ("Calm when…", "Curious about…", "Honest even if…"),
    "mantra": ("I am…", "Slowly, and…", "Whatever comes, I…"),
    "creed": ("I believe…", "I stand by…", "I will not…"),
}
