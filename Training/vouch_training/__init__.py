"""Trains the language model that Vouch runs: one encoder and its heads. See Training/README.md."""
