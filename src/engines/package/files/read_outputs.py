"""Reads the energy of every atom from the output of one calculation; collect.py calls it.
Call: from read_outputs import read; reading = read(text, folder)   Energies are in eV, lengths in angstrom.
Needs: Python 3.6 or later, nothing else. Raises NotUsable, with the reason, rather than give a doubtful number."""
import glob
import os
import re

HARTREE = 27.211386245988
RYDBERG = HARTREE / 2
BOHR = 0.529177210903
# Largest difference between the sum of the atomic energies and the printed total, as a part of the total.
TOLERANCE = 1e-6
FLOAT = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eEdD][-+]?\d+)?$")


class NotUsable(Exception):
    """Why no energy is taken from an output, in a few words."""


class Reading:
    """What one output says. `position` and `species` are None where it has none, `total` likewise."""

    def __init__(self, code, partition, energy, total, position=None, species=None, convergence="unknown"):
        self.code, self.partition, self.convergence = code, partition, convergence
        self.energy, self.total, self.position, self.species = energy, total, position, species
        self.not_dft = None


def number(text):
    """A finite number written in full; anything else is a damaged file."""
    text = text.strip()
    if not FLOAT.match(text):
        raise NotUsable("damaged number '%s'" % text[:24])
    return float(text.replace("D", "e").replace("d", "e"))


def check_index(found, expected):
    if not found.strip().isdigit() or int(found) != expected:
        raise NotUsable("atoms are not numbered 1, 2, 3, ...")


def rows_after(lines, start, stop=lambda line: not line.strip()):
    """The lines from `start` to the first that ends the block. A file that ends inside the block is cut off."""
    for end in range(start, len(lines)):
        if stop(lines[end]):
            # The last piece of a split text is what follows the last line break: nothing there, the row may be cut.
            if end == len(lines) - 1:
                break
            return lines[start:end]
    raise NotUsable("the output is cut off")


def find_last(lines, test):
    for index in range(len(lines) - 1, -1, -1):
        if test(lines[index]):
            return index
    return None


def search_number(pattern, text):
    found = re.findall(pattern, text, re.M)
    return number(found[-1]) if found else None


# CP2K ------------------------------------------------------------------------------------------------------------

NEW_BLOCK = " Mulliken Atomic Energies"
OLD_BLOCK = "     Atom     Potential energy"


def is_cp2k(text, lines):
    return "CP2K|" in text[:65536] or NEW_BLOCK in lines


def read_cp2k(text, folder):
    # CP2K appends to an output that exists: the last run is the one that counts.
    text = text[max(text.rfind("PROGRAM STARTED AT"), 0):]
    version = re.search(r"CP2K version (\S+)", text)
    code = "CP2K" + (" " + version.group(1) if version else "")
    if "exceeded requested execution time" in text:
        raise NotUsable("stopped at its time limit")
    if re.search(r"NOT\s+converged", text):
        raise NotUsable("SCF not converged")
    lines = text.split("\n")
    has_scf = bool(re.search(r"SCF WAVEFUNCTION OPTIMIZATION|SCF PARAMETERS|SCF run", text))
    if has_scf and OLD_BLOCK in lines:
        raise NotUsable("CP2K before 2024.1: rows lack the exchange-correlation term")
    if "[ABORT]" in text:
        raise NotUsable("the program aborted")
    if "PROGRAM ENDED AT" not in text:
        raise NotUsable("the output is cut off")
    if len(re.findall(r"^ ENERGY\| Total FORCE_EVAL", text, re.M)) > 1:
        raise NotUsable("more than one energy: not a single point")
    if has_scf and not re.search(r"SCF run converged|outer SCF loop converged", text):
        raise NotUsable("no sign that SCF converged")
    energy, position, species = read_cp2k_block(lines)
    reading = Reading(code, "mulliken", energy, None, position, species, "converged")
    if not has_scf:
        reading.partition, reading.convergence = "classical", "no-self-consistency"
        reading.not_dft = "force field"
    elif re.search(r"^ xTB\|", text, re.M):
        reading.partition, reading.not_dft = "tight-binding", "tight binding"
    total = search_number(r"^ Potential energy \(Total\) :\s+(\S+)$", text)
    difference = search_number(r"^ Difference               :\s+(\S+)$", text)
    printed = search_number(
        r"^ ENERGY\| Total FORCE_EVAL \(\s*\S+\s*\) energy \[(?:a\.u\.|hartree)\]:?\s+(\S+)$", text)
    if total is None or difference is None:
        raise NotUsable("no total beside the atomic energies")
    if abs(difference) >= TOLERANCE * abs(total):
        raise NotUsable("the sum of the atomic energies is off by %.3g Ha" % difference)
    if printed is not None and abs(printed - total) >= TOLERANCE * abs(total):
        raise NotUsable("two totals that differ")
    reading.total = total * HARTREE
    return reading


