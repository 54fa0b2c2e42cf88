"""How a pipeline may deploy: one role, in a stack of its own that the pipeline cannot change."""
