#!/usr/bin/python3
# compare.t - what assay-compare says of sets of pictures, beside SciPy and NumPy: values of measures, and
# p by a permutation test of pictures that is made again here.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import gzip
import io
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from beside_scipy import np, stats, ok, near, done, jensenshannon

DATA = os.environ.get("ASSAY_SHARED_DATA", "")
BIN = os.path.join(os.environ.get("ASSAY_BUILD", "build"), "bin")
if not os.path.isdir(DATA):
    print("1..0 # SKIP the reference data is not here (ASSAY_SHARED_DATA)")
    sys.exit(0)

scratch = tempfile.TemporaryDirectory()


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PATH": f"{BIN}:/usr/bin"},
                          cwd=scratch.name).stdout


def idx(path):
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)


def stream(name, pixels, full_scale):
    np.save(os.path.join(scratch.name, name + ".npy"), pixels)
    run("assay-array", "--field=pixels", "--axes=item,row,column", f"--meta=full_scale={full_scale}", "-q", "-o",
        name + ".tar", name + ".npy")
    return name + ".tar"


def table(*arguments):
    lines = run("assay-compare", "-q", *arguments).decode().splitlines()
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def compare(*arguments):
    return {row["measure"]: row for row in table("--field=pixels", *arguments)}


def number(rows, measure, column="value"):
    return float(rows[measure][column])


def histograms(a, b, bins):
    return [np.histogram(x.astype(np.float64), bins=bins, range=(0, 1))[0] for x in (a, b)]


def beside_scipy(name, a, b, rows):
    near(number(rows, "ks"), stats.ks_2samp(a, b, method="asymp").statistic, 1e-12, f"{name}: ks")
    near(number(rows, "w1"), stats.wasserstein_distance(a, b), 1e-11, f"{name}: w1")
    near(number(rows, "jsd"), jensenshannon(*histograms(a, b, 100), base=2) ** 2, 1e-12, f"{name}: jsd")
    near(number(rows, "outside"), abs(np.mean((b < 0) | (b > 1)) - np.mean((a < 0) | (a > 1))), 1e-12,
         f"{name}: outside")
    near(number(rows, "atom:0"), abs(np.mean(a == 0) - np.mean(b == 0)), 1e-12, f"{name}: atom:0")


def moments(name, a, b, rows):
    for measure, of in (("mean", np.mean), ("variance", np.var)):
        near(number(rows, measure), abs(of(a, axis=1).mean() - of(b, axis=1).mean()), 1e-9, f"{name}: {measure}")
    near(number(rows, "skewness"), abs(stats.skew(a, axis=1).mean() - stats.skew(b, axis=1).mean()), 1e-8,
         f"{name}: skewness")
    near(number(rows, "kurtosis"),
         abs(stats.kurtosis(a, axis=1, fisher=False).mean() - stats.kurtosis(b, axis=1, fisher=False).mean()), 1e-7,
         f"{name}: kurtosis")


real = idx(f"{DATA}/mnist/images-idx3-ubyte.gz")[:1000]
zoo = idx(f"{DATA}/mnist-ganzoo/idx/tf-WGAN-GP_e024-idx3-ubyte.gz")
reference = stream("real", real, 255)
rows = compare(reference, stream("zoo", zoo, 255))
a, b = real.reshape(len(real), -1) / 255, zoo.reshape(len(zoo), -1) / 255
beside_scipy("zoo", a.ravel(), b.ravel(), rows)
moments("zoo", a, b, rows)
near(number(rows, "ks"), .03647236394557818, 1e-15, "ks as it was published")
near(number(rows, "w1"), .0054541908430038675, 1e-15, "w1 likewise")
near(number(compare("--base=e", "--measure=jsd", reference, "zoo.tar"), "jsd"), .005231179691844376, 1e-15,
     "jsd in nats of 100 bins")
near(number(compare("--base=e", "--measure=jsd", "--bins=256", reference, "zoo.tar"), "jsd"), .01520461658297178, 1e-15,
     "jsd in nats of 256 bins")
near(number(compare("--base=e", "--measure=jsd", stream("real256", real, 256), stream("zoo256", zoo, 256)), "jsd"),
     .007309819186535798, 1e-15, "jsd in nats at full scale 256")

