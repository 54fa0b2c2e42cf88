"""Proof that the audit's record is whole: every fact that was committed is there, once, and as it was said."""
