"""Evaluation of game masters, and of what gets past the check of their replies. Offline; nothing here is deployed."""
