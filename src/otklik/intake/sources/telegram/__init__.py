"""Telegram: what its Desktop app exports, and what a bot is sent."""
