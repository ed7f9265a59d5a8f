import { describe, expect, it } from '@jest/globals';

import { ecosystemOf } from '../../../lib/core/sbom/ecosystem.ts';

describe('ecosystemOf', () => {
  it.each([
    ['deb', 'debian', '12', 'Debian:12'],
    ['deb', 'ubuntu', '22.04', 'Ubuntu:22.04'],
    ['deb', 'debian', null, null],
    ['deb', 'debian', 'sid', null],
    ['deb', 'debian', '12:evil', null],
    ['deb', 'raspbian', '12', null],
    ['deb', 'constructor', '1', null],
    ['rpm', 'debian', '12', null],
    ['npm', 'debian', '12', 'npm'],
    ['pypi', 'debian', '12', 'PyPI'],
    ['golang', 'debian', '12', 'Go'],
    ['cargo', 'debian', '12', 'crates.io'],
    ['maven', 'debian', '12', 'Maven'],
    ['gem', 'debian', '12', 'RubyGems'],
    ['nuget', 'debian', '12', 'NuGet'],
    ['composer', 'debian', '12', 'Packagist'],
    ['generic', 'debian', '12', null],
  ] as const)('knows a %s package of %s %s as of %s', (type, id, versionId, expected) => {
    expect(ecosystemOf(type, { id, versionId, codename: null, name: id })).toBe(expected);
  });

  it('knows those of languages in an image that says nothing of itself, and no other', () => {
    expect(ecosystemOf('npm', null)).toBe('npm');
    expect(ecosystemOf('deb', null)).toBeNull();
  });
});
