# report.py - what the scripts of this folder share: a program is run, and TAP is told of it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
BIN = os.path.join(os.environ.get("ASSAY_BUILD", os.path.join(HERE, "..", "..", "build")), "bin")
number = failed = 0


def report(ok, name, *why):
    global number, failed
    number += 1
    failed += not ok
    print("%sok %d - %s" % ("" if ok else "not ", number, name))
    for line in () if ok else why:
        print("# %s" % line)


def run(tool, *arguments, data=None):
    command = [os.path.join(BIN, tool), *arguments]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def finish():
    print("1..%d" % number)
    sys.exit(failed > 0)
