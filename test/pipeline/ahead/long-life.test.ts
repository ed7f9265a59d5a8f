/** What is rehearsed is what comes, though the ticker dies again and again. */
import { describe, expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { accept, live, rehearsed } from '../../support/long-life.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

const UNTIL = '2027-03-01T00:00:00.000Z';

class Death extends Error {}

/** Dies before or behind every so manyeth write or mail. */
function mortal(every: number) {
  let left = every;
  return <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'commit' && name !== 'deliver') return value.bind(target) as unknown;
        return async (...given: readonly unknown[]) => {
          left -= 1;
          if (left === 0) throw new Death('before');
          const done: unknown = await (value as (...all: readonly unknown[]) => unknown).apply(target, [...given]);
          if (left < 0) {
            left = every;
            throw new Death('behind');
          }
          return done;
        };
      },
    });
}

describe('what is rehearsed', () => {
  it('is in the inbox when its time is over, each once, however often the ticker dies', async () => {
    // As an inbox does: what is there is not put there twice.
    const mails = new Set<string>();
    const inbox = {
      name: 'inbox',
      deliver: async ({ id }: { readonly id: string }) => {
        mails.add(id);
        await Promise.resolve();
      },
    };
    let time: string | null = null;
    const clock = {
      get: () => Promise.resolve(time),
      set: async (instant: string) => {
        time = instant;
        await Promise.resolve();
      },
    };
    const life = { store: openLocalStore(':memory:'), evidence: memoryEvidence(), inbox, clock };
    await accept(25, 90, life);
    await live('2026-11-25T00:00:00.000Z', life);
    const said = await rehearsed(UNTIL, life);

    const dying = mortal(37);
    let deaths = 0;
    for (let isOver = false; !isOver;) {
      isOver = await live(UNTIL, life, dying).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Death)) throw error;
          deaths += 1;
          return false;
        },
      );
    }

    expect(deaths).toBeGreaterThan(10);
    expect(said.length).toBeGreaterThan(150);
    expect([...mails].sort()).toEqual(said);
  });
});
