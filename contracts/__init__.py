"""The promises between services: one module per owner, pydantic only.

Requests, replies and events are `Message`s; everything nested in them is a `Value`. The JSON Schemas under
`schemas/` are generated from these classes, and `released/` holds the minors that readers already rely on.
"""
