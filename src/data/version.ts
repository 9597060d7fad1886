import { version } from '../../package.json';

export const PROGRAM = { name: 'grainscope', version } as const;
/** Schema of every manifest we write; raised when a reader of the old one would go wrong. */
export const MANIFEST_SCHEMA = 1;
