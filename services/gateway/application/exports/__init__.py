"""Archives for players of all that is held about them: ask for one, make it, fetch it."""
