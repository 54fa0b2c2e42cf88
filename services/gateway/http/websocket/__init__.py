"""The WebSocket of the player API."""
