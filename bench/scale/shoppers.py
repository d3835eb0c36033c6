"""Who orders from several replicas: each asks one, and the next one under the same key as soon as that does not answer, until the
order is acknowledged."""

import json
import time

from ledger import Ledger, Load
from shop import Shop, check, until

# Longer than a replica waits for its database.
GIVES_UP = 15


class Replica(Shop):
    """One process of a shop whose database is elsewhere."""

    def __init__(self, binary, folder, url):
        super().__init__(binary, folder)
        self.database = url


class Replicas:
    """All of them, as a client sees them."""

    def __init__(self, cluster, replicas):
        self.cluster, self.replicas = cluster, replicas

    def client(self, number=1):
        return GoingRound(self.replicas, number)


class GoingRound:
    """A client that goes to the next replica when one fails it."""

    def __init__(self, replicas, number):
        self.replicas, self.number, self.turn = replicas, number, number
        self.client = None

    def ask(self, question):
        if self.client is None:
            self.client = self.replicas[self.turn % len(self.replicas)].client(self.number, GIVES_UP)
        try:
            answer = question(self.client)
        except OSError:
            self.leave()
            raise
        if answer[0] >= 500:
            self.leave()
        return answer

    def leave(self):
        self.turn, self.client = self.turn + 1, None

    def order(self, attempt):
        return self.ask(lambda client: client.order(attempt))

    def get(self, path):
        return self.ask(lambda client: client.get(path))


class SharedLedger(Ledger):
    """The orders of a shop on PostgreSQL, and when each was acknowledged."""

    def __init__(self, shop):
        super().__init__(shop)
        self.times = []

    def send(self, client, attempt):
        is_acknowledged = super().send(client, attempt)
        if is_acknowledged:
            self.times.append(time.monotonic())
        return is_acknowledged

    def kept(self):
        cluster = self.shop.cluster

        def rows(columns, table):
            return json.loads(cluster.ask(cluster.port, f"SELECT COALESCE(json_agg(json_build_array({columns})), '[]') FROM {table}"))

        return rows("number, total, token, buyer", "orders"), dict(rows("token_hash, number", "order_tokens"))

    def check(self):
        known = super().check()
        numbers = sorted(number for number, _, _ in self.placed()[0].values())
        check(len(numbers) == known, f"{known} orders were acknowledged and {len(numbers)} are there")
        check(numbers == list(range(numbers[0], numbers[-1] + 1)), "numbers of orders have gaps")
        return known

    def go_on(self, seconds):
        """Waits until orders are acknowledged, and so long."""
        so_far = len(self.times)
        until(lambda: len(self.times) > so_far + 50, "orders go on")
        time.sleep(seconds)

    def lost(self):
        """How many acknowledged orders are not there."""
        found, _ = self.placed()
        return sum(attempt.body["buyer"]["email"] not in found for attempt in self.acknowledged())

    def longest_gap(self, begun, ended):
        """The longest time without an acknowledged order, of those that touch this time."""
        times = sorted(self.times)
        return max(after - before for before, after in zip(times, times[1:]) if after >= begun and before <= ended)


class Shoppers(Load):
    """They want each of their orders, and come again until they have it."""

    def order(self, client):
        attempt = self.ledger.begin()
        while not self.ledger.send(client, attempt) and not self.over.is_set():
            self.over.wait(self.pause)
