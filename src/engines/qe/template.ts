/** One point of self-consistency, nothing moves. */
export const CELL_IN = `! {{title}}
&CONTROL
  calculation = 'scf'
  prefix      = 'cell'
  pseudo_dir  = '{{pseudoDir}}'
  outdir      = './tmp'
  tprnfor     = .false.
  tstress     = .false.
  disk_io     = 'none'
/
&SYSTEM
  ibrav       = 0
  nat         = {{atomCount}}
  ntyp        = {{speciesCount}}
  ecutwfc     = {{cutoffRy}}
  ecutrho     = {{densityCutoffRy}}
  occupations = 'smearing'
  smearing    = 'mp'
  degauss     = {{smearingRy}}
  nspin       = 2
  {{startingMagnetization}}
/
&ELECTRONS
  conv_thr         = 1.0d-7
  mixing_beta      = 0.2
  electron_maxstep = 200
/
ATOMIC_SPECIES
  {{species}}
CELL_PARAMETERS angstrom
  {{cellA}}
  {{cellB}}
  {{cellC}}
ATOMIC_POSITIONS angstrom
  {{atoms}}
K_POINTS automatic
  {{kMesh}} 0 0 0
`;
