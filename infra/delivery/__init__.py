"""The permissions of a pipeline that deploys: one role, in a stack of its own that the pipeline cannot change."""
