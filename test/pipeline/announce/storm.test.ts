/**
 * A storm as it reaches people: one advisory that turns 5,000 placements of 40 owners, and 1,600 pushes within an hour. Told
 * by topics as on AWS, and by the channels of a laptop, over a real store; topics and channels fail while it goes on.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import type { Notice } from '../../../lib/core/notices/notice.ts';
import { sendHeld } from '../../../lib/pipeline/announce/send-held.ts';
import { roundUpByChannels, tellChannels } from '../../../lib/pipeline/announce/tell-channels.ts';
import { tellReader } from '../../../lib/pipeline/announce/tell-reader.ts';
import { roundUpSender } from '../../../lib/pipeline/announce/tell-topic.ts';
import { stormContract } from '../../contracts/storm.ts';
import { OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aDigest } from '../../support/assessments.ts';
import { aNotice } from '../../support/notices.ts';
import { MOST_AN_HOUR, stormyHome, untilDone } from '../../support/stormy-home.ts';
import { FIVE_THOUSAND, OWNERS } from '../../support/told-storm.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

stormContract('SQLite', () => openLocalStore(':memory:').register, { storm: FIVE_THOUSAND, ways: ['aws', 'laptop'] });

let store: LocalStore;
let home: ReturnType<typeof stormyHome>;

beforeEach(() => {
  store = openLocalStore(':memory:');
  home = stormyHome(store.register);
});

afterEach(() => {
  store.close();
});

function busiestHour(): number {
  const byReader = Map.groupBy(home.taken, ({ to }) => to);
  const counts = [...byReader.values()].flatMap((messages) =>
    messages.map(({ at }) => messages.filter((other) => other.at >= at && other.at < at + HOUR).length),
  );
  return Math.max(...counts);
}

/** What was told of each: 1 where it was told by itself or counted in a round-up. */
function toldCount(): number {
  return home.taken.reduce((sum, { subject }) => {
    const [, many] = /^\[Cavendish\] (\d+) (?:verdicts? changed|notices? held back)/u.exec(subject) ?? [];
    return sum + (many === undefined ? 1 : Number(many));
  }, 0);
}

describe('1,600 notices of 40 owners within an hour', () => {
  const names = Array.from({ length: 1600 }, (_, place) => ({ id: `n${String(place)}`, owner: OWNERS[place % 40]! }));

  it('by topics: none is lost or told twice, and nobody gets more than ten in any hour', async () => {
    const { aws } = home;
    const operator = { name: 'operator', topicArn: OPERATOR_TOPIC };
    home.state.failsEvery = 5;
    for (let start = 0; start < names.length; start += 160) {
      const batch = Map.groupBy(names.slice(start, start + 160), ({ owner }) => owner);
      for (const [owner, some] of batch) {
        await untilDone(async () => {
          const { failures } = await tellReader({ name: owner, topicArn: topicOf(owner) }, some.map(owedOf), {
            ...aws,
            operator,
          });
          for (const failure of failures.values()) throw failure;
        });
      }
      home.state.now += 5 * MINUTE;
    }
    await sweepOut(() => sendHeld({ ...aws, send: roundUpSender(aws) }));

    expect(toldCount()).toBe(1600);
    expect(busiestHour()).toBeLessThanOrEqual(MOST_AN_HOUR);
  });

  it('by the channels of a laptop: the same', async () => {
    const { laptop } = home;
    home.state.failsEvery = 11;
    for (const { id, owner } of names) {
      await untilDone(() =>
        tellChannels(aVerdictNotice(id, owner), laptop, { assessment: aDigest(id), entry: anEntry(id) }),
      );
      home.state.now += 500;
    }
    await sweepOut(() => sendHeld({ ...laptop, send: (roundUp) => roundUpByChannels(roundUp, laptop) }));

    expect(toldCount()).toBe(1600);
    expect(busiestHour()).toBeLessThanOrEqual(MOST_AN_HOUR);
    // Seven at once, and one for the rest.
    expect(home.taken).toHaveLength(40 * 8);
  });
});

/** As the sweep does: every fifteen minutes, until nothing waits and nothing fails. */
async function sweepOut(flush: () => Promise<{ readonly roundUps: number }>): Promise<void> {
  for (let quiet = 0; quiet < 8; home.state.now += 15 * MINUTE) {
    const [outcome] = await Promise.allSettled([flush()]);
    quiet = outcome.status === 'fulfilled' && outcome.value.roundUps === 0 ? quiet + 1 : 0;
  }
}

function aVerdictNotice(id: string, to: string): Notice {
  return aNotice({ id, to, at: '2026-11-25T10:00:00.000Z', subject: `[Cavendish] NO-GO: ${id}` });
}

function anEntry(id: string) {
  const at = '2026-11-25T10:00:00.000Z';
  return {
    id,
    at,
    name: id,
    verdict: 'no-go' as const,
    blocking: true,
    vulnerabilities: 1,
    line: `${id} for production`,
  };
}

function owedOf({ id, owner }: { readonly id: string; readonly owner: string }) {
  return {
    ...{ work: id, assessment: aDigest(id), notice: aVerdictNotice(id, owner), entry: anEntry(id) },
    addressed: {
      ...{ kinds: ['verdict-changed'] as const, repository: id, asset: null, stages: ['production'] as const },
      ...{ verdict: 'no-go' as const, owner, severity: null },
    },
    ...{ events: [], readers: [] },
  };
}
