#!/usr/bin/python3
# scores.t - what assay-detect eval says of scores, beside scikit-learn, SciPy and NumPy.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from beside_scipy import np, stats, ok, near, done, skip_all

try:
    from sklearn import metrics
except ImportError:
    skip_all("python3-sklearn is not installed")

BIN = os.path.join(os.environ.get("ASSAY_BUILD", "build"), "bin")
rng = np.random.default_rng(5)


def evaluate(scores, labels, *options, groups=None):
    lines = ["item\tscore\tlabel\tgroup"]
    groups = groups if groups is not None else ["NA"] * len(scores)
    lines += [f"i{i}\t{score!r}\t{label}\t{group}"
              for i, (score, label, group) in enumerate(zip(scores.tolist(), labels.tolist(), groups))]
    text = subprocess.run([os.path.join(BIN, "assay-detect"), "eval", "--scores=-", *options], check=True, text=True,
                          capture_output=True, input="\n".join(lines) + "\n").stdout
    names, row = (line.split("\t") for line in text.splitlines()[:2])
    return {name: float("nan") if cell == "NA" else float(cell) for name, cell in zip(names, row)
            if name not in ("set", "note", "learnt", "perturbed")}


def equal_errors(labels, scores):
    """Where the false positive rate is the false negative rate, linear between thresholds."""
    x, y, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    gap = x - (1 - y)
    i = np.argmax(gap >= 0)
    return x[i - 1] + (x[i] - x[i - 1]) * -gap[i - 1] / (gap[i] - gap[i - 1])


def check(scores, labels, name):
    got = evaluate(scores, labels, "--threshold=0.25", "--draws=2")
    fakes, reals = scores[labels == 1], scores[labels == 0]
    x, y, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    called = scores > .25
    near(got["ap"], metrics.average_precision_score(labels, scores), 1e-15, f"{name}: average precision")
    near(got["auc"], stats.mannwhitneyu(fakes, reals).statistic / len(fakes) / len(reals), 1e-15, f"{name}: AUC")
    near(got["auc"], metrics.roc_auc_score(labels, scores), 1e-14, f"{name}: AUC, as scikit-learn has it")
    near(got["eer"], equal_errors(labels, scores), 1e-14, f"{name}: equal errors")
    near(got["accuracy"], metrics.accuracy_score(labels, called), 1e-15, f"{name}: accuracy")
    near(got["balanced"], metrics.balanced_accuracy_score(labels, called), 1e-15, f"{name}: balanced accuracy")
    near(got["fake_accuracy"], metrics.recall_score(labels, called), 1e-15, f"{name}: accuracy of fakes")
    near(got["best"], ((y + 1 - x) / 2).max(), 1e-15, f"{name}: best threshold")
    near(metrics.balanced_accuracy_score(labels, scores > got["best_threshold"]), got["best"], 1e-15,
         f"{name}: which is one")
    for rate, column in ((.1, "pd_far_10"), (.05, "pd_far_5"), (.01, "pd_far_1")):
        near(got[column], y[x <= rate * (1 + 1e-12)].max(), 1e-15, f"{name}: {column}")


def labels_of(n, share):
    labels = (rng.random(n) < share).astype(int)
    labels[:2] = 0, 1
    return labels


for n, share, steps, name in ((2000, .5, 0, "no ties"), (2000, .5, 20, "ties"), (1500, .1, 7, "few fakes, ties"),
                              (1000, .9, 0, "few reals"), (50, .5, 2, "two scores"), (3, .5, 0, "three")):
    labels = labels_of(n, share)
    scores = rng.normal(size=n) + labels
    check(np.round(scores * steps) / steps if steps else scores, labels, name)
check(np.zeros(30), labels_of(30, .5), "all equal")
check(np.concatenate([np.zeros(30), np.ones(20)]), np.repeat([0, 1], [30, 20]), "no overlap")
check(np.concatenate([np.zeros(30), np.ones(20)]), np.repeat([1, 0], [30, 20]), "turned round")

# The interval of a mean of groups: beside the same bootstrap in NumPy, of other random numbers.
n_groups, each = 60, 5
of = np.repeat(np.arange(n_groups), each)
labels = (of % 2 == 0).astype(int)
scores = rng.normal(size=n_groups)[of] + rng.normal(size=len(of)) * .3 + labels
got = evaluate(scores, labels, "--draws=4000", groups=[f"g{group}" for group in of])


def draw():
    chosen = np.concatenate([rng.choice(np.arange(first, n_groups, 2), n_groups // 2) for first in (0, 1)])
    rows = (chosen[:, None] * each + np.arange(each)).ravel()
    return metrics.roc_auc_score(labels[rows], scores[rows])


low, high = np.quantile([draw() for _ in range(1000)], [.025, .975])
ok(abs(got["auc_low"] - low) < .02 and abs(got["auc_high"] - high) < .02, "intervals by group")
done()
