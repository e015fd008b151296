import pytest

from cxmethod.steps import persona
from tests.views.persona_clients import PERSONAS


@pytest.mark.parametrize("codes", PERSONAS)
def test_it(engagement, codes):
    r = persona.run(engagement(**PERSONAS[codes]))
    print(r.choice[["classes", "bic", "stability", "status"]])
    assert set(codes.split()) - {f.code for f in r.findings} == set()
