"""The turn's workflow, composed in Python, and an interpreter that runs it in this process."""
