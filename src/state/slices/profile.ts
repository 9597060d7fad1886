import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

/** What a profile is of, and along what. */
export interface ProfileChoice {
  /** Name of a column; `structure.type` stands for the share of atoms that are not BCC. */
  readonly quantity: string;
  readonly against: 'x' | 'y' | 'z' | 'direction' | 'boundary';
  /** Components along x, y and z, as typed. */
  readonly direction: string;
  /** Å. */
  readonly binWidth: number;
  /** Whether the least and largest value of each bin are drawn. */
  readonly withRange: boolean;
}

export interface ProfileSlice {
  readonly profile: ProfileChoice;
  setProfile(change: Partial<ProfileChoice>): void;
}

/** What one sees first. */
export const FIRST_PROFILE: ProfileChoice = {
  quantity: 'structure.type',
  against: 'z',
  direction: '1 1 1',
  binWidth: 2,
  withRange: false,
};

export const createProfileSlice: StateCreator<Store, [], [], ProfileSlice> = (set) => ({
  profile: FIRST_PROFILE,
  setProfile: (change) => set(({ profile }) => ({ profile: { ...profile, ...change } })),
});
