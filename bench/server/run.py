"""Measures a shop with many products, and orders beside raw SQLite rows; writes the section in bench/RESULTS.md.

    run.py [--binary target/release/atelier] [--load target/release/server-load] [--products 1000] [--seconds 15]
           [--folder target/bench-server] [--dry]

The products are copies of those in catalogs under other names. Everything runs one after the other on this machine;
`--dry` only prints. Python 3.10 or later, nothing else.
"""

import argparse
import datetime
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "engine"))
import report

BEGIN, END = "<!-- bench-server -->", "<!-- /bench-server -->"
CONNECTIONS = 16
# All load comes from one client, which in a shop would be held to a client's share.
LIMITS = ["--orders-at-once", "100000000", "--threads-per-client", "1000", "--waiting-per-client", "1000"]


def make_catalogue(folder, products):
    """Copies of the demo products, each under its own name and address; the demo products themselves come first."""
    demo = sorted(path.parent for path in (ROOT / "catalogs").glob("*/product.toml"))
    for index in range(products):
        original = demo[index % len(demo)]
        number = index // len(demo)
        copy = folder / (original.name if number == 0 else f"{original.name}-{number:04}")
        shutil.copytree(original, copy)
        if number:
            text = (copy / "product.toml").read_text(encoding="utf-8")
            text, found = re.subn(r'^name = "(.*)"', rf'name = "\1 No. {number}"', text, count=1, flags=re.MULTILINE)
            assert found == 1, original
            (copy / "product.toml").write_text(text, encoding="utf-8")


class Server:
    """The shop as a process of its own."""

    def __init__(self, binary, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        site = folder / "site" / "pkg"
        site.mkdir(parents=True, exist_ok=True)
        for name in ["atelier.css", "atelier.js", "atelier.wasm"]:
            (site / name).touch()
        self.log = open(folder / "server.log", "ab")
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [binary, "--database", folder / "shop.db", "serve", "--address", self.address]
            + ["--catalogs", folder / "catalogs", "--site", folder / "site", *LIMITS],
            stderr=self.log,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()

    def connect(self):
        return http.client.HTTPConnection(self.address, timeout=600)

    def until_answered(self):
        """Seconds from the start of the process until `/` is answered."""
        while True:
            if self.process.poll() is not None:
                sys.exit("the server ended; its log is server.log")
            try:
                get(self.connect(), "/")
                return time.monotonic() - self.started
            except ConnectionError:
                time.sleep(0.02)

    def megabytes(self):
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s*(\d+) kB", status)[1]) / 1024


def get(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status)
    return body


def milliseconds(connection, paths):
    """How long each of these takes, in ascending order."""
    times = []
    for path in paths:
        begun = time.monotonic()
        get(connection, path)
        times.append((time.monotonic() - begun) * 1_000)
    return sorted(times)


def quantile(values, part):
    return values[min(len(values) - 1, int(len(values) * part))]


def addresses(database):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [slug for (slug,) in connection.execute("SELECT slug FROM products ORDER BY position")]


def order_bytes(database):
    """How many bytes an order's row has on average, without its picture, which is kept once per design."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(orders)")]
        length = " + ".join(f"COALESCE(LENGTH(CAST({column} AS BLOB)), 0)" for column in columns)
        return round(connection.execute(f"SELECT AVG({length}) FROM orders").fetchone()[0])


def per_second(command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def measure(arguments, folder):
    make_catalogue(folder / "catalogs", arguments.products)
    database = folder / "shop.db"
    found = {}
    with Server(arguments.binary, folder) as server:
        found["first"] = server.until_answered()
    with Server(arguments.binary, folder) as server:
        found["second"] = server.until_answered()
        # Whoever comes at once meets a server that still compares folders.
        connection = server.connect()
        found["early"] = quantile(milliseconds(connection, ["/"] * 500), 0.95)
        time.sleep(5)
        pages = -(-arguments.products // 24)
        listed = ["/"] * 500 + [f"/?page={page % pages + 1}" for page in range(500)] + ["/?q=no.+7&page=1"] * 200
        times = milliseconds(connection, ["/"] * 1_000)
        found["median"], found["p95"] = quantile(times, 0.5), quantile(times, 0.95)
        found["p95 of all lists"] = quantile(milliseconds(connection, listed), 0.95)
        found["resident"] = server.megabytes()
        milliseconds(connection, [f"/products/{slug}" for slug in addresses(database)])
        found["resident, every product opened"] = server.megabytes()
    with Server(arguments.binary, folder) as server:
        server.until_answered()
        time.sleep(5)
        demo = [path.parent.name for path in (ROOT / "catalogs").glob("*/product.toml")]
        paths = [f"/products/{slug}/order?_revision=1&_start=standard" for slug in sorted(demo)]
        load = [arguments.load, "orders", server.address]
        per_second([*load, "2", "4", *paths])
        found["orders"] = per_second([*load, str(arguments.seconds), str(CONNECTIONS), *paths])
    found["bytes"] = order_bytes(database)
    rows = [arguments.load, "rows", folder / "rows.db", str(arguments.seconds), str(CONNECTIONS)]
    found["rows"] = per_second([*rows, str(found["bytes"])])
    return found


def section(found, arguments):
    ratio = found["orders"] / found["rows"]
    bars = [
        ("`/` answers after the second start", "≤ 3 s", f"{found['second']:.2f} s", found["second"] <= 3),
        ("95th percentile of `/` at one connection", "≤ 15 ms", f"{found['p95']:.1f} ms", found["p95"] <= 15),
        ("resident, every product opened once", "≤ 400 MB", f"{found['resident, every product opened']:.0f} MB",
         found["resident, every product opened"] <= 400),
        ("orders per second beside raw rows", "≥ 0.5", f"{ratio:.2f}", ratio >= 0.5),
    ]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    further = [
        ("first start, which loads and prepares everything", f"{found['first']:.1f} s"),
        ("95th percentile of `/` in the first seconds", f"{found['early']:.1f} ms"),
        ("median of `/`", f"{found['median']:.1f} ms"),
        ("95th percentile of its pages and of searches", f"{found['p95 of all lists']:.1f} ms"),
        ("resident after lists alone", f"{found['resident']:.0f} MB"),
        ("orders per second over HTTP", f"{found['orders']:.0f}"),
        (f"rows of {found['bytes']} bytes per second", f"{found['rows']:.0f}"),
    ]
    return "\n\n".join(
        [
            "## Server",
            f"`make bench-server`, {datetime.date.today()}, commit {commit.stdout.strip()}, {os.cpu_count()} cores. "
            f"{arguments.products} products, copies of the demo products under other names. Orders of the demo products' "
            f"standards over {CONNECTIONS} connections; rows as many bytes long as an order's, one a transaction, over as "
            f"many connections to SQLite: WAL, FULL. The server's limits: `{' '.join(LIMITS)}`.",
            report.table(["bar", "wanted", "reached", ""], [(*bar[:3], "met" if bar[3] else "missed") for bar in bars]),
            report.table(["further", ""], further),
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/atelier")
    parser.add_argument("--load", type=Path, default=ROOT / "target/release/server-load")
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--folder", type=Path, default=ROOT / "target/bench-server")
    parser.add_argument("--dry", action="store_true", help="only print")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)
    text = section(measure(arguments, arguments.folder), arguments)
    print(text)
    if not arguments.dry:
        report.replace_section(ROOT / "bench" / "RESULTS.md", text, BEGIN, END)


if __name__ == "__main__":
    main()
