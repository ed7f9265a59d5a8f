import { describe, expect, it } from '@jest/globals';

import { readReport } from '../../../lib/adapters/reports/read-report.ts';
import { instantOfAws } from '../../../lib/adapters/reports/report.ts';

describe('an instant as AWS says it', () => {
  it.each([
    ['2026-11-25T12:00:00+01:00', '2026-11-25T11:00:00.000Z'],
    ['2026-11-25 11:00:00.5+00:00', '2026-11-25T11:00:00.500Z'],
    [1_764_068_400.25, '2025-11-25T11:00:00.250Z'],
    ['', null],
    ['yesterday', null],
    [1e300, null],
    [-1e300, null],
  ])('%j is %j', (said, instant) => {
    expect(instantOfAws(said)).toBe(instant);
  });

  it('that is none refuses a scan of ECR, and breaks nothing', () => {
    const scan = { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: { imageScanCompletedAt: 1e300 } };
    const read = () => readReport(Buffer.from(JSON.stringify(scan)), { source: 'ecr.json', format: 'ecr' });
    expect(read).toThrow(expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('not done') }));
  });
});
