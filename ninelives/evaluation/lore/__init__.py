"""How well lore is found: labelled collections, who ranks them, and by which measures."""
