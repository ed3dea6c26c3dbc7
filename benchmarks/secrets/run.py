"""How well shared secrets are told apart: python -m benchmarks.secrets.run [COUNT]."""

import sys

from auditor.packs import load_packs

from .cases import WORKED
from .generate import generated
from .measure import measure


def main(count: int) -> None:
    pack = load_packs(folders={"secrets"})
    for name, cases in (("worked examples", WORKED), (f"{count} generated", tuple(generated(count)))):
        score = measure(cases, pack)
        print(
            f"{name}: precision {score.precision:.4f}, recall {score.recall:.4f}, "
            f"rightly silent {score.silent} of {sum(not case.kinds for case in cases)}"
        )
        for line in score.wrong[:20]:
            print(f"  {line}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1300)
