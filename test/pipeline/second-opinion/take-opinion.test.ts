import { beforeEach, describe, expect, it } from '@jest/globals';

import type { RegistryScan } from '../../../lib/pipeline/ports/registry-scan.ts';
import { compareOpinion, readOpinions, takeOpinion } from '../../../lib/pipeline/second-opinion/take-opinion.ts';
import { aFinding, aPlacement } from '../../support/assessments.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const PLACEMENT = aPlacement();

function aScan(given: Partial<RegistryScan> = {}): RegistryScan {
  const finding = { vulnerability: 'CVE-2026-42496', severity: 'high', package: 'perl', version: '5' };
  return {
    ...{ scanner: 'ecr-basic', state: 'complete', said: 'COMPLETE', completedAt: '2026-11-24T00:00:00.000Z' },
    findings: [finding, { ...finding, package: 'perl-base' }, { ...finding, vulnerability: 'CVE-1', severity: 'low' }],
    ...given,
  };
}

let stores: ReturnType<typeof open>;

function open() {
  return { register: memoryStore().register, evidence: memoryEvidence() };
}

beforeEach(() => {
  stores = open();
});

const take = (scan: RegistryScan) =>
  takeOpinion(PLACEMENT, { ...stores, scans: { read: () => Promise.resolve(scan) } });

describe('a second opinion', () => {
  it('is kept with distinct vulnerabilities by severity', async () => {
    await take(aScan());

    expect(await readOpinions(PLACEMENT, stores.register)).toMatchObject([
      { scanner: 'ecr-basic', state: 'complete', counts: { high: 1, low: 1 } },
    ]);
  });

  it('is not put back by a late event', async () => {
    await take(aScan({ completedAt: '2026-11-24T02:00:00.000Z', findings: [] }));
    await take(aScan());
    await take(aScan({ state: 'none', said: 'ScanNotFound', completedAt: null }));

    expect(await readOpinions(PLACEMENT, stores.register)).toMatchObject([{ completedAt: '2026-11-24T02:00:00.000Z' }]);
  });

  it('says what both found and what only one did, also under other names', async () => {
    await take(aScan());
    const [opinion] = await readOpinions(PLACEMENT, stores.register);
    const findings = [
      aFinding({ vulnerability: 'DSA-1', aliases: ['CVE-2026-42496'] }),
      aFinding({ vulnerability: 'CVE-2' }),
    ];

    expect(await compareOpinion(opinion!, { findings }, stores.evidence)).toEqual({
      both: 1,
      onlyTheirs: ['CVE-1'],
      onlyOurs: ['CVE-2'],
    });
  });
});
