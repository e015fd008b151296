"""Deliverables from one executed notebook: nbconvert exporters that read its cells and MIME bundles, and know no step."""
