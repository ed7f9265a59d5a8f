import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';

import { coloursFor } from '../../../lib/cli/render/colours.ts';
import { renderVerdict } from '../../../lib/cli/render/verdict.ts';
import { aFinding, anAssessment } from '../../support/assessments.ts';

describe('the findings of a verdict', () => {
  it.each([
    [null, /CVE-2026-7 +high/u],
    ['disputed', /CVE-2026-7 \(disputed\) +high/u],
    ['rejected', /CVE-2026-7 \(rejected\) +high/u],
  ] as const)('say what the CVE record says of itself: %s', (disputed, row) => {
    const findings = [aFinding({ vulnerability: 'CVE-2026-7', severity: 'high', disputed })];
    const lines = renderVerdict(anAssessment({ findings }), { colours: coloursFor(new PassThrough()), most: 10 });
    expect(lines.join('\n')).toMatch(row);
  });
});

describe('the figures of a verdict', () => {
  it.each([
    ['unread-ecosystem', true],
    ['unanswered-ecosystem', true],
    // An archive that passes a bound of its reader, beside an inventory.
    ['limit-exceeded', true],
    ['no-package-database', true],
    ['feed-stale', false],
    ['criterion-failed', false],
  ] as const)('are "at least" where findings may hide behind a gap: %s, %s', (kind, isPartial) => {
    const gaps = [{ kind, subject: 'a', message: 'a gap', tolerated: true }];
    const lines = renderVerdict(anAssessment({ gaps }), { colours: coloursFor(new PassThrough()), most: 10 });
    expect(/Vulnerabilities +at least/u.test(lines.join('\n'))).toBe(isPartial);
  });
});
