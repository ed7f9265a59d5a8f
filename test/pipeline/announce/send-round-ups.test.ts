import { beforeEach, describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Outlook } from '../../../lib/core/notices/calendar-round-up.ts';
import type { NoticeKind } from '../../../lib/core/notices/kinds.ts';
import { noticeOf } from '../../../lib/core/notices/notice.ts';
import { operatorOf } from '../../../lib/core/notices/routing.ts';
import { sendHeld } from '../../../lib/pipeline/announce/send-held.ts';
import { type RoundUpReader, sendRoundUps } from '../../../lib/pipeline/announce/send-round-ups.ts';
import { roundUpSender, tellTopic } from '../../../lib/pipeline/announce/tell-topic.ts';
import { anAnnouncingHome, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aDated, aLetter } from '../../support/notices.ts';

const SHOP = { name: 'shop', topicArn: topicOf('shop') };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let home: ReturnType<typeof anAnnouncingHome>;
let readers: readonly RoundUpReader[];
let outlook: Outlook;
let looked: number;

/** Tuesday 2026-11-24, 10:00 UTC; the round-up is at 09:00 in Berlin, 08:00 UTC. */
beforeEach(() => {
  home = anAnnouncingHome([]);
  readers = [
    {
      to: { key: SHOP.topicArn, ...SHOP },
      ...{ every: 'daily', since: '2026-11-24T09:00:00.000Z', interests: [{ assets: ['shop'] }] },
    },
  ];
  outlook = { due: [], ended: [], unused: [] };
  looked = 0;
});

function parts() {
  const { dependencies } = home;
  const keys = new Set(readers.map(({ to }) => to.key));
  const paced = { ...dependencies, roundUpsOnly: () => Promise.resolve(keys) };
  return { ...paced, send: roundUpSender(paced), operator: operatorOf(OPERATOR_TOPIC) };
}

async function tell(id: string, kind: NoticeKind = 'judged-again') {
  const headline = `what is ${id}`;
  const at = new Date(home.time.now).toISOString();
  const notice = noticeOf({ ...{ id, kind, at, to: 'shop', about: headline }, letter: aLetter({ headline }) });
  return (await tellTopic(SHOP, notice, '', parts())).outcome;
}

async function tick(milliseconds: number) {
  home.time.now += milliseconds;
  return await sendRoundUps({
    ...parts(),
    readers,
    policy: { reminders: { at: '09:00' }, zone: 'Europe/Berlin' },
    lookOut: async () => {
      looked += 1;
      return await Promise.resolve(outlook);
    },
  });
}

const subjects = () => home.messages.map(({ subject }) => subject);

describe('round-ups of a day or a week', () => {
  it('hold what does not go first, and go out at their time of day, once', async () => {
    expect(await tell('a')).toBe('held');
    expect(await tell('kev', 'exploited')).toBe('sent');
    expect(await tick(21 * HOUR)).toEqual({ roundUps: 0, notices: 0 });
    expect(await sendHeld(parts())).toEqual({ roundUps: 0, notices: 0 });
    expect(await tick(HOUR)).toEqual({ roundUps: 1, notices: 1 });
    expect(await tick(1000)).toEqual({ roundUps: 0, notices: 0 });

    expect(subjects().slice(1)).toEqual(['[Cavendish] your daily round-up: 1 new']);
    expect(home.messages.at(-1)!.text).toContain('what is a\n');
    expect(home.messages.at(-1)!.text).toContain('of 2026-11-24 09:00 UTC to 2026-11-25 08:00 UTC');
  });

  it('name what of theirs comes due, and say nothing where there is nothing to say', async () => {
    outlook = { ...outlook, due: [aDated(), aDated({ asset: 'pay', subject: 'EX-2' })] };
    await tick(22 * HOUR);
    expect(subjects()).toEqual([]);
    // It ends at 2026-12-10T23:00Z: within seven days of the 4th.
    for (let day = 0; day < 9; day += 1) await tick(DAY);

    expect(subjects()).toEqual(['[Cavendish] your daily round-up: 1 due']);
    expect(home.messages[0]!.text).toContain('Due (1)\n  * 2026-12-10 (Europe/Berlin): the exception ends');
    expect(looked).toBe(10);
  });

  it('that were slept over are one, of all that time', async () => {
    await tell('a');
    home.time.now += 3 * DAY;
    await tell('b');

    expect(await tick(0)).toEqual({ roundUps: 1, notices: 2 });
    expect(home.messages[0]!.text).toContain('of 2026-11-24 09:00 UTC to 2026-11-27 08:00 UTC');
  });

  it('of a week go out on Mondays', async () => {
    readers = readers.map((reader) => ({ ...reader, every: 'weekly' }));
    await tell('a');
    for (let day = 0; day < 5; day += 1) expect(await tick(DAY)).toEqual({ roundUps: 0, notices: 0 });

    // Monday 2026-11-30, 10:00 UTC.
    expect(await tick(DAY)).toEqual({ roundUps: 1, notices: 1 });
    expect(subjects()).toEqual(['[Cavendish] your weekly round-up: 1 new']);
  });

  it('that the channel refused wait, and are the same when they are tried again', async () => {
    await tell('a');
    home.refusals.set(SHOP.topicArn, new CavendishError('unavailable', 'SNS is busy'));
    await expect(tick(DAY)).rejects.toThrow('SNS is busy');
    await tell('b');
    home.refusals.clear();

    expect(await tick(HOUR)).toEqual({ roundUps: 1, notices: 1 });
    expect(home.messages[0]!.text).toContain('to 2026-11-25 08:00 UTC');
    expect(await tick(HOUR)).toEqual({ roundUps: 0, notices: 0 });
    expect(await tick(DAY)).toEqual({ roundUps: 1, notices: 1 });
  });

  it('of who asks for none any more leave as whatever was held back', async () => {
    await tell('a');
    readers = [];

    expect(await sendHeld(parts())).toEqual({ roundUps: 1, notices: 1 });
    expect(subjects()).toEqual(['[Cavendish] 1 notice held back: 1 of other kinds']);
  });
});
