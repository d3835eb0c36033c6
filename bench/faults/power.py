"""Power fails: what the server wrote and synced is recorded (recorder.c), disks are rebuilt as they may be after any moment of it,
and each must have every order that was acknowledged before that moment.

What was written before a sync began that returned is on the disk. Of everything else, sectors are, some or all, in the order in
which they were written or out of it; a file that was made or removed since its folder was synced may be there or not.
"""

import collections
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import time
from pathlib import Path

from disk import Missing, Skipped
from ledger import Ledger, Load
from shop import HERE, Shop, check

EVENT = struct.Struct("=iiqq")
SECTOR = 512


class File:
    """Bytes that are on the disk for certain, and what was written since."""

    def __init__(self):
        self.synced = bytearray()
        self.pending = []
        self.flushed = 0

    def change(self, offset, content):
        """Content at an offset; without content, the file's new size."""
        self.pending.append((offset, content))

    def changes(self):
        return self.flushed + len(self.pending)

    def sync(self, changes):
        """Puts on the disk what was written up to so many changes."""
        done, self.pending = self.pending[: max(0, changes - self.flushed)], self.pending[max(0, changes - self.flushed) :]
        self.flushed += len(done)
        for change in done:
            apply(self.synced, change)

    def whole(self):
        content = bytearray(self.synced)
        for change in self.pending:
            apply(content, change)
        return content

    def after_power_failed(self, chance):
        content = bytearray(self.synced)
        pieces = [piece for change in self.pending for piece in sectors(*change)]
        if chance.random() < 0.3:
            pieces = pieces[: chance.randint(0, len(pieces))]
        else:
            share = chance.choice([0, 0.1, 0.5, 0.9, 1])
            pieces = [piece for piece in pieces if chance.random() < share]
        for piece in pieces:
            apply(content, piece)
        return content


def apply(content, change):
    offset, new = change
    if new is None:
        del content[offset:]
        new = b""
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(new)] = new


def sectors(offset, content):
    """A change in pieces that a disk writes whole or not at all."""
    if content is None:
        yield offset, None
        return
    begun = 0
    while begun < len(content):
        end = min(len(content), begun + SECTOR - (offset + begun) % SECTOR)
        yield offset + begun, content[begun:end]
        begun = end


class Disk:
    """A folder's files while a record is gone through. A forgetful one takes no notice of syncs once an order was acknowledged."""

    def __init__(self, folder, forgetful=False):
        self.folder, self.forgetful = str(folder), forgetful
        self.named, self.named_for_certain = {}, {}
        self.opened, self.begun = {}, {}
        self.acknowledged = []
        self.syncs = collections.Counter()

    def take(self, kind, file, offset, content):
        if kind == "A":
            self.acknowledged.append(json.loads(content.split(b"\r\n\r\n", 1)[1]))
        elif kind == "O":
            path = os.fsdecode(content)
            self.opened[file] = path
            if path != self.folder and path not in self.named:
                self.named[path] = File()
            if offset:
                self.named[path].change(0, None)
        elif kind == "U":
            self.named.pop(os.fsdecode(content), None)
        elif kind in "WT":
            self.of(file).change(offset, content if kind == "W" else None)
        elif kind in "SD":
            self.sync(file, kind == "D")
        else:
            check(False, f"{self.opened.get(file)} was written to in a way that is not recorded")

    def of(self, file):
        return self.named.get(self.opened[file]) or self.named_for_certain[self.opened[file]]

    def sync(self, file, is_done):
        if self.forgetful and self.acknowledged:
            return
        self.syncs[Path(self.opened[file]).suffix] += is_done
        if self.opened[file] == self.folder:
            # Names change seldom, and not while a folder is synced.
            if is_done:
                self.named_for_certain = dict(self.named)
        elif is_done:
            self.of(file).sync(self.begun[file])
        else:
            self.begun[file] = self.of(file).changes()

    def after_power_failed(self, folder, chance):
        """Writes the files that may be there into a folder."""
        for path in self.named.keys() | self.named_for_certain.keys():
            file = chance.choice([self.named, self.named_for_certain]).get(path)
            if file:
                (folder / Path(path).name).write_bytes(file.after_power_failed(chance))


def events(record):
    with open(record, "rb") as file:
        while head := file.read(EVENT.size):
            kind, number, offset, length = EVENT.unpack(head)
            yield chr(kind), number, offset, file.read(length)


