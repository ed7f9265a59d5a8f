import { beforeEach, describe, expect, it } from '@jest/globals';

import type { RegistryScan } from '../../../lib/pipeline/ports/registry-scan.ts';
import { compareOpinions } from '../../../lib/pipeline/second-opinion/compare-opinion.ts';
import { readOpinionItems } from '../../../lib/pipeline/second-opinion/opinion-items.ts';
import { opinionsOf } from '../../../lib/pipeline/second-opinion/opinions-of.ts';
import { takeOpinion } from '../../../lib/pipeline/second-opinion/take-opinion.ts';
import { anAssessment, aPlacement } from '../../support/assessments.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const PLACEMENT = aPlacement();
const AT = '2026-11-24T00:00:00.000Z';

function aScan(given: Partial<RegistryScan> = {}): RegistryScan {
  const finding = { vulnerability: 'CVE-2026-42496', severity: 'high', package: 'perl', version: '5' };
  return {
    ...{ scanner: 'ecr-basic', state: 'complete', said: 'COMPLETE', completedAt: AT },
    findings: [
      finding,
      { ...finding, package: 'perl-base' },
      { ...finding, vulnerability: 'CVE-1', severity: 'informational' },
    ],
    ...given,
  };
}

let stores: ReturnType<typeof open>;

function open() {
  return { ...memoryStore(), evidence: memoryEvidence() };
}

beforeEach(() => {
  stores = open();
});

const take = (scan: RegistryScan) =>
  takeOpinion(PLACEMENT, { ...stores, scans: { read: () => Promise.resolve(scan) } });
const items = () => readOpinionItems(PLACEMENT, stores.register);

describe('the opinion of a registry', () => {
  it('is kept with distinct vulnerabilities by severity, and whole as evidence', async () => {
    await take(aScan());

    expect(await items()).toMatchObject([
      { scanner: 'ecr-basic', state: 'complete', counts: { high: 1, low: 1 }, imported: null },
    ]);
    const [held] = await opinionsOf(PLACEMENT, stores);
    expect(held?.opinion).toMatchObject({ at: AT, image: { digests: [PLACEMENT.digest] } });
    expect(held?.opinion.findings).toHaveLength(3);
  });

  it('is not put back by a late event', async () => {
    await take(aScan({ completedAt: '2026-11-24T02:00:00.000Z', findings: [] }));
    await take(aScan());
    await take(aScan({ state: 'none', said: 'ScanNotFound', completedAt: null }));

    expect(await items()).toMatchObject([{ completedAt: '2026-11-24T02:00:00.000Z' }]);
  });

  it('has the image judged again, once however often it is told of', async () => {
    await take(aScan());
    await take(aScan());

    const first = await stores.work.claim(new Date(AT));
    expect(first).toMatchObject({ type: 'plan-again', body: { kind: 'opinion', at: AT, scanner: 'ecr-basic' } });
    expect(await stores.work.claim(new Date(AT))).toBeNull();
  });

  it('that there is none has nothing judged again, and is nothing to judge by', async () => {
    await take(aScan({ state: 'none', said: 'ScanNotFound', completedAt: null }));

    expect(await items()).toMatchObject([{ state: 'none', said: 'ScanNotFound' }]);
    expect(await opinionsOf(PLACEMENT, stores)).toEqual([]);
    expect(await stores.work.claim(new Date(AT))).toBeNull();
  });

  it.each([
    ['names no package', { vulnerability: 'CVE-1', severity: 'high', package: null, version: null }],
    ['has a severity that is not known', { vulnerability: 'CVE-1', severity: 'severe', package: 'perl', version: '5' }],
    ['no identifier', { vulnerability: '', severity: 'high', package: 'perl', version: '5' }],
  ])('of which a finding %s is none', async (why, finding) => {
    await take(aScan({ findings: [...aScan().findings, finding] }));

    expect(await items()).toMatchObject([{ state: 'none', said: expect.stringContaining(why), opinion: null }]);
  });

  it('is compared with the verdict by package', async () => {
    await take(aScan());
    // Without an inventory nobody can say that they mean the same package.
    const assessment = anAssessment();
    const compared = await compareOpinions(
      PLACEMENT,
      { ...assessment, inputs: { ...assessment.inputs, sbom: null } },
      stores,
    );

    expect(compared).toMatchObject([
      { both: [], onlyTheirs: ['CVE-1', 'CVE-2026-42496'], onlyOurs: ['CVE-2026-42496'] },
    ]);
  });
});
