"""The shop as a process of its own, and connections to it from clients with addresses of their own."""

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# All load comes from one machine, which would be held to a client's share.
LIMITS = ["--orders-per-minute", "1000000000", "--orders-at-once", "1000000000"]
LIMITS += ["--threads-per-client", "1000", "--waiting-per-client", "100000"]
# Longer than a start takes on a loaded machine.
PATIENCE = 60


class Broken(Exception):
    """What a fault showed to be wrong."""


def check(holds, what):
    if not holds:
        raise Broken(what)


def until(holds, what, seconds=PATIENCE):
    """Waits until it holds, and returns after how many seconds."""
    begun = time.monotonic()
    while not holds():
        check(time.monotonic() - begun < seconds, f"not within {seconds} s: {what}")
        time.sleep(0.02)
    return time.monotonic() - begun


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Shop:
    """A database in a folder, and the server on it, which can be started again and again."""

    def __init__(self, binary, folder=None):
        self.binary = binary
        self.owned = None if folder else tempfile.TemporaryDirectory(prefix="atelier-faults-")
        self.folder = Path(folder or self.owned.name)
        self.database = self.folder / "data" / "shop.db"
        self.database.parent.mkdir(exist_ok=True)
        package = self.folder / "site" / "pkg"
        package.mkdir(parents=True, exist_ok=True)
        for name in ["atelier.css", "atelier.js", "atelier.wasm"]:
            (package / name).touch()
        self.log = self.folder / "server.log"
        self.process = None
        self.port = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        if self.owned:
            self.owned.cleanup()

    def spawn(self, arguments=(), environment=None, before=()):
        """Starts the process, which may end by itself."""
        self.port = free_port()
        command = [*before, self.binary, "--database", self.database, "serve", "--address", f"127.0.0.1:{self.port}"]
        command += ["--catalogs", HERE / "catalogs", "--site", self.folder / "site", *(arguments or LIMITS)]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER_")}
        for name in ["DATABASE_URL", "RUST_LOG"]:
            clean.pop(name, None)
        with open(self.log, "ab") as log:
            # What this script ignores stays ignored: the signal that a file grew beyond its limit.
            self.process = subprocess.Popen(
                [str(part) for part in command], stderr=log, env=clean | (environment or {}), restore_signals=False
            )

    def start(self, arguments=(), environment=None, before=()):
        """Starts it and returns after how many seconds it answered."""
        self.spawn(arguments, environment, before)

        def answers():
            check(self.process.poll() is None, f"the server ended: {self.logged()[-600:]}")
            try:
                return self.client().get("/readyz")[0] == 200
            except OSError:
                return False

        return until(answers, "the server is ready")

    def pid(self):
        """The server's own process, which may be a child of the one that was started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        return int(children[0]) if children else self.process.pid

    def kill(self):
        if self.process and self.process.poll() is None:
            os.kill(self.pid(), signal.SIGKILL)
            self.process.wait()

    def stop(self, seconds=30):
        """Asks it to stop; how it ended and after how many seconds."""
        begun = time.monotonic()
        os.kill(self.pid(), signal.SIGTERM)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Broken(f"it did not stop within {seconds} s") from None
        return code, time.monotonic() - begun

    def logged(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def limit_files(self, size):
        """Lets no file of the process grow beyond this; `None` lifts that."""
        unlimited = resource.RLIM_INFINITY
        resource.prlimit(self.pid(), resource.RLIMIT_FSIZE, (unlimited if size is None else size, unlimited))

    def client(self, number=1, seconds=PATIENCE):
        return Client(self.port, number, seconds)

    def run(self, *arguments):
        """Another command on the same database; what it prints."""
        command = [self.binary, "--database", self.database, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Client:
    """A kept connection from a loopback address of its own."""

    def __init__(self, port, number, seconds):
        # Elsewhere than on Linux there is but one.
        source = f"127.0.{number // 250 % 250}.{number % 250 + 1}" if os.uname().sysname == "Linux" else "127.0.0.1"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds, source_address=(source, 0))

    def ask(self, method, path, body=None, headers=()):
        """Status, headers and body."""
        try:
            self.connection.request(method, path, body, dict(headers))
            answer = self.connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except http.client.HTTPException as error:
            self.connection.close()
            raise ConnectionError(f"the answer broke off: {error!r}") from error
        except OSError:
            self.connection.close()
            raise

    def get(self, path, headers=()):
        return self.ask("GET", path, headers=headers)

    def form(self, path, fields, headers=()):
        kind = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        return self.ask("POST", path, fields, kind | dict(headers))

    def order(self, attempt):
        status, headers, body = self.ask(
            "POST",
            "/api/v1/orders",
            json.dumps(attempt.body),
            {"content-type": "application/json", "idempotency-key": attempt.key},
        )
        return status, headers, json.loads(body)
