/** The ways to subscribers, for tests: what was asked of them, and what is there. */
import type { SubscriberTopics } from '../../lib/pipeline/ports/subscriber-topics.ts';
import { topicOf } from './announcing.ts';

export function theTopics() {
  const there = new Map<string, string>();
  const asked: string[] = [];
  let failure: Error | null = null;
  const ask = (what: string): void => {
    asked.push(what);
    if (failure !== null) throw failure;
  };
  const topics: SubscriberTopics = {
    arnOf: (name) => topicOf(`home-${name}`),
    async make({ name, address }) {
      ask(`make ${name} ${address}`);
      there.set(name, address);
    },
    async remove(name) {
      ask(`remove ${name}`);
      there.delete(name);
    },
  };
  const fail = (error: Error | null): void => {
    failure = error;
  };
  return { topics, there, asked, fail };
}
