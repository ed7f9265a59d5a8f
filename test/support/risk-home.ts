/** A risk register in memory: assessments recorded as pushes and judgements again record them, and folded. */
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { canonicalBytes } from '../../lib/core/canonical/canonical.ts';
import { readRisk, type Risk } from '../../lib/core/risks/risk.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import { recordAssessment } from '../../lib/pipeline/record-assessment/record-assessment.ts';
import { foldRisks } from '../../lib/pipeline/risks/fold-risks.ts';
import { listPage, partitionsOf, riskAssets } from '../../lib/pipeline/risks/read-risks.ts';
import { FOLD_RISKS } from '../../lib/pipeline/work/work-types.ts';
import { anAppetiteFile } from './appetites.ts';
import type { PlacedAssessment } from './assessments.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryStore } from './memory-store.ts';

export function riskHome(wrap: (register: RegisterStore) => RegisterStore = (register) => register) {
  const { register: plain, work } = memoryStore();
  const register = wrap(plain);
  const evidence = memoryEvidence();
  const value = parseAppetite(anAppetiteFile({}), 'a test');
  let now = Date.parse('2026-11-23T00:00:00.000Z');
  const folding = { register, evidence, appetite: { value }, now: () => new Date(now) };
  return {
    ...{ register, plain, work, evidence, folding },
    at: () => new Date(now).toISOString(),
    pass(milliseconds: number) {
      now += milliseconds;
    },
    async record(assessment: PlacedAssessment, tag: string | null = '1.0') {
      const id = await evidence.put(canonicalBytes(assessment));
      return await recordAssessment({ assessment, id, tag, basis: 'a test' }, plain);
    },
    /** Takes the work of folding that waits, without doing it. */
    async taken(): Promise<readonly Work[]> {
      const taken: Work[] = [];
      for (;;) {
        const work_ = await work.claim(new Date(now), [FOLD_RISKS]);
        if (work_ === null) return taken;
        await work.done(work_);
        taken.push(work_);
      }
    },
    async fold() {
      for (const one of await this.taken()) await foldRisks(one, folding);
    },
    async risks(): Promise<readonly Risk[]> {
      return await allRisks(plain);
    },
  };
}

async function allRisks(register: RegisterStore): Promise<readonly Risk[]> {
  const partitions = partitionsOf(await riskAssets(register));
  const risks: Risk[] = [];
  let after: string | null = null;
  do {
    const page = await listPage(partitions, after, 1000, register);
    risks.push(...page.risks);
    after = page.next;
  } while (after !== null);
  return risks.map((risk) => readRisk({ body: risk })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
