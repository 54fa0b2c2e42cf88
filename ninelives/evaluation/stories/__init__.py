"""Stories as models write them, and how much of what they hold is told."""
