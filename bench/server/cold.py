"""A cold server: how soon its first page is there, what forty visitors at once do to it, and how long others wait while one client
asks a great deal of the solver."""

import shutil
import sqlite3
import statistics
import threading
import time
from pathlib import Path

import contenders
import desk

ROOT = Path(__file__).resolve().parent.parent.parent
CROWD = 40
# Connections that ask for a product while it is published, and seconds after which memory was given back.
READERS, REST = 64, 3
TIMES = 5


def first_page(server, path):
    """Seconds from the start of the process until a product's page is there."""
    while True:
        try:
            status, _, _ = contenders.ask(server.address, "GET", path)
            assert status == 200, status
            return time.monotonic() - server.started
        except ConnectionError:
            time.sleep(0.005)


def forget_prepared(database):
    """As an update leaves a database that prepares products otherwise."""
    with sqlite3.connect(database) as connection:
        connection.executescript("DELETE FROM listings; DELETE FROM artifacts;")
    connection.close()


def forty(server, paths):
    """Seconds until forty who come at once have their pages."""
    begun, failed = time.monotonic(), []

    def visit(number):
        if contenders.ask(server.address, "GET", paths[number % len(paths)])[0] != 200:
            failed.append(number)

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(CROWD)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert not failed, f"{len(failed)} of {CROWD} had no page"
    return time.monotonic() - begun


def starts(shop_on, folder):
    """The five demo products: a start on a new database, starts on one that is there, and on one in which nothing is prepared; forty at
    once as soon as the second can be connected to, and once the third serves: there, all is prepared by then."""
    paths = [f"/products/{path.parent.name}" for path in sorted((ROOT / "catalogs").glob("*/product.toml"))]
    found = {}
    with shop_on(folder / "cold.db") as server:
        found["new"] = first_page(server, contenders.PRODUCT)
        server.until_ready()
    for what in ("again", "forty", "updated", "forty updated", "megabytes", "megabytes after"):
        found[what] = []
    for _ in range(TIMES):
        with shop_on(folder / "cold.db") as server:
            found["again"].append(first_page(server, contenders.PRODUCT))
        with shop_on(folder / "cold.db") as server:
            server.until_listening()
            found["forty"].append(forty(server, paths))
        forget_prepared(folder / "cold.db")
        with shop_on(folder / "cold.db") as server:
            found["updated"].append(first_page(server, contenders.PRODUCT))
            found["forty updated"].append(forty(server, paths))
            found["megabytes"].append(server.megabytes("VmHWM"))
            time.sleep(REST)
            found["megabytes after"].append(server.megabytes())
    return {name: statistics.median(seen) if isinstance(seen, list) else seen for name, seen in found.items()}


def published(arguments, folder, shop_on):
    """A revision is published while 64 connections ask for the product's page: megabytes before, most, and afterwards; and how long
    the longest page took."""
    load = contenders.Load(arguments.load, folder, arguments.turn)
    with shop_on(folder / "publish.db") as server:
        server.until_ready()
        admin = desk.let_in(arguments.binary, folder / "publish.db", server.address)
        before, seen = server.megabytes(), []
        path = f"/products/{desk.PRODUCT}"

        def ask_much():
            seen.append(load(server.address, path, connections=READERS, seconds=2 * arguments.turn))

        crowd = threading.Thread(target=ask_much)
        crowd.start()
        time.sleep(arguments.turn / 2)
        desk.change_draft(admin)
        desk.publish(admin)
        crowd.join()
        time.sleep(REST)
        return {"before": before, "most": server.megabytes("VmHWM"), "after": server.megabytes(), "p99": seen[0]["p99_ms"]}


def beside_the_solver(arguments, folder, shop_on):
    """How long another product's page takes while one client has fifty connections on the solver's product."""
    catalogs = folder / "catalogs-solver"
    shutil.copytree(ROOT / "catalogs", catalogs)
    shutil.copytree(ROOT / "end2end" / "catalogs" / "workbench", catalogs / "workbench")
    load = contenders.Load(arguments.load, folder, arguments.turn)
    # The limits are those that a shop has: what is measured is what they are for.
    with shop_on(folder / "solver.db", catalogs=catalogs, limits=[]) as server:
        server.until_ready()
        quiet = load(server.address, contenders.PRODUCT, rate=20, connections=4)
        seen = []

        def ask_much():
            # No standard design, whose page would be kept.
            path = "/products/workbench?p0=o1&p1=o2"
            seen.append(load(server.address, path, connections=50, seconds=3 * arguments.turn, refused=("429", "503")))

        crowd = threading.Thread(target=ask_much)
        crowd.start()
        time.sleep(arguments.turn / 2)
        busy = load(server.address, contenders.PRODUCT, rate=20, connections=4, seconds=2 * arguments.turn, clients=True)
        crowd.join()
    return quiet, busy, seen[0]
