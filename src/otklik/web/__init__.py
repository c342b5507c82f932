"""The web application: everyone in the company sees how fast we serve. The only room that knows Django."""
