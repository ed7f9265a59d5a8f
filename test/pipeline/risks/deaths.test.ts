import { describe, expect, it } from '@jest/globals';

import { foldRisks } from '../../../lib/pipeline/risks/fold-risks.ts';
import { placementsOfRisk } from '../../../lib/pipeline/risks/read-risks.ts';
import { aLife, Died } from '../../functions/support/mortal.ts';
import { aDigest, aFinding, anAssessment, aPlacement } from '../../support/assessments.ts';
import { riskHome } from '../../support/risk-home.ts';

const OLD = aPlacement({ digest: aDigest('old') });
const NEW = aPlacement({ digest: aDigest('new') });

function found(names: readonly string[], placement: typeof OLD, at: string, aliases: readonly string[] = []) {
  const findings = names.map((vulnerability) =>
    aFinding({ vulnerability, aliases: vulnerability === 'CVE-2' ? aliases : [] }),
  );
  return anAssessment({ findings, placement, at });
}

/** A build takes the place of another: one risk goes, one comes, two turn out to be one; who folds it dies once. */
async function runWithDeath(death: Parameters<typeof aLife>[0], then: readonly string[] | null = null) {
  const home = riskHome();
  await home.record(found(['CVE-1', 'CVE-2', 'GHSA-2'], OLD, '2026-11-23T00:00:00.000Z'));
  await home.fold();
  home.pass(60_000);
  await home.record(found(['CVE-2', 'CVE-3'], NEW, '2026-11-23T00:01:00.000Z', ['GHSA-2']));
  const life = aLife(death);
  const register = life.of(home.register, ['commit']);
  const work = await home.taken();
  for (const one of work) {
    try {
      await foldRisks(one, { ...home.folding, register });
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
  }
  home.pass(60_000);
  if (then !== null) await home.record(found(then, NEW, '2026-11-23T00:02:00.000Z', ['GHSA-2']));
  for (const one of work) await foldRisks(one, home.folding);
  const risks = await home.risks();
  const end = await Promise.all(
    risks.map(async (risk) => {
      const placed = await placementsOfRisk(risk, home.register);
      const there = placed.filter(({ cleared }) => cleared === null).map(({ placement }) => placement.digest);
      return [risk.vulnerability, risk.state, risk.closed?.how ?? null, risk.reopened, [...new Set(there)]];
    }),
  );
  return { end: new Map(end.map(([name, ...rest]) => [name, rest])), writes: life.writes() };
}

const alive = await runWithDeath(null);

describe('a folding that dies', () => {
  it('is not what ends it without a death', () => {
    expect(alive.writes).toBeGreaterThan(5);
    expect(alive.end.get('CVE-1')).toEqual(['closed', 'replaced', 0, []]);
    expect(alive.end.get('CVE-3')).toEqual(['open', null, 0, [NEW.digest]]);
    const states = ['CVE-2', 'GHSA-2'].map((name) => alive.end.get(name)?.[0]);
    expect(new Set(states)).toEqual(new Set(['merged', 'open']));
  });

  it.each(
    Array.from({ length: alive.writes }, (_, at) => [
      { at: at + 1, written: false },
      { at: at + 1, written: true },
    ]).flat(),
  )('at write $at (written: $written) ends the same', async (death) => {
    expect((await runWithDeath(death)).end).toEqual(alive.end);
  });

  it.each(
    Array.from({ length: alive.writes }, (_, at) => [
      { at: at + 1, written: false },
      { at: at + 1, written: true },
    ]).flat(),
  )('at write $at (written: $written), before another verdict, leaves nothing of its own', async (death) => {
    const { end } = await runWithDeath(death, ['CVE-2', 'CVE-3']);
    expect(end.get('CVE-3')).toEqual(['open', null, 0, [NEW.digest]]);
    expect(end.get('CVE-1')).toEqual(['closed', 'replaced', 0, []]);
    const gone = (await runWithDeath(death, ['CVE-2'])).end.get('CVE-3');
    expect([undefined, 'closed']).toContain(gone?.[0]);
  });
});
