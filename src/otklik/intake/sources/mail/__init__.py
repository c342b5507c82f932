"""Mail as files: mbox, maildir, a folder of .eml."""
