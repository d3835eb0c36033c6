"""A cold server: how soon its first page is there, what forty visitors at once do to it, and how long others wait while one client
asks a great deal of the solver."""

import shutil
import statistics
import threading
import time
from pathlib import Path

import contenders

ROOT = Path(__file__).resolve().parent.parent.parent
CROWD = 40
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


def forty(server, paths):
    """Seconds until forty who come at once have their pages, from when the first can be connected to."""
    server.until_listening()
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
    """The five demo products: a start on a new database, starts on one that is there, and forty at once after these."""
    paths = [f"/products/{path.parent.name}" for path in sorted((ROOT / "catalogs").glob("*/product.toml"))]
    found = {}
    with shop_on(folder / "cold.db") as server:
        found["new"] = first_page(server, contenders.PRODUCT)
        server.until_ready()
    found["again"], found["forty"], found["megabytes"] = [], [], []
    for _ in range(TIMES):
        with shop_on(folder / "cold.db") as server:
            found["again"].append(first_page(server, contenders.PRODUCT))
        with shop_on(folder / "cold.db") as server:
            found["forty"].append(forty(server, paths))
            found["megabytes"].append(server.megabytes("VmHWM"))
    return {name: statistics.median(seen) if isinstance(seen, list) else seen for name, seen in found.items()}


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
