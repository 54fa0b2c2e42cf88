"""gateway: the player's door. Admits turns, starts them, and keeps what players read."""
