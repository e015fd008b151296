import dataclasses

import pytest
import yaml

from cxmethod.assets import asset
from cxmethod.engagement.settings import Settings
from cxmethod.teaching.clinic import CLINIC
from cxmethod.teaching.sources import log_source, sources

from .truths import SMALL


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_demos_settings_read_the_files_as_the_simulator_wrote_them(language: str) -> None:
    path = asset("data") / "clinic" / language / "engagement.yaml"
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["sources"] == sources(CLINIC, language)


def test_any_truth_gives_settings_that_hold() -> None:
    assert len(Settings.model_validate({"client": "x", "sources": sources(SMALL)}).sources) == 3


def test_a_truth_without_a_log_has_no_source_for_one() -> None:
    bare = dataclasses.replace(SMALL, log=None)
    assert [source["kind"] for source in sources(bare)] == ["survey", "survey"]
    with pytest.raises(ValueError, match="no event log"):
        log_source(bare)
