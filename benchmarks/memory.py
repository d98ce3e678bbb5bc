"""`python -m benchmarks.memory PID FILE`: what a process and all that it began hold in memory, twice a second.

Each line is seconds, megabytes of all together, those of files that are mapped (libraries, the index: the system takes
them back when it needs room), and of each: the proportional size, in which memory that several share is divided
among them. Ends with the process that is watched.
"""

import os
import sys
import time
from pathlib import Path


def tree(pid: int) -> list[int]:
    """The process and all below it, without this one."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = [int(one) for one in children.read_text().split()]
        except OSError:
            continue
        for one in below:
            if one != os.getpid():
                found += tree(one)
    return found


def held(pid: int, part: str = "Pss:") -> int:
    """Proportional set size in megabytes (`part`: "Pss_File:" for mapped files alone); 0 when the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith(part)), 0)


def own(pid: int) -> int:
    """What a process holds without mapped files, in megabytes: what the system cannot take back."""
    return held(pid) - held(pid, "Pss_File:")


def main() -> int:
    pid, path = int(sys.argv[1]), Path(sys.argv[2])
    begun = time.monotonic()
    with path.open("w", buffering=1) as file:
        while Path(f"/proc/{pid}").exists():
            every = tree(pid)
            each, mapped = [held(one) for one in every], sum(held(one, "Pss_File:") for one in every)
            file.write(f"{time.monotonic() - begun:.1f}\t{sum(each)}\t{mapped}\t{' '.join(map(str, each))}\n")
            time.sleep(0.5)
    return 0


if __name__ == "__main__":
    sys.exit(main())
