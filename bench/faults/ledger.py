"""Who orders while a fault happens, and what must be there afterwards: every acknowledged order, exactly once, with its total
and opened by its token."""

import collections
import hashlib
import itertools
import json
import random
import sqlite3
import threading
import time

from shop import Broken, check

SHADES = {"linen": 0, "brass": 2000, "paper": -500}
ARMS = {"short": 0, "long": 1500}
# Orders that are read by their tokens over HTTP; all are looked up in the database.
READ = 300


class Attempt:
    """An order that is sent until it is acknowledged, always under the same key."""

    def __init__(self, number, name, chance):
        self.key = f"{name}-{number}"
        shade, arm, height = chance.choice(list(SHADES)), chance.choice(list(ARMS)), chance.choice([30, 40, 50, 60])
        self.total = 5000 + SHADES[shade] + ARMS[arm] + 10 * (height - 30)
        self.number = self.token = None
        self.body = {
            "product": "lamp",
            "design": {"revision": 1, "choices": {"shade": shade, "arm": arm, "height": height}},
            # The same buyer would be asked whether another one is meant.
            "buyer": {"name": "Ana Lima", "email": f"{self.key}@example.org", "address": "Rua do Ouro 1\nLisboa"},
        }


class Ledger:
    """All orders that were sent to one shop."""

    def __init__(self, shop, name="ana"):
        self.shop = shop
        self.name = name
        self.numbers = itertools.count()
        self.chance = random.Random(18)
        self.lock = threading.Lock()
        self.attempts = []
        self.answers = collections.Counter()
        self.without_retry_after = 0
        self.wrong = []

    def begin(self):
        with self.lock:
            attempt = Attempt(next(self.numbers), self.name, self.chance)
            self.attempts.append(attempt)
            return attempt

    def adopt(self, lines, total):
        """Takes in what server-load noted of orders, all of the same total."""
        for line in lines:
            key, number, token, answered = line.split()
            attempt = self.begin()
            attempt.key, attempt.total, attempt.number, attempt.token = key, total, int(number), token
            attempt.body["buyer"]["email"] = f"{key}@example.org"
            if int(answered) != total:
                self.wrong.append(f"{key} was answered with {answered} instead of {total}")

    def acknowledged(self):
        return [attempt for attempt in self.attempts if attempt.number is not None]

    def unanswered(self):
        return [attempt for attempt in self.attempts if attempt.number is None]

    def send(self, client, attempt):
        """Sends an order and notes the answer; whether it was acknowledged."""
        try:
            status, headers, body = client.order(attempt)
        except OSError:
            status, headers, body = "broken off", {}, {}
        with self.lock:
            self.answers[status] += 1
            if status in (429, 503) and not str(headers.get("retry-after", "")).isdigit():
                self.without_retry_after += 1
            if status != 201:
                return False
            attempt.number, attempt.token = body["number"], body["token"]
            if body["total"]["amount"] != attempt.total:
                self.wrong.append(f"{attempt.key} was answered with {body['total']} instead of {attempt.total}")
            return True

    def takes_orders(self, seconds=30):
        """That the shop takes an order now; returns after how many seconds it did."""
        begun, client = time.monotonic(), self.shop.client()
        attempt = self.begin()
        while not self.send(client, attempt):
            check(time.monotonic() - begun < seconds, f"no order is taken {seconds} s after the fault: {dict(self.answers)}")
            time.sleep(0.1)
        return time.monotonic() - begun

    def only(self, *statuses):
        """That nothing else was answered, and no refusal without saying when to come again."""
        others = {status: many for status, many in self.answers.items() if status not in (201, *statuses)}
        check(not others, f"answered other than expected: {others}")
        check(not self.without_retry_after, f"{self.without_retry_after} refusals without Retry-After")

    def check(self):
        """Sends what was not acknowledged once more, and looks for every order, exactly once."""
        client = self.shop.client()
        for attempt in self.unanswered():
            check(self.send(client, attempt), f"{attempt.key} is not taken after the fault: {dict(self.answers)}")
        check(not self.wrong, "; ".join(self.wrong[:3]))
        self.check_database()
        known = self.acknowledged()
        for attempt in random.Random(1).sample(known, min(READ, len(known))):
            status, _, body = client.get(f"/api/v1/orders/{attempt.token}")
            check(status == 200, f"order {attempt.number} is not opened by its token: {status}")
            order = json.loads(body)
            found = (order["number"], order["total"]["amount"], order["buyer"]["email"])
            check(found == (attempt.number, attempt.total, attempt.body["buyer"]["email"]), f"order {attempt.number}: {found}")
        return len(known)

    def kept(self):
        """What the database has of each order, number, total, the hash of the first token and the buyer's JSON; and further hashes."""
        with sqlite3.connect(f"file:{self.shop.database}?mode=ro", uri=True) as connection:
            rows = connection.execute("SELECT number, total, token, buyer FROM orders").fetchall()
            others = dict(connection.execute("SELECT token_hash, number FROM order_tokens"))
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
        check(sound == "ok", f"the database is damaged: {sound}")
        return rows, others

    def placed(self):
        """What the database has, by the buyers' addresses: number, total, and the hash of the first token."""
        rows, others = self.kept()
        found = {}
        for number, total, token, buyer in rows:
            email = json.loads(buyer)["email"]
            check(email not in found, f"{email} ordered twice: {found.get(email)} and {number}")
            found[email] = (number, total, token)
        return found, others

    def check_database(self):
        found, others = self.placed()
        for attempt in self.acknowledged():
            row = found.get(attempt.body["buyer"]["email"])
            check(row, f"order {attempt.number} ({attempt.key}) was acknowledged and is lost")
            number, total, first_token = row
            expected = (attempt.number, attempt.total)
            check((number, total) == expected, f"{attempt.key} is kept as number and total {row[:2]}, not {expected}")
            hashed = hashlib.sha256(attempt.token.encode()).hexdigest()
            check(hashed == first_token or others.get(hashed) == number, f"order {number} has another token")


class Load:
    """Shoppers who order one thing after the other, each over a connection of its own, until this ends."""

    def __init__(self, ledger, shoppers=8, pause=0.02):
        self.ledger, self.pause = ledger, pause
        self.over = threading.Event()
        self.failed = []
        self.threads = [threading.Thread(target=self.shop, args=(number,), daemon=True) for number in range(shoppers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()
        if self.failed:
            raise Broken(f"a shopper broke off: {self.failed[0]!r}")

    def shop(self, number):
        try:
            client = self.ledger.shop.client(number + 2)
            while not self.over.is_set():
                self.order(client)
        except Exception as error:  # noqa: BLE001 (a thread's error is told by who started it)
            self.failed.append(error)

    def order(self, client):
        """One order, which is left alone when it is refused."""
        if not self.ledger.send(client, self.ledger.begin()):
            self.over.wait(self.pause)
