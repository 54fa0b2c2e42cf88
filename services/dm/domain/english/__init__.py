"""English as the game master's checks and the understudy read it: words, sentences, negation, numerals, verbs.

Everything that looks at words looks down at this package. Its lists are text files in `data/`, one alternative a line.
"""
