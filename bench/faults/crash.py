"""The process ends: killed again and again under load, and asked to stop under load."""

import sqlite3
import threading
import time

from ledger import Ledger, Load
from shop import Shop, check

# The setting's default, and what ends after it.
STOPS_WITHIN = 10 + 5


def killed(options):
    """kill -9 under load, again and again on the same database."""
    cycles = 3 if options.short else 20
    slowest = 0
    with Shop(options.binary) as shop:
        ledger = Ledger(shop)
        for cycle in range(cycles):
            slowest = max(slowest, shop.start())
            with Load(ledger):
                time.sleep(ledger.chance.uniform(0.3, 1.2))
                shop.kill()
            shop.start()
            orders = ledger.check()
            shop.kill()
        return f"{cycles} kills, {orders} orders; ready again within {slowest:.1f} s"


def stopped(options):
    """SIGTERM under load, while orders wait for the disk: they are answered, nothing else was written, and it ends."""
    slowest = 0
    with Shop(options.binary) as shop:
        ledger = Ledger(shop)
        for _ in range(2 if options.short else 8):
            shop.start()
            other = sqlite3.connect(shop.database, isolation_level=None, check_same_thread=False)
            with Load(ledger):
                time.sleep(0.5)
                # Whatever is under way now waits for this.
                other.execute("BEGIN IMMEDIATE")
                time.sleep(0.3)
                waiting = [attempt for attempt in ledger.attempts if attempt.number is None]
                release = threading.Timer(0.7, lambda: other.execute("COMMIT"))
                release.start()
                code, seconds = shop.stop(STOPS_WITHIN + 30)
                release.join()
            other.close()
            check(code == 0, f"it ended with {code}")
            check(seconds <= STOPS_WITHIN, f"it took {seconds:.1f} s to stop")
            slowest = max(slowest, seconds)
            check(waiting, "no order was under way")
            lost = [attempt.key for attempt in waiting if attempt.number is None]
            check(not lost, f"{len(lost)} of {len(waiting)} accepted orders were not answered")
            # What was not acknowledged was not placed either.
            placed = ledger.placed()[0]
            unasked = [attempt.key for attempt in ledger.unanswered() if attempt.body["buyer"]["email"] in placed]
            check(not unasked, f"{len(unasked)} orders were placed and not answered, such as {unasked[:1]}")
            check(all(status in (201, "broken off") for status in ledger.answers), f"{dict(ledger.answers)}")
            shop.start()
            ledger.check()
            shop.kill()
        return f"{len(ledger.acknowledged())} orders; ended within {slowest:.1f} s, exit code 0"
