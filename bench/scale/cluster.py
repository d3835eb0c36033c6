"""PostgreSQL as a primary with a synchronous standby, and PgBouncer before them in transaction mode: all on sockets in a folder of
their own, as another user than root, whom PostgreSQL refuses. What an operator's script does when the primary fails is here, too."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from shop import PATIENCE, check, until

NOBODY = 65_534
PRIMARY, STANDBY, POOLER = 5432, 5433, 6432
# Asked so often, and given up after so many questions without an answer.
EVERY, TIMES = 0.5, 3

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
# Where a process that was killed leaves nothing on the machine.
dynamic_shared_memory_type = mmap
"""

POOLER_SETTINGS = """
[databases]
atelier = host={folder} port={port}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = {pooler}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
; After a failed connection to the database, one that is promoted would be asked for the first time fifteen seconds later.
server_login_retry = 1
"""


def programs():
    """The folder of PostgreSQL's programs, and PgBouncer; None where one of them is not there."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    pooler = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    return (folders[-1], Path(pooler)) if folders and pooler else None


def children(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


class Cluster:
    """The databases and the pooler while it is entered; nothing is left of them afterwards."""

    def __init__(self, is_synchronous=True):
        self.is_synchronous = is_synchronous
        self.programs, self.pooler_program = programs()
        self.other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="atelier-scale-", dir="/tmp"))
        if self.other:
            os.chown(self.folder, NOBODY, NOBODY)
        self.processes = {}
        # The primary, until the standby is.
        self.port = PRIMARY

    def __enter__(self):
        try:
            self.begin()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()

    def begin(self):
        folder = self.folder
        self.run("initdb", "--pgdata", folder / "primary", "--auth", "trust", "--username", "atelier", "--encoding", "UTF8")
        with open(folder / "primary" / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS.format(folder=folder))
        self.start("primary", PRIMARY)
        self.ask(PRIMARY, "CREATE DATABASE atelier", database="postgres")
        # What it is called lets the primary wait for it.
        who = f"host={folder} port={PRIMARY} user=atelier application_name=standby"
        self.run("pg_basebackup", "--dbname", who, "--pgdata", folder / "standby", "--write-recovery-conf", "--checkpoint", "fast")
        self.start("standby", STANDBY)
        if self.is_synchronous:
            # Not in the settings that the standby copied: promoted, it would wait for one of its own.
            self.set(PRIMARY, "synchronous_standby_names", "standby")
        state = "sync" if self.is_synchronous else "async"
        follows = f"SELECT COUNT(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = '{state}'"
        until(lambda: self.ask(PRIMARY, follows) == "1", "the standby follows")
        (folder / "users").write_text('"atelier" ""\n', encoding="ascii")
        self.point(PRIMARY)
        self.spawn("pooler", [self.pooler_program, folder / "pooler.ini"])
        until(lambda: (folder / f".s.PGSQL.{POOLER}").exists(), "PgBouncer listens")

    def end(self):
        for name in ["pooler", "standby", "primary"]:
            self.kill(name)
        shutil.rmtree(self.folder)

    def url(self):
        """The shop's address for the database: PgBouncer's."""
        return f"postgres://atelier@localhost:{POOLER}/atelier?host={self.folder}"

    def run(self, program, *arguments):
        command = [str(part) for part in (self.programs / program, *arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=PATIENCE, **self.other)
        check(done.returncode == 0, f"{program}: {done.stderr.strip()[-600:]}")
        return done.stdout.strip()

    def ask(self, port, question, database="atelier"):
        who = ["--host", self.folder, "--port", port, "--username", "atelier", "--dbname", database]
        return self.run("psql", *who, "--no-psqlrc", "--tuples-only", "--no-align", "--command", question)

    def set(self, port, name, value):
        self.ask(port, f"ALTER SYSTEM SET {name} = '{value}'")
        self.ask(port, "SELECT pg_reload_conf()")

    def part(self):
        """Lets the standby hear nothing of the primary any more."""
        self.set(STANDBY, "primary_conninfo", "")
        until(lambda: self.ask(PRIMARY, "SELECT COUNT(*) FROM pg_stat_replication") == "0", "the standby is alone")

    def spawn(self, name, command):
        with open(self.folder / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **self.other
            )

    def start(self, name, port):
        self.spawn(name, [self.programs / "postgres", "-D", self.folder / name, "-p", port])

        def answers():
            check(self.processes[name].poll() is None, f"the {name} ended: {(self.folder / f'{name}.log').read_text()[-600:]}")
            return self.is_up(port)

        until(answers, f"the {name} answers")

    def is_up(self, port):
        command = [self.programs / "pg_isready", "--host", self.folder, "--port", port, "--timeout", "1", "--quiet"]
        return subprocess.run([str(part) for part in command], cwd="/", **self.other).returncode == 0

    def kill(self, name):
        """As when its machine fails: all of its processes at once."""
        process = self.processes.get(name)
        if not process or process.poll() is not None:
            return
        # Between these two signals it starts no others.
        os.kill(process.pid, signal.SIGSTOP)
        for pid in [process.pid, *children(process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        self.remove_segment(name)

    def remove_segment(self, name):
        """A database that was killed leaves a piece of shared memory, which its file names: a key and a number."""
        with contextlib.suppress(OSError, IndexError):
            segment = (self.folder / name / "postmaster.pid").read_text(encoding="ascii").splitlines()[6].split()[1]
            subprocess.run(["ipcrm", "--shmem-id", segment], capture_output=True)

    def point(self, port):
        settings = POOLER_SETTINGS.format(folder=self.folder, port=port, pooler=POOLER)
        (self.folder / "pooler.ini").write_text(settings, encoding="utf-8")
        self.port = port

    def fail_over(self):
        """What an operator's script does: notices that the primary is gone, promotes the standby and lets PgBouncer know. How long it
        took to notice and to promote."""
        begun, failed = time.monotonic(), 0
        while failed < TIMES:
            failed = 0 if self.is_up(PRIMARY) else failed + 1
            time.sleep(EVERY)
        noticed = time.monotonic()
        self.run("pg_ctl", "promote", "--wait", "--pgdata", self.folder / "standby")
        self.point(STANDBY)
        self.processes["pooler"].send_signal(signal.SIGHUP)
        return noticed - begun, time.monotonic() - noticed
