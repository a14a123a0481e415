# bench/peers.py - finds pretty_midi, which Debian does not package.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys

from harness import BUILD

PINNED = "pretty_midi==0.2.10"
HOW_TO = """it is not here, and pip cannot bring it. To have it:
  pip install pretty_midi where python3 finds it, or set PRETTY_MIDI to a checkout of
  github.com/craffel/pretty-midi (with python3-mido, -numpy, -six and -importlib-resources)"""


class PrettyMidi:
    """An interpreter and an environment that can import it, and its version."""

    def __init__(self, python, path):
        self.python = python
        self.environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
        if path is not None:
            self.environment["PYTHONPATH"] = path
        self.version = self._look()

    def _look(self):
        # A checkout that was never installed has no version of its own.
        code = ("import importlib.metadata as m, mido, numpy, pretty_midi\n"
                "try: own = m.version('pretty_midi')\n"
                "except m.PackageNotFoundError: own = 'checkout'\n"
                "print('pretty_midi', own + ', mido', m.version('mido') + ', numpy',\n"
                "      numpy.__version__)")
        done = subprocess.run([self.python, "-W", "ignore", "-c", code], env=self.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip() if done.returncode == 0 else None


def _install(folder):
    """Tries pip; Debian's packages have what pretty_midi itself needs."""
    print(f"tries to install {PINNED} to {folder}", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
               "--no-build-isolation", "--disable-pip-version-check", "--retries", "0",
               "--timeout", "10", "--target", folder, PINNED]
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=90)
    except subprocess.TimeoutExpired:
        pass


def find_pretty_midi():
    """The one that $PRETTY_MIDI names, that python3 has, or that pip brings; else None and why."""
    if "PRETTY_MIDI" in os.environ:
        found = PrettyMidi(sys.executable, os.environ["PRETTY_MIDI"])
        if found.version:
            return found, None
        return None, "$PRETTY_MIDI names no folder that it can be imported from"
    folder = os.path.join(BUILD, "bench-peers")
    for python, path in (sys.executable, None), ("python3", None), (sys.executable, folder):
        found = PrettyMidi(python, path)
        if found.version:
            return found, None
    _install(folder)
    found = PrettyMidi(sys.executable, folder)
    return (found, None) if found.version else (None, HOW_TO)
