"""Measures a shop with many products, cold starts, and orders and pages beside others; writes the section in bench/RESULTS.md.

    run.py [--binary target/release/atelier] [--load target/release/server-load] [--parts many cold beside desk] [--products 1000]
           [--turn 5] [--folder target/bench-server] [--dry]

many: products that are copies of those in catalogs under other names. cold: starts, and who waits for whom. beside: orders and
pages beside other servers (contenders.py). desk: the admin's pages with ten thousand orders (desk.py). Everything runs one after the other on this machine; `--dry` only prints. Python 3.10
or later; PostgreSQL, Fastify and Vendure where they are.
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
import cold
import contenders
import desk
import report
import vendure_shopper

CONNECTIONS = 16
# All load comes from one client, which in a shop would be held to a client's share.
LIMITS = ["--orders-per-minute", "1000000000", "--orders-at-once", "1000000000", "--threads-per-client", "1000", "--waiting-per-client", "1000"]


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

    def __init__(self, binary, folder, database=None, catalogs=None, limits=LIMITS):
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
            [binary, "--database", database or folder / "shop.db", "serve", "--address", self.address]
            + ["--catalogs", catalogs or ROOT / "catalogs", "--site", folder / "site", *limits],
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

    def until_listening(self):
        """Whoever connects from now on is answered as soon as all is loaded."""
        while True:
            try:
                return socket.create_connection(self.address.split(":"), 60).close()
            except ConnectionError:
                time.sleep(0.005)

    def until_ready(self):
        """Whatever is to be prepared is."""
        self.until_answered()
        while contenders.ask(self.address, "GET", "/readyz")[0] != 200:
            time.sleep(0.02)

    def megabytes(self, what="VmRSS"):
        """Resident memory; with VmHWM the most there ever was."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(rf"{what}:\s*(\d+) kB", status)[1]) / 1024


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


