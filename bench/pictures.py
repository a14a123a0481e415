# bench/pictures.py - folders of pictures through assay-image, beside the bare decoders.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import os
import shutil

from corpora import SHARED
from harness import cpu, helper, measure, wall

ROUNDS = 11
GOAL = 1.3
N_LARGE = 100
COPIES = 10  # of small pictures, so that what it takes to start does not count
SIDE = 8


def _faces():
    return sorted(glob.glob(os.path.join(SHARED, "celeba64*", "*", "**", "*.png"), recursive=True))


def _photographs():
    return sorted(glob.glob(os.path.join(SHARED, "cifar10", "jpg", "*", "*.jpg")))


def _copy(files, folder):
    os.mkdir(folder)
    for number, path in enumerate(files):
        shutil.copy(path, os.path.join(folder, f"{number}{os.path.splitext(path)[1]}"))
    return folder


def _mosaics(files, suffix, folder):
    """Pictures of 512 x 512, each of 64 faces."""
    from PIL import Image
    os.mkdir(folder)
    for number in range(N_LARGE):
        picture = Image.new("RGB", (64 * SIDE, 64 * SIDE))
        for k in range(SIDE * SIDE):
            face = Image.open(files[(number * SIDE * SIDE + k) % len(files)])
            picture.paste(face.convert("RGB").resize((64, 64)), (k % SIDE * 64, k // SIDE * 64))
        picture.save(os.path.join(folder, f"{number}{suffix}"))
    return folder


def _folders(folder):
    """What there is: names and folders."""
    faces, photographs = _faces(), _photographs()
    if not faces or not photographs:
        return {}
    folders = {f"PNG, 64 x 64 ({len(faces)})": _copy(faces, os.path.join(folder, "png")),
               f"JPEG, 32 x 32 ({len(photographs)})":
                   _copy(photographs, os.path.join(folder, "jpeg")),
               f"JPEG, 32 x 32 ({COPIES * len(photographs)})":
                   _copy(photographs * COPIES, os.path.join(folder, "many-jpeg"))}
    try:
        folders[f"PNG, 512 x 512 ({N_LARGE})"] = _mosaics(faces, ".png",
                                                          os.path.join(folder, "large-png"))
        folders[f"JPEG, 512 x 512 ({N_LARGE})"] = _mosaics(faces, ".jpg",
                                                           os.path.join(folder, "large-jpeg"))
    except ImportError:
        print("large pictures are skipped: Debian's python3-pil is not installed")
    return folders


def folders_of_pictures(table, _corpora, folder):
    table.section(
        "Folders of pictures, assay-image beside libpng and libjpeg alone",
        f"medians of {ROUNDS} alternating runs; the decoder throws its pixels away, assay-image also",
        "digests each file (SHA-256) and writes a stream with metadata, to /dev/null",
        "goal: of the time until it is done; below that, the CPU seconds of one thread")
    for name, inner in _folders(folder).items():
        ours, single, bare = measure(ROUNDS, [["assay-image", "-q", "-o", "/dev/null", inner]],
                                     [["assay-image", "-q", "-j1", "-o", "/dev/null", inner]],
                                     [[helper("peer-decode"), inner]])
        ratio = wall(ours) / wall(bare)
        table.row(name, f"{1e3 * wall(ours):.0f} ms", f"{1e3 * wall(bare):.0f} ms", f"{ratio:.2f}x",
                  f"<= {GOAL}x", ratio <= GOAL)
        table.row("  one thread, CPU", f"{1e3 * cpu(single):.0f} ms", f"{1e3 * cpu(bare):.0f} ms",
                  f"{cpu(single) / cpu(bare):.2f}x")
