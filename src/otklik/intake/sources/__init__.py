"""One folder a source: reader.py, README.md, sample.*, expected.json."""
