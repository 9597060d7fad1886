/** What the browser's dialogs offer first; any file can be chosen. */
export const PROJECT_FILE = '.grainscope';
export const SNAPSHOT_FILES = `.dump,.lammpstrj,.xyz,.extxyz,.data,.bin,.json,.gz,.zst,${PROJECT_FILE}`;
export const ENERGY_FILES = '.csv,.tsv,.txt,.dat,.zip,.out,.dump,.extxyz,.gz';
export const POTENTIAL_FILES = '.fs,.alloy,.eam,.setfl';
export const MATRIX_FILES = '.npy,.npz,.gz,.zst';
