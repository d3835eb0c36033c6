"""The machine's clock jumps, by libfaketime, which changes what the process reads of it."""

import re
import subprocess
import time
from pathlib import Path

from disk import Missing
from ledger import Ledger, Load
from shop import Shop, check, until


def library():
    found = [*Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), *Path("/usr/lib").glob("faketime/libfaketime.so.1")]
    if not found:
        raise Missing("libfaketime is not installed (Debian: faketime)")
    return str(found[0])


def log_in(shop):
    """The cookie of an administrator's session."""
    token = shop.run("admin", "invite", "mia@example.org").strip().rsplit("/", 1)[1]
    password = "password=a+kiln+and+a+wheel&again=a+kiln+and+a+wheel"
    status, headers, _ = shop.client().form(f"/admin/invite/{token}", password)
    check(status == 303, f"an administrator can't set a password: {status}")
    return re.search(r"atelier_admin=[^;]+", "; ".join(headers.get_all("set-cookie")))[0]


def jumps(options):
    """An hour forward, an hour back, three hours forward: orders go on, and a session ends two hours after its last use."""
    with Shop(options.binary) as shop:
        clock = shop.folder / "clock"
        clock.write_text("+0", encoding="ascii")
        shop.start(
            environment={
                "LD_PRELOAD": library(),
                "FAKETIME_TIMESTAMP_FILE": str(clock),
                "FAKETIME_NO_CACHE": "1",
                # Only the clock on the wall jumps.
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "DONT_FAKE_MONOTONIC": "1",
            }
        )
        ledger, session = Ledger(shop), log_in(shop)

        def opens():
            return shop.client().get("/admin", {"cookie": session})[0] == 200

        check(opens(), "the session is not open")
        with Load(ledger):
            for jump, is_open in [("+1h", True), ("+0", True), ("-1h", True), ("+0", True), ("+3h", False)]:
                before = len(ledger.acknowledged())
                clock.write_text(jump, encoding="ascii")
                until(lambda: len(ledger.acknowledged()) > before + 10, f"orders go on at {jump}")
                check(opens() == is_open, f"at {jump} the session is {'over' if is_open else 'still open'}")
        ledger.only()
        return f"{ledger.check()} orders, none refused; the session held for an hour either way and was over after three"
