import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Grant } from '../../../lib/core/exceptions/exception.ts';
import { parseDigest } from '../../../lib/core/image/digest.ts';
import { grantsFor } from '../../../lib/pipeline/exceptions/in-force.ts';
import { stagesLeft } from '../../../lib/pipeline/judge-placement/placement-job.ts';
import { replayAssessment } from '../../../lib/pipeline/replay-assessment/replay-assessment.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { cve, epss, kev } from '../../support/feed-parts.ts';
import { endIn, grantIn } from '../../support/granting.ts';
import { aControl, aGrant, anExceptionId } from '../../support/grants.ts';
import { about, placed } from '../../support/round-shop.ts';
import { aRoundHome, type RoundHome } from '../../support/rounds.ts';

const START = '2026-11-22T00:00:00.000Z';
const GRANT = '2026-11-22T01:00:00.000Z';
const LATER = '2026-11-22T02:00:00.000Z';
const END = '2026-11-22T03:00:00.000Z';
const BASE = ['libc 1', 'perl 1'];

const APPETITE = `${anAppetiteFile({
  production: [
    'tolerate: [feed-missing]',
    'criteria:',
    '  - { id: fixable, says: What has a fix is fixed., finding: finding.fixable }',
    '  - { id: tested, says: It passed testing., image: asset.id == "desk" && !passed.testing }',
  ],
  assets: [
    '- { id: shop, owner: shop team, stage: production, repositories: [shop/*] }',
    '- { id: desk, owner: desk team, stage: production, repositories: [desk/*] }',
    '- { id: trial, owner: trial team, stage: testing, repositories: [trial/*] }',
  ],
})}
people: [{ name: Olive Owner, principals: ['laptop:owner'], roles: [operator] }]
`;

let home: RoundHome;

function grantOf(given: Parameters<typeof aGrant>[0] = {}): Grant {
  return aGrant({ at: GRANT, ...given, scope: { images: { asset: 'shop' }, ...given.scope } });
}

async function aHome(fixed: string | null = null): Promise<RoundHome> {
  const made = aRoundHome(APPETITE, START, fixed);
  const parts = [
    about('CVE-2026-0001', 'perl'),
    kev(START),
    cve('CVE-2026-0001', START),
    ...epss(START, 'CVE-2026-0001'),
  ];
  await made.take(parts, { complete: ['Debian:12'], date: START });
  await made.work();
  return made;
}

async function verdictOf(name: string): Promise<string> {
  return (await placed(home, name)).verdict;
}

beforeEach(async () => {
  home = await aHome();
  await home.push({ repository: 'shop/cart', layers: [BASE, ['curl 1']] });
  await home.push({ repository: 'desk/app', layers: [BASE, ['bash 1']] });
  await home.work();
});

