import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Risk } from '../../../lib/core/risks/risk.ts';
import { assignRisk, closeRisk, enterRisk, treatRisk } from '../../../lib/pipeline/risks/change-risks.ts';
import { asOf, historyOf } from '../../../lib/pipeline/risks/read-risks.ts';
import { aDigest, aFinding, anAssessment, aPlacement } from '../../support/assessments.ts';
import { riskHome } from '../../support/risk-home.ts';

const BY = { principal: 'laptop:ada', person: 'Ada Lovelace' };
const NAMES = ['CVE-1', 'CVE-2', 'GHSA-1', 'CVE-3'];

const judged = fc.record({
  kind: fc.constant('judged' as const),
  image: fc.integer({ min: 0, max: 2 }),
  tag: fc.constantFrom('1.0', '2.0'),
  found: fc.subarray(NAMES),
  /** GHSA-1 is known to be CVE-2. */
  alias: fc.boolean(),
  whole: fc.boolean(),
  score: fc.constantFrom(5, 9),
});

const decided = fc.record({
  kind: fc.constantFrom('treat' as const, 'assign' as const, 'close' as const, 'enter' as const),
  which: fc.nat(),
  word: fc.constantFrom('one', 'other'),
});

/** A few seconds, or the next month: histories fold from the first change of one. */
const pause = fc.constantFrom(1000, 1000, 40 * 86_400_000);

type Of<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
type Step = Of<typeof judged> | Of<typeof decided>;

type Home = ReturnType<typeof riskHome>;

async function take(step: Step, home: Home): Promise<void> {
  const deciding = { register: home.register, at: home.at(), by: BY };
  if (step.kind === 'judged') {
    const { image, tag, found, alias, whole, score } = step;
    const shown = alias ? found.filter((name) => name !== 'GHSA-1' || !found.includes('CVE-2')) : found;
    const cvss = { score, vector: '', version: '3.1', source: 'a test' };
    const findings = shown.map((vulnerability) =>
      aFinding({ vulnerability, cvss, aliases: alias && vulnerability === 'CVE-2' ? ['GHSA-1'] : [] }),
    );
    const gap = { kind: 'malformed-database' as const, subject: 'dpkg', message: 'broken', tolerated: false };
    const placement = aPlacement({ digest: aDigest(`image ${String(image)}`) });
    await home.record(anAssessment({ placement, findings, gaps: whole ? [] : [gap], at: home.at() }), tag);
    await home.fold();
    return;
  }
  if (step.kind === 'enter') {
    const given = {
      asset: 'shop',
      assetOwner: 'shop',
      owner: null,
      stages: ['testing' as const],
      severity: 'high' as const,
    };
    const figures = { likelihood: null, impact: null, controls: [], why: null };
    await enterRisk({ ...given, ...figures, title: step.word }, deciding);
    return;
  }
  const risks = (await home.risks()).filter(({ state }) => state !== 'merged');
  const risk = risks[step.which % Math.max(1, risks.length)];
  if (risk === undefined) return;
  const { id } = risk;
  if (step.kind === 'assign') await assignRisk({ id, owner: step.word, why: null }, deciding);
  else if (step.kind === 'treat') {
    const treatment = { kind: 'avoid' as const, due: null, exception: null, controls: [step.word], why: step.word };
    await treatRisk({ id, ...treatment }, deciding);
  } else if (risk.kind === 'entered' && risk.state === 'open') {
    await closeRisk({ id, why: step.word, evidence: null }, deciding);
  }
}

describe('the risk register over time', () => {
  it('shows at any past instant what was recorded then, and its history only grows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.oneof(judged, decided), pause), { maxLength: 14 }), async (steps) => {
        const home = riskHome();
        const recorded: { readonly at: string; readonly risks: readonly Risk[] }[] = [];
        let histories = new Map<string, readonly unknown[]>();
        for (const [step, milliseconds] of steps) {
          home.pass(milliseconds);
          await take(step, home);
          const risks = await home.risks();
          recorded.push({ at: home.at(), risks });
          const grown = new Map<string, readonly unknown[]>();
          for (const { id, changes } of risks) {
            const history = await historyOf(id, home.register);
            expect(history).toHaveLength(changes);
            expect(history.slice(0, histories.get(id)?.length ?? 0)).toEqual(histories.get(id) ?? []);
            grown.set(id, history);
          }
          expect([...grown.keys()]).toEqual(expect.arrayContaining([...histories.keys()]));
          histories = grown;
        }
        const now = await home.risks();
        for (const { at, risks } of recorded) expect(await asOf(now, at, home.register)).toEqual(risks);
      }),
      { numRuns: 40 },
    );
  });
});
