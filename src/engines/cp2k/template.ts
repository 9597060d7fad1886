/** Energies of atoms by Mulliken's rule. An SCF that does not converge has to stop the program: it does by default. */
export const CELL_INP = `# {{title}}
# Needs CP2K 2024.1 or later: the atomic energies of earlier versions lack the exchange-correlation part.
&GLOBAL
  PROJECT cell
  RUN_TYPE ENERGY
  PRINT_LEVEL MEDIUM
&END GLOBAL
&FORCE_EVAL
  METHOD QUICKSTEP
  &DFT
    BASIS_SET_FILE_NAME {{basisFile}}
    POTENTIAL_FILE_NAME {{potentialFile}}
    UKS T
    MULTIPLICITY {{multiplicity}}
    &MGRID
      CUTOFF {{gridCutoffRy}}
      REL_CUTOFF {{relCutoff}}
    &END MGRID
    &QS
      EPS_DEFAULT 1.0E-12
    &END QS
    &SCF
      SCF_GUESS ATOMIC
      EPS_SCF 1.0E-6
      MAX_SCF 300
      ADDED_MOS {{addedMos}}
      &DIAGONALIZATION
        ALGORITHM STANDARD
      &END DIAGONALIZATION
      &SMEAR
        METHOD FERMI_DIRAC
        ELECTRONIC_TEMPERATURE [K] {{temperature}}
      &END SMEAR
      &MIXING
        METHOD BROYDEN_MIXING
        ALPHA 0.15
        NBROYDEN 8
      &END MIXING
      &PRINT
        &RESTART OFF
        &END RESTART
      &END PRINT
    &END SCF
    &XC
      &XC_FUNCTIONAL PBE
      &END XC_FUNCTIONAL
    &END XC
  &END DFT
  &PROPERTIES
    &ATOMIC
      ENERGY T
    &END ATOMIC
  &END PROPERTIES
  &SUBSYS
    &CELL
      A {{cellA}}
      B {{cellB}}
      C {{cellC}}
      PERIODIC XYZ
    &END CELL
    &COORD
      {{atoms}}
    &END COORD
    {{kinds}}
  &END SUBSYS
&END FORCE_EVAL
`;
