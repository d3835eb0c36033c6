"""Measures the engine beside its peers on the same files in the same run and writes bench/RESULTS.md.

    run.py [--binary target/release/configurator] [--data ../shared/data] [--seconds 60] [--limit 300] [--questions 500]

The peers come from PyPI into target/bench-venv (requirements.txt pins them); one that can't be installed is said to
be missing in the tables. Everything runs one after the other, on one thread each.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import report

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "target"
VENV = TARGET / "bench-venv"
MODULE = TARGET / "engine-module" / "engine_module.js"
PAGES = [TARGET / "engine-page" / asking / "engine_module_bg.wasm" for asking in ("none", "asking")]
GENERATED = TARGET / "bench-range"

PACKAGES = {"pyganak": "pyganak", "cp-sat": "ortools", "sat": "pysat", "sat-recycled": "pysat", "clingo": "clingo"}
PEERS = ["sat", "sat-recycled", "clingo", "cp-sat"]
LARGE = ["financialservices01", "busybox", "ea2468", "automotive01"]


def prepare_peers():
    """The virtual environment with what can be installed of the peers; the peers that are there."""
    python = VENV / "bin" / "python"
    requirements = (HERE / "requirements.txt").read_text(encoding="utf-8")
    stamp = VENV / "installed.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != requirements:
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        for requirement in requirements.split():
            say(f"installing {requirement}")
            subprocess.run(
                [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement], check=False
            )
        stamp.write_text(requirements, encoding="utf-8")
    there = {
        peer
        for peer, module in PACKAGES.items()
        if subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    }
    return python, there


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def ask(command, seconds):
    """What a command answers as JSON, or `error`, and the seconds of the whole process as `wall`."""
    say(" ".join(str(word) for word in command[-8:]))
    before = time.perf_counter()
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"error": f"no answer in {seconds:.0f} s"}
    wall = time.perf_counter() - before
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return {"error": reason.rsplit(": ", 1)[-1][:80], "wall": wall}
    return (answer if isinstance(answer, dict) else {"count": str(answer)}) | {"wall": wall}


class Bench:
    """Both sides, ready to be asked."""

    def __init__(self, given):
        self.binary, self.data = Path(given.binary), Path(given.data)
        self.seconds, self.limit, self.questions = given.seconds, given.limit, given.questions
        self.python, self.there = prepare_peers()

    def ours(self, *words):
        if not self.binary.exists():
            return {"error": "not built"}
        return ask([self.binary, *words], self.limit)

    def peer(self, peer, *words, seconds=None):
        if peer not in self.there:
            return {"error": "can't be installed here"}
        return ask([self.python, HERE / "peers.py", *words], seconds or self.limit)

    def wasm(self, task, *words):
        """A task of wasm.mjs, which runs under node; its first lines say which there are."""
        if not MODULE.exists():
            return {"error": "not built"}
        return ask(["node", HERE / "wasm.mjs", task, *words], self.limit)

    def walk(self, file, artifact):
        """Of three runs the one with the middle 95th percentile; a dead end or an error in any of them counts."""
        runs = [self.wasm("walk", 2000, 1, file, "--artifact", artifact) for _ in range(3)]
        failed = [run for run in runs if "error" in run or run.get("dead_ends")]
        return failed[0] if failed else sorted(runs, key=lambda run: run["p95_us"])[1]

    def size(self):
        """What asking adds to a module that only reads products, and all of it."""
        answer = self.wasm("packed", *PAGES) if all(page.exists() for page in PAGES) else {"error": "not built"}
        if "brotli" not in answer:
            return answer
        without, whole = answer["brotli"]
        return {"brotli": [whole - without], "whole": whole}

    def artifact(self, *files):
        """The diagram of a model made natively, for the module to read; `None` when it can't be had."""
        written = self.native("engine-answers", 0, 1, *files)
        if written is None:
            return None
        length = int.from_bytes(written[:8], "little")
        return self.kept("bench-artifact", written[8 : 8 + length])

    def native(self, name, *words):
        """What a program of the module writes; `None` when it fails."""
        command = [str(word) for word in [self.binary.with_name(name), *words]]
        try:
            done = subprocess.run(command, capture_output=True, timeout=self.limit, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None

    @staticmethod
    def kept(name, content):
        TARGET.mkdir(exist_ok=True)
        path = TARGET / name
        path.write_bytes(content)
        return path

    def products(self):
        """Every demo product in WebAssembly, with the diagram that the shop would send."""
        found = {}
        for file in sorted((ROOT / "catalogs").glob("*/product.toml")):
            artifact, page = self.artifact(file), self.native("page-artifact", file.parent)
            if artifact is None or page is None:
                found[file.parent.name] = {"error": "no artifact"}
                continue
            found[file.parent.name] = {
                "diagram": self.wasm("packed", artifact),
                "artifact": self.wasm("packed", self.kept("bench-page", page)),
                "walk": self.walk(file, artifact),
                "page": self.wasm("page", 50, 1, file, "--artifact", artifact),
            }
        return found

    def walks(self, rules, prices, walks):
        """Random shoppers on one file: ours natively and in WebAssembly, and every peer for so many seconds."""
        with_prices = ["--prices", prices] if prices else []
        found = {"configurator": self.ours("walk", rules, *with_prices, "--walks", walks, "--seed", 1)}
        if prices:
            artifact = self.artifact(rules, prices)
            found["wasm"] = (
                self.wasm("walk", walks, 1, rules, prices, "--artifact", artifact) if artifact else {"error": "no artifact"}
            )
        for peer in PEERS:
            if peer == "cp-sat" and not prices:
                continue
            words = ["walk", peer, rules, *with_prices, "--walks", walks, "--seconds", self.seconds]
            # Making ready and the first menu come on top.
            found[peer] = self.peer(peer, *words, seconds=self.seconds + self.limit)
        return found

    def priced(self, rules, prices):
        """Compiling, price range and walks of a range."""
        menu = self.ours("menu", rules, "--prices", prices)
        return {
            "compile": self.fastest("compile", rules),
            "compile with prices": self.fastest("compile", rules, "--prices", prices),
            "range": {
                "configurator": {"min": menu.get("min_total"), "max": menu.get("max_total")} | menu,
                "cp-sat": self.peer("cp-sat", "range", rules, prices),
            },
        }

    def fastest(self, *words):
        """The fastest of three runs, so that others on the machine weigh less; one when it takes long."""
        runs = [self.ours(*words)]
        while len(runs) < 3 and runs[0].get("seconds", 10) < 5:
            runs.append(self.ours(*words))
        return min(runs, key=lambda run: run.get("seconds", float("inf")))

    def counts(self):
        """Every row of the ground truth, counted by both sides."""
        with open(self.data / "ground_truth.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            path = self.data / row["file"]
            row["configurator"] = self.ours("count", path)
            row["pyganak"] = self.peer("pyganak", "count", path)
        return rows

    def explanations(self):
        if not self.binary.exists():
            return {"error": "not built"}
        if not {"sat", "cp-sat"} <= self.there:
            return {"error": "needs python-sat and ortools"}
        words = [self.binary, self.data / "renault", "--questions", self.questions]
        return ask([self.python, HERE / "explanations.py", *words], 3600)

    def everything(self):
        ranges = {name: self.data / "renault" / name for name in ["small", "medium"]}
        shape = subprocess.run(
            [sys.executable, str(HERE / "generate_range.py"), str(GENERATED)], capture_output=True, text=True, check=True
        ).stdout.strip()
        ranges["generated"] = GENERATED
        results = {"shape": shape, "ranges": {}, "large": {}}
        for name, folder in ranges.items():
            rules, prices = folder / "rules.xml", folder / "prices.xml"
            walks = 200 if name == "generated" else 5000
            results["ranges"][name] = self.priced(rules, prices) | {"walks": self.walks(rules, prices, walks)}
        results["generated count"] = self.ours("count", GENERATED / "rules.xml")
        results["products"] = self.products()
        results["size"] = self.size()
        results["explanations"] = self.explanations()
        results["counts"] = self.counts()
        for name in LARGE:
            path = self.data / "feature-models" / f"{name}.dimacs"
            compiled, walks = self.ours("compile", path), self.walks(path, None, 3)
            # These compile: so the solver, which would serve them if they didn't, is asked besides.
            solver = self.ours("walk", path, "--walks", 3, "--seed", 1, "--engine", "solver")
            results["large"][name] = {"compile": compiled} | walks | {"solver": solver}
        return results


def machine():
    """What it ran on."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    describe = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    commit = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=False)
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "commit": commit.stdout.strip() or "unknown",
        "date": time.strftime("%Y-%m-%d"),
        "command": " ".join(["python3 bench/engine/run.py", *sys.argv[1:]]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=TARGET / "release" / "configurator")
    parser.add_argument("--data", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--seconds", type=float, default=60, help="how long each peer walks on each file")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which any one answer is given up")
    parser.add_argument("--questions", type=int, default=500, help="blocked options to explain")
    given = parser.parse_args()
    if not Path(given.data).exists():
        raise SystemExit(f"{given.data} is not there; nothing to measure on. Say where with --data.")
    before = machine()
    results = Bench(given).everything()
    TARGET.mkdir(exist_ok=True)
    (TARGET / "bench-engine.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    text = report.section(results, before, given.seconds)
    report.replace_section(ROOT / "bench" / "RESULTS.md", text)
    print(text)


if __name__ == "__main__":
    main()
