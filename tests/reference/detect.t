#!/usr/bin/python3
# detect.t - what assay-detect tells apart, on real and generated pictures, and its machines beside those of
# libsvm's and liblinear's own programs and of scikit-learn.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from beside_scipy import np, ok, near, done

try:
    from sklearn import linear_model, metrics, svm
except ImportError:
    metrics = None

BIN = os.path.join(os.environ.get("ASSAY_BUILD", "build"), "bin")
DATA = Path(os.environ.get("ASSAY_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
scratch = tempfile.TemporaryDirectory()
here = Path(scratch.name)


def skip(why):
    print(f"# left out: {why}")


def run(tool, *arguments):
    command = [os.path.join(BIN, tool), *map(str, arguments)]
    return subprocess.run(command, check=True, text=True, capture_output=True).stdout


def rows(text):
    lines = [line.split("\t") for line in text.splitlines()]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def write(name, lines):
    (here / name).write_text("".join(line + "\n" for line in lines))
    return here / name


def features(name, groups, *operands):
    """A table of features, as lines without its header, which is kept beside it."""
    lines = run("assay-features", "-q", "--features=" + groups, *operands).splitlines()
    write(name, lines)
    return lines


def train(model, *arguments):
    run("assay-detect", "train", "-q", "-o", here / model, *arguments)


def apply(model, *operands):
    return rows(run("assay-detect", "apply", "-q", "-m", here / model, *operands))


def auc(reals, fakes):
    """As Mann and Whitney count it."""
    reals, fakes = np.array(reals, float), np.array(fakes, float)
    both = np.sort(reals)
    below, above = np.searchsorted(both, fakes, "left"), np.searchsorted(both, fakes, "right")
    return (below + above).sum() / 2 / len(reals) / len(fakes)


def scores(found):
    return [float(row["score"]) for row in found]


def balanced(reals, fakes):
    """Of the labels that apply has given."""
    return (np.mean([row["called"] == "real" for row in reals]) + np.mean([row["called"] == "fake" for row in fakes])) / 2


# Its machines, on numbers that svm-train's format of models keeps.

rng = np.random.default_rng(9)
x = np.round(rng.normal(size=(90, 5)), 4)
y = np.repeat([0, 1], [50, 40])
x[y == 1] += [1, 0, .5, 0, 0]
x = np.round(x, 4)
for k in (0, 1):
    write(f"{k}.tsv", ["item\t" + "\t".join("abcde")] +
          [f"{k}-{i}\t" + "\t".join(map(repr, row)) for i, row in enumerate(x[y == k].tolist())])
write("svm", [f"{label} " + " ".join(f"{k + 1}:{v!r}" for k, v in enumerate(row)) for label, row in zip(y, x.tolist())])


def own(model, *options):
    train("m.json", "--plain", "--model=" + model, *options, here / "0.tsv", here / "1.tsv")
    return np.array(scores(apply("m.json", here / "0.tsv", here / "1.tsv")))


# svm-train takes what it is given for float32: numbers that are.
KERNELS = {"svm": ([], ["-t", "0", "-c", "1"], dict(kernel="linear", C=1)),
           "rbf": (["--c=6.375", "--gamma=.875"], ["-t", "2", "-c", "6.375", "-g", ".875"],
                   dict(kernel="rbf", C=6.375, gamma=.875)),
           "poly": (["--c=2", "--gamma=.25"], ["-t", "1", "-c", "2", "-g", ".25"],
                    dict(kernel="poly", C=2, gamma=.25, degree=3))}
for model, (ours, theirs, options) in KERNELS.items():
    found = own(model, *ours)
    if which("svm-train"):
        subprocess.run(["svm-train", "-q", *theirs, here / "svm", here / "svm.model"], check=True)
        subprocess.run(["svm-predict", here / "svm", here / "svm.model", here / "out"], check=True, capture_output=True)
        labels = np.array((here / "out").read_text().split(), int)
        text = (here / "svm.model").read_text()
        head, body = text.split("SV\n", 1) if "\nSV\n" not in text else text.split("\nSV\n", 1)
        rho = float(next(line for line in head.splitlines() if line.startswith("rho")).split()[1])
        vectors = [line.split() for line in body.splitlines()]
        coefficients = np.array([float(v[0]) for v in vectors])
        z = np.array([[float(c.split(":")[1]) for c in v[1:]] for v in vectors])
        kernel = {"svm": lambda: x @ z.T, "poly": lambda: (.25 * x @ z.T) ** 3,
                  "rbf": lambda: np.exp(-.875 * ((x[:, None] - z) ** 2).sum(2))}[model]()
        near(np.abs(found + kernel @ coefficients - rho).max(), 0, 1e-9,
             f"{model}: decision values are those of the model of svm-train")
        ok((labels == (found > 0)).all(), f"{model}: labels are those of svm-predict")
    else:
        skip(f"{model}: libsvm-tools are not installed")
    if metrics:
        theirs = svm.SVC(**options).fit(x, y).decision_function(x)
        near(np.abs(found - theirs).max(), 0, 1e-9, f"{model}: and those of scikit-learn")
    else:
        skip(f"{model}: python3-sklearn is not installed")
if which("liblinear-train"):
    for model, kind in (("logistic", "0"), ("linear", "2")):
        subprocess.run(["liblinear-train", "-q", "-s", kind, "-e", ".0001", "-B", "1", here / "svm", here / "lin.model"],
                       check=True)
        weights = np.array((here / "lin.model").read_text().split("\nw\n")[1].split(), float)
        near(np.abs(own(model) + x @ weights[:5] + weights[5]).max(), 0, 1e-9,
             f"{model}: decision values are those of liblinear-train")
else:
    skip("logistic, linear: liblinear-tools are not installed")

# Ridge: w = (S + I / C)^-1 (m1 - m0), half way between.
z = (x - x.mean(0)) / x.std(0)
train("m.json", "--one-sided", "--c=3", here / "0.tsv", here / "1.tsv")
found = np.array(scores(apply("m.json", here / "0.tsv", here / "1.tsv")))
means = [z[y == k].mean(0) for k in (0, 1)]
w = np.linalg.solve(np.cov(z.T, bias=True) + np.eye(5) / 3, means[1] - means[0])
near(np.abs(found - (z - (means[0] + means[1]) / 2) @ w).max(), 0, 1e-12, "ridge is what NumPy makes of its formula")
w = linear_model.Ridge(alpha=30).fit(z, y).coef_ if metrics else w
near(np.corrcoef(found, z @ w)[0, 1], 1, 1e-12, "and has the direction of ridge regression on the labels")

# Faces: profiles of dcgan against CelebA, 20 labels; noise, of reals alone.

if not (DATA / "celeba64-gan").is_dir():
    skip("the shared data are absent")
    done()
    sys.exit()

DCGAN = sorted((DATA / "celeba64-gan").glob("dcgan*"))


def cross(groups, *operands):
    row = rows(run("assay-detect", "-q", "--features=" + groups, "--permutations=99", "--draws=10", *operands))[0]
    return float(row["auc"]), float(row["accuracy"]), float(row["p"])


found = cross("profile", DATA / "celeba64" / "real", *[f"dcgan={folder}" for folder in DCGAN])
ok(found[0] >= .98 and found[1] >= .94 and found[2] == .01, f"faces, profile: AUC {found[0]:.3f}, accuracy {found[1]:.3f}")
found = cross("profile", *[f"real={DATA / 'cifar10-gan' / name}" for name in ("real64", "real64b")],
              *[f"dcgan={folder}" for folder in sorted((DATA / "cifar10-gan").glob("dcgan*"))])
ok(found[0] >= .99 and found[2] == .01, f"CIFAR, profile: AUC {found[0]:.3f}")

table = {"real": features("real.tsv", "profile,noise", DATA / "celeba64" / "real"),
         "fake": features("fake.tsv", "profile,noise", *DCGAN)}


def twenty_labels(columns, n_draws):
    """The mean balanced accuracy of models of ten reals and ten fakes on all others."""
    means = []
    for draw in range(n_draws):
        sides = []
        for k, name in enumerate(("real", "fake")):
            cells = [line.split("\t") for line in table[name]]
            keep = [i for i, c in enumerate(cells[0]) if i == 0 or c.startswith(columns)]
            lines = ["\t".join(c[i] for i in keep) for c in cells]
            order = np.random.default_rng([draw, k]).permutation(len(lines) - 1) + 1
            sides.append((write(f"{name}-20.tsv", [lines[0]] + [lines[i] for i in order[:10]]),
                          write(f"{name}-rest.tsv", [lines[0]] + [lines[i] for i in order[10:]])))
        train("m.json", sides[0][0], sides[1][0])
        means.append(balanced(apply("m.json", sides[0][1]), apply("m.json", sides[1][1])))
    return np.mean(means)


found = twenty_labels(("profile",), 8)
ok(found >= .85, f"faces, profile, 20 labels: balanced accuracy {found:.3f}")
found = twenty_labels(("profile", "noise"), 8)
ok(found >= .97, f"faces, profile and noise, 20 labels: balanced accuracy {found:.3f}")

folders = sorted(p for p in (DATA / "celeba64-gan").iterdir() if p.is_dir())
halves = [[DATA / "celeba64" / "real" / name for name in names] for names in ("ab", "cd")]
train("one.json", "--model=one-class", "--features=noise", *[f"real={p}" for p in halves[0]])
others = apply("one.json", *halves[1])
worst = min(auc(scores(others), scores(apply("one.json", folder))) for folder in folders)
ok(worst >= .98, f"faces, noise, of reals alone: the least AUC of {len(folders)} sets is {worst:.3f}")
share = np.mean([row["called"] == "fake" for row in others])
ok(share <= .15, f"of reals it has not seen {share:.1%} are called fakes at .05")
table = rows(run("assay-detect", "-q", "--features=noise", "--permutations=199", "--draws=10", DATA / "celeba64" / "real",
                 *folders))
ok(len(table) == len(folders) and max(float(row["p"]) for row in table) < .01,
   f"faces, noise: each of {len(folders)} sets is found at p < .01")
ps = []
for k, names in enumerate(("ab", "ac", "ad")):
    rest = [n for n in "abcd" if n not in names]
    ps.append(cross("noise", *[f"one={DATA / 'celeba64' / 'real' / n}" for n in names],
                    *[f"other={DATA / 'celeba64' / 'real' / n}" for n in rest])[2])
ok(min(ps) >= .01, "and halves of the real ones are not: p " + ", ".join(f"{p:.2f}" for p in ps))

found = cross("comb", DATA / "sc09-gan" / "real", DATA / "sc09-gan" / "wavegan")
ok(found[0] >= .99, f"WaveGAN, comb: AUC {found[0]:.3f}")

# MNIST by its edges: the last epochs of 23 generators.

last = {}
for path in sorted((DATA / "mnist-ganzoo" / "idx").iterdir()):
    last[path.name.rsplit("_e", 1)[0]] = path
lines = features("mnist.tsv", "edges", DATA / "mnist" / "images-idx3-ubyte.gz")
order = np.random.default_rng(1).permutation(len(lines) - 1)[:1000] + 1
real = write("real.tsv", [lines[0]] + [lines[i] for i in order[:500]])
rest = write("rest.tsv", [lines[0]] + [lines[i] for i in order[500:]])
for name, path in last.items():
    features(name + ".tsv", "edges", path)
train("one.json", "--model=one-class", real)
reals = scores(apply("one.json", rest))
found = [auc(reals, scores(apply("one.json", here / f"{name}.tsv"))) for name in last]
ok(np.mean(found) >= .97, f"MNIST, edges, of reals alone: AUC {np.mean(found):.3f}, the least {min(found):.3f}")
found = []
for name in last:
    train("m.json", "--folds=2", real, *[f"fake={here / other}.tsv" for other in last if other != name])
    found.append(auc(scores(apply("m.json", rest)), scores(apply("m.json", here / f"{name}.tsv"))))
ok(np.mean(found) >= .99, f"MNIST, edges, each of {len(last)} generators left out: AUC {np.mean(found):.4f}, "
   f"the least {min(found):.3f}")
done()
