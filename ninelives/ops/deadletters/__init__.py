"""Dead letters: found, looked at, sent back once their cause is mended, or thrown away."""
