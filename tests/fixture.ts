/** The snapshot of 1,982 atoms that much of the golden data belongs to. */
export const FE_GB_2K = new URL('./fixtures/fe-gb-2k.dump.gz', import.meta.url);
