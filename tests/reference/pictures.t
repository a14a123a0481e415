#!/usr/bin/python3
# reference/pictures.t - assay-image against Pillow and NumPy. SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures decoded, made grey, cropped and averaged by assay-image and, independently, here.

Pictures of every kind are made by Pillow, others are those of tests/data, and of the reference data
if they are there. PNG and PNM have to agree to the byte; JPEG too where Pillow stands on the same
libjpeg, and else within 1. Areas are averaged in exact integers here.
"""
import glob
import gzip
import io
import json
import os
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

try:
    import numpy
    from PIL import Image, ImageOps
except ImportError as lack:
    print("1..0 # SKIP %s" % lack)
    sys.exit(0)

SHARED = os.environ.get("ASSAY_SHARED_DATA", "")
DATA = os.path.realpath(os.path.join(HERE, "..", "data"))


def pixels(*arguments):
    """{source path: (pixels, metadata of the field)} of a stream that assay-image writes."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(run("assay-image", "-q", *arguments))) as tar:
        meta = None
        for member in tar:
            if member.name.startswith("__"):
                continue
            data = tar.extractfile(member).read()
            if member.name.endswith(".json"):
                meta = json.loads(data)
            else:
                found.setdefault(meta["source"]["path"], []).append(
                    (numpy.load(io.BytesIO(data)), meta["fields"]["pixels"]))
    return found


def witness(path):
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode == "1":
        picture = picture.convert("L")
    return numpy.asarray(picture).astype(int)


def compare(name, folder):
    """Every picture of a folder against Pillow."""
    parent, worst, worst_jpeg, others = os.path.dirname(folder), 0, 0, []
    found = pixels(folder)
    for path, pieces in found.items():
        ours, theirs = pieces[0][0].astype(int), witness(os.path.join(parent, path))
        if ours.shape != theirs.shape:
            others.append("%s: %s, not %s" % (path, ours.shape, theirs.shape))
            continue
        off = int(abs(ours - theirs).max())
        if path.endswith(".jpg"):
            worst_jpeg = max(worst_jpeg, off)
        else:
            worst = max(worst, off)
    report(found and worst == 0 and worst_jpeg <= 1 and not others,
           "%s: %d pictures as Pillow decodes them (JPEG off by %d)" % (name, len(found), worst_jpeg),
           "off by %d, JPEG by %d" % (worst, worst_jpeg), *others[:5])


def make_pictures(folder):
    """Pictures of every kind that Pillow writes."""
    random = numpy.random.default_rng(1)
    rgb = random.integers(0, 256, (13, 17, 4), dtype=numpy.uint8)
    kinds = {"l": Image.fromarray(rgb[:, :, 0]), "rgb": Image.fromarray(rgb[:, :, :3]),
             "rgba": Image.fromarray(rgb), "1": Image.fromarray(rgb[:, :, 0]).convert("1"),
             "p": Image.fromarray(rgb[:, :, :3]).quantize(16),
             "la": Image.fromarray(rgb[:, :, :2].copy(), "LA"),
             "i16": Image.fromarray(random.integers(0, 65536, (5, 7)).astype(numpy.uint16))}
    for kind, picture in kinds.items():
        picture.save(os.path.join(folder, kind + ".png"))
    kinds["p"].save(os.path.join(folder, "transparent.png"), transparency=3)
    kinds["l"].save(os.path.join(folder, "l.pgm"))
    kinds["rgb"].save(os.path.join(folder, "rgb.ppm"))
    kinds["1"].save(os.path.join(folder, "1.pbm"))
    for quality in (1, 30, 75, 95, 100):
        for mode in ("l", "rgb"):
            kinds[mode].save(os.path.join(folder, "%s%d.jpg" % (mode, quality)), quality=quality,
                             subsampling=quality % 3, progressive=quality == 30)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        kinds["rgb"].save(os.path.join(folder, "turned%d.jpg" % orientation), exif=exif)
        kinds["rgb"].save(os.path.join(folder, "turned%d.png" % orientation), exif=exif)


def quality(folder):
    """The quality that Pillow was told is that which is found in the tables."""
    wrong = []
    for path, pieces in pixels(*sorted(glob.glob(os.path.join(folder, "*.jpg")))).items():
        wanted = os.path.basename(path)[:-4].lstrip("lrgb")
        if wanted.isdigit() and pieces[0][1]["jpeg_quality"] != int(wanted):
            wrong.append("%s: %d" % (path, pieces[0][1]["jpeg_quality"]))
    report(not wrong, "the quality of a JPEG is what its writer was told", *wrong)


def average(picture, width, height):
    """Area average in whole numbers: both sides repeated up to a common multiple, then summed."""
    rows, columns = picture.shape[:2]
    fine = picture.astype(numpy.int64).repeat(height, axis=0).repeat(width, axis=1)
    area = rows * columns
    fine = fine.reshape(height, rows, width, columns, -1).sum(axis=(1, 3))
    return ((fine + area // 2) // area).reshape((height, width) + picture.shape[2:])


def grey_of(picture):
    red, green, blue = (picture[..., k].astype(int) for k in range(3))
    return (4899 * red + 9617 * green + 1868 * blue + 8192) >> 14


def shapes(folder):
    """Grey, crops and sizes, reckoned again."""
    path = os.path.join(folder, "rgb.png")
    rgb = witness(path)

    def ours(*options):
        return pixels(*options, path)["rgb.png"][0][0].astype(int)

    report((ours("--grey") == grey_of(rgb)).all(), "grey")
    report((ours("--crop=5x4") == rgb[4:8, 6:11]).all(), "crop of the centre")
    report((ours("--crop=5x4+1+2") == rgb[2:6, 1:6]).all(), "crop at a place")
    for width, height in ((1, 1), (5, 4), (17, 13), (16, 12), (20, 30), (34, 26)):
        report((ours("--size=%dx%d" % (width, height)) == average(rgb, width, height)).all(),
               "size %d x %d" % (width, height))


def numbers():
    """Sums of grey faces, and MNIST's pictures and labels in their files."""
    for path, total, first in (
            ("celeba64/real/a/000.png", 527826, [236, 239, 243, 248]),
            ("celeba64-gan/dcgan-run4_e3_i5600/001.png", 357830, None)):
        found = pixels("--grey", os.path.join(SHARED, path))
        grey = next(iter(found.values()))[0][0]
        report(grey.astype(int).sum() == total and
               (first is None or list(grey[0, :4]) == first), "grey sum of %s" % path)
    images = os.path.join(SHARED, "mnist", "images-idx3-ubyte.gz")
    with gzip.open(images) as file:
        plain = numpy.frombuffer(file.read()[16:], numpy.uint8).reshape(-1, 28, 28)
    ours = numpy.concatenate([piece for piece, _ in next(iter(pixels(images).values()))])
    report((ours == plain).all(), "MNIST: %d pictures of an IDX file" % len(plain))


with tempfile.TemporaryDirectory() as scratch:
    made = os.path.join(scratch, "made")
    os.mkdir(made)
    make_pictures(made)
    compare("made", made)
    quality(made)
    shapes(made)
compare("tests/data", os.path.join(DATA, "pictures"))
if os.path.isdir(os.path.join(SHARED, "celeba64")):
    for name in ("celeba64", "celeba64-gan", "cifar10", "cifar10-gan", "orl-faces"):
        compare(name, os.path.join(SHARED, name))
    compare("mnist/png", os.path.join(SHARED, "mnist", "png"))
    numbers()
else:
    report(True, "the reference data # SKIP not there: ASSAY_SHARED_DATA says where")
finish()
