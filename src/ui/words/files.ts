/** What the browser's dialogs offer first; any file can be chosen. */
export const SNAPSHOT_FILES = '.dump,.lammpstrj,.xyz,.extxyz,.gz';
export const ENERGY_FILES = '.csv,.tsv,.txt,.dat,.zip,.out,.dump,.extxyz,.gz';
export const POTENTIAL_FILES = '.fs,.alloy,.eam,.setfl';
