"""Who orders from Vendure: over its shop API, in as few requests as an order takes there. The first puts the bike into a new session's
order; the second names buyer, address and carrier and pays, in one operation of five steps, for a client that knows the identifiers."""

import http.client
import json
import threading
import time

REQUESTS = 2
ADD = "mutation { addItemToOrder(productVariantId: 1, quantity: 1) { __typename ... on ErrorResult { message } } }"
PLACE = """
mutation ($buyer: CreateCustomerInput!, $address: CreateAddressInput!) {
  setCustomerForOrder(input: $buyer) { __typename ... on ErrorResult { message } }
  setOrderShippingAddress(input: $address) { __typename ... on ErrorResult { message } }
  setOrderShippingMethod(shippingMethodId: [1]) { __typename ... on ErrorResult { message } }
  transitionOrderToState(state: "ArrangingPayment") { __typename ... on ErrorResult { message } }
  addPaymentToOrder(input: { method: "invoice", metadata: {} }) {
    __typename
    ... on ErrorResult { message }
    ... on Order { code state totalWithTax lines { productVariant { name } quantity linePriceWithTax } customer { emailAddress } }
  }
}
"""
ADDRESS = {"fullName": "Ana Lima", "streetLine1": "Rua do Ouro 1", "city": "Lisboa", "postalCode": "1100-060", "countryCode": "PT"}


class Shopper:
    """One connection, over which one thing is ordered after the other, each by another buyer."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address, timeout=60)

    def ask(self, query, variables, session):
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {session}"} if session else {})
        self.connection.request("POST", "/shop-api", json.dumps({"query": query, "variables": variables}), headers)
        answer = self.connection.getresponse()
        content = json.loads(answer.read())
        assert answer.status == 200 and "errors" not in content, content
        for step, found in content["data"].items():
            assert found["__typename"] == "Order", (step, found)
        return content["data"], answer.headers["vendure-auth-token"]

    def order(self, key):
        """One order, as it was answered."""
        _, session = self.ask(ADD, {}, None)
        buyer = {"firstName": "Ana", "lastName": "Lima", "emailAddress": f"{key}@example.org"}
        placed, _ = self.ask(PLACE, {"buyer": buyer, "address": ADDRESS}, session)
        return placed["addPaymentToOrder"]


class Load:
    """Orders from so many shoppers, as fast as they are answered or at a rate; times count from when an order was due."""

    def __init__(self, address, seconds, shoppers):
        self.address, self.seconds, self.shoppers = address, seconds, shoppers
        self.runs = 0

    def __call__(self, rate=None):
        self.runs += 1
        times, failed, lock, sent, begun = [], [], threading.Lock(), [0], time.monotonic()

        def due():
            with lock:
                sent[0] += 1
                return sent[0], begun + (sent[0] - 1) / rate if rate else time.monotonic()

        def shop():
            try:
                shopper = Shopper(self.address)
                while True:
                    number, when = due()
                    if max(when, time.monotonic()) >= begun + self.seconds:
                        return
                    time.sleep(max(0, when - time.monotonic()))
                    shopper.order(f"buyer-{self.runs}-{number}-{self.shoppers}")
                    with lock:
                        times.append(time.monotonic() - when)
            except Exception as error:  # noqa: BLE001 (a thread's error is told by who started it)
                failed.append(error)

        threads = [threading.Thread(target=shop) for _ in range(self.shoppers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]
        taken, times = time.monotonic() - begun, sorted(times)
        at = lambda part: times[min(len(times) - 1, int(len(times) * part))] * 1000
        return {"per_second": len(times) / taken, "p50_ms": at(0.5), "p99_ms": at(0.99)}
