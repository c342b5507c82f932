"""WhatsApp: the text file that a chat is exported to."""
