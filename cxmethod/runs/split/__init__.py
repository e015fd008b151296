"""One engagement split by a column into clients."""
