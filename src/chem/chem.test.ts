import { describe, expect, test } from 'vitest';
import { findElement } from './elements.ts';
import { BCC, FCC, HCP, ICOSAHEDRAL, OTHER, STRUCTURE_TYPES } from './structureTypes.ts';
import { EV_PER_UNIT, parseEnergyUnit } from './units.ts';

/** All symbols to plutonium, in the order of the periodic table. */
const SYMBOLS =
  `H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc
  Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi
  Po At Rn Fr Ra Ac Th Pa U Np Pu`.split(/\s+/);
/** Where a heavier element comes before a lighter one. */
const OUT_OF_ORDER = ['Ar', 'Co', 'Te', 'Th', 'U'];

describe('the table of elements', () => {
  test('has iron, and others that grain boundaries are made of', () => {
    expect(findElement('Fe')).toEqual({ symbol: 'Fe', atomicNumber: 26, mass: 55.845, radius: 1.32 });
    expect(findElement('H')).toMatchObject({ atomicNumber: 1, mass: 1.008 });
    expect(findElement('W')).toMatchObject({ atomicNumber: 74, mass: 183.84 });
    expect(findElement('Pu')).toMatchObject({ atomicNumber: 94, mass: 244 });
  });

  test('is whole and in order', () => {
    expect(SYMBOLS.map((symbol) => findElement(symbol)?.atomicNumber)).toEqual(SYMBOLS.map((_, k) => k + 1));
    const elements = SYMBOLS.map((symbol) => findElement(symbol)!);
    elements.forEach(({ symbol, mass, radius, atomicNumber }, k) => {
      expect(mass / atomicNumber, symbol).toBeGreaterThan(symbol === 'H' ? 1 : 1.9);
      expect(mass / atomicNumber, symbol).toBeLessThan(2.65);
      expect(radius, symbol).toBeGreaterThan(0.2);
      expect(radius, symbol).toBeLessThan(2.7);
      const next = elements[k + 1];
      if (next) expect(next.mass > mass, symbol).toBe(!OUT_OF_ORDER.includes(symbol));
    });
  });

  test.each(['fe', 'FE', 'Xx', '', 'D', 'Am'])('has no %j', (symbol) => {
    expect(findElement(symbol)).toBeUndefined();
  });
});

test("structure types have OVITO's codes", () => {
  expect([OTHER, FCC, HCP, BCC, ICOSAHEDRAL]).toEqual([0, 1, 2, 3, 4]);
  expect(STRUCTURE_TYPES.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4]);
  expect(STRUCTURE_TYPES[BCC]).toMatchObject({ label: 'BCC', name: 'Body-centred cubic' });
});

test('energy units are known in any case, and what they are in eV', () => {
  expect([parseEnergyUnit(' ry '), parseEnergyUnit('HA'), parseEnergyUnit('mev')]).toEqual(['Ry', 'Ha', 'meV']);
  expect([parseEnergyUnit('kJ'), parseEnergyUnit('')]).toEqual([undefined, undefined]);
  expect(EV_PER_UNIT).toMatchObject({ eV: 1, meV: 1e-3 });
  expect(EV_PER_UNIT.Ry).toBeCloseTo(13.605693122994, 11);
  expect(EV_PER_UNIT.Ha).toBe(2 * EV_PER_UNIT.Ry);
});
