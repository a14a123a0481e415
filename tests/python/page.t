#!/usr/bin/python3
# page.t - what assay-python(7) and the docstrings of assay.py show is what Python prints, and what
# README.md shows of Python runs. Cells of a page, which begin with >>>, run one after the other, as
# in a notebook. Its script and its pipe are run by tests/lint, with those of other pages.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import doctest
import inspect
import io
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import tap
from tap import sh

import assay

PAGE = os.path.join(tap.ROOT, "man", "assay-python.7")


def displays(page):
    """The literal displays of a page as a reader sees them."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for display in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed$", text, re.DOTALL | re.MULTILINE):
        yield display.replace("\\&", "").replace("\\e", "\\")


def complaints(examples, name, names):
    said = []
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(examples, names, name, name, 0), out=said.append)
    assert runner.summarize(verbose=False).attempted > 0, f"{name} has no examples"
    return "".join(said)


def test_the_cells_of_the_page():
    cells = [display for display in displays(PAGE) if display.startswith(">>>")]
    assert len(cells) > 4
    said = complaints("\n".join(cells), "assay-python.7", {})
    assert not said, said


def test_the_docstrings():
    sh("assay-roll -q -o bach.tar bach; assay-chroma -q bach.tar | assay-mine -q > bach.spec.json; "
       "assay-check -q -s bach.spec.json -o findings.tsv generated")
    said = "".join(complaints(found.docstring, found.name, dict(vars(assay)))
                   for found in doctest.DocTestFinder().find(assay) if found.examples)
    assert not said, said


def test_the_readme():
    with open(os.path.join(tap.ROOT, "README.md"), encoding="utf-8") as file:
        blocks = re.findall(r"^```python\n(.*?)^```$", file.read(), re.DOTALL | re.MULTILINE)
    assert blocks
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        for block in blocks:
            exec(block, {})
    assert printed.getvalue() == "one (64, 128) ('time', 'pitch')\n" \
        "D-F#-A is the chord that is held most\n", printed.getvalue()
    sh("assay-chroma -q model.tar | assay-check -q -s bach-chorales --summary model=-")


def test_all_names_are_there():
    """What assay.py offers is documented, by docstrings and in the page"""
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    for name in assay.__all__:
        assert hasattr(assay, name), name
        thing = getattr(assay, name)
        if callable(thing):
            assert inspect.getdoc(thing), name
            if name[0].islower():
                assert f"assay.{name}(" in page, f"{name} is not in the page"


def test_it_is_python_3_9():
    import ast
    with open(assay.__file__, encoding="utf-8") as file:
        ast.parse(file.read(), feature_version=(3, 9))


def test_the_file_alone():
    """A copy of the file works by itself"""
    sh(f"mkdir alone && cp {assay.__file__} alone && cd alone && "
       f"PYTHONPATH= {sys.executable} -W error -c "
       "'import assay; assert assay.__file__.endswith(\"alone/assay.py\"); "
       "assert [n for n, _ in assay.read(\"../bach.tar\")]'")


tap.run(globals())
