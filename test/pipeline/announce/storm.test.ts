/**
 * A storm as it reaches people: one advisory that turns 5,000 placements of 40 owners, and 1,600 pushes within an hour. Told
 * by topics as on AWS, and by the channels of a laptop, over a real store; topics and channels fail while it goes on.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Notice } from '../../../lib/core/notices/notice.ts';
import { sendHeld } from '../../../lib/pipeline/announce/send-held.ts';
import { type Channels, roundUpByChannels, tellChannels } from '../../../lib/pipeline/announce/tell-channels.ts';
import { tellOwners } from '../../../lib/pipeline/announce/tell-owners.ts';
import { tellReader } from '../../../lib/pipeline/announce/tell-reader.ts';
import { tellSubscribers } from '../../../lib/pipeline/announce/tell-subscribers.ts';
import { roundUpSender } from '../../../lib/pipeline/announce/tell-topic.ts';
import { tellCause, type TellingCause } from '../../../lib/pipeline/judge-again/tell-cause.ts';
import type { TopicMessage } from '../../../lib/pipeline/ports/topics.ts';
import { aSubscriber, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aDigest } from '../../support/assessments.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { aNotice } from '../../support/notices.ts';
import { leaveRound, OWNERS, placementsOf } from '../../support/told-storm.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MOST = 10;
const BUSY = new CavendishError('unavailable', 'it has no room just now');

let store: LocalStore;
let now: number;

/** Every message that was taken: when, by whose topic or box, and what it says. */
let taken: { readonly at: number; readonly to: string; readonly subject: string; readonly text: string }[];
/** Every so many-th call fails; 0: none does. */
let failsEvery: number;
let calls: number;

beforeEach(() => {
  store = openLocalStore(':memory:');
  now = Date.parse('2026-11-25T10:00:00.000Z');
  [taken, failsEvery, calls] = [[], 0, 0];
});

afterEach(() => {
  store.close();
});

async function take(to: string, { subject, text }: Pick<TopicMessage, 'subject' | 'text'>): Promise<void> {
  calls += 1;
  if (failsEvery > 0 && calls % failsEvery === 0) throw BUSY;
  taken.push({ at: now, to, subject, text });
  await Promise.resolve();
}

function parts() {
  const pacing = {
    now: () => new Date(now),
    mostAnHour: () => Promise.resolve(MOST),
    roundUpsOnly: () => Promise.resolve(new Set<string>()),
  };
  const shared = { register: store.register, evidence: memoryEvidence(), ...pacing };
  const topics = {
    publish: async (message: TopicMessage) => {
      await take(message.topicArn, message);
      return `message ${String(taken.length)}`;
    },
  };
  const inbox = { name: 'inbox', deliver: (notice: Notice) => take(notice.to, notice) };
  return {
    aws: { ...shared, topics, operatorTopic: OPERATOR_TOPIC },
    laptop: { ...shared, notifiers: [inbox] } satisfies Channels,
  };
}

/** Tries until it is done, as a queue does. */
async function untilDone(attempt: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const [outcome] = await Promise.allSettled([attempt()]);
    if (outcome.status === 'fulfilled') return;
    expect(outcome.reason).toBe(BUSY);
  }
}

function busiestHour(): number {
  const byReader = Map.groupBy(taken, ({ to }) => to);
  const counts = [...byReader.values()].flatMap((messages) =>
    messages.map(({ at }) => messages.filter((other) => other.at >= at && other.at < at + HOUR).length),
  );
  return Math.max(...counts);
}

describe('one advisory that turns 5,000 placements of 40 owners', () => {
  const counts = OWNERS.map((owner, place) => [owner, placementsOf(place)] as const);

  it.each(['aws', 'laptop'] as const)('is 40 notices with the right counts, and nothing is lost: %s', async (home) => {
    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(5000);
    const work = await leaveRound(store.register);
    const { aws, laptop } = parts();
    const subscribers = OWNERS.map((owner) => aSubscriber(owner, { owners: [owner] }));
    const tell: TellingCause['tell'] =
      home === 'aws'
        ? (...told) => tellSubscribers(...told, { ...aws, subscribers })
        : (...told) =>
            tellOwners(...told, { ...laptop, fallbackOwner: 'platform', followers: [], onTold: () => undefined });
    failsEvery = 17;
    await untilDone(() =>
      tellCause(work, { register: store.register, now: () => new Date(now), everySeconds: 5, tell }),
    );
    // Brought again, as a queue may.
    await tellCause(work, { register: store.register, now: () => new Date(now), everySeconds: 5, tell });

    const keyOf = (owner: string): string => (home === 'aws' ? topicOf(owner) : owner);
    expect(taken).toHaveLength(40);
    expect(new Map(taken.map(({ to, subject }) => [to, subject]))).toEqual(
      new Map(
        counts.map(([owner, count]) => [
          keyOf(owner),
          `[Cavendish] ${String(count)} verdicts changed: ${String(count)} no-go`,
        ]),
      ),
    );
    for (const { subject, text } of taken) {
      expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
      expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
    }
  });
});

/** What was told of each: 1 where it was told by itself or counted in a round-up. */
function toldCount(): number {
  return taken.reduce((sum, { subject }) => {
    const [, many] = /^\[Cavendish\] (\d+) (?:verdicts? changed|notices? held back)/u.exec(subject) ?? [];
    return sum + (many === undefined ? 1 : Number(many));
  }, 0);
}

describe('1,600 notices of 40 owners within an hour', () => {
  const names = Array.from({ length: 1600 }, (_, place) => ({ id: `n${String(place)}`, owner: OWNERS[place % 40]! }));

  it('by topics: none is lost or told twice, and nobody gets more than ten in any hour', async () => {
    const { aws } = parts();
    const operator = { name: 'operator', topicArn: OPERATOR_TOPIC };
    failsEvery = 5;
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
      now += 5 * MINUTE;
    }
    await sweepOut(() => sendHeld({ ...aws, send: roundUpSender(aws) }));

    expect(toldCount()).toBe(1600);
    expect(busiestHour()).toBeLessThanOrEqual(MOST);
  });

  it('by the channels of a laptop: the same', async () => {
    const { laptop } = parts();
    failsEvery = 11;
    for (const { id, owner } of names) {
      await untilDone(() =>
        tellChannels(aVerdictNotice(id, owner), laptop, { assessment: aDigest(id), entry: anEntry(id) }),
      );
      now += 500;
    }
    await sweepOut(() => sendHeld({ ...laptop, send: (roundUp) => roundUpByChannels(roundUp, laptop) }));

    expect(toldCount()).toBe(1600);
    expect(busiestHour()).toBeLessThanOrEqual(MOST);
    // Seven at once, and one for the rest.
    expect(taken).toHaveLength(40 * 8);
  });
});

/** As the sweep does: every fifteen minutes, until nothing waits and nothing fails. */
async function sweepOut(flush: () => Promise<{ readonly roundUps: number }>): Promise<void> {
  for (let quiet = 0; quiet < 8; now += 15 * MINUTE) {
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
