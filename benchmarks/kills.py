"""Kill `cxmethod batch` again and again at random moments, and look whether anything was lost or left half-written.

    python benchmarks/kills.py [--clients 40] [--kills 50] [--seed 1]

Small clients (the demo clinic with nothing but workshops) run as HTML with two workers. A batch that is never disturbed is the measure.
Then another is killed with SIGKILL: the command, a worker, a kernel or the fork server, drawn by chance, each after a random part of a
second to four; and started anew until the kills are used up, then once to the end. All deliverables and result tables must be there and
equal, byte for byte, no temporary file left, and no process.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
COMPARED = ("deliverables/report.html", "results/*/*.csv", "results/*/summary.json")


def clients(folder: Path, count: int) -> None:
    """The clinic of workshops, taken in once and copied."""
    from cxmethod.teaching.demo import write_workshop

    write_workshop(folder / "client-01", "en")
    for number in range(2, count + 1):
        shutil.copytree(folder / "client-01", folder / f"client-{number:02d}")


def start(folder: Path, mark: str) -> subprocess.Popen[bytes]:
    """The batch, its processes to be known by `mark` in their environment."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [BIN / "cxmethod", "batch", folder, "--workers", "2", "--to", "html"]
    return subprocess.Popen(
        command,
        env={**environment, "CXMETHOD_KILLS": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def family(mark: str) -> list[int]:
    """All processes that carry `mark`, whoever their parent is by now."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue
            if f"CXMETHOD_KILLS={mark}".encode() in environment:
                found.append(int(entry.name))
    return found


def kept(folder: Path) -> dict[str, bytes]:
    """What is compared, by its path."""
    files = [path for client in folder.iterdir() for pattern in COMPARED for path in client.glob(pattern)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def disturbed(folder: Path, kills: int, chance: random.Random) -> int:
    """Run, kill, run … until the kills are used up; then to the end, whose exit code is returned."""
    done = 0
    while done < kills:
        mark = f"{os.getpid()}-{done}"
        running = start(folder, mark)
        time.sleep(chance.uniform(0.2, 4))
        for _ in range(chance.choice((1, 1, 2, 3))):
            alive = family(mark)
            if not alive or running.poll() is not None or done >= kills:
                break
            victim = running.pid if chance.random() < 0.5 else chance.choice(alive)
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
            done += 1
            time.sleep(chance.uniform(0.1, 2))
        if running.poll() is None:
            running.kill()
            done += 1
        running.wait()
        print(f"{done} kills", flush=True)
    return start(folder, f"{os.getpid()}-last").wait()


def gone(mark: str, seconds: float = 20) -> list[int]:
    """Who of a batch is still there after some seconds."""
    until = time.monotonic() + seconds
    while (left := family(mark)) and time.monotonic() < until:
        time.sleep(0.2)
    return left


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--clients", type=int, default=40)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        calm, wild = Path(place) / "calm", Path(place) / "wild"
        clients(calm, given.clients)
        shutil.copytree(calm, wild)
        began = time.monotonic()
        code = start(calm, f"{os.getpid()}-calm").wait()
        print(f"undisturbed: exit {code}, {time.monotonic() - began:.0f} s", flush=True)
        code = disturbed(wild, given.kills, random.Random(given.seed))
        there, wanted = kept(wild), kept(calm)
        wrong = sorted(name for name in wanted if there.get(name) != wanted[name])
        left = [
            path
            for pattern in ("executed/.*", "deliverables/.*", "results/.*")
            for path in wild.glob(f"*/{pattern}")
        ]
        processes = gone(str(os.getpid()))
        print(f"disturbed: exit {code}; {len(wanted)} files to compare, {len(wrong)} wrong {wrong[:5]}")
        print(
            f"left over: {len(left)} files {[str(p.relative_to(wild)) for p in left[:5]]}, {len(processes)} processes"
        )
        raise SystemExit(bool(code or wrong or left or processes))


if __name__ == "__main__":
    main()
