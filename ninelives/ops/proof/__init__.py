"""Proofs that need no trust in who ran the game: the dice of a campaign, and the fold of its turns."""
