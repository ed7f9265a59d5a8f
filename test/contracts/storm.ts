/** One advisory that turns thousands of verdicts reaches each owner once, counted, and nothing is lost. On every register. */
import { describe, expect, it } from '@jest/globals';

import { tellOwners } from '../../lib/pipeline/announce/tell-owners.ts';
import { tellSubscribers } from '../../lib/pipeline/announce/tell-subscribers.ts';
import { tellCause, type TellingCause } from '../../lib/pipeline/judge-again/tell-cause.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import { aSubscriber, topicOf } from '../support/announcing.ts';
import { stormyHome, untilDone } from '../support/stormy-home.ts';
import { leaveRound, OWNERS, placementsOf, type Storm } from '../support/told-storm.ts';

type Way = 'aws' | 'laptop';

/** @param open - opens one that holds nothing */
export function stormContract(
  name: string,
  open: () => Promise<RegisterStore> | RegisterStore,
  { storm, ways }: { readonly storm: Storm; readonly ways: readonly Way[] },
): void {
  const counts = placementsOf(storm);
  const all = counts.reduce((sum, count) => sum + count, 0);

  describe(`one advisory that turns ${String(all)} placements of 40 owners, on ${name}`, () => {
    it.each(ways)('is 40 notices with the right counts, and nothing is lost: %s', async (way) => {
      const register = await open();
      const work = await leaveRound(register, storm);
      const { aws, laptop, state, taken } = stormyHome(register);
      const subscribers = OWNERS.map((owner) => aSubscriber(owner, { owners: [owner] }));
      const tell: TellingCause['tell'] =
        way === 'aws'
          ? (...told) => tellSubscribers(...told, { ...aws, subscribers })
          : (...told) =>
              tellOwners(...told, { ...laptop, fallbackOwner: 'platform', followers: [], onTold: () => undefined });
      const telling = { register, now: aws.now, everySeconds: 5, tell };
      state.failsEvery = 17;
      await untilDone(() => tellCause(work, telling));
      // Brought again, as a queue may.
      await tellCause(work, telling);

      expect(taken).toHaveLength(40);
      expect(new Map(taken.map(({ to, subject }) => [to, subject]))).toEqual(
        new Map(
          OWNERS.map((owner, place) => [
            way === 'aws' ? topicOf(owner) : owner,
            `[Cavendish] ${String(counts[place])} verdicts changed: ${String(counts[place])} no-go`,
          ]),
        ),
      );
      for (const { subject, text } of taken) {
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
        expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
      }
    });
  });
}
