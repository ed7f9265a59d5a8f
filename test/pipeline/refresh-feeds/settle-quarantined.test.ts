import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { eventJsonSchema, type OutEvent } from '../../../lib/core/events/out-event.ts';
import type { Notice } from '../../../lib/core/notices/notice.ts';
import { listQuarantined } from '../../../lib/pipeline/feeds/quarantine-items.ts';
import { rejectQuarantined, releaseQuarantined } from '../../../lib/pipeline/refresh-feeds/settle-quarantined.ts';
import { tellQuarantined } from '../../../lib/pipeline/refresh-feeds/tell-quarantined.ts';
import { aRefreshHome, cveIds, kevFile, type RefreshHome } from '../../support/refresh-home.ts';

let home: RefreshHome;
beforeEach(async () => {
  home = await aRefreshHome();
  publish('2026-08-07', 100);
  await home.refreshOne('2026-08-07T12:00:00Z', 'kev');
  publish('2026-08-08', 50);
  await home.refreshOne('2026-08-08T12:00:00Z', 'kev');
});
afterEach(() => home.close());

function publish(day: string, count: number): void {
  home.mirror.put('/kev.json', kevFile(day, ...cveIds(count)), {
    lastModified: new Date(`${day}T00:00:00Z`).toUTCString(),
  });
}

const ADA = { feed: 'kev', by: 'Ada', why: 'CISA said so', at: new Date('2026-08-08T13:00:00Z') };

/** A word on what waits now. */
async function word() {
  const open = (await listQuarantined(home.store.register, 'kev')).find(({ state }) => state === 'held');
  return { ...ADA, version: open?.hash?.slice('sha256:'.length, 'sha256:'.length + 12) ?? null };
}
const stores = () => ({ register: home.store.register, evidence: home.evidence });
const states = async () => (await listQuarantined(home.store.register)).map(({ state }) => state);

describe('a release', () => {
  it('holds what was set aside, with who said so and why, and history', async () => {
    await releaseQuarantined(await word(), stores());

    expect(await home.feed('kev')).toMatchObject({ count: 50, date: '2026-08-08T00:00:00.000Z' });
    expect(await home.history('kev')).toHaveLength(2);
    expect(await listQuarantined(home.store.register)).toMatchObject([
      { state: 'released', by: 'Ada', why: 'CISA said so', settledAt: '2026-08-08T13:00:00.000Z' },
    ]);
    expect(await home.refreshOne('2026-08-08T14:00:00Z', 'kev')).toMatchObject({ outcome: 'unchanged' });
  });

  it('is refused where something else is held since it was compared', async () => {
    await home.take([{ kind: 'kev', where: 'by hand', catalogue: { date: '2026-08-09T00:00:00.000Z', records: [] } }]);

    await expect(releaseQuarantined(await word(), stores())).rejects.toMatchObject({ code: 'conflict' });
    expect(await home.feed('kev')).toMatchObject({ count: 0 });
    expect(await states()).toEqual(['held']);
  });

  it('is refused for what could not be read', async () => {
    home.mirror.put('/kev.json', '<html>');
    await home.refreshOne('2026-08-08T14:00:00Z', 'kev');

    await expect(releaseQuarantined(await word(), stores())).rejects.toMatchObject({ code: 'wrong-use' });
  });

  it.each([releaseQuarantined, rejectQuarantined])('or a rejection is of what is set aside alone', async (settle) => {
    const given = await word();
    await expect(settle({ ...given, feed: 'epss' }, stores())).rejects.toMatchObject({ code: 'not-found' });
    await settle(given, stores());
    await expect(settle(given, stores())).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a word', () => {
  it.each([releaseQuarantined, rejectQuarantined])(
    'is on what was inspected, and on nothing that came meanwhile',
    async (settle) => {
      const inspected = await word();
      publish('2026-08-09', 49);
      await home.refreshOne('2026-08-09T12:00:00Z', 'kev');

      await expect(settle(inspected, stores())).rejects.toMatchObject({ code: 'conflict' });
      await expect(settle({ ...inspected, version: null }, stores())).rejects.toMatchObject({ code: 'wrong-use' });
      expect(await home.feed('kev')).toMatchObject({ count: 100 });
    },
  );
});

describe('a rejection', () => {
  it('leaves what is held, for good: the same is not set aside again', async () => {
    await rejectQuarantined(await word(), stores());

    expect(await home.refreshOne('2026-08-08T14:00:00Z', 'kev')).toMatchObject({ outcome: 'set-aside', news: false });
    expect(await home.feed('kev')).toMatchObject({ count: 100 });
    expect(await states()).toEqual(['rejected']);
  });
});

describe('people', () => {
  const told: { notice: Notice; events: readonly OutEvent[] }[] = [];
  beforeEach(() => void told.splice(0));

  async function tell(at = '2026-08-08T12:01:00Z', fails = false): Promise<number> {
    return await tellQuarantined({
      ...{ register: home.store.register, at: new Date(at), home: ' --home aws:Cavendish' },
      tell: async (notice, events) => {
        if (fails) throw new Error('the channel is away');
        told.push({ notice, events });
        await Promise.resolve();
      },
    });
  }

  it('are told once, and programs by an event of the published schema', async () => {
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(0);
    await home.refreshOne('2026-08-08T14:00:00Z', 'kev');
    expect(await tell()).toBe(0);

    const [{ notice, events }] = told as [(typeof told)[number]];
    expect(notice).toMatchObject({
      kind: 'feed-quarantined',
      to: 'operator',
      subject: '[Cavendish] 1 feed set aside: the last good one stays',
      text: expect.stringContaining('cavendish feeds inspect kev --home aws:Cavendish'),
    });
    expect(notice.text).toContain('shrinks from 100 records to 50');
    expect(events).toMatchObject([
      {
        type: 'Feed Quarantined',
        detail: { feed: 'kev', reasons: [{ kind: 'shrinks' }], at: '2026-08-08T12:00:00.000Z' },
      },
    ]);
    const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(eventJsonSchema('Feed Quarantined'));
    expect(events.map(({ detail }) => validate(detail))).toEqual([true]);
  });

  it('are told the same where telling failed halfway', async () => {
    await expect(tell('2026-08-08T12:01:00Z', true)).rejects.toThrow('away');
    await tell('2026-08-08T12:02:00Z');
    const [first] = told;

    expect(first?.notice.at).toBe('2026-08-08T12:00:00.000Z');
  });

  it('are not told again of the next that is wrong in the same way, and are of one that is not', async () => {
    await tell();
    publish('2026-08-09', 49);
    await home.refreshOne('2026-08-09T12:00:00Z', 'kev');
    expect(await tell()).toBe(0);
    publish('2026-08-06', 48);
    await home.refreshOne('2026-08-10T12:00:00Z', 'kev');
    expect(await tell()).toBe(1);
  });
});
