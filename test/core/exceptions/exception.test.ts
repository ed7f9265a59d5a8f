import { describe, expect, it } from '@jest/globals';

import { controlSchema, draftSchema, isExceptionId, termsSchema } from '../../../lib/core/exceptions/exception.ts';
import { scopeSchema } from '../../../lib/core/exceptions/scope.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SCOPE = { vulnerabilities: ['CVE-2026-1'], packages: [], images: { asset: 'shop' }, stages: ['production'] };
const TERMS = {
  scope: SCOPE,
  reason: 'Not reachable.',
  owner: 'Olive Owner',
  controls: [],
  review: null,
  expiry: { at: '2027-04-01T00:00:00.000Z', date: '2027-03-31', zone: 'UTC' },
  links: [],
};

describe('a scope', () => {
  it('has its names in one order, once, as their publisher writes them', () => {
    const read = scopeSchema.parse({
      ...SCOPE,
      vulnerabilities: ['ghsa-ABCD-efgh-ijkl', 'cve-2026-2', 'CVE-2026-2', 'CVE-2026-10'],
      stages: ['testing', 'production', 'testing'],
    });
    expect(read.vulnerabilities).toEqual(['CVE-2026-10', 'CVE-2026-2', 'GHSA-abcd-efgh-ijkl']);
    expect(read.stages).toEqual(['production', 'testing']);
    expect(scopeSchema.parse(read)).toEqual(read);
  });

  it.each([
    { asset: 'shop' },
    { repository: 'team/**' },
    { repository: 'app-*' },
    { digest: DIGEST },
    { base: DIGEST, name: 'debian:12' },
  ])('may be of the images %j', (images) => {
    expect(scopeSchema.parse({ ...SCOPE, images }).images).toEqual(images);
  });

  it.each([
    ['no vulnerability and no package', { vulnerabilities: [] }],
    ['no stage', { stages: [] }],
    ['every repository', { images: { repository: '**' } }],
    ['every repository in two parts', { images: { repository: '*/*' } }],
    ['two kinds of images', { images: { asset: 'shop', digest: DIGEST } }],
    ['no images', { images: {} }],
    ['a digest that is none', { images: { digest: 'sha256:1' } }],
    ['a word it does not know', { severity: 'critical' }],
    ['an identifier with a line break', { vulnerabilities: ['CVE-1\nCVE-2'] }],
    ['a package with an escape', { packages: ['lib\u001b[2J'] }],
  ])('is refused with %s', (_what, change) => {
    expect(scopeSchema.safeParse({ ...SCOPE, ...change }).success).toBe(false);
  });
});

describe('terms', () => {
  it('have one line where people wrote several', () => {
    expect(termsSchema.parse({ ...TERMS, reason: ' Not\n  reachable. \r\n' }).reason).toBe('Not reachable.');
  });

  it.each(['\u001b[31mred', 'a\u0000b', '\u0007', '   ', 'x'.repeat(2001)])('refuse the reason %j', (reason) => {
    expect(termsSchema.safeParse({ ...TERMS, reason }).success).toBe(false);
  });

  it('may be asked for without owner, reason and end, and are not granted so', () => {
    for (const part of ['owner', 'reason', 'expiry']) {
      expect(draftSchema.safeParse({ ...TERMS, [part]: null }).success).toBe(true);
      expect(termsSchema.safeParse({ ...TERMS, [part]: null }).success).toBe(false);
    }
  });

  it('take no link that runs something', () => {
    for (const link of ['javascript:alert(1)', 'file:///etc/passwd', 'no link']) {
      expect(termsSchema.safeParse({ ...TERMS, links: [link] }).success).toBe(false);
    }
    expect(termsSchema.safeParse({ ...TERMS, links: ['https://tracker.example/1'] }).success).toBe(true);
  });

  it('have no two controls of one id', () => {
    const control = { id: 'waf', does: 'Filters.', evidence: 'rule 12', lowers: { likelihood: 0.5, impact: 0 } };
    expect(termsSchema.safeParse({ ...TERMS, controls: [control] }).success).toBe(true);
    expect(termsSchema.safeParse({ ...TERMS, controls: [control, control] }).success).toBe(false);
  });
});

describe('a control', () => {
  it('lowers nothing that it does not name, and no more than all of it', () => {
    const control = { id: 'waf', does: 'Filters.', evidence: 'rule 12', lowers: { likelihood: 0.5 } };
    expect(controlSchema.parse(control).lowers).toEqual({ likelihood: 0.5, impact: 0 });
    for (const likelihood of [-0.1, 1.1, Number.NaN]) {
      expect(controlSchema.safeParse({ ...control, lowers: { likelihood } }).success).toBe(false);
    }
  });
});

describe('an identifier of an exception', () => {
  it('is EX- and a ULID', () => {
    expect(isExceptionId('EX-01KAXJ0000ABCDEFGHJKMNPQRS')).toBe(true);
    expect(isExceptionId('EX-01KAXJ0000ABCDEFGHJKMNPQRI')).toBe(false);
    expect(isExceptionId('RISK-01KAXJ0000ABCDEFGHJKMNPQRS')).toBe(false);
  });
});