def many_products(arguments, folder):
    """A shop with many products."""
    make_catalogue(folder / "catalogs", arguments.products)
    database, found = folder / "shop.db", {}

    def server():
        return Server(arguments.binary, folder, catalogs=folder / "catalogs")

    with server() as shop:
        found["first"] = shop.until_answered()
    with server() as shop:
        found["second"] = shop.until_answered()
        # Whoever comes at once meets a server that still compares folders.
        connection = shop.connect()
        found["early"] = quantile(milliseconds(connection, ["/"] * 500), 0.95)
        time.sleep(5)
        pages = -(-arguments.products // 24)
        listed = ["/"] * 500 + [f"/?page={page % pages + 1}" for page in range(500)] + ["/?q=no.+7&page=1"] * 200
        times = milliseconds(connection, ["/"] * 1_000)
        found["median"], found["p95"] = quantile(times, 0.5), quantile(times, 0.95)
        found["p95 of all lists"] = quantile(milliseconds(connection, listed), 0.95)
        found["resident"] = shop.megabytes()
        milliseconds(connection, [f"/products/{slug}" for slug in addresses(database)])
        found["opened"] = shop.megabytes()
    bars = [
        ("`/` answers after the second start", "≤ 3 s", f"{found['second']:.2f} s", found["second"] <= 3),
        ("95th percentile of `/` at one connection", "≤ 15 ms", f"{found['p95']:.1f} ms", found["p95"] <= 15),
        ("resident, every product opened once", "≤ 400 MB", f"{found['opened']:.0f} MB", found["opened"] <= 400),
    ]
    further = [
        ("first start, which loads and prepares everything", f"{found['first']:.1f} s"),
        ("95th percentile of `/` in the first seconds", f"{found['early']:.1f} ms"),
        ("median of `/`", f"{found['median']:.1f} ms"),
        ("95th percentile of its pages and of searches", f"{found['p95 of all lists']:.1f} ms"),
        ("resident after lists alone", f"{found['resident']:.0f} MB"),
    ]
    title = f"{arguments.products} products, copies of the demo products under other names."
    return bars, [title, report.table(["further", ""], further)]


def cold_server(arguments, folder):
    """Cold starts, and one client beside others."""

    def shop_on(database, **more):
        return Server(arguments.binary, folder, database, **more)

    found = cold.starts(shop_on, folder)
    publishing = cold.published(arguments, folder, shop_on)
    quiet, busy, crowd = cold.beside_the_solver(arguments, folder, shop_on)
    bars = [
        ("cold start to first page, five products", "≤ 1 s", f"{found['again']:.2f} s", found["again"] <= 1),
        ("forty at once on a cold server", "≤ 2 s", f"{found['forty']:.2f} s", found["forty"] <= 2),
        ("forty at once when a server first serves after an update that prepares products otherwise", "≤ 2 s", f"{found['forty updated']:.2f} s", found["forty updated"] <= 2),
        ("most memory from its start until then", "≤ 300 MB", f"{found['megabytes']:.0f} MB", found["megabytes"] <= 300),
        ("most memory while a revision is published under 64 connections", "≤ 300 MB", f"{publishing['most']:.0f} MB", publishing["most"] <= 300),
        ("p99 of another product's page beside 50 connections on the solver's", "≤ 200 ms", f"{busy['p99_ms']:.0f} ms",
         busy["p99_ms"] <= 200),
    ]
    further = [
        ("start on a new database, which prepares five products", f"{found['new']:.1f} s"),
        ("start after an update that prepares them otherwise, to the first page", f"{found['updated']:.1f} s"),
        (f"resident {cold.REST} s after the forty", f"{found['megabytes after']:.0f} MB"),
        (f"resident before publishing, and {cold.REST} s after it", f"{publishing['before']:.0f} MB, {publishing['after']:.0f} MB"),
        ("p99 of the published product's page meanwhile", f"{publishing['p99']:.0f} ms"),
        ("that page's p99 with nobody else", f"{quiet['p99_ms']:.0f} ms"),
        ("what the 50 connections were answered", ", ".join(f"{many} × {status}" for status, many in crowd["statuses"].items())),
    ]
    title = (
        f"Five demo products. Starts are medians of {cold.TIMES}. The other product's page is asked for 20 times a second from other "
        "addresses; the limits are those that a shop has."
    )
    return bars, [title, report.table(["further", ""], further)]


def beside_others(arguments, folder):
    """Orders and pages beside other servers."""
    with Server(arguments.binary, folder) as shop:
        shop.until_ready()
        on_other = lambda database: Ready(arguments.binary, folder, database)
        found, rows, size, missing = contenders.orders(arguments, folder, shop, order_bytes, on_other)
        sent, sizes, alone = contenders.pages(arguments, folder, shop)
    rate = {who: full["per_second"] for who, (full, _) in (found | sent).items()}
    ours = rate["the shop on SQLite"]
    page, artifact = (rate[what] / rate[f"the same as a file, {what}"] for what in ("product page", "artifact"))
    bars = [
        ("static file on a kept connection, p50", "≤ 1 ms", f"{alone['p50_ms']:.2f} ms", alone["p50_ms"] <= 1),
        ("product page, brotli, beside the same bytes as a static file", "≥ 0.6", f"{page:.2f}", page >= 0.6),
        ("artifact, brotli, likewise", "≥ 0.8", f"{artifact:.2f}", artifact >= 0.8),
        ("orders beside raw SQLite rows of the same bytes", "≥ 0.6", f"{ours / rows:.2f}", ours / rows >= 0.6),
    ]
    fastify = rate.get("Fastify and a row by libSQL")
    if fastify:
        bars.append(("orders beside Fastify", "≥ 2", f"{ours / fastify:.2f}", ours / fastify >= 2))
    other = rate.get("Vendure on SQLite")
    if other:
        bars.append(("orders beside Vendure", "≥ 20", f"{ours / other:.0f}", ours / other >= 20))
    head = ["", "a second", "p50", "p99", "at half of that: p50", "p99"]
    title = (
        f"Each in turn, {contenders.ROUNDS} times {arguments.turn:g} s, medians; {CONNECTIONS} connections. At half load requests are sent "
        "on a fixed schedule, and each one's time counts from when it was due, which the clock that sends them tells to two milliseconds. All answer an order of the travel bike's standard with "
        f"the same JSON, but for numbers, tokens and times; whoever writes, writes {size} bytes for it to SQLite (WAL, FULL), raw rows "
        f"one a transaction. Vendure (3, SQLite, WAL, FULL) is asked for orders of one thing at the same price, with buyer, address, carrier and "
        f"an invoice for payment, in {vendure_shopper.REQUESTS} requests each, as few as its shop API takes; {2 * arguments.turn:g} s. It answers otherwise, and neither "
        "checks a design nor draws one."
    )
    rows_told = f"Raw SQLite rows of {size} bytes over {CONNECTIONS} connections, in turn with the others: {rows:.0f} a second."
    sizes_told = "Packed: " + ", ".join(f"{what} {size} bytes" for what, size in sizes.items()) + "."
    tables = [report.table(head, [told(who, *seen) for who, seen in one.items()]) for one in (found, sent)]
    left_out = [f"Left out: {'; '.join(missing)}."] if missing else []
    return bars, [title, tables[0], rows_told, *left_out, tables[1], sizes_told]


def orders_desk(arguments, folder):
    """The admin with ten thousand orders."""
    with Ready(arguments.binary, folder) as shop:
        pages, (first, again), rate = desk.measure(arguments.binary, shop, folder / "shop.db")
    slowest = max(quantile(times, 0.95) for times in pages.values())
    bars = [
        ("pages of the orders desk, p95 of the slowest", "≤ 50 ms", f"{slowest:.1f} ms", slowest <= 50),
        (f"replay of {desk.ORDERS:,} orders before publishing", "≤ 10 s", f"{first:.2f} s", first <= 10),
    ]
    further = [(f"desk: {name}, p50 and p95", f"{quantile(times, 0.5):.1f} ms, {quantile(times, 0.95):.1f} ms") for name, times in pages.items()]
    further += [("the publish page again, from memory", f"{again * 1_000:.0f} ms"), ("orders placed a second, by four programs", f"{rate:.0f}")]
    title = (
        f"{desk.ORDERS:,} orders of {desk.DESIGNS:,} designs of the trainer by {desk.BUYERS:,} buyers; one administrator on a kept connection asks for each page "
        f"{desk.TIMES} times. The draft costs something else, so that every order is judged and priced on both."
    )
    return bars, [title, report.table(["further", ""], further)]


class Ready(Server):
    """A shop that is ready once it is there."""

    def __enter__(self):
        self.until_ready()
        return self


def told(who, full, half):
    def of(seen):
        return [f"{seen['p50_ms']:.1f} ms", f"{seen['p99_ms']:.1f} ms"]

    rate = full["per_second"]
    return [who, f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}", *of(full), *of(half)]


PARTS = {
    "many": ("Server with many products", many_products),
    "cold": ("Cold server", cold_server),
    "beside": ("Server beside others", beside_others),
    "desk": ("Orders desk and replay", orders_desk),
}


def section(arguments, name):
    heading, measure = PARTS[name]
    folder = arguments.folder / name
    folder.mkdir(parents=True)
    bars, texts = measure(arguments, folder)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return "\n\n".join(
        [
            f"## {heading}",
            f"`make bench-server`, {datetime.date.today()}, commit {commit.stdout.strip()}, {os.cpu_count()} cores, load "
            f"{os.getloadavg()[0]:.1f} at the end. Where it is not said otherwise the server's limits are `{' '.join(LIMITS)}`.",
            report.table(["bar", "wanted", "reached", ""], [(*bar[:3], "met" if bar[3] else "missed") for bar in bars]),
            *texts,
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/atelier")
    parser.add_argument("--load", type=Path, default=ROOT / "target/release/server-load")
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--turn", type=float, default=5, help="seconds of each measurement")
    parser.add_argument("--folder", type=Path, default=ROOT / "target/bench-server")
    parser.add_argument("--dry", action="store_true", help="only print")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)
    for name in arguments.parts:
        text = section(arguments, name)
        print(text, flush=True)
        if not arguments.dry:
            marks = f"bench-server-{name}" if name != "many" else "bench-server"
            report.replace_section(ROOT / "bench" / "RESULTS.md", text, f"<!-- {marks} -->", f"<!-- /{marks} -->")


if __name__ == "__main__":
    main()
