"""A warm kernel gives what a fresh one gives, and nothing of one reaches the next."""

import re
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_notebook
from traitlets.config import Config

from cxmethod.runs.kernels import fork_client
from cxmethod.runs.kernels.engine import Kernels
from cxmethod.runs.kernels.kernel_manager import QuickKernelManager

from ..conftest import code
from .warm import printed, run

pytestmark = pytest.mark.skipif(not fork_client.can_fork(), reason="kernels are not forked on this system")

CELLS = [
    "import sys, os, warnings, logging\nprint('out'); print('err', file=sys.stderr); 6 * 7",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('implicit')",
    "fig, ax = plt.subplots(); ax.bar([1, 2], [3, 4]); plt.show()",
    "%matplotlib inline\nfig, ax = plt.subplots(); ax.plot([2, 1]); fig",
    "import seaborn as sns\n_ = sns.lineplot(x=[1, 2], y=[2, 1])",
    "import matplotlib; print(matplotlib.get_backend(), plt.rcParams['figure.dpi'], plt.get_fignums())",
    "warnings.warn('careful'); warnings.warn('late', DeprecationWarning)",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', 'y']}).style.format(precision=1, na_rep='—').set_uuid('t')",
    "pd.DataFrame({'a': [1.5, None], 'b': ['x', 'y']})",
    "from IPython.display import HTML, Markdown, SVG, display\ndisplay(HTML('<b>b</b>'), Markdown('*m*'), {'text/plain': 'raw'})",
    "handle = display('first', display_id='one'); handle.update('second')",
    "import ipywidgets as widgets\nslider = widgets.IntSlider(value=3, description='s'); slider",
    "out = widgets.Output()\nwith out:\n    print('inside')\nout",
    "print(sys.path); print(sys.executable, __name__, os.getcwd(), sys.flags.utf8_mode, sys.argv[0])",
    "print(sorted((k, v) for k, v in os.environ.items() if k != 'JPY_PARENT_PID'))",
    "print(os.getpgrp() == os.getpid(), sys.stdin.read() if sys.stdin else None)",
    "import signal; print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGCHLD))",
    "os.write(1, b'from below\\n'); None",
    "%%capture caught\nprint('captured')",
    "!echo from a shell",
    "import random, numpy as np\nrandom.seed(1); np.random.seed(1); print(random.random(), np.random.rand())",
]
RAISING = [
    "1 / 0",
    "input('who?')",
    "import getpass; getpass.getpass()",
    "from cxmethod.language import CxError; raise CxError('runs.no_message')",
    "def f(): raise KeyError('deep')\nf()",
    "%no_such_magic",
    "half a line",
]


def plain(text: str) -> str:
    """Without what differs from kernel to kernel: ids of widgets, addresses, numbers of processes."""
    text = re.sub(r"\b[0-9a-f]{32}\b", "ID", text)
    return re.sub(r"0x[0-9a-f]+|ipykernel_\d+", "ADDRESS", text)


def outputs(folder: Path, kernels: Kernels) -> list[tuple[str, str]]:
    notebook = new_notebook(cells=[code(source) for source in (*CELLS, *RAISING)])
    config = Config({"QuickKernelManager": {"kernels": kernels}})
    options = {"kernel_manager_class": QuickKernelManager, "config": config, "kernel_name": "python3"}
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook,
        resources=where,
        allow_errors=True,
        timeout=60,
        iopub_timeout=60,
        coalesce_streams=True,
        **options,
    ).execute()
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    models = sorted(model["model_name"] for model in state.values())
    return [*((cell.source, plain(str(cell.outputs))) for cell in notebook.cells), ("widgets", str(models))]


def test_fresh_and_warm_kernels_give_the_same_outputs(tmp_path: Path) -> None:
    fresh, warm = outputs(tmp_path, "fresh"), outputs(tmp_path, "warm")
    assert "image/png" in fresh[1][1]
    for (source, cold), (_, forked) in zip(fresh, warm, strict=True):
        assert cold == forked, source


