"""Replies as small models send them, read for what they mean before they are a reply of the contract."""
