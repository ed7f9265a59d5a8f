import { describe, expect, it } from '@jest/globals';

import { causeName } from '../../../lib/core/again/cause.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import { type Placement, placementName } from '../../../lib/core/image/placement.ts';
import { planAgain } from '../../../lib/pipeline/judge-again/plan-again.ts';
import type { Work, WorkQueue } from '../../../lib/pipeline/ports/work-queue.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import { JUDGE_AGAIN, PLAN_AGAIN } from '../../../lib/pipeline/work/work-types.ts';
import { aDigest } from '../../support/assessments.ts';
import { cve, kev } from '../../support/feed-parts.ts';
import { about, aShop, DAY, LATER, placed } from '../../support/round-shop.ts';
import { nameOf, type RoundHome } from '../../support/rounds.ts';

describe('a round', () => {
  it('judges again what a KEV addition touches, and tells its owner once', async () => {
    const home = await aShop();
    home.at(LATER);
    await home.take([kev(LATER, 'CVE-2026-0001')]);
    const changed = await home.oracle();
    expect(changed).toHaveLength(2);
    await home.work();

    const board = await home.board();
    expect(
      board
        .filter(({ at }) => at === LATER)
        .map(nameOf)
        .sort(),
    ).toEqual(changed);
    expect(await home.candidates()).toHaveLength(2);
    expect(board.map(({ placement, verdict }) => [placement.repository, verdict])).toEqual([
      ['shop/cart', 'no-go'],
      ['shop/none', 'go'],
      ['shop/pay', 'no-go'],
    ]);
    expect(home.notices.map(({ to, subject, text }) => `${to}\n${subject}\n${text}`)).toMatchInlineSnapshot(`
      [
        "shop team
      [Cavendish] CVE-2026-0001 is exploited now: 2 images, none running
      CVE-2026-0001 IS EXPLOITED NOW  2 images, none running; 2 verdicts changed
      because kev is of 2026-08-02 (was 2026-08-01); judged as of 2026-08-02 00:00
      UTC

      News (1)
        * CVE-2026-0001 in perl is known to be exploited (KEV)
          2 images, none running: shop/pay:1.0, shop/cart:1.0
          fixed in 9

      Verdicts changed (2)
        2 go -> no-go
        * NO-GO  shop/pay:1.0 linux/amd64 for production (was go): 2
          vulnerabilities, 1 criterion broken
        * NO-GO  shop/cart:1.0 linux/amd64 for production (was go): 1
          vulnerability, 1 criterion broken

      What to do next
        * upgrade perl to 9 or later in 2 images
        * who is affected: cavendish affected CVE-2026-0001
        * what changed in the feeds: cavendish feeds diff
        * the board, the worst first: cavendish images
        * one of them whole, with what to upgrade: cavendish show IMAGE
      ",
      ]
    `);
    expect(home.events.map(({ type, detail }) => [type, detail.id])).toHaveLength(2);
  });

  it('leaves what is replaced or gone as it is, and judges again what runs still', async () => {
    const home = await aShop();
    const [cart, pay, none] = [await placed(home, 'cart'), await placed(home, 'pay'), await placed(home, 'none')];
    home.at('2026-08-01T12:00:00.000Z');
    for (const repository of ['shop/cart', 'shop/pay'])
      await home.push({ repository, layers: [['dash 1'], [repository]] });
    for (const ran of [pay, none]) await sightIn(home, ran.placement.digest, 'production');
    home.at(LATER);
    await home.take([kev(LATER, 'CVE-2026-0001')]);
    await home.work();

    expect(await standing(home, cart.placement)).toEqual(['go', DAY]);
    expect(await standing(home, pay.placement)).toEqual(['no-go', LATER]);
    expect(home.notices).toHaveLength(1);
    expect(home.notices[0]?.text).toContain('shop/pay@');
    expect(home.notices[0]?.subject).toContain('1 image, 1 running');
  });

  it('judges for production what begins to run there, and what it is judged for anyway', async () => {
    const home = await aShop();
    await home.push({ repository: 'trial/app', layers: [['perl 1'], ['trial 1']] });
    home.at(LATER);
    await home.take([kev(LATER, 'CVE-2026-0001')]);
    await home.work();
    const trial = await placed(home, 'trial/app', 'trial');
    expect(trial).toMatchObject({ stage: 'testing', verdict: 'go' });

    home.at('2026-08-02T01:00:00.000Z');
    await sightIn(home, trial.placement.digest, 'production');
    await home.work();
    const both = (await home.board()).filter(({ placement }) => placement.repository === 'trial/app');
    expect(both.map(({ stage, verdict, sighted, tags }) => [stage, verdict, sighted, tags])).toEqual([
      ['production', 'no-go', true, ['1.0']],
      ['testing', 'go', false, ['1.0']],
    ]);
    expect(home.notices.at(-1)).toMatchObject({ to: 'trial team' });
  });

  it('counts a rise of EPSS under one model as news, and under another as none', async () => {
    const home = await aShop();
    const risen = (score: number, modelVersion: string, date: string) => [
      { kind: 'epss-header' as const, where: 'epss.csv', header: { modelVersion, date } },
      { kind: 'epss' as const, records: [{ id: 'CVE-2026-0001', score, percentile: score }] },
    ];
    home.at(LATER);
    await home.take(risen(0.55, 'v5', LATER));
    await home.work();
    expect(home.notices).toEqual([]);
    home.at('2026-08-03T00:00:00.000Z');
    await home.take(risen(0.7, 'v5', '2026-08-03T00:00:00.000Z'));
    await home.work();
    expect(home.notices.map(({ subject }) => subject)).toEqual([
      '[Cavendish] CVE-2026-0001 is likelier to be exploited: 2 images, none running',
    ]);
    expect(home.notices[0]?.text).toContain('EPSS 55.0 % -> 70.0 %');

    home.at('2026-08-04T00:00:00.000Z');
    await home.take(risen(0.99, 'v6', '2026-08-04T00:00:00.000Z'));
    await home.work();
    expect(home.notices).toHaveLength(2);
    expect(home.notices[1]).toMatchObject({
      to: 'platform team',
      subject: '[Cavendish] EPSS has a new model: no verdict changed',
    });
  });

  it('judges again what was recorded while the feeds changed', async () => {
    const home = await aShop();
    home.at(LATER);
    await home.push({ repository: 'shop/late', layers: [['perl 1'], ['late 1']] }, async () => {
      await home.take([kev(LATER, 'CVE-2026-0001')]);
      await home.work();
    });
    expect((await placed(home, 'late')).verdict).toBe('go');
    home.at('2026-08-02T00:00:01.000Z');
    await home.work();
    expect(await home.oracle()).toEqual([]);
    expect((await placed(home, 'late')).verdict).toBe('no-go');
  });

  it('takes the feeds of a day together: one round, one notice', async () => {
    const home = await aShop();
    home.at(LATER);
    await home.take([kev(LATER, 'CVE-2026-0001')]);
    home.at('2026-08-02T00:00:10.000Z');
    const parts = ['perl', 'zlib', 'libc'].map((name, place) => about(`CVE-2026-000${place + 1}`, name));
    await home.take(parts, { complete: ['Debian:12'] });
    await home.take([cve('CVE-2026-0003', LATER)]);
    const planned = home.happened.length;
    await home.work();

    const rounds = home.happened.slice(planned).filter(({ step }) => step === 'planned');
    expect(rounds).toMatchObject([{ cause: 'feeds', placements: 3 }]);
    expect(home.notices).toHaveLength(1);
    expect(home.notices[0]?.text.replaceAll(/\s+/gu, ' ')).toContain(
      'cve is of 2026-08-02 (was 2026-08-01), kev is of',
    );
    expect(await home.oracle()).toEqual([]);
  });

  it('reaches what was judged under a version that came and went', async () => {
    const home = await aShop();
    const parts = ['perl', 'zlib', 'libc'].map((name, place) => about(`CVE-2026-000${place + 1}`, name));
    await home.take(parts, { complete: ['Debian:12'] });
    await home.take([kev(LATER, 'CVE-2026-0001')]);
    home.at(LATER);
    await home.work();
    await home.take(parts.slice(1), { complete: ['Debian:12'] });
    await home.push({ repository: 'shop/late', layers: [['perl 1']] });
    // Of two verdicts of one instant the greater identity counts: this one is to come after.
    home.at('2026-08-02T00:01:00.000Z');
    await home.take(parts, { complete: ['Debian:12'] });
    expect(await placed(home, 'late')).toMatchObject({ verdict: 'go' });

    await home.work();
    expect(await placed(home, 'late')).toMatchObject({ verdict: 'no-go' });
    expect(await home.oracle()).toEqual([]);
  });

  it('waits for feeds that may follow', async () => {
    const home = await aShop();
    const cause = {
      kind: 'feeds' as const,
      at: LATER,
      changes: [{ id: 'kev', kind: 'kev' as const, before: null, after: aDigest('kev') }],
    };
    const work = { id: 'w', type: PLAN_AGAIN, body: cause, at: LATER, attempt: 1, lapsed: 0 };
    const { appetite, intelligence } = home;
    const planning = { register: home.store.register, intelligence, appetite, settleSeconds: 60 };

    await expect(planAgain(work, { ...planning, now: () => new Date(LATER) })).rejects.toMatchObject({
      until: new Date('2026-08-02T00:01:00.000Z'),
    });
    expect(await planAgain(work, { ...planning, now: () => new Date('2026-08-02T00:01:00.000Z') })).toBeNull();
  });

  it('makes what can no longer be judged unknown, and says so', async () => {
    const home = await aShop();
    const cart = await placed(home, 'cart');
    const { inputs } = await home.assessment(cart);
    home.evidence.held.delete(inputs.sbom ?? cart.assessment);
    home.at(LATER);
    await home.take([kev(LATER, 'CVE-2026-0001')]);
    for (const minute of ['00:01', '00:10', '00:20', '00:30']) {
      await home.work().catch((error: unknown) => error);
      home.at(`2026-08-02T${minute}:00.000Z`);
    }
    await home.work();
    expect(await placed(home, 'cart')).toMatchObject({ verdict: 'unknown' });
    expect(await placed(home, 'pay')).toMatchObject({ verdict: 'no-go' });
    expect(home.notices).toHaveLength(1);
    expect(home.notices[0]?.text).toContain('UNKNOWN  shop/cart:1.0');
  });

  it('says after a day what nobody will judge, and ends', async () => {
    const home = await aShop();
    home.at(LATER);
    const { work: queue } = home.store;
    await queue.bury(await firstPage(home), 'a test');
    for (const instant of ['02T02:00', '02T02:01', '03T02:02', '03T02:03', '04T02:04', '09T00:00']) {
      await home.work();
      home.at(`2026-08-${instant}:00.000Z`);
    }
    expect(home.notices.map(({ subject }) => subject)).toEqual([
      '[Cavendish] 2 images not judged again yet',
      '[Cavendish] 1 verdict could not be judged again',
    ]);
    expect(home.notices[1]?.text.replaceAll(/\s+/gu, ' ')).toContain('their work was set aside');
    expect((await queue.state()).waiting).toBe(0);
  });

  it('tells after an hour what is judged by then, and the rest when it is', async () => {
    const home = await aShop();
    home.at(LATER);
    const { work: queue } = home.store;
    await queue.retry(await firstPage(home), 'the bus is away', new Date('2026-08-02T03:00:00.000Z'));
    await home.work();
    expect(home.notices).toEqual([]);
    home.at('2026-08-02T02:00:00.000Z');
    await home.work();
    expect(home.notices.map(({ subject }) => subject)).toEqual(['[Cavendish] 2 images not judged again yet']);
    home.at('2026-08-02T03:00:01.000Z');
    await home.work();
    home.at('2026-08-02T03:00:10.000Z');
    await home.work();
    expect(home.notices.map(({ to, subject }) => [to, subject])).toEqual([
      ['platform team', '[Cavendish] 2 images not judged again yet'],
      ['shop team', '[Cavendish] CVE-2026-0001 is exploited now: 2 images, none running'],
    ]);
  });
});

