/** Energies of atoms by projection on basis functions. The triple r of CurrrentDirectory is OpenMX's. */
export const CELL_DAT = `# {{title}}
System.CurrrentDirectory      ./
System.Name                   cell
DATA.PATH                     {{dataPath}}
level.of.stdout               1
level.of.fileout              0

Species.Number                {{speciesCount}}
<Definition.of.Atomic.Species
  {{species}}
Definition.of.Atomic.Species>

Atoms.Number                  {{atomCount}}
Atoms.SpeciesAndCoordinates.Unit  Ang
<Atoms.SpeciesAndCoordinates
  {{atoms}}
Atoms.SpeciesAndCoordinates>
Atoms.UnitVectors.Unit        Ang
<Atoms.UnitVectors
  {{cellA}}
  {{cellB}}
  {{cellC}}
Atoms.UnitVectors>

scf.XcType                    GGA-PBE
scf.SpinPolarization          on
scf.ElectronicTemperature     {{temperature}}
scf.energycutoff              {{gridCutoffRy}}
scf.maxIter                   300
scf.EigenvalueSolver          Band
scf.Kgrid                     {{kMesh}}
scf.Mixing.Type               rmm-diisk
scf.Init.Mixing.Weight        0.02
scf.Min.Mixing.Weight         0.001
scf.Max.Mixing.Weight         0.1
scf.Mixing.History            30
scf.Mixing.StartPulay         20
scf.criterion                 1.0e-7

Energy.Decomposition          on

MD.Type                       nomd
MD.maxIter                    1
`;
