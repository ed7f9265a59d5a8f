import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';

import { coloursFor } from '../../../lib/cli/render/colours.ts';
import { renderVerdict } from '../../../lib/cli/render/verdict.ts';
import { verdictNotice } from '../../../lib/core/notices/verdict-notice.ts';
import { aDigest, aFinding, anAssessment } from '../../support/assessments.ts';
import { anExceptionId, EXPIRY, OWNER } from '../../support/grants.ts';

const by = (number: number, share = 1) => ({ id: anExceptionId(number), owner: OWNER, until: EXPIRY, share });

const accepted = anAssessment({
  verdict: 'go',
  blocking: false,
  reasons: [],
  findings: [
    aFinding({ exceptions: [by(1, 0.4), by(2)] }),
    aFinding({ vulnerability: 'CVE-2026-2', severity: 'low', exceptions: [] }),
  ],
  lapsed: [{ id: anExceptionId(3), why: 'a fix is out\u001b[2J' }],
  barred: [{ id: anExceptionId(4), rule: 'worst', vulnerability: 'CVE-2026-2', source: 'perl' }],
});

describe('a verdict under exceptions', () => {
  const text = renderVerdict(accepted, { colours: coloursFor(new PassThrough()), most: 10 }).join('\n');

  it('shows each finding beside every exception that covers it, with its end', () => {
    expect(text).toContain(`2027-01-01 00:00Z by ${anExceptionId(1)}, 2027-01-01 00:00Z by ${anExceptionId(2)}`);
    expect(text).toContain('; 1 excepted');
    expect(text).toContain(
      `${anExceptionId(1)} until 2027-01-01 00:00 UTC (owner Olive Owner): 1 vulnerability; controls leave 40 % of the risk`,
    );
  });

  it('says what lapsed, and what is never accepted, without obeying what stands in it', () => {
    expect(text).toContain(`${anExceptionId(3)} lapsed: a fix is out\ufffd[2J`);
    expect(text).toContain(`${anExceptionId(4)} does not cover 1 vulnerability: the rule worst never accepts it`);
    expect(text).not.toContain('\u001b');
  });

  it('is told with them', () => {
    const told = { assessment: accepted, id: aDigest('id'), tag: '1.0', previous: null, advice: null };
    const notice = verdictNotice({ ...told, fallbackOwner: 'platform team' });

    expect(notice.subject).toContain('(1 excepted)');
    expect(notice.text.replace(/\s+/gu, ' ')).toContain(`* ${anExceptionId(1)} until 2027-01-01 00:00 UTC`);
    expect(notice.text.replace(/\s+/gu, ' ')).toContain(`${anExceptionId(3)} lapsed: a fix is out`);
  });
});
