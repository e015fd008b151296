"""Forms: editing an input table, or recording a decision, in JupyterLab."""

from cxmethod.forms.edit import edit
from cxmethod.forms.form import Form
from cxmethod.forms.importance_form import judge_importance
from cxmethod.forms.initiatives_form import choose_initiatives
from cxmethod.forms.method_form import choose_method
from cxmethod.forms.moments_form import decide_moment
from cxmethod.forms.pairwise_form import compare_criteria
from cxmethod.forms.processes_form import match_tasks
from cxmethod.forms.quotes_form import approve_quotes
from cxmethod.forms.scope_form import cut_scope
from cxmethod.forms.segments_form import choose_segments

__all__ = [
    "Form",
    "approve_quotes",
    "choose_initiatives",
    "choose_method",
    "choose_segments",
    "compare_criteria",
    "cut_scope",
    "decide_moment",
    "edit",
    "judge_importance",
    "match_tasks",
]
