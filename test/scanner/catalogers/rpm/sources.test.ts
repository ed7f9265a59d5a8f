import { describe, expect, it } from '@jest/globals';

import type { RpmPackage } from '../../../../lib/scanner/catalogers/rpm/package.ts';
import { sourcesOf } from '../../../../lib/scanner/catalogers/rpm/sources.ts';

function of(name: string, version: string, source: string | null): RpmPackage {
  const [, named = '', sourceVersion = ''] = /^(.+)-([^-]+-[^-]+)$/u.exec(source ?? '') ?? [];
  const from = source === null ? null : { name: named, version: sourceVersion };
  return { name, version, architecture: 'x86_64', source: from, licence: null };
}

describe('sourcesOf', () => {
  const perl = 'perl-5.32.1-480.el9';
  const libs = of('perl-libs', '4:5.32.1-480.el9', perl);
  const errno = of('perl-Errno', '1.30-480.el9', perl);

  it('gives a source the epoch of the package that has its version', () => {
    const sourceOf = sourcesOf([errno, libs]);
    expect(sourceOf(errno)).toEqual({ name: 'perl', version: '4:5.32.1-480.el9' });
    expect(sourceOf(libs)).toEqual({ name: 'perl', version: '4:5.32.1-480.el9' });
  });

  it('keeps to the release: another one says nothing', () => {
    const older = of('perl-libs', '3:5.30.0-1.el9', 'perl-5.30.0-1.el9');
    expect(sourcesOf([errno, older])(errno)).toEqual({ name: 'perl', version: '5.32.1-480.el9' });
  });

  it('takes the epoch of the package where no other says it', () => {
    const one = of('bind-license', '32:9.18-1.el9', 'bind-9.16.23-11.el9');
    expect(sourcesOf([one])(one)).toEqual({ name: 'bind', version: '32:9.16.23-11.el9' });
  });

  it('takes a package without a source for its own', () => {
    const one = of('local', '1:1-1', null);
    expect(sourcesOf([one])(one)).toEqual({ name: 'local', version: '1:1-1' });
  });
});
