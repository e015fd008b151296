"""Which pictures figures carry: a name that those who run notebooks and those who draw figures share."""

PICTURES = "CXMETHOD_PICTURES"
"""The variable of the environment that leaves figures without their PNG, which takes most of their time: ``vector``.

No exporter reads it while there is an SVG. It is for who opens a notebook that JupyterLab does not trust: a batch, whose
notebooks nobody opens, sets the variable.
"""
