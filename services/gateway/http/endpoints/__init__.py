"""The functions that answer requests: read the request, call a use case, write the response."""
