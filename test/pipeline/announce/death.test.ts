/** A function that dies between any two steps of an announcement: nobody is left untold. */
import { describe, expect, it } from '@jest/globals';

import { announceVerdicts } from '../../../lib/pipeline/announce/announce-verdicts.ts';
import { anAnnouncingHome, aSubscriber } from '../../support/announcing.ts';
import { aDigest, anAssessment, aPlacement } from '../../support/assessments.ts';

/** Counts calls to everything that leaves a trace, and dies before or after one of them. */
function mortal(home: ReturnType<typeof anAnnouncingHome>, diesAt: number, when: 'before' | 'after') {
  let step = 0;
  const wrap =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step += 1;
      const dies = step === diesAt;
      if (dies && when === 'before') throw new Error('died');
      const result = await call(...args);
      if (dies) throw new Error('died');
      return result;
    };
  const { register, evidence, topics, events } = home.dependencies;
  return {
    ...home.dependencies,
    register: { ...register, commit: wrap(register.commit.bind(register)) },
    evidence: { ...evidence, put: wrap(evidence.put.bind(evidence)) },
    topics: { publish: wrap(topics.publish.bind(topics)) },
    events: { publish: wrap(events.publish.bind(events)) },
    steps: () => step,
  };
}

describe.each([1, 2, 5])('a batch of %d', (size) => {
  it.each(['before', 'after'] as const)('leaves nobody untold by a death %s any write', async (when) => {
    for (let diesAt = 1; ; diesAt += 1) {
      const home = anAnnouncingHome([aSubscriber('all'), aSubscriber('shop', { repositories: ['shop/*'] })]);
      const works = await Promise.all(
        Array.from({ length: size }, (_, place) => `shop/${place}`).map((repository) =>
          home.owe(anAssessment({ placement: aPlacement({ repository, digest: aDigest(repository) }) })),
        ),
      );
      const dying = mortal(home, diesAt, when);
      const { failures } = await announceVerdicts(works, dying);
      if (dying.steps() < diesAt) break;
      expect(failures.size).toBeGreaterThan(0);

      const again = await announceVerdicts(
        works.filter(({ id }) => failures.has(id)),
        home.dependencies,
      );
      expect(again.failures.size).toBe(0);
      for (const name of ['all', 'shop']) {
        const texts = home.messages.filter(({ topicArn }) => topicArn.endsWith(`:${name}`)).map(({ text }) => text);
        for (let place = 0; place < size; place += 1) {
          const times = texts.filter((text) => text.includes(`shop/${place}:1.0`)).length;
          // Once; twice at most, where it died after the topic took it and before that was written down.
          expect(times).toBeGreaterThanOrEqual(1);
          expect(times).toBeLessThanOrEqual(2);
        }
      }
      const events = new Set(home.told.map(({ detail: { id } }) => id));
      expect(events.size).toBe(size);
    }
  });
});
