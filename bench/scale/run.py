"""Three replicas of the shop on PostgreSQL with a synchronous standby, through PgBouncer, under load: a replica is killed, then the
primary, and the standby is promoted. Every acknowledged order must be there exactly once with its total, and orders must be
acknowledged again soon; writes the section in bench/RESULTS.md.

    run.py [--binary target/release/atelier] [--rounds 3] [--dry]

Each round has databases of its own, in a temporary folder and on sockets in it; nothing is left of them. Linux, Python 3.10 or later,
PostgreSQL 12 or later and PgBouncer 1.18 or later (Debian: postgresql, pgbouncer). It ends with 1 when something broke.
"""

import argparse
import contextlib
import datetime
import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / "engine"), str(HERE.parent / "faults")]
import cluster
import report
from shop import LIMITS, Broken, check
from shoppers import Replica, Replicas, SharedLedger, Shoppers

BEGIN, END = "<!-- scale -->", "<!-- /scale -->"
REPLICAS = 3
SHOPPERS = 12
# Seconds of load before, between and after what happens.
QUIET = 4
OUT_OF_SERVICE = 10


@contextlib.contextmanager
def replicas_on(binary, is_synchronous=True):
    """The databases, replicas of the shop on them, and who orders."""
    with contextlib.ExitStack() as stack:
        databases = stack.enter_context(cluster.Cluster(is_synchronous))
        replicas = []
        for number in range(REPLICAS):
            folder = databases.folder / f"replica-{number}"
            folder.mkdir()
            replicas.append(stack.enter_context(Replica(binary, folder, databases.url())))
            replicas[-1].start(LIMITS)
        yield databases, replicas, SharedLedger(Replicas(databases, replicas))


def one_round(binary):
    """Seconds, counts and answers that were seen."""
    with replicas_on(binary) as (databases, replicas, ledger):
        seen = {}

        def gap(what, begun):
            ledger.go_on(QUIET)
            seen[what] = ledger.longest_gap(begun, time.monotonic())

        with Shoppers(ledger, SHOPPERS):
            ledger.go_on(QUIET)
            begun, so_far = time.monotonic(), len(ledger.times)
            gap("nothing", begun)
            seen["per_second"] = (len(ledger.times) - so_far) / (time.monotonic() - begun)
            begun = time.monotonic()
            replicas[0].kill()
            gap("replica", begun)
            replicas[0].start(LIMITS)
            ledger.go_on(QUIET)
            begun = time.monotonic()
            databases.kill("primary")
            seen["noticed"], seen["promoted"] = databases.fail_over()
            gap("primary", begun)
        check(not ledger.without_retry_after, f"{ledger.without_retry_after} refusals without Retry-After")
        seen["answers"] = dict(ledger.answers)
        seen["orders"] = ledger.check()
        return seen


def not_synchronous(binary):
    """How many acknowledged orders are lost where the primary does not wait for its standby, which heard nothing of the last second:
    so they would be missed if they were."""
    with replicas_on(binary, is_synchronous=False) as (databases, _, ledger):
        with Shoppers(ledger, SHOPPERS):
            ledger.go_on(0)
            databases.part()
            ledger.go_on(1)
            databases.kill("primary")
            databases.fail_over()
            ledger.go_on(0)
        return ledger.lost(), len(ledger.acknowledged())


def rows_of(rounds, lost, of):
    """What happened, whether it was held, and what was seen."""

    def gaps(what):
        return ", ".join(f"{one[what]:.2f}" for one in rounds) + " s"

    def held(what):
        return "held" if all(one[what] <= OUT_OF_SERVICE for one in rounds) else "broken"

    answers = {}
    for one in rounds:
        for status, many in one["answers"].items():
            answers[status] = answers.get(status, 0) + many
    told = ", ".join(f"{many} × {status}" for status, many in sorted(answers.items(), key=str))
    rates = ", ".join(f"{one['per_second']:.0f}" for one in rounds)
    noticed, promoted = (max(one[what] for one in rounds) for what in ("noticed", "promoted"))
    return [
        ("nothing", "", f"{gaps('nothing')} without an acknowledged order; {rates} orders a second"),
        ("a replica killed (-9), then started again", held("replica"), f"{gaps('replica')} without an acknowledged order"),
        (
            "the primary killed (-9), the standby promoted",
            held("primary"),
            f"{gaps('primary')} without an acknowledged order; of these at most {noticed:.1f} s until it was noticed, {promoted:.1f} s to promote",
        ),
        ("every acknowledged order exactly once, with its total and token", "held", f"{sum(one['orders'] for one in rounds)} orders; answered: {told}"),
        ("for comparison: a standby that is not waited for, a second behind", "", f"{lost} of {of} acknowledged orders lost"),
    ]


def section(rows, binary, rounds):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    versions = [subprocess.run([program, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
                for program in (cluster.programs()[0] / "postgres", cluster.programs()[1])]
    return "\n\n".join(
        [
            "## Replicas, a standby and who fails",
            f"`make scale`, {datetime.date.today()}, commit {commit.stdout.strip()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the "
            f"end, {platform.system()}, {binary.parent.name} build; {', '.join(versions)}. {len(rounds)} rounds, each on new databases: {REPLICAS} "
            f"replicas, PgBouncer in transaction mode, a primary that waits for its standby. {SHOPPERS} shoppers go to the next replica under the "
            "same key when one fails them. A script asks the primary twice a second, promotes the standby after three questions "
            "without an answer and points PgBouncer at it. Afterwards every order is looked for by its buyer and token on what is now the "
            f"primary; nothing else may be there, and numbers have no gaps. Out of service, the longest time without an acknowledged order, may be "
            f"{OUT_OF_SERVICE} s. The replicas' limits are `{' '.join(LIMITS)}`.",
            report.table(["what happens", "", "seen"], rows),
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/atelier")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="only print")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    if not cluster.programs():
        sys.exit("this needs PostgreSQL and PgBouncer (Debian: postgresql, pgbouncer)")
    # Whoever ends it lets it tidy up first.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    rounds = []
    for number in range(options.rounds):
        try:
            rounds.append(one_round(options.binary))
        except Broken as found:
            sys.exit(f"broken in round {number + 1}: {found}")
        print(f"round {number + 1}: {rounds[-1]}", flush=True)
    try:
        lost, of = not_synchronous(options.binary)
        check(lost, "orders would not be missed if they were: none is lost that the standby never heard of")
    except Broken as found:
        sys.exit(f"broken for comparison: {found}")
    rows = rows_of(rounds, lost, of)
    text = section(rows, options.binary, rounds)
    print(text)
    if not options.dry:
        report.replace_section(ROOT / "bench" / "RESULTS.md", text, BEGIN, END)
    sys.exit(any(outcome == "broken" for _, outcome, _ in rows))


if __name__ == "__main__":
    main()
