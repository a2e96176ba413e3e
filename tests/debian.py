"""Get a program that tests drive from Debian's packages, where this runs as root."""

import os
import shutil
import subprocess


def tried(command: list[str], seconds: int) -> bool:
    """Run a command without a word; whether it worked."""
    try:
        done = subprocess.run(command, timeout=seconds, check=False, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def can_install() -> bool:
    """Whether packages can be installed here."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Install packages, as well as may be; a service among them is not started."""
    tried(["apt-get", "update", "-qq"], 300)
    quiet = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    tried(["env", "RUNLEVEL=1", "DEBIAN_FRONTEND=noninteractive", *quiet, *packages], 900)
