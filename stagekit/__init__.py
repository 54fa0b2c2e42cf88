"""The plumbing every service shares, and nothing of the game: stages, consumers, events, the outbox relay."""
