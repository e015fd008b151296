"""Forms: editing an input table, or recording a decision, in JupyterLab."""

from cxmethod.forms.edit import edit

__all__ = ["edit"]
