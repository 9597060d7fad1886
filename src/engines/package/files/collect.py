#!/usr/bin/env python3
"""Collects the energy of each job's centre atom into results.csv, and all finished cells into results.extxyz.
Call: python3 collect.py [--allow-force-field]      Exit status: 0 all ok, 3 some missing or refused, 1 an error.
Needs: Python 3.6 or later, nothing else; read_outputs.py, manifest.json and jobs.txt beside it."""
import argparse
import csv
import gzip
import hashlib
import io
import json
import os
import sys
import zlib

sys.dont_write_bytecode = True
from read_outputs import NotUsable, number, parse_extxyz, read, recognise  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = ("rank", "id", "directory", "role", "energy", "unit", "code", "partition", "status")
# How far an atom of the output may lie from the same atom of structure.extxyz, angstrom.
NEAR = 0.02
# Energies that another program divided among the atoms go before the output.
BY_HAND = "energies.extxyz"
MARKS = ("DONE", "FAILED", "RUNNING")


class Broken(Exception):
    """Something is wrong with the package itself."""


def read_text(path):
    opened = gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")
    try:
        with opened as file:
            return file.read().decode("utf-8", "replace").replace("\r\n", "\n")
    except (EOFError, zlib.error):
        raise NotUsable("the output is cut off")


def invert(m):
    """Of a 3 x 3 matrix, by cofactors."""
    def cofactor(i, j):
        return (m[(i + 1) % 3][(j + 1) % 3] * m[(i + 2) % 3][(j + 2) % 3]
                - m[(i + 1) % 3][(j + 2) % 3] * m[(i + 2) % 3][(j + 1) % 3])
    determinant = sum(m[0][j] * cofactor(0, j) for j in range(3))
    return [[cofactor(j, i) / determinant for j in range(3)] for i in range(3)]


class Structure:
    """The cell that was to be calculated: the centre is atom 1."""

    def __init__(self, text):
        info, columns = parse_extxyz(text)
        self.lattice = info["Lattice"]
        numbers = [number(word) for word in self.lattice.split()]
        self.cell = [numbers[3 * k:3 * k + 3] for k in range(3)]
        self.inverse = invert(self.cell)
        self.species = [row[0] for row in columns["species"]]
        self.text_of_position = [" ".join(row) for row in columns["pos"]]
        self.position = [[number(word) for word in row] for row in columns["pos"]]
        self.ids = [row[0] for row in columns["atom_id"]] if "atom_id" in columns else None

    def near(self, a, b):
        """Whether two points, or periodic images of them, lie within NEAR."""
        d = [a[k] - b[k] for k in range(3)]
        wrapped = [sum(d[i] * self.inverse[i][j] for i in range(3)) for j in range(3)]
        wrapped = [value - round(value) for value in wrapped]
        d = [sum(wrapped[i] * self.cell[i][j] for i in range(3)) for j in range(3)]
        return sum(value * value for value in d) <= NEAR * NEAR


def match(reading, structure):
    """Energies in the order of the structure; only of the centre where the output has no more."""
    count, wanted = len(reading.energy), len(structure.position)
    found = reading.position
    if count != wanted and not (count == 1 and found):
        raise NotUsable("%d atoms in the output, %d in the cell" % (count, wanted))
    if found is None:
        order = range(wanted)
    elif all(structure.near(found[k], structure.position[k]) for k in range(count)):
        order = range(count)
    else:
        order = [only_one(k, found, structure) for k in range(min(count, wanted))]
        if len(set(order)) != len(order):
            raise NotUsable("two atoms of the cell are one in the output")
    species = reading.species
    if species and [species[k] for k in order] != structure.species[:len(order)]:
        raise NotUsable("other elements than in the cell")
    return [reading.energy[k] for k in order]


def only_one(k, found, structure):
    near = [row for row, point in enumerate(found) if structure.near(point, structure.position[k])]
    if len(near) != 1:
        raise NotUsable("%s atom %d of the cell in the output" % ("no" if not near else "more than one", k + 1))
    return near[0]


def find_output(folder, job, names):
    """Text of the output: energies.extxyz, a file the manifest names, else the only one whose content is recognised."""
    for name in [BY_HAND] + names:
        for path in (os.path.join(folder, name), os.path.join(folder, name + ".gz")):
            if os.path.isfile(path):
                return read_text(path)
    known = set(job["inputs"]) | set(MARKS) | {"structure.extxyz"}
    texts = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        # Outputs of earlier attempts end in .1, .2, ...
        if name in known or not os.path.isfile(path) or name.rsplit(".", 1)[-1].isdigit():
            continue
        text = read_text(path)
        if recognise(text):
            texts.append(text)
    if len(texts) > 1:
        raise NotUsable("more than one output")
    if not texts:
        raise NotUsable("missing")
    return texts[0]


