"""Who takes orders and sends pages beside the shop, in one run: each in turn, several times, with what is asked the same and the
answers compared first."""

import contextlib
import functools
import http.client
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

import vendure_shopper

HERE = Path(__file__).resolve().parent
ORDER = {
    "product": "travel-bike",
    "design": {"revision": 1, "choices": {}},
    "buyer": {"name": "Ana Lima", "email": "{id}@example.org", "address": "Rua do Ouro 1\n1100-060 Lisboa"},
}
ENDPOINT = "/api/v1/orders"
ROUNDS = 3
ROWS = "raw rows in SQLite"
PRODUCT = "/products/travel-bike"
ARTIFACT = "/api/v1/products/travel-bike/revisions/1/artifact"


def ask(address, method, path, body=None, headers=()):
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.request(method, path, body, dict(headers))
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def place(address, key):
    """One order; its answer's JSON."""
    body = json.dumps(ORDER).replace("{id}", key)
    kind = {"content-type": "application/json", "idempotency-key": key}
    status, headers, content = ask(address, "POST", ENDPOINT, body, kind)
    assert status == 201, (address, status, content)
    assert headers["content-type"].startswith("application/json"), headers
    return content


@contextlib.contextmanager
def process(command, **more):
    """A server that says on its first line where it listens."""
    server = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, **more)
    try:
        address = server.stdout.readline().strip()
        assert address, f"{command[0]} did not start"
        yield address
    finally:
        server.terminate()
        server.wait(30)


