"""Too many clients: silent ones, half-sent requests, and more orders than can be taken."""

import contextlib
import json
import os
import socket
import statistics
import subprocess
import time

import cluster
from disk import Missing
from ledger import Ledger, Load
from shop import LIMITS, Shop, check
from shoppers import Replica, Replicas, SharedLedger

# Milliseconds within which an order is placed that is taken, however many others are sent.
SOON = 2_500
HALVES = [b"", b"GET / HTTP/1.1\r\nho", b"POST /api/v1/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n{"]


@contextlib.contextmanager
def halves():
    """What is started here has one half of the processors, as another machine would send the crowd; what is to be put before the
    command that sends it, which has the other half."""
    everything = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(everything) < 2:
        yield []
        return
    half = len(everything) // 2
    os.sched_setaffinity(0, everything[half:])
    try:
        yield ["taskset", "--cpu-list", ",".join(map(str, everything[:half]))]
    finally:
        os.sched_setaffinity(0, everything)


def slow(options):
    """300 connections that send nothing, half a head or half a body, of 100 that may be open: others are served."""
    bound = 2 if not options.short else 20
    with Shop(options.binary) as shop, contextlib.ExitStack() as open_connections:
        shop.start([*LIMITS, "--most-connections", "100"])
        ledger, times = Ledger(shop), []
        for number in range(300):
            connection = open_connections.enter_context(socket.create_connection(("127.0.0.1", shop.port), 30))
            with contextlib.suppress(OSError):
                connection.sendall(HALVES[number % len(HALVES)])
            if number % 10 == 9:
                begun = time.monotonic()
                client = shop.client()
                check(client.get("/")[0] == 200, "a page is refused")
                check(ledger.send(client, ledger.begin()), f"an order is refused: {dict(ledger.answers)}")
                times.append(time.monotonic() - begun)
        check(max(times) <= bound, f"a page and an order took {max(times):.1f} s")
        ledger.only()
        ledger.check()
        middle = statistics.median(times)
        return f"a page and an order within {max(times) * 1000:.0f} ms, {middle * 1000:.0f} in the middle"


def overload(options):
    """Five times as many orders as can be taken, by clients who come whether others wait or not: nearly as many are taken as without
    the others, those soon, and everybody else is told when to come again."""
    with halves() as elsewhere, Shop(options.binary) as shop:
        # Of each client it is little; what it thinks about at once has the limits that a shop has.
        shop.start(LIMITS[:4])
        return flooded(options, shop, Ledger(shop), elsewhere)


def overload_on_postgres(options):
    """The same on PostgreSQL, behind PgBouncer."""
    if not cluster.programs():
        raise Missing("PostgreSQL or PgBouncer is not installed (Debian: postgresql, pgbouncer)")
    with halves() as elsewhere, cluster.Cluster(is_synchronous=False) as databases:
        folder = databases.folder / "replica"
        folder.mkdir()
        with Replica(options.binary, folder, databases.url()) as shop:
            shop.start(LIMITS[:4])
            return flooded(options, shop, SharedLedger(Replicas(databases, [shop])), elsewhere)


def program(options):
    """The one that asks more than Python can."""
    load = options.binary.parent / "server-load"
    if not load.exists():
        raise Missing(f"{load.name} is not built")
    return load


def lost(seen):
    """How many requests had no answer or were never sent, in words; nothing where all had one."""
    if not seen["broken"] and not seen["unsent"]:
        return ""
    return f"{seen['broken']} had no answer, and {seen['unsent']} did not get that far"


def flooded(options, shop, ledger, elsewhere):
    """What became of five times as many orders as the shop can take, sent by what runs `elsewhere`."""
    load, body, noted = program(options), shop.folder / "order.json", shop.folder / "acknowledged"
    order = ledger.begin()
    order.body["buyer"]["email"] = "{id}@example.org"
    body.write_text(json.dumps(order.body), encoding="utf-8")
    ledger.attempts.clear()

    def placed(*arguments):
        command = [*elsewhere, load, "requests", f"127.0.0.1:{shop.port}", "/api/v1/orders", "--clients", "--body", body]
        command += ["--header", "content-type: application/json", "--header", "idempotency-key: {id}"]
        command += ["--acknowledged", noted, "--seconds", "2" if options.short else "6", *arguments]
        done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
        ledger.adopt(noted.read_text(encoding="ascii").splitlines(), order.total)
        seen = json.loads(done.stdout)
        others = set(seen["statuses"]) - {"201", "503"}
        check(not others, f"answered other than expected: {seen['statuses']}")
        check(not seen["without_retry_after"], f"{seen['without_retry_after']} refusals without Retry-After")
        # A build that is not optimised, beside a generator that is none either, lets a crowd wait longer than both have time.
        check(options.short or "--crowd" in arguments or not lost(seen), lost(seen))
        return seen

    placed("--connections", "128")
    before = placed("--connections", "128")["per_second"]
    seen = placed("--connections", "4000", "--rate", str(5 * before), "--crowd")
    # Machines have hours, and a database that grew is slower.
    peak = (before + placed("--connections", "128")["per_second"]) / 2
    kept = seen["per_second"] / peak
    seconds = ledger.takes_orders()
    refused = seen["statuses"].get("503", 0)
    told = f"{peak:.0f} orders a second before and after; {kept:.0%} of that when five times as many are sent, p99 {seen['p99_ms'] / 1000:.1f} s"
    told += f"; {refused} others refused with 503 and Retry-After, {lost(seen) or 'none broken off or not let in'}"
    check(refused, f"nobody was refused: {told}")
    check(options.short or (kept >= 0.8 and seen["p99_ms"] <= SOON and not lost(seen)), told)
    return f"{told}; {ledger.check()} orders; taken again after {seconds:.1f} s"


def refused(options):
    """Shoppers at one address who want more thought about than their share, while others think, too: they are told when to come
    again, and the others are served."""
    load = program(options)
    with Shop(options.binary) as shop:
        shop.start([*LIMITS[:4], "--threads", "2", "--threads-per-client", "1", "--waiting-per-client", "1"])
        ledger = Ledger(shop)
        command = [load, "requests", f"127.0.0.1:{shop.port}", "/products/lamp?arm=long", "--connections", "64"]
        crowd = subprocess.Popen([*map(str, command), "--seconds", "3"], stdout=subprocess.PIPE, text=True)
        with Load(ledger, shoppers=4):
            seen = json.loads(crowd.communicate()[0])
        check(crowd.returncode == 0 and set(seen["statuses"]) <= {"200", "429", "503"}, f"answered other than expected: {seen}")
        check(not seen["without_retry_after"], f"{seen['without_retry_after']} refusals without Retry-After")
        ledger.only()
        many = ledger.answers[201]
        check(many, "no order was taken")
        return f"{seen['statuses']} to the crowd; {many} orders of others meanwhile, none refused; {ledger.check()} orders"
