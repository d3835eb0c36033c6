"""Judges explanations and repairs by solvers that know nothing of the engine.

    explanations.py BINARY RENAULT [--questions N] [--seed S]

Half of the questions are about RENAULT/small, half about RENAULT/medium: after a random valid choice of options, an
option that they block is wanted. `BINARY explain --batch` answers; python-sat checks that the conflict really is one,
that it is none without any of its elements, and the same for the rules when they are told; OR-tools CP-SAT finds the
fewest choices that have to change and the lowest total among those designs, which the first repair has to equal.
Prints one line of JSON with the number of answers that failed each check, and up to five of them.
"""

import argparse
import json
import random
import subprocess
from pathlib import Path

from encode import PricedModel, encode
from peers import SatMenus
from read import read_xcsp

CHECKS = [
    "blocked",
    "conflict among choices",
    "conflict blocks",
    "conflict minimal",
    "rules block",
    "rules minimal",
    "repairs are possible",
    "repairs in order",
    "first repair is best",
]


def questions(problem, number, chance):
    """Valid choices and an option they block that was not impossible from the start, as indexes."""
    menus = SatMenus(problem, recycle=True)
    untouched = menus.menu([], [list(range(len(row))) for row in problem.literals])
    asked = []
    while len(asked) < number:
        opened, choices = untouched, []
        for _ in range(1 + chance.randrange(16)):
            undecided = [attribute for attribute, values in enumerate(opened) if len(values) > 1]
            if not undecided:
                break
            attribute = chance.choice(undecided)
            choices.append((attribute, chance.choice(opened[attribute])))
            opened = menus.menu(choices, opened)
        chosen = dict(choices)
        blocked = [
            (attribute, value)
            for attribute, values in enumerate(untouched)
            for value in values
            if attribute not in chosen and value not in opened[attribute]
        ]
        if blocked:
            asked.append((choices, chance.choice(blocked)))
    return asked


class Judge:
    """Solvers of one model that answers are held against."""

    def __init__(self, model):
        from pysat.solvers import Solver

        self.model = model
        self.problem = encode(model)
        self.priced = PricedModel(model)
        # Each table can be switched off, to judge explanations that name rules.
        self.switches = {}
        clauses = list(self.problem.clauses)
        for number, (table, (first, last)) in enumerate(zip(model.tables, self.problem.tables)):
            switch = self.problem.variables + 1 + number
            self.switches[table.name] = switch
            clauses[first:last] = [[-switch, *clause] for clause in clauses[first:last]]
        self.solver = Solver(name="glucose4", bootstrap_with=clauses)

    def possible(self, choices, rules=None):
        """Whether there is a design with these choices, by all rules or by those named."""
        switched_on = self.switches.values() if rules is None else (self.switches[rule] for rule in rules)
        literals = [self.problem.literals[attribute][value] for attribute, value in choices]
        return self.solver.solve([*literals, *switched_on])

    def best_repair(self, choices, wanted):
        """The fewest choices to change and the lowest total with the wanted option then, and without it before."""
        self.priced.restrict(choices)
        before = self.priced.lowest(self.priced.price)
        self.priced.restrict([wanted])
        changed = sum(1 - self.priced.literals[attribute][value] for attribute, value in choices)
        # More than prices can differ by, so that fewer changes always win.
        step = 1 + 2 * sum(
            max(map(abs, [*price.amounts.values(), price.otherwise])) for price in self.model.prices
        )
        best = self.priced.lowest(step * changed + self.priced.price)
        design = self.priced.design()
        changes = sum(design[attribute] != value for attribute, value in choices)
        return changes, best - step * changes, before

    def index(self, named):
        attribute = self.model.attributes.index(named[0])
        return attribute, self.model.options[attribute].index(named[1])

    def failures(self, choices, wanted, answer):
        """The checks that an answer fails."""
        failed = set()

        def check(name, passed):
            if not passed:
                failed.add(name)

        check("blocked", answer.get("blocked", True))
        conflict = [self.index(named) for named in answer["conflict"]]
        check("conflict among choices", set(conflict) <= set(choices))
        check("conflict blocks", not self.possible([*conflict, wanted]))
        for left_out in conflict:
            rest = [choice for choice in conflict if choice != left_out]
            check("conflict minimal", self.possible([*rest, wanted]))

        rules = answer.get("rules")
        if rules is not None:
            check("rules block", not self.possible([*conflict, wanted], rules))
            for left_out in rules:
                rest = [rule for rule in rules if rule != left_out]
                check("rules minimal", self.possible([*conflict, wanted], rest))

        repairs = answer["repairs"]
        chosen = dict(choices)
        for repair in repairs:
            changes = dict(self.index(named) for named in repair["changes"])
            check("repairs are possible", changes.keys() - {wanted[0]} <= chosen.keys())
            check("repairs are possible", self.possible((chosen | changes | dict([wanted])).items()))
            check("repairs are possible", repair["weight"] == len(changes.keys() - {wanted[0]}))
        ranks = [(repair["weight"], repair["price_delta"]) for repair in repairs]
        check("repairs in order", ranks == sorted(ranks))
        changes, total, before = self.best_repair(choices, wanted)
        check("first repair is best", ranks[:1] == [(changes, total - before)])
        return failed


def judge(binary, folder, number, seed):
    """Asks and judges questions about one range: how many had rules told, the failures, and some examples."""
    files = [Path(folder) / "rules.xml", Path(folder) / "prices.xml"]
    model = read_xcsp(*files)
    judge = Judge(model)
    asked = questions(judge.problem, number, random.Random(seed))

    def named(choice):
        return [model.attributes[choice[0]], model.options[choice[0]][choice[1]]]

    lines = [json.dumps({"choose": [named(choice) for choice in choices], "want": named(want)}) for choices, want in asked]
    command = [str(binary), "explain", str(files[0]), "--prices", str(files[1]), "--batch"]
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(asked):
        raise SystemExit(f"{len(answers)} answers to {len(asked)} questions: {done.stderr.strip()}")
    failed, examples = dict.fromkeys(CHECKS, 0), []
    for line, (choices, want), answer in zip(lines, asked, answers):
        failures = judge.failures(choices, want, answer)
        for failure in failures:
            failed[failure] += 1
        if failures and len(examples) < 5:
            examples.append({"failed": sorted(failures), "question": json.loads(line), "answer": answer})
    return sum(answer.get("rules") is not None for answer in answers), failed, examples


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("renault")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    total = {"questions": 0, "with_rules": 0, "failed": dict.fromkeys(CHECKS, 0), "examples": []}
    halves = {"small": given.questions - given.questions // 2, "medium": given.questions // 2}
    for name, number in halves.items():
        with_rules, failed, examples = judge(given.binary, Path(given.renault) / name, number, given.seed)
        total["questions"] += number
        total["with_rules"] += with_rules
        for check, count in failed.items():
            total["failed"][check] += count
        total["examples"] = (total["examples"] + examples)[:5]
    print(json.dumps(total))


if __name__ == "__main__":
    main()
