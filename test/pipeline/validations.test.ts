import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { readHistory } from '../../lib/pipeline/judge-image/read-history.ts';
import type { OperationContext } from '../../lib/pipeline/operations/operation.ts';
import { runOperation } from '../../lib/pipeline/operations/run-operation.ts';
import { evidenceAddOperation, evidenceListOperation } from '../../lib/pipeline/validations/operations.ts';
import { anAppetiteFile } from '../support/appetites.ts';
import { aDigest } from '../support/assessments.ts';
import { memoryEvidence } from '../support/memory-evidence.ts';
import { memoryStore } from '../support/memory-store.ts';

const AT = '2026-11-25T12:00:00.000Z';
const SHOP = '- { id: shop, owner: shop team, stage: production, repositories: [shop/*] }';

function aContext(): OperationContext {
  const { register, work } = memoryStore();
  const value = parseAppetite(`zone: Europe/Berlin\n${anAppetiteFile({ assets: [SHOP] })}`, 'a test');
  return {
    ...{
      register,
      work,
      topics: null,
      evidence: memoryEvidence(),
      at: AT,
      intelligence: {} as OperationContext['intelligence'],
    },
    appetite: { hash: aDigest('appetite'), source: 'a test', value },
    caller: { principal: 'laptop:ada', person: 'Ada', roles: ['owner'], enforced: true },
  };
}

const A_TEST = {
  ...{ asset: 'shop', who: 'Testers', scope: 'web front', stages: ['production'], date: '2026-11-20' },
  ...{ outcome: 'passed', report: aDigest('report') },
};

describe('external validations', () => {
  it('are what criteria see of the asset, once they are recorded, and have it judged again', async () => {
    const context = aContext();
    const { register, work } = context;
    await runOperation(evidenceAddOperation, A_TEST, context);

    const place = { digest: aDigest('image'), asset: 'shop', stage: 'production' } as const;
    // The day begins where the programme is at home.
    expect(await readHistory(place, AT, register)).toMatchObject({ validatedAt: '2026-11-19T23:00:00.000Z' });
    expect(await readHistory(place, '2026-11-25T11:59:59.000Z', register)).toMatchObject({ validatedAt: null });
    expect(await readHistory({ ...place, stage: 'testing' }, AT, register)).toMatchObject({ validatedAt: null });
    expect((await work.claim(new Date(AT)))?.body).toEqual({ kind: 'validated', asset: 'shop', at: AT });

    const { rows } = await runOperation(evidenceListOperation, { asset: 'shop', limit: 10, after: null }, context);
    expect(rows).toMatchObject([{ ...A_TEST, date: '2026-11-19T23:00:00.000Z', recordedBy: { person: 'Ada' } }]);
  });

  it.each([
    ['an asset that the appetite does not name', { asset: 'repository:x' }, 'names no asset'],
    ['a day to come', { date: '2026-11-27' }, 'has not begun'],
    ['a text that a terminal would obey', { scope: 'a\u001b[2Jb' }, 'control characters'],
  ])('refuse %s', async (_, given, why) => {
    await expect(runOperation(evidenceAddOperation, { ...A_TEST, ...given }, aContext())).rejects.toThrow(why);
  });
});
