/**
 * node-semver's ranges: what a range means is asked of node-semver itself, how its comparators stand
 * to a version of our order. Its own rule on top: a pre-release is in a range only where a
 * comparator names a pre-release of the same numbers.
 */
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';

import { order } from '../../../lib/core/versions/order.ts';
import { isUnparsable } from '../../../lib/core/versions/version.ts';
import { vectorsOf } from '../../support/version-vectors.ts';

interface Comparator {
  readonly operator: '' | '<' | '<=' | '>' | '>=';
  /** A symbol where any version will do. */
  readonly semver: { readonly version?: string; readonly prerelease?: readonly unknown[] };
}

interface NodeSemver {
  readonly Range: new (range: string) => { readonly set: readonly (readonly Comparator[])[] };
}

const require = createRequire(import.meta.url);
const { Range } = require('semver') as NodeSemver;

const HOLDS: Readonly<Record<Comparator['operator'], (stands: number) => boolean>> = {
  '': (stands) => stands === 0,
  '<': (stands) => stands < 0,
  '<=': (stands) => stands <= 0,
  '>': (stands) => stands > 0,
  '>=': (stands) => stands >= 0,
};

function satisfies(version: string, { operator, semver }: Comparator): boolean {
  if (semver.version === undefined) return !isUnparsable(order('npm', version, '0'));
  const answer = order('npm', version, semver.version);
  return !isUnparsable(answer) && HOLDS[operator](answer.order);
}

/** `1.2.3` of `1.2.3-pre+build`. */
function numbersOf(version: string): string | undefined {
  return /^\d+\.\d+\.\d+/u.exec(version)?.[0];
}

function isIn(version: string, range: string): boolean {
  return new Range(range).set.some(
    (comparators) =>
      comparators.every((comparator) => satisfies(version, comparator)) &&
      (!/^[^+]*-/u.test(version) ||
        comparators.some(
          ({ semver }) => semver.prerelease?.length !== 0 && numbersOf(semver.version ?? '') === numbersOf(version),
        )),
  );
}

describe("node-semver's ranges", () => {
  it.each([
    ['node-semver-range-include.tsv', 'in', 94],
    ['node-semver-range-exclude.tsv', 'notin', 77],
  ])('of %s hold (%s): all %i', (file, sign, total) => {
    const vectors = vectorsOf(file);
    expect(vectors).toHaveLength(total);
    expect(vectors.filter(({ a, is, b }) => is !== sign || isIn(a, b) !== (sign === 'in'))).toEqual([]);
  });
});
