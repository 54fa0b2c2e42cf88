"""gateway: the player API. Admits turns, starts them, and keeps what players read."""
