"""A client after the other by papermill's own API and nbconvert's, as one would write it without cxmethod's batch.

python papermill_loop.py NOTEBOOKS FOLDER STEP[,STEP…]: every engagement in FOLDER; prints a JSON line a client.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import nbformat
import papermill
from nbconvert.exporters import get_exporter


def main(notebooks: Path, folder: Path, steps: list[str]) -> None:
    for client in sorted(path.parent for path in folder.glob("*/engagement.yaml")):
        began = time.perf_counter()
        executed, deliverables = client / "executed", client / "deliverables"
        executed.mkdir(exist_ok=True)
        deliverables.mkdir(exist_ok=True)
        language = (
            "es" if "language: es" in (client / "engagement.yaml").read_text(encoding="utf-8") else "en"
        )
        for step in steps:
            papermill.execute_notebook(
                str(notebooks / f"{step}.ipynb"),
                str(executed / f"{step}.ipynb"),
                {"engagement": str(client), "language": language},
                cwd=str(client),
                progress_bar=False,
                kernel_name="python3",
            )
        ran = time.perf_counter()
        report = nbformat.read(executed / "report.ipynb", as_version=4)
        resources = {"metadata": {"path": str(executed), "name": "report"}}
        page, _ = get_exporter("cxmethod-html")().from_notebook_node(report, resources)
        (deliverables / "report.html").write_text(page, encoding="utf-8")
        seconds = {"run": ran - began, "export": time.perf_counter() - ran}
        print(json.dumps({"client": client.name, **seconds}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))
