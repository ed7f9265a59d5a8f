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
