"""Evaluation of finding lore: labelled collections, the rankers, and the measures."""
