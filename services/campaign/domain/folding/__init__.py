"""Folds of effects into a working copy, by family. `effects.FOLDS` lists them all."""