def collect_job(job, engine, allow_force_field):
    """Reading, structure and energies of a finished job. Raises NotUsable with the reason."""
    folder = os.path.join(HERE, *job["directory"].split("/"))
    if not os.path.isdir(folder):
        raise NotUsable("missing")
    done = os.path.exists(os.path.join(folder, "DONE"))
    if not done and os.path.exists(os.path.join(folder, "FAILED")):
        raise NotUsable("failed: " + read_text(os.path.join(folder, "FAILED")).strip())
    if not done and os.path.exists(os.path.join(folder, "RUNNING")):
        raise NotUsable("running, or killed")
    path = os.path.join(folder, "structure.extxyz")
    if not os.path.exists(path):
        raise NotUsable("structure.extxyz is missing")
    text = read_text(path)
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != job["inputs"]["structure.extxyz"]:
        raise NotUsable("structure.extxyz was changed")
    structure = Structure(text)
    reading = read(find_output(folder, job, engine["outputs"]), folder, allow_force_field)
    if reading.partition == "unstated":
        reading.partition = engine["partition"]
    return reading, structure, match(reading, structure)


def write_cell(out, job, reading, structure, energies):
    columns = "species:S:1:pos:R:3:" + ("atom_id:I:1:" if structure.ids else "") + "atomic_energy:R:1"
    info = [("Lattice", structure.lattice), ("pbc", "T T T"), ("rank", job["rank"]), ("id", job["id"]),
            ("role", job["role"]), ("directory", job["directory"]), ("code", reading.code),
            ("partition", reading.partition), ("convergence", reading.convergence)]
    if reading.total is not None:
        info.append(("total_eV", "%.9f" % reading.total))
    pairs = " ".join('%s="%s"' % (key, str(value).replace("\\", "\\\\").replace('"', '\\"')) for key, value in info)
    out.write("%d\n%s Properties=%s\n" % (len(energies), pairs, columns))
    for k, energy in enumerate(energies):
        tag = " " + structure.ids[k] if structure.ids else ""
        out.write("%s %s%s %.9f\n" % (structure.species[k], structure.text_of_position[k], tag, energy))


def write_whole(name, text):
    """A reader never sees half a file."""
    path = os.path.join(HERE, name)
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(path + ".part", path)


def load_package():
    try:
        with open(os.path.join(HERE, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        with open(os.path.join(HERE, "jobs.txt"), encoding="utf-8") as file:
            directories = [line.strip() for line in file if line.strip()]
    except (OSError, ValueError) as error:
        raise Broken(str(error))
    by_directory = {job["directory"]: job for job in manifest["jobs"]}
    for directory in directories:
        if directory not in by_directory:
            raise Broken("jobs.txt: %s is not a job of manifest.json" % directory)
    if len(set(directories)) != len(directories):
        raise Broken("jobs.txt names a directory twice")
    return manifest, [by_directory[directory] for directory in directories]


def main():
    parser = argparse.ArgumentParser(description="Collect the energies of this package into results.csv.")
    parser.add_argument("--allow-force-field", action="store_true",
                        help="take runs of CP2K without electronic structure too; they are marked 'not DFT'")
    options = parser.parse_args()
    manifest, jobs = load_package()
    table, cells = io.StringIO(), io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HEADER)
    refused, centre_only, unstated, partitions = [], [], 0, set()
    for job in jobs:
        front = (job["rank"], job["id"], job["directory"], job["role"])
        try:
            reading, structure, energies = collect_job(job, manifest["engine"], options.allow_force_field)
        except (NotUsable, ValueError, KeyError, IndexError, OSError) as error:
            reason = str(error) if isinstance(error, NotUsable) else "unreadable: %s" % error
            reason = " ".join(reason.split())
            writer.writerow(front + ("", "eV", "", "", reason))
            refused.append((job["directory"], reason))
            continue
        writer.writerow(front + ("%.9f" % energies[0], "eV", reading.code, reading.partition, "ok"))
        partitions.add((reading.partition, reading.not_dft))
        unstated += reading.convergence == "unknown"
        if len(energies) == len(structure.position):
            write_cell(cells, job, reading, structure, energies)
        else:
            centre_only.append(job["directory"])
    write_whole("results.csv", table.getvalue())
    write_whole("results.extxyz", cells.getvalue())
    print("%d of %d jobs ok: results.csv, results.extxyz" % (len(jobs) - len(refused), len(jobs)))
    for directory, reason in refused:
        print("  %s: %s" % (directory, reason))
    if len(jobs) < len(manifest["jobs"]):
        print("%d jobs of manifest.json are not in jobs.txt and were left out" % (len(manifest["jobs"]) - len(jobs)))
    if centre_only:
        print("%d cells have the energy of the centre alone and are not in results.extxyz" % len(centre_only))
    if unstated:
        print("%d outputs do not say whether they converged" % unstated)
    if len(partitions) > 1:
        print("Warning: energies of different kinds: %s" % ", ".join(sorted(
            partition + (" (not DFT)" if not_dft else "") for partition, not_dft in partitions)))
    return 3 if refused else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Broken, OSError) as failure:
        print("collect.py: %s" % failure, file=sys.stderr)
        sys.exit(1)