/** A KEV addition, planned: the work of judging its only page. */
async function firstPage(home: RoundHome): Promise<Work> {
  const cause = await home.take([kev(LATER, 'CVE-2026-0001')]);
  const { work: queue, register } = home.store;
  const { intelligence, appetite } = home;
  const planning = { register, intelligence, appetite, now: () => new Date(home.now()) };
  const trigger = await taken(queue, `${PLAN_AGAIN}#${causeName(cause)}`);
  expect(await planAgain(trigger, planning)).toBeNull();
  await queue.done(trigger);
  const plan = await queue.claim(new Date(LATER), [PLAN_AGAIN]);
  if (plan === null) throw new Error('nothing is left to plan');
  const head = await planAgain(plan, planning);
  await queue.done(plan);
  return await taken(queue, `${JUDGE_AGAIN}#${head === null ? '' : causeName(head.cause)}#0`);
}

async function taken(queue: WorkQueue, id: string): Promise<Work> {
  const one = await queue.take(id, new Date(LATER));
  if (one.outcome !== 'taken') throw new Error(`${id} is ${one.outcome}`);
  return one.work;
}

async function standing(home: RoundHome, placement: Placement) {
  const found = (await home.board()).find((one) => placementName(one.placement) === placementName(placement));
  return [found?.verdict, found?.at];
}

async function sightIn(home: RoundHome, digest: Digest, environment: 'production'): Promise<void> {
  const report = {
    digest,
    where: 'cluster',
    environment,
    image: null,
    source: 'cli' as const,
    unit: '',
    at: home.now(),
    ended: false,
  };
  await sight(report, { register: home.store.register, now: () => new Date(home.now()) });
}
