"""What the database stands on fails: no room, errors, a lock, a file that can't be written, moved away or replaced."""

import contextlib
import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from ledger import Ledger, Load
from shop import PATIENCE, Broken, Shop, check, until


class Skipped(Exception):
    """Why a fault can't be made on this machine."""


class Missing(Skipped):
    """The same for want of a program that can be installed."""


def is_root():
    return os.geteuid() == 0


def fails_and_goes_on(shop, ledger, end, pages=(200,)):
    """That orders are refused while the fault is there, and taken as soon as it is not; after how many seconds. What pages may be
    answered with meanwhile."""

    def refused():
        return sum(many for status, many in ledger.answers.items() if status != 201)

    with Load(ledger):
        until(lambda: refused() > 20, "the fault shows")
        status = shop.client().get("/")[0]
        check(status in pages, f"a page is answered {status} while the fault is there")
        end()
        seconds = ledger.takes_orders()
        before = len(ledger.acknowledged())
        until(lambda: len(ledger.acknowledged()) > before + 20, "orders go on")
    ledger.only(503)
    return f"{refused()} refused with 503; {ledger.check()} orders; taken again after {seconds:.1f} s"


def limited(options):
    """No file may grow (RLIMIT_FSIZE), as on a full disk, and then again."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Shop(options.binary) as shop:
        shop.start()
        ledger = Ledger(shop)
        ledger.takes_orders()
        log = Path(f"{shop.database}-wal").stat().st_size
        shop.limit_files(max(log, shop.database.stat().st_size) + 100_000)
        return fails_and_goes_on(shop, ledger, lambda: shop.limit_files(None))


@contextlib.contextmanager
def small_disk(size):
    folder = tempfile.mkdtemp(prefix="atelier-faults-")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, text=True)
    if done.returncode:
        os.rmdir(folder)
        raise Skipped(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        os.rmdir(folder)


def full(options):
    """A disk without room, which is then made larger."""
    if not is_root():
        raise Skipped("only root mounts a small disk; files that may not grow stand for it")
    with small_disk("3m") as disk, Shop(options.binary, disk) as shop:
        shop.start()

        def enlarge():
            subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)

        return fails_and_goes_on(shop, Ledger(shop), enlarge)


def calls_fail(options, calls, error, pages=(200,)):
    """System calls of the server fail with this error, and then again do not (fiu-utils)."""
    if not shutil.which("fiu-run"):
        raise Missing("fiu-run is not installed (Debian: fiu-utils)")
    with Shop(options.binary) as shop:
        shop.start(before=["fiu-run", "-x"])
        ledger = Ledger(shop)
        ledger.takes_orders()

        def control(*commands):
            asked = [part for command in commands for part in ("-c", command)]
            subprocess.run(["fiu-ctrl", *asked, str(shop.pid())], check=True, capture_output=True)

        control(*(f"enable name={call},failinfo={error}" for call in calls))
        return fails_and_goes_on(shop, ledger, lambda: control(*(f"disable name={call}" for call in calls)), pages)


def io_error(options):
    """What is written does not reach the disk: fsync fails."""
    return calls_fail(options, ["posix/io/sync/*"], errno.EIO)


# SQLite writes its files by these, and nothing else of the server does: answers are sent, and the log is written with writev.
WRITES = ["posix/io/rw/pwrite*"]


def write_error(options):
    """What is written is not taken."""
    return calls_fail(options, WRITES, errno.EIO)


# By these it reads them.
READS = ["posix/io/rw/pread*"]


def read_error(options):
    """What is read does not come, as from a disk that does not answer in time: EIO SQLite would take for a damaged file."""
    return calls_fail(options, READS, errno.ETIMEDOUT, pages=(200, 503))


def turned_read_only(options):
    """Nothing can be written any more to what is open, as when a file system with errors is remounted to be read only."""
    return calls_fail(options, WRITES, errno.EROFS)


def locked(options):
    """Another process holds the lock to write for eight seconds."""
    with Shop(options.binary) as shop:
        shop.start()
        ledger = Ledger(shop)
        ledger.takes_orders()
        other = sqlite3.connect(shop.database, isolation_level=None)
        with Load(ledger):
            other.execute("BEGIN IMMEDIATE")
            begun = time.monotonic()
            while time.monotonic() - begun < 8:
                status = shop.client().get("/")[0]
                check(status == 200, f"a page is answered {status} while another process writes")
                time.sleep(0.2)
            other.execute("COMMIT")
            seconds = ledger.takes_orders()
        other.close()
        ledger.only(503)
        return f"{ledger.answers[503]} refused with 503; {ledger.check()} orders; taken again after {seconds:.1f} s"


@contextlib.contextmanager
def read_only(shop):
    """The database's folder, which nobody may write to."""
    folder = shop.database.parent
    if is_root():
        for command in [["--bind", folder, folder], ["-o", "remount,ro,bind", folder]]:
            done = subprocess.run(["mount", *command], capture_output=True, text=True)
            if done.returncode:
                subprocess.run(["umount", folder], capture_output=True)
                raise Skipped(f"nothing can be mounted here: {done.stderr.strip()}")
        undo = lambda: subprocess.run(["umount", folder], check=True)
    else:
        shop.database.chmod(0o400)
        folder.chmod(0o500)
        undo = lambda: (folder.chmod(0o700), shop.database.chmod(0o600))
    try:
        yield
    finally:
        undo()


def unwritable(options):
    """A database that can't be written, at the start: refused, and the message says why."""
    with Shop(options.binary) as shop:
        shop.start()
        ledger = Ledger(shop)
        ledger.takes_orders()
        check(shop.stop()[0] == 0, "it did not stop well")
        before = len(shop.logged())
        with read_only(shop):
            shop.spawn()
            try:
                code = shop.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                raise Broken("it serves a database that it can't write") from None
            finally:
                shop.kill()
        told = shop.logged()[before:].strip().splitlines()[-1]
        check(code != 0 and "can't open the database" in told and "shop.db" in told, f"it ended with {code} and said: {told}")
        shop.start()
        ledger.takes_orders()
        ledger.check()
        return f"refused: “{told[told.index('can'):].replace(str(shop.folder), '…')}”"


def moved(options):
    """The database is moved away while it is served, then another one is in its place, then it is back."""
    with Shop(options.binary) as shop:
        shop.start()
        ledger = Ledger(shop)
        with Load(ledger):
            until(lambda: len(ledger.acknowledged()) > 20, "orders are taken")
            away = shop.folder / "away.db"
            check(shop.client().get("/readyz")[0] == 200, "the shop is not ready")
            shop.database.rename(away)
            refuses(shop, ledger, "moved away")
            check(shop.client().get("/readyz")[0] == 503, "the shop says that it is ready while its database is away")
            shutil.copy(away, shop.database)
            refuses(shop, ledger, "replaced")
            check(shop.client().get("/readyz")[0] == 503, "the shop says that it is ready on another database")
        shop.database.unlink()
        away.rename(shop.database)
        check("was deleted or replaced while it was open" in shop.logged(), "the log does not say so")
        shop.kill()
        ledger.only(503, "broken off")
        shop.start()
        return f"{ledger.answers[503]} refused with 503; {ledger.check()} orders when it is back"


def refuses(shop, ledger, what):
    """That orders sent from now on are refused."""
    client = shop.client()
    for _ in range(10):
        check(not ledger.send(client, ledger.begin()), f"an order is taken while the database is {what}")
