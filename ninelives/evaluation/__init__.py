"""How good a game master is, and what gets past the check of its replies. Offline; nothing here is deployed."""