def read_cp2k_block(lines):
    """Fixed columns: wide numbers touch each other."""
    start = find_last(lines, lambda line: line.rstrip() == NEW_BLOCK)
    if start is not None:
        rows = rows_after(lines, start + 2)
        for index, row in enumerate(rows):
            check_index(row[0:6], index + 1)
        position = [[number(row[23 + 12 * k:35 + 12 * k]) for k in range(3)] for row in rows]
        return [number(row[59:80]) * HARTREE for row in rows], position, [row[11:13].strip() for row in rows]
    start = find_last(lines, lambda line: line.rstrip() == OLD_BLOCK)
    if start is None:
        raise NotUsable("no atomic energies in the output")
    rows = rows_after(lines, start + 1)
    for index, row in enumerate(rows):
        check_index(row[1:9], index + 1)
    return [number(row[10:30]) * HARTREE for row in rows], None, None


# OpenMX ----------------------------------------------------------------------------------------------------------

OPENMX_TITLE = re.compile(r"Decomposed[. ]energies[. ]\(Hartree\)[. ]with[. ]respect[. ]to[. ]atom\s*$")


def is_openmx(text, lines):
    return "OpenMX" in text[:65536] or any(OPENMX_TITLE.search(line) for line in lines)


def read_openmx(text, folder):
    lines = text.split("\n")
    version = re.search(r"OpenMX\s+Ver\.\s*([\d.]+\d)", text)
    start = find_last(lines, OPENMX_TITLE.search)
    if start is None:
        raise NotUsable("no atomic energies in the output")
    head = next((k for k in range(start + 1, len(lines)) if "Utot" in lines[k]), None)
    if head is None:
        raise NotUsable("the output is cut off")
    row_pattern = re.compile(r"\s*\d+\s+\S+\s+[-+]?\d")
    first = next((k for k in range(head + 1, len(lines)) if lines[k].strip()), len(lines))
    rows = [row.split() for row in rows_after(lines, first, lambda line: not row_pattern.match(line))]
    for index, row in enumerate(rows):
        check_index(row[0], index + 1)
        if len(row) < 3:
            raise NotUsable("the output is cut off")
    total = search_number(r"^\s*Total energy \(Hartree\)\s*=\s*(\S+)\s*$", "\n".join(lines[:start]))
    if total is None:
        total = search_number(r"^\s*Utot\.?\s+(\S+)\s*$", text)
    return Reading(
        "OpenMX" + (" " + version.group(1) if version else ""), "basis-projection",
        [number(row[2]) * HARTREE for row in rows], None if total is None else total * HARTREE,
        openmx_positions(text), [re.sub(r"^([A-Z][a-z]?).*", r"\1", row[1]) for row in rows],
        openmx_convergence(text, folder))


def openmx_positions(text):
    if "<coordinates.forces" not in text:
        return None
    block = re.search(r"<coordinates\.forces\s*\n\s*(\d+)\s*\n(.*?)coordinates\.forces>", text, re.S)
    rows = [line.split() for line in block.group(2).split("\n") if line.strip()] if block else []
    if not block or len(rows) != int(block.group(1)):
        raise NotUsable("the output is cut off")
    return [[number(word) for word in row[2:5]] for row in rows]


def openmx_convergence(text, folder):
    """The output says nowhere that it converged: a run that used all its steps did not."""
    steps = [int(step) for step in re.findall(r"^\s*SCF=\s*(\d+)\s+NormRD=", text, re.M)]
    asked = re.compile(r"^\s*scf\.maxIter\s+(\d+)", re.M | re.I)
    limits = asked.findall(text)
    for name in sorted(glob.glob(os.path.join(glob.escape(folder), "*.dat"))):
        with open(name, encoding="utf-8", errors="replace") as file:
            limits = limits or asked.findall(file.read())
    if not steps or not limits:
        return "unknown"
    if steps[-1] >= int(limits[-1]):
        raise NotUsable("SCF used all its %d steps: not converged" % steps[-1])
    return "converged"


