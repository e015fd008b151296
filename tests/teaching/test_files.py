import io

import pandas as pd
import pytest

from cxmethod.assets import asset
from cxmethod.teaching.files import clinic_files, write_clinic_files

FILES = clinic_files()


@pytest.mark.parametrize("name", FILES)
def test_the_committed_file_is_what_the_simulator_makes(name: str) -> None:
    made = pd.read_csv(io.StringIO(FILES[name].to_csv(index=False)))
    pd.testing.assert_frame_equal(pd.read_csv(asset("data") / "clinic" / name), made)


def test_files_are_written_where_they_are_wanted(tmp_path) -> None:
    written = write_clinic_files(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(FILES)
    assert all(path.is_file() for path in written)
