import { describe, expect, it } from '@jest/globals';

import { askAgain } from '../../../lib/core/exceptions/ask-again.ts';
import type { ScopedImages } from '../../../lib/core/exceptions/scope.ts';
import { scopeTitle } from '../../../lib/core/exceptions/scope-title.ts';
import { shortDigest } from '../../../lib/core/image/digest.ts';
import { aDigest } from '../../support/assessments.ts';

const DIGEST = aDigest('image');

describe('an exception in one line', () => {
  it.each<[ScopedImages, string, string]>([
    [{ asset: 'shop' }, '--asset shop', 'shop'],
    [{ repository: 'team/*' }, "--repository 'team/*'", 'team/*'],
    [{ digest: DIGEST }, `--digest ${DIGEST}`, shortDigest(DIGEST)],
    [{ base: DIGEST, name: 'debian:12' }, `--base ${DIGEST}`, 'debian:12'],
  ])('is asked for again, and called, by its images: %j', (images, option, name) => {
    const scope = { vulnerabilities: ['CVE-1', 'CVE-2'], packages: ['perl'], images, stages: ['testing' as const] };
    expect(askAgain({ scope, owner: 'Olive Owner' })).toBe(
      `cavendish exception request --vuln CVE-1 --vuln CVE-2 --package perl ${option} --stage testing --owner 'Olive Owner' --reason TEXT --until DATE`,
    );
    expect(scopeTitle(scope)).toBe(`CVE-1 and 2 more in ${name}`);
  });

  it('has a place for the owner where nobody carries it, and counts no more where there is one thing', () => {
    const scope = {
      vulnerabilities: [],
      packages: ['perl'],
      images: { asset: 'shop' },
      stages: ['production' as const],
    };
    expect(askAgain({ scope, owner: null })).toContain(' --owner NAME --reason');
    expect(scopeTitle(scope)).toBe('perl in shop');
  });
});
