/** The energy of one configuration with a potential; atom 1 is the centre. */
export const IN_REPLICA = `# {{title}}
units           metal
atom_style      atomic
boundary        p p p
read_data       cell.data
pair_style      {{pairStyle}}
pair_coeff      * * {{potential}} {{elements}}
neighbor        0.5 bin
compute         pe all pe/atom
compute         sum all reduce sum c_pe
group           centre id 1
thermo_style    custom step atoms pe c_sum
thermo_modify   format float %.9f
dump            all all custom 1 all.dump id type x y z c_pe
dump_modify     all sort id format line "%d %d %.10f %.10f %.10f %.9f"
dump            centre centre custom 1 centre.dump id type x y z c_pe
dump_modify     centre format line "%d %d %.10f %.10f %.10f %.9f"
run             0 post no
`;
