"""Tools of whoever is on call: the audit, dead letters, replays, proofs and a campaign's history."""
