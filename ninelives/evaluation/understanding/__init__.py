"""Evaluation of how actions are understood: what players type, in situations of the real rules, against what was
wanted."""
