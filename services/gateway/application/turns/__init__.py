"""Use cases of turns: admit one, start it, wait for it, end it."""
