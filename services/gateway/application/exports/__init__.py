"""What is held about a player, as an archive of their own: ask for it, make it, fetch it."""
