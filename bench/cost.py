"""What one piece of work costs, in a process of its own: CPU seconds and peak memory."""

import os
import subprocess
import sys
from pathlib import Path


def measure(module: str, work: str, folder: str) -> tuple[float, float]:
    """CPU seconds (all threads) and peak memory in MB of a process that does this work."""
    command = [sys.executable, "-m", module, work, folder]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    seconds, peak = told.stdout.split()
    return float(seconds), float(peak)


def tell_cost() -> None:
    """What this process has used until now; its peak since it began, not its parent's."""
    used = os.times()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(used.user + used.system, int(peak.split()[1]) / 1024)
