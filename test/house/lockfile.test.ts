import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { ROOT } from './tree.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  /** It came inside its parent's archive. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
const lock: Readonly<Record<string, Locked>> = JSON.parse(text).packages;

describe('package-lock.json', () => {
  it('locks every optional package, or npm ci refuses it (node .ci/complete-lockfile.js)', () => {
    const wanted = Object.entries(lock).flatMap(([folder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => [`${folder}/node_modules/${name}`, `node_modules/${name}`]),
    );

    expect(wanted.filter((places) => !places.some((place) => place in lock))).toEqual([]);
  });

  it('holds the hash of everything that is installed on Linux', () => {
    const unhashed = Object.entries(lock).filter(
      ([folder, { integrity, os, inBundle }]) =>
        folder !== '' && integrity === undefined && os === undefined && inBundle !== true,
    );

    expect(unhashed.map(([folder]) => folder)).toEqual([]);
  });

  it('names no registry', () => {
    expect(Object.values(lock).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
