"""Lets faults happen to a shop under load and looks whether every acknowledged order is there afterwards, exactly once and with
its total, and whether the shop takes orders again; writes the section in bench/RESULTS.md.

    run.py [--binary target/release/atelier] [--short] [--strict] [--only FAULT…] [--dry]

Everything happens in temporary folders and on loopback, one fault after the other. As root on Linux it mounts small disks of its
own. What can't be made on a machine is skipped and said; with --strict what is missing only for want of a program, which
scripts/setup.sh installs, counts as broken. Python 3.10 or later, server-load beside the binary, libfaketime, fiu-utils, a C compiler
and PostgreSQL with PgBouncer of the system where they are. It ends with 1 when something broke.
"""

import argparse
import datetime
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / "engine"), str(HERE.parent / "scale")]
import clock
import crash
import crowd
import disk
import power
import report
from shop import LIMITS, Broken

BEGIN, END = "<!-- faults -->", "<!-- /faults -->"
FAULTS = {
    "killed": ("`kill -9` under load, again and again", crash.killed),
    "stopped": ("SIGTERM under load", crash.stopped),
    "limited": ("files that may not grow, and then may", disk.limited),
    "full": ("a full disk, and then room", disk.full),
    "io-error": ("fsync fails, and then does not", disk.io_error),
    "write-error": ("writes fail, and then do not", disk.write_error),
    "read-error": ("reads fail, and then do not", disk.read_error),
    "turned-read-only": ("read-only while serving, and then not", disk.turned_read_only),
    "locked": ("locked by another process for 8 s", disk.locked),
    "unwritable": ("read-only at the start", disk.unwritable),
    "moved": ("moved away, replaced, and back", disk.moved),
    "clock": ("the clock jumps", clock.jumps),
    "power": ("power fails", power.fails),
    "slow": ("300 slow clients, 100 connections", crowd.slow),
    "overload": ("five times as many orders as can be taken", crowd.overload),
    "overload-postgres": ("the same on PostgreSQL", crowd.overload_on_postgres),
    "share": ("one client wants more than its share", crowd.refused),
}


def run(names, options):
    """What became of each fault: its name, whether it was held, and what was seen."""
    for name in names:
        title, fault = FAULTS[name]
        begun = time.monotonic()
        try:
            outcome, seen = "held", fault(options)
        except disk.Skipped as reason:
            is_broken = options.strict and isinstance(reason, disk.Missing)
            outcome, seen = "broken" if is_broken else "skipped", str(reason)
        except Broken as found:
            outcome, seen = "broken", str(found)
        print(f"{outcome:8} {time.monotonic() - begun:5.1f} s  {title}: {seen}", flush=True)
        yield title, outcome, seen


def section(rows, binary):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return "\n\n".join(
        [
            "## Faults",
            f"`make faults`, {datetime.date.today()}, commit {commit.stdout.strip()}, {os.cpu_count()} cores, "
            f"{platform.system()}, {'as root' if disk.is_root() else 'not as root'}, {binary.parent.name} build. Shoppers order "
            "one thing after the other while each fault happens; after it every order that was acknowledged is looked for by its "
            "token in the database and over HTTP, and must be there exactly once with its total; an order without an answer is "
            "sent again under its key and must be there once, too; the shop must take orders again. Where it is not said otherwise the "
            f"server's limits are `{' '.join(LIMITS)}`.",
            report.table(["fault", "", "seen"], rows),
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/atelier")
    parser.add_argument("--short", action="store_true", help="fewer times, no bounds that a loaded machine breaks")
    parser.add_argument("--strict", action="store_true", help="what is skipped for want of a program counts as broken")
    parser.add_argument("--only", nargs="+", choices=FAULTS, metavar="FAULT", help=f"of {', '.join(FAULTS)}")
    parser.add_argument("--dry", action="store_true", help="only print")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    # More connections are opened than the usual limit lets.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else 20_000, most))
    rows = list(run(options.only or FAULTS, options))
    if not (options.dry or options.short or options.only):
        report.replace_section(ROOT / "bench" / "RESULTS.md", section(rows, options.binary), BEGIN, END)
    sys.exit(any(outcome == "broken" for _, outcome, _ in rows))


if __name__ == "__main__":
    main()
