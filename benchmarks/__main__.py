"""Run every benchmark: python -m benchmarks."""

import subprocess
import sys

PARTS = (
    *("engine", "preprocess", "payloads", "server", "live", "operations", "load", "hostile"),
    *("page", "hover", "space"),
)


def main() -> None:
    """Run each in a process of its own, so that none warms or crowds another."""
    failed = [
        part
        for part in PARTS
        if subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False).returncode
    ]
    if failed:
        sys.exit(f"These benchmarks failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
