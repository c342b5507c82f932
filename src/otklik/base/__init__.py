"""Errors, units, words, whole files: what every room may lean on."""