def missing(database, acknowledged, totals):
    """How many of the orders are not in an image with their totals, and what is wrong with it otherwise."""
    try:
        with sqlite3.connect(database) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
            rows = dict(connection.execute("SELECT number, total FROM orders")) if sound == "ok" else {}
        connection.close()
    except sqlite3.DatabaseError as error:
        sound, rows = str(error), {}
    lost = [order for order in acknowledged if rows.get(order["number"]) != totals[order["number"]]]
    return (len(lost), None) if sound == "ok" else (0, sound)


def judge(record, shop, totals, images, chance, forgetful=False):
    """Images with missing orders, missing orders in all, damaged images, the orders that were looked for, and the disk at the end."""
    kinds = [kind for kind, *_ in events(record)]
    first, answers = kinds.index("A"), [index for index, kind in enumerate(kinds) if kind == "A"]
    # Half of the images are of the moment after an answer, when there is the least time for anything else.
    moments = [chance.choice(answers) if number % 2 else chance.randrange(first, len(kinds)) for number in range(images)]
    wanted = {moment: moments.count(moment) for moment in set(moments)}
    disk, lacking, lost, damaged, looked_for = Disk(shop.database.parent, forgetful), 0, 0, [], 0
    for moment, event in enumerate(events(record)):
        disk.take(*event)
        for _ in range(wanted.get(moment, 0)):
            with tempfile.TemporaryDirectory(prefix="image-", dir=shop.folder) as folder:
                disk.after_power_failed(Path(folder), chance)
                gone, damage = missing(Path(folder) / shop.database.name, disk.acknowledged, totals)
            looked_for += len(disk.acknowledged)
            lacking, lost = lacking + (gone > 0), lost + gone
            damaged += [damage] if damage else []
    return lacking, lost, damaged, looked_for, disk


def library(folder):
    compiler = shutil.which("cc")
    if not compiler:
        raise Missing("there is no C compiler for the recorder")
    built = folder / "recorder.so"
    done = subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", built, HERE / "recorder.c"], capture_output=True, text=True)
    if done.returncode:
        raise Skipped(f"the recorder can't be built: {done.stderr.strip()[:200]}")
    return built


def recorded(shop, record, seconds):
    """Orders under record; their totals by number."""
    ledger = Ledger(shop)
    shop.start(
        environment={
            "LD_PRELOAD": str(library(shop.folder)),
            "RECORD_FOLDER": str(shop.database.parent),
            "RECORD_FILE": str(record),
        }
    )
    with Load(ledger):
        time.sleep(seconds)
    ledger.only()
    # What is written apart from orders is.
    size = -1
    while size != (size := record.stat().st_size):
        time.sleep(0.5)
    shop.kill()
    return ledger


def fails(options):
    """Power fails at any moment: no acknowledged order is missing. Without the server's syncs many are, so it would show."""
    images, forgotten = (60, 20) if options.short else (1000, 100)
    chance = random.Random(18)
    with Shop(options.binary) as shop:
        record = shop.folder / "record"
        ledger = recorded(shop, record, 2 if options.short else 8)
        totals = {attempt.number: attempt.total for attempt in ledger.acknowledged()}
        lacking, lost, damaged, looked_for, disk = judge(record, shop, totals, images, chance)
        seen = {order["number"]: order["total"]["amount"] for order in disk.acknowledged}
        check(seen == totals, f"{len(totals)} orders were acknowledged, {len(seen)} were recorded")
        for path, file in disk.named.items():
            # The index of the log is mapped into memory, and whoever opens a database first makes it anew.
            is_index = path.endswith("-shm")
            check(is_index or file.whole() == Path(path).read_bytes(), f"{path} is not as it was recorded")
        ledger.check_database()
        told = f"{images} images of moments among {len(totals)} orders, {disk.syncs['.db-wal']} syncs of the log and "
        told += f"{disk.syncs['.db']} of the database: {lost} missing of {looked_for} acknowledged orders in all of them, {len(damaged)} images damaged"
        check(not lost and not damaged, f"{told} {damaged[:1]}")
        lacking, lost, damaged, *_ = judge(record, shop, totals, forgotten, chance, forgetful=True)
        check(lost, f"orders would not be missed if they were: none is missing without syncs in {forgotten} images")
        told += f"; without the syncs, {lost} missing in {lacking} of {forgotten} images and {len(damaged)} damaged"
        return told