# DFTB+ -----------------------------------------------------------------------------------------------------------


def is_dftb(text, lines):
    return any(line.strip() == "Atom resolved total energies" for line in lines) or "Total Mermin free energy" in text


def read_dftb(text, folder):
    lines = text.split("\n")
    if re.search(r"NOT converged", text):
        raise NotUsable("SCC not converged")
    has_scc = bool(re.search(r"\biSCC\b|^Energy SCC:", text, re.M))
    if has_scc and "SCC converged" not in text:
        raise NotUsable("no sign that SCC converged")
    start = find_last(lines, lambda line: line.strip() == "Atom resolved total energies")
    if start is None:
        raise NotUsable("no atomic energies in the output")
    rows = rows_after(lines, start + 1)
    energy = []
    for index, row in enumerate(rows):
        match = re.match(r"\s*(\d+)\s+(\S+) H\s+(\S+) eV\s*$", row)
        if not match:
            raise NotUsable("damaged row of atomic energies")
        check_index(match.group(1), index + 1)
        energy.append(number(match.group(2)) * HARTREE)
    total = search_number(r"^Total energy:\s+(\S+) H\b", text)
    convergence = "converged" if has_scc else "no-self-consistency"
    return Reading("DFTB+", "tight-binding", energy, None if total is None else total * HARTREE, None, None,
                   convergence)


# LSMS ------------------------------------------------------------------------------------------------------------

LSMS_COLUMNS = 23


def is_lsms(text, lines):
    rows = [line.split() for line in lines[:4]]
    return (len(rows) == 4 and rows[0][:1] != [] and rows[0][0].startswith("#") and lines[1].startswith("#")
            and len(rows[2]) == 4 and all(FLOAT.match(word) for word in rows[2]))


def read_lsms(text, folder):
    """The header of this file names columns that are not there: they are counted."""
    lines = text.split("\n")
    if lines[-1] != "":
        raise NotUsable("the output is cut off")
    rows = [line.split() for line in lines[3:] if line.strip()]
    if any(len(row) != LSMS_COLUMNS for row in rows):
        raise NotUsable("a row has not the %d columns of LSMS" % LSMS_COLUMNS)
    rows.sort(key=lambda row: int(row[1]))
    position = [[number(word) * BOHR for word in row[2:5]] for row in rows]
    return Reading("LSMS", "atomic-spheres", [number(row[15]) * RYDBERG for row in rows],
                   number(lines[2].split()[0]) * RYDBERG, position)


# LAMMPS ----------------------------------------------------------------------------------------------------------

LAMMPS_ENERGY = ("c_pe", "c_epot", "c_peatom", "v_pe")


def is_lammps(text, lines):
    return text.startswith(("ITEM: TIMESTEP", "ITEM: UNITS"))


def read_lammps(text, folder):
    """The last frame of a dump, and its total from the log beside it."""
    if not text.endswith("\n"):
        raise NotUsable("the output is cut off")
    lines = text.split("\n")
    start = find_last(lines, lambda line: line.startswith("ITEM: TIMESTEP"))
    frame = lines[start:-1]
    head = find_last(frame, lambda line: line.startswith("ITEM: ATOMS"))
    if head is None or len(frame) < 9 or frame[2] != "ITEM: NUMBER OF ATOMS":
        raise NotUsable("the output is cut off")
    columns = frame[head].split()[2:]
    rows = [line.split() for line in frame[head + 1:]]
    if len(rows) != int(number(frame[3])) or any(len(row) != len(columns) for row in rows):
        raise NotUsable("the output is cut off")
    column = next((columns.index(name) for name in LAMMPS_ENERGY if name in columns), None)
    if column is None or "id" not in columns:
        raise NotUsable("no columns id and c_pe in the dump")
    rows.sort(key=lambda row: int(row[columns.index("id")]))
    position = None
    for axes in (("x", "y", "z"), ("xu", "yu", "zu")):
        if all(axis in columns for axis in axes):
            position = [[number(row[columns.index(axis)]) for axis in axes] for row in rows]
            break
    version, total, natoms = read_lammps_log(folder)
    if natoms != len(rows):
        # A dump of the centre alone has no total to be compared with.
        total = None
    return Reading("LAMMPS" + version, "classical", [number(row[column]) for row in rows], total, position, None,
                   "no-self-consistency")


