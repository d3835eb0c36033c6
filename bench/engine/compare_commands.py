"""Asks two builds of the command `configurator` the same and compares what they write and how they exit, byte for byte.

    compare_commands.py BEFORE AFTER [--data ../shared/data] [--catalogs catalogs] [--seconds 60] [--jobs 2] [--only WORD]

Asked are the feature models, the two car ranges, the samples of UVL and the products of the catalogs: how large the diagram is,
how many designs there are, menus without and with choices, why options are blocked, the best design in each way, analyses and
walks, by the diagram and by the solver. Choices are drawn with a fixed seed from what BEFORE answers. Times are left out of the
comparison. A question that either build does not answer within the limit is skipped for both, and said so. Files whose names
tell no format (COOM) are refused, which is compared, too. The exit code is 1 when anything differs.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# How long something took, and what is measured of it.
TIMES = re.compile(rb'"(seconds|p50_us|p95_us|max_us)":[-+0-9.e]+')
MODELS = ["feature-models/*", "renault/*/rules.xml", "uvl-language/**/*.uvl", "coom/*"]
# Options of which it is asked why they are blocked, of each menu.
BLOCKED = 4


@dataclass
class Found:
    """What came of the questions about one model."""

    equal: int = 0
    skipped: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


class Comparison:
    """Two builds and one model; questions are asked of both."""

    def __init__(self, given, model):
        self.builds, self.seconds = [given.before, given.after], given.seconds
        self.model, self.found = model, Found()
        prices = model.with_name("prices.xml")
        self.prices = ["--prices", str(prices)] if prices.exists() else []

    def run(self, build, arguments, standard_input):
        """Standard output without times, the exit code and standard error; none when it took too long."""
        command = [str(build), *arguments]
        try:
            done = subprocess.run(
                command, input=standard_input, capture_output=True, timeout=self.seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return None
        return TIMES.sub(rb'"\1":0', done.stdout), done.returncode, TIMES.sub(rb"\1", done.stderr)

    def ask(self, question, *options, standard_input=b""):
        """What BEFORE writes on standard output, as JSON; none where there is nothing of that kind to go on with."""
        arguments = [question, str(self.model), *self.prices, *options]
        before = self.run(self.builds[0], arguments, standard_input)
        after = self.run(self.builds[1], arguments, standard_input) if before else None
        name = " ".join(arguments) + (f" ({standard_input.count(b'{')} questions)" if standard_input else "")
        if before is None or after is None:
            self.found.skipped.append(name)
            return None
        if before == after:
            self.found.equal += 1
        else:
            told = [f"  {side}: exit code {it[1]}, {it[0][:300]!r} {it[2][:300]!r}" for side, it in
                    [("before", before), ("after", after)]]
            self.found.differences.append("\n".join([name, *told]))
        try:
            return json.loads(before[0])
        except ValueError:
            return None

    def all(self):
        """Asks everything, of a model that is too large for a diagram within the limit only what the solver answers."""
        compiled = self.ask("compile")
        if compiled is None and not self.found.skipped:
            # Refused: no other question gets farther.
            return self.found
        if compiled and compiled["engine"] == "diagram":
            self.ask("count")
            self.about("diagram", 4)
            self.about("solver", 4)
        else:
            self.about("solver", 2)
        return self.found

    def about(self, engine, most):
        """The questions that either of the two answers, beside at most so many sets of choices."""
        by = ["--engine", engine]
        draw = random.Random(f"{self.model.name} {engine}")
        menu = self.ask("menu", *by)
        cheapest = self.ask("complete", *by)
        self.ask("complete", "--objective", "dearest", *by)
        if engine == "diagram":
            for seed in ["1", "7"]:
                self.ask("complete", "--objective", "random", "--seed", seed, *by)
        self.objectives(menu, draw, by)
        self.ask("analyse", *by)
        self.ask("walk", "--walks", "3", *by)
        if not menu or not cheapest:
            return
        design = cheapest["design"] or {}
        open_options = [
            (attribute["name"], option["name"])
            for attribute in menu["attributes"]
            for option in attribute["options"]
            if option["state"] == "available"
        ]
        kept = draw.sample(sorted(design.items()), min(4, len(design)))
        drawn = [one_each(draw.sample(open_options, min(count, len(open_options)))) for count in [8, 3]]
        for choices in [kept, *drawn, kept[:1]][:most]:
            self.with_choices(choices, open_options, draw, engine)

    def with_choices(self, choices, open_options, draw, engine):
        """A menu, counts, designs and reasons beside choices."""
        by = ["--engine", engine]
        chosen = [word for choice in choices for word in ["--choose", "=".join(choice)]]
        menu = self.ask("menu", *chosen, *by)
        self.ask("complete", *chosen, *by)
        if engine == "diagram":
            self.ask("count", *chosen)
        if not menu:
            return
        blocked = [
            (attribute["name"], option["name"])
            for attribute in menu["attributes"]
            for option in attribute["options"]
            if option["state"] == "blocked"
        ]
        # Mostly what the choices block: what nothing allows is blocked in every menu.
        news = [option for option in blocked if option in set(open_options)] or blocked
        wanted = draw.sample(news, min(BLOCKED, len(news)))
        for want in wanted[:1]:
            self.ask("explain", *chosen, "--want", "=".join(want), *by)
        questions = [{"choose": choices, "want": want} for want in wanted[1:] + open_options[:1]]
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        if lines:
            self.ask("explain", "--batch", *by, standard_input=lines.encode())

    def objectives(self, menu, draw, by):
        """The best designs by scores, as far as the model has what they go by."""
        options = [(attribute["name"], option["name"]) for attribute in (menu or {}).get("attributes", [])
                   for option in attribute["options"]]
        near = one_each(draw.sample(options, min(6, len(options))))
        if near:
            words = [word for choice in near for word in ["--near", "=".join(choice)]]
            self.ask("complete", "--objective", "nearest", *words, "--weigh", f"{near[0][0]}=3", *by)
        if self.model.suffix != ".toml":
            return
        product = tomllib.loads(self.model.read_text(encoding="utf-8"))
        weighed = [f"{name}={2 + at % 3}" for at, name in enumerate(sorted(set(benefits(product))))]
        if weighed:
            words = [word for weight in weighed for word in ["--weigh", weight]]
            self.ask("complete", "--objective", "utility", *words, *by)
        orders = self.model.with_name("past-orders.toml")
        if orders.exists():
            self.ask("complete", "--objective", "probable", "--orders", str(orders), *by)


def one_each(options):
    """The first of these options of each attribute."""
    return list({attribute: (attribute, option) for attribute, option in reversed(options)}.values())


def benefits(part):
    """Names of all benefits in a part of a product file."""
    if isinstance(part, dict):
        found = part.get("benefits", {})
        yield from found if isinstance(found, dict) else []
        for inner in part.values():
            yield from benefits(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from benefits(inner)


def main():
    """Compares, and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--catalogs", type=Path, default=ROOT / "catalogs")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="only models whose path has this word")
    given = parser.parse_args()
    models = [path for pattern in MODELS for path in sorted(given.data.glob(pattern)) if path.is_file()]
    models += sorted(given.catalogs.glob("*/product.toml"))
    models = [model for model in models if given.only in str(model)]
    # What takes longest goes last.
    models.sort(key=lambda model: model.stat().st_size)
    equal, skipped, different = 0, 0, 0
    with ThreadPoolExecutor(given.jobs) as pool:
        asked = {pool.submit(Comparison(given, model).all): model for model in models}
        for done in as_completed(asked):
            model, found = asked[done], done.result()
            print(f"{model}: {found.equal} equal, {len(found.skipped)} skipped, {len(found.differences)} different")
            for name in found.skipped:
                print(f"  no answer in {given.seconds:.0f} s: {name}")
            for difference in found.differences:
                print(f"  DIFFERENT: {difference}")
            sys.stdout.flush()
            equal, skipped = equal + found.equal, skipped + len(found.skipped)
            different += len(found.differences)
    print(f"{len(models)} models: {equal} answers are equal, {skipped} skipped, {different} differ")
    return 1 if different or not models else 0


if __name__ == "__main__":
    sys.exit(main())
