"""How each effect changes a working copy, by family. `effects.FOLDS` lists them all."""
