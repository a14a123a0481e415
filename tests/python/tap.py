# tap.py - what the tests of python/assay.py share: they speak TAP, in a scratch folder that holds
# everything in tests/data, with the programs of the build in the PATH.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.realpath(os.environ.get("ASSAY_BUILD", os.path.join(ROOT, "build")))


def skip_all(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


try:
    import numpy  # noqa: F401
except ImportError:
    skip_all("python3-numpy is not installed")

sys.path.insert(0, os.path.join(ROOT, "python"))
os.environ["PATH"] = os.path.join(BUILD, "bin") + ":" + os.environ["PATH"]
os.environ["PYTHONPATH"] = os.path.join(ROOT, "python")
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
os.environ.pop("ASSAY_SPECS", None)
_scratch = tempfile.mkdtemp(prefix="assay-python-")
atexit.register(shutil.rmtree, _scratch)
shutil.copytree(os.path.join(ROOT, "tests", "data"), _scratch, dirs_exist_ok=True)
os.chdir(_scratch)


class Skip(Exception):
    """Raised by a test that cannot run here, with the reason."""


def sh(command, status=0, data=None):
    """Runs a command line; its standard output. It must end with that status."""
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], input=data,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == status, \
        f"{command}\nstatus {done.returncode}, expected {status}\n{done.stderr.decode()}"
    return done.stdout


def raises(kind, what, function, *arguments, **options):
    """The call must raise exactly that, with a message that has `what` in it."""
    try:
        function(*arguments, **options)
    except Exception as fault:
        assert type(fault) is kind, f"{fault!r} is not of {kind.__name__}"
        assert what in str(fault), f"{fault!r} does not say {what!r}"
        return
    raise AssertionError(f"nothing was raised; expected: {what}")


def run(tests):
    """Runs the functions of a module that are called test_..., a test each; leaves with the
    status."""
    tests = [(name, test) for name, test in tests.items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = False
    for number, (name, test) in enumerate(tests, 1):
        title = (test.__doc__ or name[5:].replace("_", " ")).strip().partition("\n")[0]
        try:
            test()
            print(f"ok {number} - {title}")
        except Skip as why:
            print(f"ok {number} - {title} # SKIP {why}")
        except Exception:
            failed = True
            print(f"not ok {number} - {title}")
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    sys.exit(failed)
