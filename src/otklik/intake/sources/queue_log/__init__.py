"""Asterisk: the log of its call queues."""
