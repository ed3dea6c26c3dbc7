"""Measure speed and memory, and print ratios of one run: `python benchmarks/run.py [--checkov PROGRAM] [REPOSITORY…]`.

Every number is the best of several runs on this machine, now; compare ratios, not seconds of different machines.
Checkov is no dependency: install it in an environment of its own and give its program.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
CLOUD_SDKS = ("boto3", "botocore", "kubernetes", "azure", "google.cloud")


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of the processor, and the peak resident memory in MiB, of one process."""

    seconds: float
    processor: float
    memory: float


def measure(command: list[str], *, runs: int, expected: tuple[int, ...] = (0,)) -> Measured:
    """Return the fastest of `runs` runs and the largest memory."""
    seconds, processor, memory = float("inf"), float("inf"), 0.0
    for _ in range(runs):
        before = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=CHECKOUT, env=environment()
        )
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in expected:
            sys.exit(f"{command[0]} ended with {process.returncode}\n{errors.decode(errors='replace')[-2000:]}")
        seconds = min(seconds, time.perf_counter() - before)
        processor = min(processor, usage.ru_utime + usage.ru_stime)
        memory = max(memory, usage.ru_maxrss / 1024)
    return Measured(seconds, processor, memory)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT)}


def auditor(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "auditor", *map(str, arguments)]


def scan(folder: Path, *options: str) -> list[str]:
    return auditor("scan", folder, "--format", "json", "--fail-on", "never", *options)


def generate(root: Path, files: int, *, others: int) -> Path:
    """Write services with nine files of configuration each, and `others` files that hold none."""
    samples = CHECKOUT / "samples" / "clinic-hardened"
    kinds = [
        samples / "compose.yaml",
        samples / ".env",
        samples / "api/Dockerfile",
        samples / "redis/redis.conf",
        samples / "postgres/postgresql.conf",
        samples / "postgres/pg_hba.conf",
        samples / "k8s/portal.yaml",
        samples / "k8s/rbac.yaml",
        samples / "terraform/main.tf",
    ]
    for number in range(files // (len(kinds) + others)):
        folder = root / f"team-{number // 100}" / f"service-{number}"
        folder.mkdir(parents=True)
        for kind in kinds:
            shutil.copyfile(kind, folder / kind.name)
        for other in range(others):
            ending = ("py", "md", "json", "toml")[other % 4]
            (folder / f"file-{other}.{ending}").write_text('{"nothing": "to audit"}\n' * 50)
    return root


def line(name: str, value: str, bar: str = "") -> None:
    print(f"  {name:<44} {value:>14}  {bar}")


def own_numbers(runs: int) -> None:
    print("\nThe program alone")
    line("auditor --version", f"{measure(auditor('--version'), runs=runs + 2).seconds:.3f} s", "bar: under 0.25 s")
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", *scan(CHECKOUT / "samples/clinic-insecure")[1:]],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=environment(),
        check=False,
    ).stderr
    modules = {row.rpartition("|")[2].strip() for row in loaded.splitlines()}
    found = [sdk for sdk in CLOUD_SDKS if sdk in modules]
    line("cloud SDKs imported by a scan of files", ", ".join(found) or "none", "bar: none")
    for sample in ("clinic-insecure", "clinic-hardened"):
        line(f"samples/{sample}", f"{measure(scan(CHECKOUT / 'samples' / sample), runs=runs).seconds:.2f} s")


def growth(runs: int) -> None:
    start = measure(scan(CHECKOUT / "LICENSE"), runs=runs, expected=(0, 3)).seconds
    for title, others in (("one file in five is configuration", 36), ("nine files in ten are configuration", 1)):
        print(f"\nGrowth, on generated trees in which {title}")
        with tempfile.TemporaryDirectory() as folder:
            small = generate(Path(folder, "small"), 1_000, others=others)
            large = generate(Path(folder, "large"), 10_000, others=others)
            first = measure(scan(small), runs=runs)
            second = measure(scan(large), runs=1)
            line("1,000 files", f"{first.seconds:.2f} s", f"{first.memory:.0f} MiB")
            line("10,000 files", f"{second.seconds:.2f} s")
            ratio = (second.seconds - start) / (first.seconds - start)
            line("time for 10 times the files, start-up left out", f"x {ratio:.1f}", "bar: linear, so about 10")
            line("peak memory, 10,000 files", f"{second.memory:.0f} MiB", "bar: under 200")
            two = measure(scan(small, "--jobs", "2"), runs=runs)
            line("1,000 files, --jobs 2 over --jobs 1", f"x {two.seconds / first.seconds:.2f}")
            line("same result for --jobs 1 and 2", "yes" if same_result(small) else "NO", "bar: yes")


def same_result(folder: Path) -> bool:
    frozen = {**environment(), "SOURCE_DATE_EPOCH": "0"}
    outputs = [
        subprocess.run(
            scan(folder, "--jobs", jobs), stdout=subprocess.PIPE, cwd=CHECKOUT, env=frozen, check=True
        ).stdout
        for jobs in ("1", "2")
    ]
    return outputs[0] == outputs[1]


def comparison(checkov: str | None, repositories: list[Path], runs: int) -> None:
    if not repositories:
        return
    print("\nRepositories" + ("" if checkov else " (no Checkov here: give --checkov PROGRAM to compare)"))
    for repository in repositories:
        ours = measure(scan(repository), runs=runs, expected=(0, 3, 4))
        line(repository.name, f"{ours.seconds:.2f} s", f"{ours.memory:.0f} MiB")
        if checkov:
            command = [
                checkov,
                "--directory",
                str(repository),
                "--quiet",
                "--compact",
                "--output",
                "json",
                "--soft-fail",
            ]
            theirs = measure(command, runs=1)
            line("  Checkov", f"{theirs.seconds:.2f} s", f"{theirs.memory:.0f} MiB")
            line("  auditor is faster by", f"x {theirs.seconds / ours.seconds:.1f}", "bar: at least 15")
            line("  and takes less of the processor by", f"x {theirs.processor / ours.processor:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", nargs="*", type=Path, help="folders to scan, and to compare with Checkov")
    parser.add_argument("--checkov", default=shutil.which("checkov"), help="Checkov's program (default: from PATH)")
    parser.add_argument("--runs", type=int, default=3, help="how often each measurement is repeated")
    parser.add_argument("--no-growth", action="store_true", help="leave out the generated trees")
    arguments = parser.parse_args()
    own_numbers(arguments.runs)
    if not arguments.no_growth:
        growth(arguments.runs)
    comparison(arguments.checkov, [path.resolve() for path in arguments.repositories], arguments.runs)


if __name__ == "__main__":
    main()
