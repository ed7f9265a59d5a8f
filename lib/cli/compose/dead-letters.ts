/** What ended badly in a home, and the way back for it. */
import { entriesOf, type Entry } from '../../pipeline/dead-letters/dead-letter.ts';
import type { RedrivePorts } from '../../pipeline/dead-letters/redrive.ts';
import type { TakenLetters } from '../../pipeline/ports/dead-letter-box.ts';
import type { AnyHome } from './any-home.ts';
import type { DeadLetterParts } from './dead-letter-parts.ts';

export interface DeadEntries {
  readonly entries: readonly Entry[];
  readonly taken: TakenLetters;
  readonly ports: RedrivePorts;
}

/** Takes what ended badly, does something with it, and gives back what is left of it, whatever comes. */
export async function withDeadLetters<T>(home: AnyHome, use: (dead: DeadEntries) => Promise<T>): Promise<T> {
  const parts = await partsOf(home);
  try {
    const taken = await parts.take();
    try {
      const { buried } = await home.work.state();
      return await use({ entries: entriesOf(taken.letters, buried), taken, ports: parts.ports });
    } finally {
      await taken.release();
    }
  } finally {
    parts.close();
  }
}

async function partsOf(home: AnyHome): Promise<DeadLetterParts> {
  if (home.kind === 'laptop') return laptopParts(home.work);
  const { awsDeadLetters } = await import('./aws/dead-letters.ts');
  return awsDeadLetters(home);
}

/** On this machine there is no queue but the outbox, and the worker of `up` finds by itself what is put back. */
function laptopParts(work: RedrivePorts['work']): DeadLetterParts {
  const nothing = () => Promise.resolve();
  return {
    take: () => Promise.resolve({ letters: [], complete: true, remove: nothing, release: nothing }),
    ports: { work, messages: { send: () => Promise.resolve([]) }, events: { send: nothing } },
    close: () => undefined,
  };
}
