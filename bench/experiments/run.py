"""Gate and experiments on thousands of made-up shops whose truth is known: how often something false is claimed, how often
something true is found, and how soon harm is stopped; writes the section in bench/RESULTS.md.

    run.py [--binary target/release/experiment-trials] [--nulls 2000] [--runs 400] [--dry]

The numbers hang on the seeds in the program and on nothing else. It ends with 1 when a bar is missed.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "engine"))
import report

BEGIN, END = "<!-- bench-experiments -->", "<!-- /bench-experiments -->"


def percent(share):
    return "–" if share is None else f"{100 * share:.0f} %"


def thousands(number):
    return f"{number:,}".replace(",", " ")


def bars(answer):
    """What was wanted, what was reached, what a daily z-test says, and whether that is enough."""
    nulls, small, lifts, harms = (answer[key] for key in ("nulls", "small_holdout_nulls", "lifts", "harms"))

    def most(runs):
        return 125 * runs // 2000

    def row(what, wanted, reached, beside, met):
        return what, wanted, reached, beside, "met" if met else "missed"

    def of(count, counted):
        return f"{count} of {counted['runs']}"

    return [
        row("nothing to find, looked at after every visitor: ever claims a lift", f"≤ {most(nulls['runs'])} of {nulls['runs']}",
            of(nulls["claimed"], nulls), of(nulls["daily"], nulls), nulls["claimed"] <= most(nulls["runs"])),
        row("the same: the interval ever misses the truth", f"≤ {most(nulls['runs'])} of {nulls['runs']}", of(nulls["missed"], nulls), "",
            nulls["missed"] <= most(nulls["runs"])),
        row("the same: ever stopped for harm", f"≤ {most(nulls['runs'])} of {nulls['runs']}", of(nulls["stopped"], nulls), "",
            nulls["stopped"] <= most(nulls["runs"])),
        row("nothing to find, a holdout of 10 %: ever claims a lift", f"≤ {most(small['runs'])} of {small['runs']}",
            of(small["claimed"], small), of(small["daily"], small), small["claimed"] <= most(small["runs"])),
        row("a true lift of 8 %: found", "90 of 100 planned, as far as chance goes", of(lifts["claimed_above"], lifts), "",
            lifts["claimed_above"] >= 0.9 * lifts["runs"] - 2 * (0.09 * lifts["runs"]) ** 0.5),
        row("the same: the interval covers it at every visitor", "≥ 93 of 100", of(lifts["runs"] - lifts["missed"], lifts), "",
            lifts["runs"] - lifts["missed"] >= 0.93 * lifts["runs"]),
        row("a policy that costs a fifth: stopped within a quarter of the planned visitors", "≥ 95 of 100",
            of(harms["stopped_in_a_quarter"], harms), "", harms["stopped_in_a_quarter"] >= 0.95 * harms["runs"]),
        row("8 % more order value from dearer designs alone: said to pay", "≤ 5 of 100", of(answer["dearer"]["pays"], answer["dearer"]), "",
            answer["dearer"]["pays"] <= 0.05 * answer["dearer"]["runs"]),
        row("8 % more orders: said to pay", "90 of 100 planned, as far as chance goes", of(answer["right"]["pays"], answer["right"]), "",
            answer["right"]["pays"] >= 0.9 * answer["right"]["runs"] - 2 * (0.09 * answer["right"]["runs"]) ** 0.5),
        row("arms as large as planned, 50 000 visitors: alarm", "≤ 1 of 100", of(answer["ratio"]["false_alarms"], answer["ratio"]), "",
            answer["ratio"]["false_alarms"] <= 0.01 * answer["ratio"]["runs"]),
        row("one in twenty of one arm is lost: alarm", "≥ 95 of 100", of(answer["ratio"]["found"], answer["ratio"]), "",
            answer["ratio"]["found"] >= 0.95 * answer["ratio"]["runs"]),
        row("gate: an open gate that breaks its promise, worst learner and size", "≤ 50 of 1000",
            f"{max(gate['broken'] for gate in answer['gates'])} of 1000", "", max(gate["broken"] for gate in answer["gates"]) <= 50),
    ]


def section(answer, rows, options, seconds):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    lifts, harms = answer["lifts"], answer["harms"]
    return "\n\n".join(
        [
            "## Experiments and the gate",
            f"`python3 bench/experiments/run.py --nulls {options.nulls} --runs {options.runs}` (`make bench-experiments`), "
            f"{datetime.date.today()}, commit {commit.stdout.strip()}, {os.cpu_count()} cores, {platform.system()}, {seconds:.0f} s. Made-up "
            f"shoppers of a travel bike: {100 * answer['conversion']:.1f} % order, for {answer['order_value'] / 100:.0f} on average, so that order value "
            f"per visitor spreads over {answer['spread']:.1f} times its mean. An experiment of half holdout, half policy is planned for "
            f"{thousands(answer['visitors'])} visitors ({thousands(answer['visitors_with_small_holdout'])} with a holdout of 10 %), so that 9 of 10 see a lift of 8 %. All intervals are at "
            "95 % and looked at after every visitor. The daily z-test claims a lift when, on one of 28 days, its 95 % interval leaves out 0.",
            report.table(["what", "wanted", "reached", "daily z-test", ""], rows),
            f"Of the experiments with a lift of 8 % that found it, half had by {percent(lifts['half_claimed'])} of the planned visitors; of those that cost a "
            f"fifth, half were stopped by {percent(harms['half_stopped'])}. With 8 % from dearer designs alone {answer['dearer']['may_be_dearer']} of "
            f"{answer['dearer']['runs']} were said to lift order value and perhaps no more than the prices.",
            "What the first experiment with 8 % more orders reports:",
            "\n".join(f"> {line}<br>" for line in answer["report"]),
            "### The gate, by learner and number of held-out cases",
            "A thousand sets of cases each; `open` is how many opened the gate, `broken` how many of these preselect what is right in fewer than 95 of "
            "100 in truth, `preselected` the share of cases that an open gate preselects.",
            report.table(
                ["the learner is right", "cases", "open", "broken", "preselected"],
                [(gate["learner"], gate["cases"], gate["opened"], gate["broken"], percent(gate["coverage"])) for gate in answer["gates"]],
            ),
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/experiment-trials")
    parser.add_argument("--nulls", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--dry", action="store_true", help="only print")
    options = parser.parse_args()
    begun = time.monotonic()
    command = [options.binary, "--nulls", str(options.nulls), "--runs", str(options.runs), "--threads", str(os.cpu_count())]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    rows = bars(answer)
    text = section(answer, rows, options, time.monotonic() - begun)
    print(text)
    if not options.dry:
        report.replace_section(ROOT / "bench" / "RESULTS.md", text, BEGIN, END)
    sys.exit(any(met == "missed" for *_, met in rows))


if __name__ == "__main__":
    main()