describe('a granted exception', () => {
  it('has what is in its scope decided again, and leaves findings beside it and a residual score', async () => {
    expect(await verdictOf('cart')).toBe('no-go');
    home.at(LATER);
    await grantIn(grantOf({ terms: { controls: [aControl(0.5)] } }), { ...home.store, evidence: home.evidence });
    await home.work();

    const assessment = await home.assessment(await placed(home, 'cart'));
    expect(assessment).toMatchObject({ verdict: 'go', at: LATER, score: { open: 0 } });
    expect(assessment.findings.map(({ vulnerability, exceptions }) => [vulnerability, exceptions.length])).toEqual([
      ['CVE-2026-0001', 1],
    ]);
    expect(assessment.score.residual).toBeGreaterThan(0);
    expect(await verdictOf('desk/app')).toBe('no-go');
    expect(home.notices.map(({ to }) => to)).toEqual(['shop team']);
    expect(home.notices[0]?.text).toContain(`the exception ${anExceptionId(1)} was granted`);
    expect(home.notices[0]?.text.replace(/\s+/gu, ' ')).toContain('1 vulnerability (1 excepted)');
  });

  it('is carried by a rebuilt image, and by a child image under an exception for its base', async () => {
    home.at(LATER);
    const base = await home.push({ repository: 'shop/base', layers: [BASE] });
    home.at('2026-11-22T02:00:01.000Z');
    const scope = { images: { base: parseDigest(base.digest), name: 'shop/base:1.0' } };
    await grantIn(grantOf({ scope }), { ...home.store, evidence: home.evidence });
    await home.work();
    expect(await verdictOf('desk/app')).toBe('no-go');
    const reasons = async () => (await home.assessment(await placed(home, 'desk/app'))).reasons;
    expect((await reasons()).map(({ criterion }) => criterion)).toEqual(['tested']);

    await home.push({ repository: 'shop/child', layers: [BASE, ['bash 2']] });
    await home.push({ repository: 'shop/cart', layers: [BASE, ['curl 2']] });
    expect([await verdictOf('child'), await verdictOf('base')]).toEqual(['go', 'go']);
    const carts = (await home.board()).filter(({ placement }) => placement.repository === 'shop/cart');
    expect(carts.filter(({ superseded }) => !superseded).map(({ verdict }) => verdict)).toEqual(['go']);
    // What a child upgrades is its own.
    await home.push({ repository: 'shop/upgraded', layers: [BASE, ['perl 2']] });
    expect(await verdictOf('upgraded')).toBe('no-go');
  });

  it('no longer counts at its end: the same image pushed again that day is judged again, by no timer', async () => {
    const terms = { expiry: { at: END, date: null, zone: 'UTC' } };
    home.at(LATER);
    await grantIn(grantOf({ terms }), { ...home.store, evidence: home.evidence });
    await home.work();
    expect(await verdictOf('cart')).toBe('go');

    home.at(END);
    await home.push({ repository: 'shop/cart', layers: [BASE, ['curl 1']] });
    expect(await verdictOf('cart')).toBe('no-go');
  });

  it('answers an earlier instant as it was then, though it was ended since', async () => {
    const grant = grantOf();
    const stores = { ...home.store, evidence: home.evidence };
    home.at(LATER);
    const hash = await grantIn(grant, stores);
    await endIn(grant, END, stores);
    const { placement, stage } = await placed(home, 'cart');
    const asked = async (at: string) => {
      const place = { ...placement, stage, asset: 'shop', lineage: { bases: [] }, at };
      return (await grantsFor(place, stores)).map((one) => one.hash);
    };

    expect(await asked(START)).toEqual([]);
    expect(await asked(GRANT)).toEqual([hash]);
    expect(await asked(LATER)).toEqual([hash]);
    expect(await asked(END)).toEqual([]);
  });

  it('that is granted while a verdict is on its way is seen by whoever recorded it', async () => {
    await home.push({ repository: 'shop/new', layers: [BASE] }, async () => {
      await grantIn(grantOf(), { ...home.store, evidence: home.evidence });
      home.at(LATER);
      await home.work();
    });
    expect(await verdictOf('new')).toBe('no-go');

    await home.work();
    expect(await verdictOf('new')).toBe('go');
  });

  it('that is ended while a verdict is on its way, too', async () => {
    const grant = grantOf();
    const stores = { ...home.store, evidence: home.evidence };
    home.at(LATER);
    await grantIn(grant, stores);
    await home.work();
    await home.push({ repository: 'shop/new', layers: [BASE] }, async () => {
      await endIn(grant, END, stores);
      await home.work();
    });
    expect(await verdictOf('new')).toBe('go');

    home.at(END);
    await home.work();
    expect(await verdictOf('new')).toBe('no-go');
  });

  it('that covers nothing of an image is no reason to record anything', async () => {
    const before = await placed(home, 'cart');
    home.at(LATER);
    await grantIn(grantOf({ scope: { packages: ['zlib'] } }), { ...home.store, evidence: home.evidence });
    await home.work();

    expect(await placed(home, 'cart')).toEqual({ ...before, confirmedAt: LATER });
    expect(home.notices).toEqual([]);
  });

  it('stands in what is replayed, byte for byte', async () => {
    home.at(LATER);
    // An appetite that was adopted is kept as evidence.
    await home.adopt(APPETITE);
    await grantIn(grantOf(), { ...home.store, evidence: home.evidence });
    await home.work();
    const { assessment } = await placed(home, 'cart');

    expect(await replayAssessment(assessment, home.evidence)).toMatchObject({ outcome: 'identical' });
  });
});

describe('what is judged as of an instant of its own, as the sample is', () => {
  it('stands under the exceptions of today, and without them when they ended', async () => {
    home = await aHome(START);
    const stores = { ...home.store, evidence: home.evidence };
    home.at(LATER);
    await home.push({ repository: 'shop/cart', layers: [BASE] });
    const grant = grantOf();
    await grantIn(grant, stores);
    await home.work();
    const accepted = await placed(home, 'cart');
    expect(accepted.verdict).toBe('go');
    expect(accepted.at.slice(0, 16)).toBe(START.slice(0, 16));
    expect((await home.assessment(accepted)).inputs.exceptionsAt).toBe(LATER);
    // Pushed again that day it is the same on the same basis.
    await home.push({ repository: 'shop/cart', layers: [BASE] });
    expect(await placed(home, 'cart')).toEqual(accepted);

    home.at(END);
    await endIn(grant, END, stores);
    await home.work();
    expect(await verdictOf('cart')).toBe('no-go');
  });
});

describe('an image that passed testing', () => {
  it('is judged again where production asks for that', async () => {
    await home.push({ repository: 'desk/clean', layers: [['libc 1']] });
    expect(await verdictOf('desk/clean')).toBe('no-go');

    home.at(LATER);
    await home.push({ repository: 'trial/clean', sameAs: 'desk/clean', layers: [['libc 1']] });
    home.at(END);
    await home.work();
    expect(await verdictOf('desk/clean')).toBe('go');

    // That it is go now is no other past: pushed again that day it would not be judged again.
    for (const name of ['desk/clean', 'trial/clean']) {
      const { placement } = await placed(home, name);
      const platform = { os: 'linux', architecture: 'amd64' };
      const job = { placement, platform, tag: '1.0', asOf: null };
      const { register } = home.store;
      const asked = { register, intelligence: home.intelligence, appetite: home.appetite };
      expect(await stagesLeft(job, { at: '2026-11-22T04:00:00.000Z' }, asked)).toEqual([]);
    }
  });
});
