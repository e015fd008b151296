"""Notebooks made the consultant's own, run by papermill, and exported."""
