import { describe, expect, it } from '@jest/globals';

import { order, type Ordering } from '../../../lib/core/versions/order.ts';
import { isUnparsable } from '../../../lib/core/versions/version.ts';
import { type Vector, vectorsOf } from '../../support/version-vectors.ts';

/** A set, whose versions it orders, and how many pairs it has: a set that is cut short fails. */
const SETS: readonly (readonly [string, string, number])[] = [
  ['debian-versions.txt', 'Debian:12', 30],
  ['debian-versions.txt', 'Ubuntu:22.04:LTS', 30],
  ['alpine-versions.txt', 'Alpine:v3.20', 778],
  ['alpine-versions.txt', 'Wolfi', 778],
  ['redhat-versions.txt', 'Red Hat:enterprise_linux:9::baseos', 165],
  ['redhat-versions.txt', 'Rocky Linux:9', 165],
  ['redhat-versions.txt', 'SUSE:Linux Enterprise Server 15', 165],
  ['semver-versions.txt', 'npm', 86],
  ['semver-versions.txt', 'crates.io', 86],
  ['semver-versions.txt', 'Hex', 86],
  ['node-semver-comparisons.tsv', 'npm', 18],
  ['node-semver-equality.tsv', 'npm', 3],
  ['semver-versions.txt', 'Go', 86],
  ['go-semver.tsv', 'Go', 276],
  ['nuget-versions.txt', 'NuGet', 35],
  ['pypi-versions.txt', 'PyPI', 37],
  ['pypa-packaging-VERSIONS.tsv', 'PyPI', 1431],
  ['maven-versions.txt', 'Maven', 102],
  ['maven-ComparableVersionTest.tsv', 'Maven:https://repo.example', 570],
  ['rubygems-versions.txt', 'RubyGems', 25],
];

const SIGNS = new Map([
  ['<', -1],
  ['=', 0],
  ['>', 1],
]);

function said(answer: Ordering): number | string {
  return isUnparsable(answer) ? `unparsable: ${answer.why}` : answer.order;
}

function wrong({ a, is, b }: Vector, ecosystem: string): readonly string[] {
  const expected = SIGNS.get(is);
  if (expected === undefined) return [`${a} ${is} ${b}: no sign`];
  const there = said(order(ecosystem, a, b));
  const back = said(order(ecosystem, b, a));
  return there === expected && back === 0 - expected ? [] : [`${a} ${is} ${b}: ${String(there)}, ${String(back)}`];
}

describe('the published vectors', () => {
  it.each(SETS)('of %s hold for %s, in both directions: all %i', (file, ecosystem, total) => {
    const vectors = vectorsOf(file);
    expect(vectors).toHaveLength(total);
    expect(vectors.flatMap((vector) => wrong(vector, ecosystem))).toEqual([]);
  });
});
