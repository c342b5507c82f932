"""Examples of objectives for fast service, by kind of business; made up, to be taken and changed."""
