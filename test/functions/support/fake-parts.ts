/** The parts that handlers are given, as plain objects that remember what they were told. */
import { openTools, type Tools } from '../../../functions/shared/tools.ts';
import type { DeadLetter, DeadLetters } from '../../../lib/pipeline/ports/dead-letters.ts';
import type { WorkMessage, WorkMessages } from '../../../lib/pipeline/ports/work-messages.ts';
import type { METRICS } from '../../../lib/stacks/metrics/names.ts';

interface Outcomes {
  readonly letters: readonly DeadLetter[];
  readonly sent: readonly WorkMessage[];
  readonly counts: Readonly<Partial<Record<keyof typeof METRICS, number>>>;
}

export interface FakeParts extends Tools {
  readonly messages: WorkMessages;
  readonly deadLetters: DeadLetters;
  readonly outcomes: Outcomes;
  /** Messages of these ids are refused. */
  readonly refused: Set<string>;
}

export function fakeParts(): FakeParts {
  const letters: DeadLetter[] = [];
  const sent: WorkMessage[] = [];
  const counts: Partial<Record<keyof typeof METRICS, number>> = {};
  const refused = new Set<string>();
  return {
    ...openTools(),
    count: (metric, count = 1) => {
      counts[metric] = (counts[metric] ?? 0) + count;
    },
    messages: {
      async send(messages) {
        sent.push(...messages.filter(({ id }) => !refused.has(id)));
        const unsent = messages.filter(({ id }) => refused.has(id)).map(({ id }) => ({ id, cause: 'too busy' }));
        return await Promise.resolve(unsent);
      },
    },
    deadLetters: {
      async put(letter) {
        letters.push(letter);
        await Promise.resolve();
      },
    },
    outcomes: { letters, sent, counts },
    refused,
  };
}
