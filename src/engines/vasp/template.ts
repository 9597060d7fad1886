/** One point of self-consistency, nothing moves. */
export const INCAR = `# {{title}}
SYSTEM = cell {{centreId}}

# exchange and correlation, accuracy
GGA    = PE
ENCUT  = {{cutoffEv}}
PREC   = Accurate
LASPH  = .TRUE.
LREAL  = .FALSE.
ALGO   = Normal
NELM   = 200
EDIFF  = 1E-6

# spin
ISPIN  = 2
MAGMOM = {{magmom}}

# Methfessel-Paxton
ISMEAR = 1
SIGMA  = {{smearing}}

# atoms are fixed
IBRION = -1
NSW    = 0

LWAVE  = .FALSE.
LCHARG = .FALSE.

# For the energy-density (EDM) patch of VASP, which divides the energy among atoms, both grids have to be the same:
# take NGXF, NGYF and NGZF from a first OUTCAR, set NGX = NGXF, NGY = NGYF and NGZ = NGZF, and add
# LELF = .TRUE.
# KPAR = 1
`;

export const KPOINTS = `mesh from a spacing of {{kSpacing}} 1/A, with the factor 2 pi
0
Gamma
{{kMesh}}
0 0 0
`;