@contextlib.contextmanager
def postgres():
    """A PostgreSQL of its own, on a socket in a folder for a while; its address, or None where there is none."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not programs:
        yield None
        return
    # initdb refuses root.
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="atelier-bench-", dir="/tmp"))
    if other:
        shutil.chown(folder, "postgres")

    def run(program, *arguments):
        command = [*other, programs[-1] / program, *arguments]
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    run("initdb", "--pgdata", folder / "data", "--auth", "trust", "--username", "atelier", "--encoding", "UTF8")
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    run("pg_ctl", "--pgdata", folder / "data", "--log", folder / "log", "--wait", "--options", settings, "start")
    try:
        run("createdb", "--host", folder, "--username", "atelier", "atelier")
        yield f"postgres://atelier@localhost/atelier?host={folder}"
    finally:
        run("pg_ctl", "--pgdata", folder / "data", "--mode", "fast", "stop")
        shutil.rmtree(folder)


def same(answers):
    """That everybody answers an order the same, but for who it is and when."""
    own = {"number", "token", "page", "placed_at", "state_since", "buyer"}
    first = None
    for who, content in answers.items():
        order = json.loads(content)
        seen = (set(order), {name: value for name, value in order.items() if name not in own})
        first = first or seen
        others = sorted(name for name in set(seen[1]) | set(first[1]) if seen[1].get(name) != first[1].get(name))
        assert seen == first, f"{who} answers an order otherwise: {', '.join(others)}"
        size = len(content) / len(next(iter(answers.values())))
        assert 0.97 < size < 1.03, f"{who} answers {size:.2f} times as much"


class Load:
    """What is asked over 16 connections, as fast as it is answered or at half of that."""

    def __init__(self, program, folder, seconds, connections=16):
        self.program, self.seconds, self.connections = program, seconds, connections
        self.body = folder / "order.json"
        self.body.write_text(json.dumps(ORDER), encoding="utf-8")

    def __call__(self, address, path, rate=None, seconds=None, connections=None, headers=(), clients=False, refused=()):
        """What was answered. `refused` are statuses that may be, besides successes; `clients` gives each connection an address."""
        command = [self.program, "requests", address, path, "--seconds", seconds or self.seconds]
        command += ["--connections", connections or self.connections]
        if path == ENDPOINT:
            headers = [*headers, "content-type: application/json", "idempotency-key: {id}"]
            command += ["--body", self.body]
        for header in headers:
            command += ["--header", header]
        if rate:
            command += ["--rate", rate]
        if clients:
            command += ["--clients"]
        done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
        seen = json.loads(done.stdout)
        assert not seen["broken"] and set(seen["statuses"]) <= {"200", "201", *refused}, (address, path, seen)
        return seen

    def turns(self, contenders, headers=()):
        """Each in turn, in another order each time: full load, then half of what was reached; medians. A contender is an address and a
        path, or does itself what is to be measured."""
        seen = {who: ([], []) for who in contenders}
        names = list(contenders)
        for turn in range(ROUNDS):
            for who in names[turn % len(names) :] + names[: turn % len(names)]:
                asks = contenders[who]
                if not callable(asks):
                    asks = functools.partial(self, *asks, headers=headers)
                full = asks()
                seen[who][0].append(full)
                seen[who][1].append(asks(rate=full["per_second"] / 2))

        def medians(found):
            return {what: statistics.median(one[what] for one in found) for what in ("per_second", "p50_ms", "p99_ms")}

        return {who: (medians(full), medians(half)) for who, (full, half) in seen.items()}


@contextlib.contextmanager
def on_vendure(arguments, folder, order):
    """A Vendure that sells the same at the same price; who orders from it, as many as from the others."""
    price, settings = order["total"]["amount"], {"NODE_ENV": "production", "VENDURE_DISABLE_TELEMETRY": "true"}
    command = ["node", "server.js", folder / "vendure.db", price]
    with process(command, cwd=HERE / "vendure", env=os.environ | settings) as address:
        placed = vendure_shopper.Shopper(address).order("parity")
        assert (placed["state"], placed["totalWithTax"]) == ("PaymentSettled", price), placed
        # An order takes it longer than a turn is long.
        yield vendure_shopper.Load(address, 2 * arguments.turn, 16)


def orders(arguments, folder, shop, order_bytes, shop_on):
    """Orders a second and how long they take, of everybody; and rows beside them."""
    load = Load(arguments.load, folder, arguments.turn)
    answer = folder / "answer.json"
    answer.write_bytes(place(shop.address, "first"))
    size = str(order_bytes(folder / "shop.db"))
    peer = arguments.load.with_name("server-peer")
    contenders, missing = {"the shop on SQLite": shop.address}, []
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(postgres())
        if cluster:
            contenders["the shop on PostgreSQL"] = stack.enter_context(shop_on(cluster)).address
        else:
            missing.append("PostgreSQL is not installed")
        contenders["axum, JSON alone"] = stack.enter_context(process([peer, answer]))
        written = [peer, answer, "--database", folder / "peer.db", "--bytes", size]
        contenders["axum and a row in SQLite"] = stack.enter_context(process(written))
        if (HERE / "fastify" / "node_modules").exists():
            command = ["node", "server.js", answer, folder / "fastify.db", size]
            contenders["Fastify and a row by libSQL"] = stack.enter_context(process(command, cwd=HERE / "fastify"))
        else:
            missing.append("Fastify's packages are not installed (npm)")
        same({who: place(address, f"parity-{index}") for index, (who, address) in enumerate(contenders.items())})
        asked = {who: (address, ENDPOINT) for who, address in contenders.items()}
        if (HERE / "vendure" / "node_modules").exists():
            asked["Vendure on SQLite"] = stack.enter_context(on_vendure(arguments, folder, json.loads(answer.read_bytes())))
        else:
            missing.append("Vendure's packages are not installed (npm)")
        asked[ROWS] = functools.partial(rows_per_second, arguments, folder, size)
        found = load.turns(asked)
    rows, _ = found.pop(ROWS)
    return found, rows["per_second"], size, missing


def rows_per_second(arguments, folder, size, rate=None):
    """Rows a second as fast as they are on the disk; in turn with the others, since a disk has its hours. At half of that there is
    nothing to measure."""
    if rate:
        return {"per_second": rate, "p50_ms": 0, "p99_ms": 0}
    command = [arguments.load, "rows", folder / "rows.db", size, "--seconds", str(arguments.turn), "--connections", "16"]
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    return json.loads(done.stdout) | {"p50_ms": 0, "p99_ms": 0}


def pages(arguments, folder, shop):
    """A product's page and its artifact, packed, beside the same bytes as files of the shop."""
    load, packed = Load(arguments.load, folder, arguments.turn), {"accept-encoding": "br"}
    contenders, sizes = {}, {}
    for name, path in [("product page", PRODUCT), ("artifact", ARTIFACT)]:
        status, headers, content = ask(shop.address, "GET", path, headers=packed)
        assert status == 200 and headers["content-encoding"] == "br", (path, status, headers)
        file = folder / "site" / f"{name.replace(' ', '-')}.bin"
        # What is asked for packed is read from beside it.
        file.write_bytes(b"unpacked")
        file.with_name(f"{file.name}.br").write_bytes(content)
        same_bytes = ask(shop.address, "GET", f"/{file.name}", headers=packed)
        assert same_bytes[2] == content and same_bytes[1]["content-encoding"] == "br", f"the file is not the {name}"
        contenders[name] = (shop.address, path)
        contenders[f"the same as a file, {name}"] = (shop.address, f"/{file.name}")
        sizes[name] = len(content)
    found = load.turns(contenders, ["accept-encoding: br"])
    alone = load(shop.address, "/product-page.bin", connections=1, headers=["accept-encoding: br"])
    return found, sizes, alone
