/**
 * The outbox on DynamoDB as work.
 *
 * On AWS a message names the work (`take`); the index serves `claim`, the sweep and people, and decides
 * nothing: it may be behind, the update of the entry is not.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import type { Waiting, WorkQueue } from '../../../pipeline/ports/work-queue.ts';
import { DUE_INDEX, OUTBOX_ATTRIBUTES } from '../../../stacks/register-table/names.ts';
import { type Change, changeEntry } from './change.ts';
import { BURIED_PARTITION, causeThatFits, idOf, waitingPartition } from './entry.ts';
import { type Attributes, textOf } from './item.ts';
import { insertedAt, orderBehind, orderOf } from './order.ts';
import { takeEntry } from './take.ts';
import { countWaiting, entriesOf, waitingBefore } from './waiting.ts';

export interface DynamoWorkOptions {
  readonly client: DynamoDBClient;
  /** The table's name or ARN. */
  readonly table: string;
  /** Until a claim lapses: longer than the longest that its holder may live. */
  readonly leaseSeconds: number;
}

/** Entries that one question asks a partition of the index for. */
const AT_ONCE = 25;
const MOST_AT_ONCE = 1000;

export function dynamoWork({ client, table, leaseSeconds }: DynamoWorkOptions): WorkQueue {
  const outbox = { client, table };

  return {
    take: (id, now) => takeEntry(outbox, id, now, leaseSeconds),
    async claim(now, types) {
      for await (const entry of waitingBefore(outbox, orderBehind(now), AT_ONCE)) {
        if (types?.includes(textOf(entry, OUTBOX_ATTRIBUTES.type)) === false) continue;
        const taken = await takeEntry(outbox, idOf(entry), now, leaseSeconds);
        if (taken.outcome === 'taken') return taken.work;
      }
      return null;
    },
    async due(now, limit) {
      const found: Waiting[] = [];
      for await (const entry of waitingBefore(outbox, orderBehind(now), Math.min(limit, MOST_AT_ONCE))) {
        if (found.length === limit) break;
        found.push(waitingOf(entry));
      }
      return found;
    },
    async revive(id) {
      const changed = await changeEntry(outbox, id, {
        sets: [
          '#state = :waiting, #due = :none, #duePk = :partition, #dueOrder = #place',
          '#attempt = :none, #held = :none, #lapsed = :none',
        ].join(', '),
        removes: '#at, #owner, #cause',
        when: '#state = :buried',
        values: {
          ':waiting': { S: 'waiting' },
          ':none': { N: '0' },
          ':partition': { S: waitingPartition(id) },
          ':buried': { S: 'buried' },
        },
      });
      return 'now' in changed ? textOf(changed.now, OUTBOX_ATTRIBUTES.type) : null;
    },
    async done({ id }) {
      await changeEntry(outbox, id, {
        sets: '#state = :done',
        removes: '#body, #due, #place, #held, #owner, #cause, #duePk, #dueOrder',
        when: 'attribute_exists(#state)',
        values: { ':done': { S: 'done' } },
      });
    },
    async retry(work, cause, notBefore) {
      const { when, values } = stillOf(work.attempt);
      await changeEntry(outbox, work.id, {
        sets: '#due = :due, #dueOrder = #place + :order, #held = :no, #cause = :cause',
        removes: '#owner',
        when,
        values: {
          ...values,
          ':due': { N: String(notBefore.getTime()) },
          ':order': { N: orderOf(notBefore) },
          ':no': { N: '0' },
          ':cause': { S: causeThatFits(work, cause) },
        },
      });
    },
    async bury(work, cause) {
      const { when, values } = stillOf(work.attempt);
      await changeEntry(outbox, work.id, {
        sets: '#state = :buried, #duePk = :partition, #dueOrder = #place, #cause = :cause',
        removes: '#owner',
        when,
        values: {
          ...values,
          ':buried': { S: 'buried' },
          ':partition': { S: BURIED_PARTITION },
          ':cause': { S: causeThatFits(work, cause) },
        },
      });
    },
    async state() {
      const buried = [];
      for await (const entry of entriesOf(outbox, BURIED_PARTITION)) {
        buried.push({ id: idOf(entry), type: textOf(entry, OUTBOX_ATTRIBUTES.type), cause: textOf(entry, 'cause') });
      }
      return { waiting: await countWaiting(outbox), buried };
    },
  };
}

/** An attempt of another number belongs to whoever claimed after this claim lapsed. */
function stillOf(attempt: number): Pick<Change, 'when' | 'values'> {
  return {
    when: '#state = :waiting AND #attempt = :attempt',
    values: { ':waiting': { S: 'waiting' }, ':attempt': { N: String(attempt) } },
  };
}

function waitingOf(entry: Attributes): Waiting {
  const due = Number(textOf(entry, 'due'));
  const about = { id: idOf(entry), type: textOf(entry, OUTBOX_ATTRIBUTES.type) };
  if (due !== 0) return { ...about, due: new Date(due) };
  return { ...about, due: null, put: insertedAt(textOf(entry, DUE_INDEX.sort)) };
}