def read_lammps_log(folder):
    """Version, total energy and number of atoms from log.lammps; the file may be missing."""
    path = os.path.join(folder, "log.lammps")
    if not os.path.exists(path):
        return "", None, None
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    if re.search(r"^ERROR", text, re.M):
        raise NotUsable("LAMMPS stopped with an error")
    if "Total wall time" not in text:
        raise NotUsable("LAMMPS did not come to its end")
    units = re.findall(r"^\s*units\s+(\S+)", text, re.M)
    if units and units[-1] != "metal":
        raise NotUsable("LAMMPS units %s, not metal" % units[-1])
    version = re.match(r"LAMMPS \(([^)]*)\)", text)
    natoms = re.findall(r"\bwith (\d+) atoms$", text, re.M)
    total = None
    lines = text.split("\n")
    for index, line in enumerate(lines[:-1]):
        names = line.split()
        values = lines[index + 1].split()
        if "PotEng" in names and len(values) == len(names):
            total = number(values[names.index("PotEng")])
    return (" " + version.group(1) if version else ""), total, int(natoms[-1]) if natoms else None


# extended XYZ ----------------------------------------------------------------------------------------------------

XYZ_ENERGY = ("atomic_energy", "local_energy", "energies", "local_property", "c_pe")


def parse_comment(line):
    """Pairs key=value of a comment line; values may be quoted."""
    pairs = re.findall(r'([A-Za-z0-9_]+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))', line)
    return {key: re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for key, quoted, plain in pairs}


def parse_extxyz(text):
    """The last frame: its comment and its columns by name, each a list of rows of words."""
    if not text.endswith("\n"):
        raise NotUsable("the output is cut off")
    lines = text.split("\n")[:-1]
    start = 0
    while True:
        if not lines[start].strip().isdigit() or start + 2 + int(lines[start]) > len(lines):
            raise NotUsable("the output is cut off")
        end = start + 2 + int(lines[start])
        if not any(line.strip() for line in lines[end:]):
            break
        start = end
    info = parse_comment(lines[start + 1])
    parts = info.get("Properties", "species:S:1:pos:R:3").split(":")
    rows = [line.split() for line in lines[start + 2:end]]
    columns, offset = {}, 0
    for name, width in zip(parts[0::3], (int(part) for part in parts[2::3])):
        columns[name] = [row[offset:offset + width] for row in rows]
        offset += width
    if any(len(row) != offset for row in rows):
        raise NotUsable("a row of the extended XYZ has not %d columns" % offset)
    return info, columns


def is_extxyz(text, lines):
    return lines[0].strip().isdigit() and len(lines) > 1 and "Properties=" in lines[1]


def read_extxyz(text, folder):
    info, columns = parse_extxyz(text)
    name = next((name for name in XYZ_ENERGY if name in columns), None)
    if name is None:
        raise NotUsable("no column atomic_energy in the extended XYZ")
    total = info.get("energy", info.get("total_eV"))
    return Reading(
        info.get("code", "extxyz"), info.get("partition", "unstated"), [number(row[0]) for row in columns[name]],
        None if total is None else number(total), [[number(word) for word in row] for row in columns["pos"]],
        [row[0] for row in columns["species"]])


READERS = (
    (is_lammps, read_lammps), (is_cp2k, read_cp2k), (is_openmx, read_openmx), (is_dftb, read_dftb),
    (is_extxyz, read_extxyz), (is_lsms, read_lsms))


def recognise(text):
    """The reader for a text, by its content; None where it is no output that is known."""
    lines = text.split("\n")
    return next((reader for test, reader in READERS if test(text, lines)), None)


def read(text, folder, allow_force_field=False):
    """What an output says, checked against its own total. Raises NotUsable with the reason."""
    reader = recognise(text)
    if reader is None:
        raise NotUsable("the output is of no program that is known")
    reading = reader(text, folder)
    if reading.not_dft and not allow_force_field:
        raise NotUsable("%s, not DFT (see --allow-force-field)" % reading.not_dft)
    if reading.not_dft:
        reading.code += " (%s, not DFT)" % reading.not_dft
    if reading.total is None:
        if reader in (read_openmx, read_dftb):
            raise NotUsable("no total beside the atomic energies")
    elif abs(sum(reading.energy) - reading.total) >= TOLERANCE * abs(reading.total):
        raise NotUsable("the sum of the atomic energies is off by %.3g eV" % (sum(reading.energy) - reading.total))
    return reading
