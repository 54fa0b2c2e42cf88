"""Puts the web game where browsers find it: its files, and what they must know about the deployment."""
