"""The pool of players in Cognito."""
