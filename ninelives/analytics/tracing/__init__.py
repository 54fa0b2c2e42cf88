"""A turn's recorded events as OpenTelemetry spans by the GenAI conventions: to read, or to send to a collector."""
