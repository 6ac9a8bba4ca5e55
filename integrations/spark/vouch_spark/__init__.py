"""Reads corpora larger than one machine with Vouch on a Spark cluster."""
