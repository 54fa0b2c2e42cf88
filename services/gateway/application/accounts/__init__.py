"""Use cases of players: guests, accounts, sessions and the mail about them."""
