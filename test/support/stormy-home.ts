/** A home in which much is told at once, by topics as on AWS or by the channels of a laptop, each of which may fail. */
import { expect } from '@jest/globals';

import { CavendishError } from '../../lib/core/errors/error.ts';
import type { Notice } from '../../lib/core/notices/notice.ts';
import type { Channels } from '../../lib/pipeline/announce/tell-channels.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { TopicMessage } from '../../lib/pipeline/ports/topics.ts';
import { OPERATOR_TOPIC } from './announcing.ts';
import { memoryEvidence } from './memory-evidence.ts';

export const MOST_AN_HOUR = 10;
const BUSY = new CavendishError('unavailable', 'it has no room just now');

export function stormyHome(register: RegisterStore) {
  /** `failsEvery`: so many-th call fails; 0: none does. */
  const state = { now: Date.parse('2026-11-25T10:00:00.000Z'), failsEvery: 0, calls: 0 };
  /** Every message that was taken: when, by whose topic or box, and what it says. */
  const taken: { readonly at: number; readonly to: string; readonly subject: string; readonly text: string }[] = [];

  async function take(to: string, { subject, text }: Pick<TopicMessage, 'subject' | 'text'>): Promise<void> {
    state.calls += 1;
    if (state.failsEvery > 0 && state.calls % state.failsEvery === 0) throw BUSY;
    taken.push({ at: state.now, to, subject, text });
    await Promise.resolve();
  }

  const shared = {
    ...{ register, evidence: memoryEvidence(), now: () => new Date(state.now) },
    ...{ mostAnHour: () => Promise.resolve(MOST_AN_HOUR), roundUpsOnly: () => Promise.resolve(new Set<string>()) },
  };
  const topics = {
    publish: async (message: TopicMessage) => {
      await take(message.topicArn, message);
      return `message ${String(taken.length)}`;
    },
  };
  const inbox = { name: 'inbox', deliver: (notice: Notice) => take(notice.to, notice) };
  return {
    state,
    taken,
    aws: { ...shared, topics, operatorTopic: OPERATOR_TOPIC },
    laptop: { ...shared, notifiers: [inbox] } satisfies Channels,
  };
}

/** Tries until it is done, as a queue does. */
export async function untilDone(attempt: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const [outcome] = await Promise.allSettled([attempt()]);
    if (outcome.status === 'fulfilled') return;
    expect(outcome.reason).toBe(BUSY);
  }
}
