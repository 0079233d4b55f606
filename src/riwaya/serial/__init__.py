"""A dossier as plain values (dossier.json) and back. It stands beside the model: it knows what flows, and no room."""
