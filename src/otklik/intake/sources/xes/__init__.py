"""XES (IEEE 1849): logs of steps as process miners exchange them."""
