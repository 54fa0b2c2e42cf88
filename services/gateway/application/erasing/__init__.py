"""Use cases of erasing a player: begin it, go on with it, see how far it is."""
