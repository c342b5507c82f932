"""Secrets that are told once: what is kept of them proves them and does not give them away."""

import hashlib


def fingerprint(secret: str, purpose: str = "invitation") -> str:
    """SHA-256 of a secret of at least 128 random bits, bound to what it is for."""
    return hashlib.sha256(f"{purpose}:{secret}".encode()).hexdigest()
