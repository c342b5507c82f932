"""Taking away: reports, tables, pictures, digests by mail, links for people outside."""