PLANT = """\
import os, sys, threading, time, warnings, builtins, random
import matplotlib.pyplot as plt, numpy as np, pandas as pd
secret = "s3cret"
os.environ["S3CRET"] = secret
os.mkdir("s3cret"); os.chdir("s3cret")
sys.path.append("/s3cret")
plt.rcParams["axes.labelcolor"] = "pink"; plt.figure()
pd.set_option("display.max_rows", 4711)
warnings.filterwarnings("ignore", message="s3cret")
threading.Thread(target=time.sleep, args=(60,), name="s3cret", daemon=True).start()
handle = open("s3cret.txt", "w")
builtins.s3cret = sys.modules["s3cret"] = secret
np.s3cret = pd.DataFrame.s3cret = secret
random.seed(1); np.random.seed(1)
print(np.random.rand())"""
SEARCH = """\
import os, sys, threading, warnings, builtins
import matplotlib.pyplot as plt, numpy as np, pandas as pd
drawn = np.random.rand()
print(sorted(globals()), dict(os.environ), os.getcwd(), sys.path, plt.rcParams["axes.labelcolor"])
print(pd.get_option("display.max_rows"), warnings.filters, threading.enumerate(), plt.get_fignums())
print([os.readlink(f"/proc/self/fd/{f}") for f in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{f}")])
print(vars(builtins).keys(), sys.modules.keys(), vars(np).keys(), vars(pd.DataFrame).keys())
print(drawn)"""


def test_nothing_of_one_kernel_is_in_the_next(tmp_path: Path) -> None:
    planted = printed(run(tmp_path, PLANT, kernels="warm"))
    found = printed(run(tmp_path, SEARCH, kernels="warm"))
    for trace in ("s3cret", "S3CRET", "pink", "4711", planted.strip()):
        assert trace not in found, trace
    assert "[]" in found


def test_kernels_draw_different_numbers(tmp_path: Path) -> None:
    draw = "import random, numpy as np\nprint(random.random(), np.random.rand(), np.random.default_rng().random())"
    one, other = (printed(run(tmp_path, draw, kernels="warm")).split() for _ in range(2))
    assert not set(one) & set(other)


def test_a_forked_kernel_holds_no_descriptor_of_the_server_or_of_other_kernels(tmp_path: Path) -> None:
    look = (
        "import os\nlinks = [os.readlink(f'/proc/self/fd/{f}') for f in os.listdir('/proc/self/fd')"
        " if os.path.lexists(f'/proc/self/fd/{f}')]\nfrom pathlib import Path\n"
        "held = {line.split()[6]: line.split()[-1] for line in Path('/proc/net/unix').read_text().splitlines()[1:]}\n"
        "print([held.get(link[8:-1], '') for link in links if link.startswith('socket:')].count(''))"
        "\nprint([v for v in (held.get(l[8:-1], '') for l in links) if v.endswith('.sock')])"
    )
    said = printed(run(tmp_path, look, kernels="warm")).splitlines()
    assert said[1].count(".sock") == 1


def test_what_a_notebook_left_open_is_written_and_what_it_left_to_the_end_is_done(tmp_path: Path) -> None:
    late = (
        "import atexit\nfrom pathlib import Path\nkept = open('kept.txt', 'w'); kept.write('kept')\n"
        "_ = atexit.register(lambda: Path('late.txt').write_text('late'))"
    )
    run(tmp_path, late, kernels="warm")
    assert (tmp_path / "kept.txt").read_text() == "kept"
    assert (tmp_path / "late.txt").read_text() == "late"


def test_a_warm_kernel_has_one_thread_of_blas(tmp_path: Path) -> None:
    count = "from threadpoolctl import threadpool_info\nimport numpy\nprint({p['num_threads'] for p in threadpool_info()})"
    assert printed(run(tmp_path, count, kernels="warm")).strip() == "{1}"
