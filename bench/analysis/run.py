"""How long the analysis of each demo product takes, as the admin's page asks for it after an edit; writes the section in
bench/RESULTS.md.

    run.py [--binary target/release/examples/analysis_times] [--dry]

It ends with 1 when a bar is missed.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "engine"))
import report

BEGIN, END = "<!-- bench-analysis -->", "<!-- /bench-analysis -->"
# Milliseconds.
MOST_AT_ONCE, MOST_RULES, MOST_TABLE = 300, 5_000, 300


def processor():
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def background(product):
    """Everything that is found out behind."""
    return sum(product[part] for part in ("rules_ms", "dead_ms", "follows_ms"))


def row(product, has_bar):
    met = product["at_once_ms"] <= MOST_AT_ONCE and background(product) <= MOST_RULES
    return (
        Path(product["path"]).parent.name,
        product["served_by"],
        product["designs"] or "not counted",
        "exact" if product["exact_prices"] else "bounds",
        f"{product['at_once_ms']:.0f} ms",
        product["rules"],
        f"{product['nearest']} of {product['witnesses']}",
        product["never"],
        product["undecided"],
        f"{product['rules_ms']:.0f} ms",
        f"{product['longest_rule_ms']:.1f} ms",
        f"{product['follows_ms']:.0f} ms",
        ("met" if met else "missed") if has_bar else "–",
    )


def table_row(table):
    return (
        f"{table['rows']} × {table['columns']}",
        table["possible"],
        table["open"],
        table["idle"],
        f"{table['report_ms']:.0f} ms",
        f"{table['read_ms']:.0f} ms",
        f"{table['compile_ms']:.0f} ms, {table['served_by']}",
        "met" if table["report_ms"] <= MOST_TABLE else "missed",
    )


def section(rows, tables, options):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return "\n\n".join(
        [
            "## Analysis of a draft",
            f"`python3 bench/analysis/run.py --binary {options.binary.relative_to(ROOT)}` (`make bench-analysis`), {datetime.date.today()}, "
            f"commit {commit.stdout.strip()}, {processor()}, {os.cpu_count()} cores, "
            f"load {os.getloadavg()[0]:.1f}. One thread. *At once*: from the checked product to the number of designs, prices, dead options and attributes "
            "without a choice, with the diagram that is made for it; the median of five. *Rules*: everything with a rule's witness or the rules that say the "
            f"same, once. Bars, for the demo products: at once ≤ {MOST_AT_ONCE} ms, all that follows ≤ {MOST_RULES} ms. The workbench is the "
            "browser tests' product that only the solver serves; it has no bar.",
            report.table(
                ["product", "served by", "designs", "prices", "at once", "rules", "witnesses proven nearest", "never matter", "left open",
                 "rules", "longest rule", "what follows", ""],
                rows,
            ),
            "A table of combinations over a made-up product of eight choices of six options with eight other rules, one of them a sum: what it leaves out, "
            f"says twice and for nothing, the median of five (bar ≤ {MOST_TABLE} ms); reading its text as a rule and compiling the product with it, once.",
            report.table(
                ["table", "possible combinations", "in no row", "rows that never matter", "told in", "read in", "compiled in", ""],
                tables,
            ),
        ]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/examples/analysis_times")
    parser.add_argument("--dry", action="store_true", help="only print")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    demo = sorted((ROOT / "catalogs").glob("*/product.toml"))
    large = ROOT / "end2end/catalogs/workbench/product.toml"
    command = [options.binary, *demo, large]
    products = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    rows = [row(product, product["path"] != str(large)) for product in products]
    made_up = json.loads(subprocess.run([options.binary, "--table"], check=True, capture_output=True, text=True).stdout)
    tables = [table_row(made_up)]
    text = section(rows, tables, options)
    print(text)
    if not options.dry:
        report.replace_section(ROOT / "bench" / "RESULTS.md", text, BEGIN, END)
    sys.exit(any(cells[-1] == "missed" for cells in rows + tables))


if __name__ == "__main__":
    main()
