"""How well secrets are found and told apart: python -m benchmarks.secrets.run [COUNT] [--detect-secrets PROGRAM].

detect-secrets is no dependency: install it in an environment of its own and give its program.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from auditor.packs import load_packs

from .cases import WORKED
from .generate import generated
from .measure import Lines, Score, lines_reported, measure, measure_lines
from .plaintext import labelled


def show(name: str, score: Score, silent: int, *, is_listed: bool = True) -> None:
    """Print a score; `silent` is how many cases hold nothing to report."""
    print(
        f"{name}: precision {score.precision:.4f}, recall {score.recall:.4f}, rightly silent {score.silent} of {silent}"
    )
    for line in score.wrong[: 20 if is_listed else 0]:
        print(f"  {line}")


def lines_of(program: str, files: Mapping[str, str]) -> Lines:
    """Return the lines that detect-secrets reports for the files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        command = [program, "scan", "--all-files", "--no-verify", "."]
        result = json.loads(subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True).stdout)["results"]
    return {(path, found["line_number"]) for path, all_found in result.items() for found in all_found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1300, help="generated cases of each kind")
    parser.add_argument("--detect-secrets", default=shutil.which("detect-secrets"), help="its program, to compare with")
    arguments = parser.parse_args()
    pack = load_packs(folders={"secrets"})
    for name, cases in (("worked", WORKED), (f"{arguments.count} generated", tuple(generated(arguments.count)))):
        show(f"shared secrets, {name}", measure(cases, pack), sum(not case.kinds for case in cases))
    files = tuple(labelled(arguments.count))
    silent = sum(not case.secrets for case in files)
    name = f"secrets in plain text, {arguments.count} files"
    show(name, measure_lines(files, lambda texts: lines_reported(texts, pack)), silent)
    if arguments.detect_secrets:
        # All files in one run: starting the program takes longer than the files.
        moved = {f"{number}/{path}": text for number, case in enumerate(files) for path, text in case.files.items()}
        found = lines_of(arguments.detect_secrets, moved)
        lines: dict[int, Lines] = {number: set() for number in range(len(files))}
        for path, line in found:
            number, _, inner = path.partition("/")
            lines[int(number)].add((inner, line))
        remaining = iter(lines.values())
        show("  detect-secrets", measure_lines(files, lambda _: next(remaining)), silent, is_listed=False)


if __name__ == "__main__":
    main()
