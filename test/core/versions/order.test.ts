import { describe, expect, it } from '@jest/globals';

import { hasSemver, isOrdered, order, ORDERED_FAMILIES, orderFrom } from '../../../lib/core/versions/order.ts';
import { isUnparsable } from '../../../lib/core/versions/version.ts';

const SIGN = { '<': -1, '=': 0, '>': 1 } as const;

describe('order', () => {
  it.each(['Debian', 'Debian:12', 'Ubuntu:22.04:LTS'])('knows the versions of %s', (ecosystem) => {
    expect(order(ecosystem, '1.0~rc1', '1.0')).toEqual({ order: -1 });
    expect(order(ecosystem, '1.0', '0:1.0')).toEqual({ order: 0 });
    expect(order(ecosystem, '1.0-1', '1.0')).toEqual({ order: 1 });
  });

  it('knows 32 families of ecosystems', () => {
    expect(ORDERED_FAMILIES).toHaveLength(32);
    expect(ORDERED_FAMILIES.every((family) => isOrdered(`${family}:1`) && !isUnparsable(order(family, '1', '1')))).toBe(
      true,
    );
  });

  it.each(['CRAN', 'debian', 'constructor', ''])('says that it does not know %j', (ecosystem) => {
    expect(isOrdered(ecosystem)).toBe(false);
    expect(order(ecosystem, '1', '2')).toEqual({ unparsable: '1', why: `unsupported ecosystem: ${ecosystem}` });
  });

  it('names the version that can not be read, on either side', () => {
    expect(order('Debian:12', '<none>', '1')).toMatchObject({ unparsable: '<none>' });
    expect(order('Debian:12', '1', '<none>')).toMatchObject({ unparsable: '<none>' });
    expect(order('npm', '1.x', '1')).toEqual({ unparsable: '1.x', why: 'it is not of the form 1.2.3-pre+build' });
    expect(order('npm', '1', 'latest')).toMatchObject({ unparsable: 'latest' });
  });

  it('knows whose versions are those of Semantic Versioning', () => {
    expect(['npm', 'Go', 'crates.io', 'Hex', 'Pub', 'NuGet'].every(hasSemver)).toBe(true);
    expect(['Debian:12', 'PyPI', 'Maven', 'RubyGems', 'Packagist'].some(hasSemver)).toBe(false);
  });

  /** What the published sets say nothing of. */
  it.each<[string, string, keyof typeof SIGN, string, string]>([
    ['Alpine:v3.20', '1.2', '<', '1.2.0', 'a number more is more'],
    ['Alpine:v3.20', '1.2', '<', '1.2-r0', 'a revision comes after none'],
    ['Alpine:v3.20', '1.2.09', '<', '1.2.1', 'what begins with 0 is a fraction'],
    ['Alpine:v3.20', '1.2.3~abc-r1', '=', '1.2.3~def-r1', 'a hash says nothing'],
    ['Alpine:v3.20', '1.2_rc1_p1', '>', '1.2_rc1', 'suffixes follow suffixes'],
    ['Alpine:v3.20', '1.2_rc1_alpha', '<', '1.2_rc1', 'and are before or after there too'],
    ['Red Hat', '1-1.el9_4.2', '>', '1-1.el9', 'what is behind a separator counts on'],
    ['Red Hat', '0:1.0-1', '=', '1.0-1', 'no epoch is 0'],
    ['Amazon Linux:2023', '1.0.0-1.amzn2023.0.2', '>', '1.0.0-1.amzn2023.0.1', 'all RPM is of one order'],
    ['npm', '1.2.3beta', '=', '1.2.3-beta', 'the hyphen may be left out'],
    ['npm', '1.0.0-constructor', '<', '1.0.0-toString', 'words are words'],
    ['Go', 'v0.0.0-20200101000000-abcdefabcdef', '<', 'v0.0.0-20210101000000-000000000000', 'dates go by'],
    ['Go', 'v2.0.0+incompatible', '=', '2.0.0', 'build says nothing'],
    ['NuGet', '1.0.0-Alpha', '<', '1.0.0-BETA', 'without heed of case'],
    ['Pub', '1.0.0', '<', '1.0.0+1', 'a build comes after none'],
    ['Pub', '1.0.0+9', '<', '1.0.0+10', 'builds count'],
    ['Pub', '1.0.0-a+b', '<', '1.0.0', 'also of a pre-release'],
    ['PyPI', '1.0', '=', '1.0.0', 'zeros at the end say nothing'],
    ['PyPI', '1.0.post1', '>', '1.0', 'a post-release comes after'],
    ['PyPI', '0-constructor', '<', '0', 'a legacy version comes before all others'],
    ['PyPI', '1.0-bulbasaur', '>', '0.9.9-bulbasaur', 'and after the legacy versions before it'],
    ['Maven', '1-constructor', '>', '1-sp', 'words are words'],
    ['Maven', '1.0.RC2', '<', '1.0-RC3', 'a dot before a word is a hyphen'],
    ['Maven', '2.0.0.Final', '=', '2', 'a release says so'],
    ['RubyGems', '1.0.0-beta', '=', '1.0.0.pre.beta', 'a hyphen begins a pre-release'],
    ['RubyGems', '1.0.0.rc1', '<', '1', 'words come before'],
    ['Packagist', '1.0', '=', 'v1.0.0.0', 'four numbers'],
    ['Packagist', '1.0.0-a1', '=', '1.0.0.alpha1', 'short names'],
    ['Packagist', '1.0-dev', '<', '1.0-alpha', 'what is developed comes first'],
    ['Packagist', '1.0.0-alpha', '<', '1.0.0b2', 'alpha, beta'],
    ['Packagist', '1.0.0-beta9', '<', '1.0.0-beta10', 'counted'],
    ['Packagist', '1.0.0-beta', '<', '1.0.0-beta1', 'a count more is more'],
    ['Packagist', '1.0.0-RC1', '<', '1.0.0-stable', 'candidates before the release'],
    ['Packagist', '1.0.0-RC1-dev', '<', '1.0.0-RC1', 'and what is developed before those'],
    ['Packagist', '1.0.0', '<', '1.0.0-p1', 'a patch after it'],
    ['Packagist', '1.0.0+5', '=', '1.0.0', 'build says nothing'],
    ['Packagist', '1.0.0@beta', '=', '1.0.0', 'a stability that is asked for says nothing'],
    ['Packagist', '1.x-dev', '>', '1.999', 'a series is behind all of its versions'],
    ['Packagist', '1.x-dev', '<', '2.0-alpha', 'and before the next'],
    ['Packagist', '2010.01.02', '<', '2010.01.10', 'dates are versions'],
    ['Packagist', '20100102-beta', '<', '20100102', 'however they are written'],
  ])('orders for %s: %s %s %s, %s', (ecosystem, a, sign, b) => {
    expect(order(ecosystem, a, b)).toEqual({ order: SIGN[sign] });
    expect(order(ecosystem, b, a)).toEqual({ order: 0 - SIGN[sign] });
  });

  it.each([
    ['Alpine:v3.20', 'latest', 'it begins with no number, or has a character that no version has'],
    ['Alpine:v3.20', '1.0=2', 'it begins with no number, or has a character that no version has'],
    ['Red Hat', '1:-1', 'it has no version'],
    ['Red Hat', '1 2', 'it has space in it'],
    ['Red Hat', '', 'it is empty'],
    ['npm', '^1.2.3', 'it is not of the form 1.2.3-pre+build'],
    ['npm', '1.2.3-', 'it is not of the form 1.2.3-pre+build'],
    ['npm', '1.2.3-a..b', 'it is not of the form 1.2.3-pre+build'],
    ['Go', '(devel)', 'it is not of the form 1.2.3-pre+build'],
    ['NuGet', '[1.0,)', 'it is not of the form 1.2.3.4-pre+build'],
    ['PyPI', '1.0 / 2', 'it has space in it'],
    ['PyPI', '1.0/2', 'it has a character that no version has'],
    ['Maven', '${project.version}', 'it has a character that no version has'],
    ['Maven', '[1.0,2.0)', 'it has a character that no version has'],
    ['RubyGems', 'one', 'it is not of the form 1.2.3.pre'],
    ['RubyGems', '1.0_1', 'it is not of the form 1.2.3.pre'],
    ['Packagist', 'dev-main', 'it is a branch'],
    ['Packagist', 'trunk', 'it is a branch'],
    ['Packagist', '1.0.0-meh', 'it is not of the form 1.2.3.4-beta5'],
  ])('reads no version of %s in %j: %s', (ecosystem, text, why) => {
    expect(order(ecosystem, text, '1')).toEqual({ unparsable: text, why });
  });
});

describe('orderFrom', () => {
  it('compares one version with many', () => {
    const from = orderFrom('Debian:12', '2');
    if (typeof from !== 'function') throw new Error(from.why);
    expect([from('1'), from('2'), from('3')]).toEqual([{ order: 1 }, { order: 0 }, { order: -1 }]);
  });
});
