"""The orders desk and the publish page of a shop with ten thousand orders: how long its pages take, and how long the draft's replay of
all orders does."""

import http.client
import json
import random
import subprocess
import threading
import time
import urllib.parse
from html.parser import HTMLParser

import contenders

PRODUCT = "trainer"
ORDERS, DESIGNS, BUYERS, THREADS = 10_000, 2_000, 3_000, 4
# How often each page is asked for.
TIMES = 100
PASSWORD = "a kiln and a wheel"
NAMES = ["Ana", "Ben", "Cleo", "Dina", "Emil", "Farah", "Goran", "Hana", "Ivo", "Jun"]


class Visitor:
    """Somebody on a kept connection, with their cookies."""

    def __init__(self, address):
        self.connection, self.cookies = http.client.HTTPConnection(address, timeout=600), {}

    def ask(self, method, path, body=None, headers=()):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {**dict(headers), **({"cookie": cookies} if cookies else {})})
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("set-cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.headers, answer.read()

    def json(self, path, body):
        status, _, content = self.ask("POST", path, json.dumps(body), {"content-type": "application/json"})
        return status, json.loads(content)

    def form(self, path, fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields), {"content-type": "application/x-www-form-urlencoded"})

    def page(self, path):
        status, _, content = self.ask("GET", path)
        assert status == 200, (path, status)
        return content.decode()


class Fields(HTMLParser):
    """What a browser would send of the form with an id's section, without its buttons."""

    def __init__(self, action):
        super().__init__()
        self.action, self.inside, self.fields, self.open = action, False, [], None

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        if tag == "form":
            self.inside = of.get("action") == self.action
        if not self.inside:
            return
        kind = of.get("type", "text")
        is_unticked = kind in ("checkbox", "radio") and "checked" not in of
        if tag == "input" and of.get("name") and not is_unticked:
            self.fields.append((of["name"], of.get("value") or ("on" if kind == "checkbox" else "")))
        elif tag == "textarea":
            self.open = [of["name"], ""]
        elif tag == "select":
            self.open = [of["name"], None]
        elif tag == "option" and self.open and (self.open[1] is None or "selected" in of):
            self.open[1] = of.get("value", "")

    def handle_data(self, data):
        if self.open and isinstance(self.open[1], str) and self.inside and self.lasttag == "textarea":
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag in ("textarea", "select") and self.open:
            self.fields.append((self.open[0], self.open[1] or ""))
            self.open = None
        if tag == "form":
            self.inside = False


def designs(shopper, chance):
    """Random walks of a few choices, each of which was available when it was made."""
    found = []
    while len(found) < DESIGNS:
        choices = {}
        for _ in range(chance.randint(2, 5)):
            status, menu = shopper.json(f"/api/v1/products/{PRODUCT}/menu", {"choices": choices})
            assert status == 200, menu
            open_ones = [
                (attribute["attribute"], option["option"])
                for attribute in menu["attributes"]
                for option in attribute.get("options", [])
                if option["state"] == "available" and attribute["attribute"] not in choices
            ]
            if open_ones:
                attribute, option = chance.choice(open_ones)
                choices[attribute] = option
        found.append(choices)
    return found


def place_all(address, pool):
    """Ten thousand orders by a few programs; seconds."""
    failed = []

    def program(first):
        shopper, chance = Visitor(address), random.Random(first)
        for number in range(first, ORDERS, THREADS):
            buyer = chance.randrange(BUYERS)
            order = {
                "product": PRODUCT,
                "design": {"revision": 1, "choices": chance.choice(pool)},
                "buyer": {"name": f"{chance.choice(NAMES)} Buyer {buyer}", "email": f"buyer-{buyer}@example.org", "address": "Rua do Ouro 1\n1100-060 Lisboa"},
            }
            kind = {"content-type": "application/json", "idempotency-key": f"desk-{number}"}
            status, _, content = shopper.ask("POST", contenders.ENDPOINT, json.dumps(order), kind)
            if status != 201:
                failed.append((status, content[:200]))

    begun = time.monotonic()
    programs = [threading.Thread(target=program, args=(first,)) for first in range(THREADS)]
    for each in programs:
        each.start()
    for each in programs:
        each.join()
    assert not failed, (len(failed), failed[0])
    return time.monotonic() - begun


def let_in(binary, database, address):
    """An administrator's visitor."""
    command = [binary, "--database", database, "admin", "invite", "ana@example.org", "--url", f"http://{address}"]
    invited = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    link = next(word for word in invited.stdout.split() if "/admin/invite/" in word)
    visitor = Visitor(address)
    status, _, _ = visitor.form(urllib.parse.urlsplit(link).path, [("password", PASSWORD), ("again", PASSWORD)])
    assert status == 303, status
    return visitor


def times_of(visitor, path):
    """Milliseconds of each of many times that a page is asked for, in ascending order."""
    visitor.page(path)
    times = []
    for _ in range(TIMES):
        begun = time.monotonic()
        visitor.page(path)
        times.append((time.monotonic() - begun) * 1_000)
    return sorted(times)


def later_page(visitor, path, pages):
    """The address of a page of the list so many pages further on."""
    for _ in range(pages):
        text = visitor.page(path)
        following = [part.split('"')[0] for part in text.split('href="') if part.startswith("/admin/orders?") and "at=" in part.split('"')[0]]
        assert following, path
        path = following[-1].replace("&amp;", "&")
    return path


def change_draft(visitor):
    """Raises the base price, so that every order is priced anew."""
    action = f"/admin/products/{PRODUCT}/basics"
    fields = Fields(action)
    fields.feed(visitor.page(f"/admin/products/{PRODUCT}"))
    changed = [(name, "173.00" if name == "base_price" else value) for name, value in fields.fields]
    assert changed != fields.fields, "the editor has no base price"
    status, _, content = visitor.form(action, changed)
    assert status == 303, (status, content[:400])


def publish(visitor):
    """Publishes the draft as the page proposes it, with everything agreed to that it asks about."""
    action = f"/admin/products/{PRODUCT}/publish"
    fields = Fields(action)
    fields.feed(visitor.page(action))
    agreed = [(name, value) for name, value in fields.fields if name not in ("seen", "twice")]
    status, headers, content = visitor.form(action, [*agreed[:-1], ("seen", "on"), ("twice", "on"), agreed[-1]])
    assert status == 303 and "published=" in headers["location"], (status, content[:400])


def measure(binary, shop, database):
    """Pages of the desk by name, each with its times in milliseconds; seconds of the replay, first and from memory; orders a second."""
    chance = random.Random(1)
    pool = designs(Visitor(shop.address), chance)
    seconds = place_all(shop.address, pool)
    visitor = let_in(binary, database, shop.address)
    found = {
        "the newest": times_of(visitor, "/admin/orders"),
        "thirty pages on": times_of(visitor, later_page(visitor, "/admin/orders", 30)),
        "by name": times_of(visitor, "/admin/orders?q=Cleo+Buyer+12"),
        "by state, the due first": times_of(visitor, "/admin/orders?state=placed&sort=due"),
        "an order's page": times_of(visitor, "/admin/orders/1500"),
    }
    change_draft(visitor)
    replays = []
    for _ in range(2):
        begun = time.monotonic()
        page = visitor.page(f"/admin/products/{PRODUCT}/publish")
        replays.append(time.monotonic() - begun)
    assert any(written in page for written in (f"{ORDERS:,}", f"{ORDERS}")), "the publish page names no orders"
    return found, replays, ORDERS / seconds