for name in ("lsgan", "fgsm", "iwgan_linear"):
    fake = np.load(f"{DATA}/mnist-gan/{name}.npy")[:1000]
    rows = compare("--draws=9", reference, stream(name, fake, 1))
    flat = fake.reshape(len(fake), -1).astype(np.float64)
    whole = (real / np.float32(255)).astype(np.float32).astype(np.float64)
    near(number(rows, "ks"), stats.ks_2samp(whole.ravel(), flat.ravel(), method="asymp").statistic, 1e-12,
         f"{name}: ks")
    near(number(rows, "w1"), stats.wasserstein_distance(whole.ravel(), flat.ravel()), 1e-9, f"{name}: w1")
    moments(name, a, flat, rows)

# Bach's intensities: rolls of 0 and 1 beside what a generator makes of them. KS says that it never
# draws a silent cell as exactly 0, JSD hardly notices.
def rolls(name, last=None):
    np.save(os.path.join(scratch.name, name + ".npy"), np.load(f"{DATA}/bach-gan/{name}.npy")[:last])
    run("assay-array", "--field=intensity", "--axes=item,pitch,time", "--meta=range=0:1", "-q", "-o", name + ".tar",
        name + ".npy")
    return np.load(f"{DATA}/bach-gan/{name}.npy")[:last].astype(np.float64)


train = rolls("train_patches").ravel()
for name, published in (("test_patches", .000175), ("iwgan", .937779)):
    other = rolls(name, 300).ravel()
    rows = {row["measure"]: row for row in table("--base=e", "--draws=99", "train_patches.tar", name + ".tar")}
    near(number(rows, "ks"), stats.ks_2samp(train, other, method="asymp").statistic, 1e-12, f"bach {name}: ks")
    near(number(rows, "jsd"), jensenshannon(*histograms(train, other, 100)) ** 2, 1e-12, f"bach {name}: jsd")
    near(number(rows, "ks"), published, .004, f"bach {name}: near to the paper's figure, of other chorales")

# Noise with as many ones as the paper's has, beside the pictures that it stands on.
mnist = os.path.join(os.environ.get("ASSAY_MNIST", ""), "train-images-idx3-ubyte")
if os.path.isfile(mnist):
    noise = np.zeros(7840000, np.uint8)
    noise[:round(.130855 * noise.size)] = 1
    rows = compare("--base=e", "--draws=9", stream("train10k", idx(mnist)[:10000], 256),
                   stream("noise", noise.reshape(-1, 28, 28), 1))
    near(number(rows, "jsd"), .0785009, 5e-8, "bernoulli: jsd as it was published")
    near(number(rows, "ks"), .130855, 1e-7, "bernoulli: ks likewise")

# p, by other random numbers: 48 pictures against as many, of one set and of two.
rng = np.random.default_rng(1)


def permuted(x, y, of, draws=4000):
    both = np.concatenate([x, y])
    observed = of(x, y)
    above = 0
    for _ in range(draws):
        order = rng.permutation(len(both))
        above += of(both[order[:len(x)]], both[order[len(x):]]) >= observed * (1 - 1e-12)
    return (1 + above) / (draws + 1)


def zeros(x, y):
    return abs((x == 0).mean() - (y == 0).mean())


def means(x, y):
    return abs(x.mean() - y.mean())


for name, x, y in (("halves", real[:48], real[48:96]), ("two", real[:48], zoo)):
    rows = compare("--draws=3999", stream(name + "-a", x, 255), stream(name + "-b", y, 255))
    for measure, of in (("atom:0", zeros), ("mean", means)):
        p, q = number(rows, measure, "p"), permuted(x.reshape(48, -1), y.reshape(48, -1), of)
        ok(abs(p - q) < 5 * (max(p * (1 - p), 1e-4) * 2 / 4000) ** .5 + .001, f"{name}: p of {measure}: {p} and {q}")

# real99: two samples drawn with replacement.
rows = compare("--draws=3999", reference, "zoo.tar")
shares = (real == 0).reshape(len(real), -1).mean(axis=1)
draws = [abs(rng.choice(shares, len(real)).mean() - rng.choice(shares, len(zoo)).mean()) for _ in range(4000)]
for column, share in (("real50", .5), ("real99", .99)):
    near(number(rows, "atom:0", column), np.quantile(draws, share), .08 * np.quantile(draws, share),
         f"{column} of atom:0")
done()
