import { describe, expect, it } from '@jest/globals';

import type { Finding } from '../../../lib/core/matching/finding.ts';
import { dropTag } from '../../../lib/pipeline/registry-events/standing.ts';
import { foldRisks } from '../../../lib/pipeline/risks/fold-risks.ts';
import { historyOf, placementsOfRisk } from '../../../lib/pipeline/risks/read-risks.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import { aDigest, aFinding, anAssessment, aPlacement, type PlacedAssessment } from '../../support/assessments.ts';
import { riskHome } from '../../support/risk-home.ts';

const OLD = aPlacement({ digest: aDigest('old') });
const NEW = aPlacement({ digest: aDigest('new') });
const GAP = { kind: 'scan-failed' as const, subject: 'image', message: 'the scan failed', tolerated: false };

function at(hour: number): string {
  return new Date(Date.parse('2026-11-23T00:00:00Z') + hour * 3_600_000).toISOString();
}

function found(names: readonly string[], overrides: Partial<PlacedAssessment> = {}): PlacedAssessment {
  const findings = names.map((vulnerability): Finding => aFinding({ vulnerability }));
  return anAssessment({ findings, placement: OLD, ...overrides });
}

describe('folding risks', () => {
  it('opens one risk for a vulnerability in a source package of an asset, whatever number of images carry it', async () => {
    const home = riskHome();
    const { package: binary } = aFinding();
    const twice = [aFinding(), aFinding({ package: { ...binary, name: 'perl' } })];
    await home.record(anAssessment({ placement: OLD, findings: twice }), '1.0');
    await home.record(anAssessment({ placement: NEW, findings: twice }), '2.0');
    await home.fold();

    const risks = await home.risks();
    expect(risks).toMatchObject([
      {
        ...{ asset: 'shop', vulnerability: 'CVE-2026-42496', package: { type: 'deb', source: 'perl' }, state: 'open' },
        ...{ stages: ['production'], severity: 'critical', assetOwner: 'shop-team@example.com', lastSeen: null },
      },
    ]);
    const [risk] = risks;
    expect(await placementsOfRisk(risk!, home.register)).toHaveLength(2);
    expect((await historyOf(risk!.id, home.register)).map(({ what }) => what)).toEqual(['opened']);
  });

  it('keeps one risk through a new build that has it still, and says nothing of it', async () => {
    const home = riskHome();
    await home.record(found(['CVE-1']));
    await home.fold();
    await home.record(found(['CVE-1'], { placement: NEW, at: at(1) }));
    await home.fold();

    const [risk, ...others] = await home.risks();
    expect(others).toEqual([]);
    expect((await historyOf(risk!.id, home.register)).map(({ what }) => what)).toEqual(['opened']);
  });

  it('closes by the assessment that no longer finds it, and reopens as the same risk', async () => {
    const home = riskHome();
    await home.record(found(['CVE-1', 'CVE-2']));
    await home.fold();
    await home.record(found(['CVE-2'], { at: at(1) }));
    await home.fold();
    const [closed] = await home.risks();
    expect(closed).toMatchObject({ state: 'closed', lastSeen: at(0), closed: { how: 'fixed', placement: OLD } });

    await home.record(found(['CVE-1', 'CVE-2'], { at: at(2) }));
    await home.fold();
    const risks = await home.risks();
    expect(risks).toHaveLength(2);
    expect(risks[0]).toMatchObject({ id: closed!.id, state: 'open', closed: null, reopened: 1 });
    expect((await historyOf(closed!.id, home.register)).map(({ what }) => what)).toEqual([
      'opened',
      'closed',
      'reopened',
    ]);
  });

  it('closes by the build that took the place of the last one that has it', async () => {
    const home = riskHome();
    await home.record(found(['CVE-1']));
    await home.fold();
    await home.record(found([], { placement: NEW, at: at(1) }));
    await home.fold();
    expect(await home.risks()).toMatchObject([{ state: 'closed', closed: { how: 'replaced' } }]);
  });

  it.each<[string, PlacedAssessment['gaps'], PlacedAssessment['inputs']['sbom']]>([
    ['the scanner no longer answers', [GAP], null],
    ['advisories no longer answer for all', [{ ...GAP, kind: 'unanswered-package' }], aDigest('sbom')],
    ['a feed is gone', [{ ...GAP, kind: 'feed-missing' }], aDigest('sbom')],
  ])('closes nothing where %s, and follows the next whole answer', async (_, gaps, sbom) => {
    for (const placement of [OLD, NEW]) {
      const home = riskHome();
      const { inputs } = anAssessment();
      await home.record(found(['CVE-1']));
      await home.fold();
      await home.record(found([], { placement, at: at(1), gaps, inputs: { ...inputs, sbom } }));
      await home.fold();
      expect(await home.risks()).toMatchObject([{ state: 'open' }]);

      await home.record(found([], { placement, at: at(2) }));
      await home.fold();
      expect(await home.risks()).toMatchObject([{ state: 'closed' }]);
    }
  });

  it('closes nothing while the image runs, though its tag is gone', async () => {
    const home = riskHome();
    await home.record(found(['CVE-1'], { stage: 'testing' }));
    const report = { digest: OLD.digest, where: 'shop', environment: 'testing', image: null, source: 'cli' } as const;
    const dependencies = { register: home.plain, now: home.folding.now };
    await sight({ ...report, unit: '', at: at(1), ended: false }, dependencies);
    await dropTag(OLD, '1.0', home.plain);
    await home.fold();
    expect(await home.risks()).toMatchObject([{ state: 'open' }]);

    await sight({ ...report, unit: '', at: at(2), ended: true }, dependencies);
    await home.fold();
    expect(await home.risks()).toMatchObject([{ state: 'closed', closed: { how: 'untagged' } }]);
  });

  it('ends the same where work comes late, twice and in any order', async () => {
    const home = riskHome();
    await home.record(found(['CVE-1']));
    await home.record(found(['CVE-2'], { placement: NEW, at: at(1) }));
    await home.record(found(['CVE-3'], { at: at(2), placement: aPlacement({ digest: aDigest('newest') }) }));
    const work = await home.taken();
    for (const one of [...work].reverse()) await foldRisks(one, home.folding);
    for (const one of [...work, ...work]) await foldRisks(one, home.folding);

    const states = (await home.risks()).map(({ vulnerability, state }) => [vulnerability, state]);
    expect(states).toContainEqual(['CVE-3', 'open']);
    expect(states.filter(([, state]) => state === 'open')).toHaveLength(1);
  });

  it('merges two risks that an alias shows to be one: the older absorbs, the younger says so', async () => {
    const home = riskHome();
    await home.record(found(['CVE-1']));
    await home.fold();
    home.pass(1000);
    await home.record(found(['CVE-1', 'GHSA-1'], { at: at(1) }));
    await home.fold();
    const findings = [aFinding({ vulnerability: 'CVE-1', aliases: ['GHSA-1'] })];
    await home.record(anAssessment({ placement: OLD, findings, at: at(2) }));
    await home.fold();
    const [older, younger] = await home.risks();
    expect(older).toMatchObject({
      vulnerability: 'CVE-1',
      state: 'open',
      aliases: ['GHSA-1'],
      absorbed: [younger!.id],
    });
    expect(younger).toMatchObject({ vulnerability: 'GHSA-1', state: 'merged', mergedInto: older!.id });

    await home.record(found([], { at: at(3) }));
    await home.fold();
    expect(await home.risks()).toMatchObject([{ state: 'closed' }, { state: 'merged' }]);
  });

  it('keeps one risk where many placements come, and go, at the same time', async () => {
    const home = riskHome();
    const places = Array.from({ length: 6 }, (_, index) => aPlacement({ digest: aDigest(`image ${String(index)}`) }));
    const round = async (names: readonly string[], hour: number): Promise<void> => {
      for (const [index, placement] of places.entries())
        await home.record(found(names, { placement, at: at(hour) }), `tag-${String(index)}`);
      const work = await home.taken();
      // Each twice, all at once; what lost too often is work again.
      const ended = await Promise.allSettled([...work, ...work].map((one) => foldRisks(one, home.folding)));
      expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true);
      for (const one of work) await foldRisks(one, home.folding);
    };
    await round(['CVE-1', 'CVE-2'], 0);
    expect(await home.risks()).toMatchObject([{ state: 'open' }, { state: 'open' }]);
    await round(['CVE-2'], 1);
    expect(await home.risks()).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
    const [gone] = await home.risks();
    expect((await placementsOfRisk(gone!, home.register)).every(({ cleared }) => cleared !== null)).toBe(true);
  });

  it('writes one item for an assessment that finds the same, and nothing for one that stands already', async () => {
    const home = riskHome();
    const many = Array.from({ length: 90 }, (_, index) => `CVE-${String(index)}`);
    await home.record(found(many));
    await home.fold();
    await home.record(found(many, { at: at(1) }));
    const work = await home.taken();
    const calls = { get: 0, query: 0, put: 0 };
    const { register } = home;
    const counting = {
      get: (key: Parameters<typeof register.get>[0]) => ((calls.get += 1), register.get(key)),
      query: (query: Parameters<typeof register.query>[0]) => ((calls.query += 1), register.query(query)),
      commit: (commit: Parameters<typeof register.commit>[0]) => (
        (calls.put += commit.puts.length),
        register.commit(commit)
      ),
    };
    for (const one of work) await foldRisks(one, { ...home.folding, register: counting });
    expect(calls).toEqual({ get: 1, query: 1, put: 1 });
    for (const one of work) await foldRisks(one, { ...home.folding, register: counting });
    expect(calls).toEqual({ get: 2, query: 2, put: 1 });
  });
});
