/**
 * The outbox on DynamoDB as work: each step of an entry's life is one conditional update of its item.
 *
 * On AWS a message names the work (`take`); the index serves `claim`, the sweep and people, and decides
 * nothing: it may be behind, the update is not.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

import type { Waiting, Work, WorkQueue } from '../../../pipeline/ports/work-queue.ts';
import { DUE_INDEX, OUTBOX_ATTRIBUTES } from '../../../stacks/register-table/names.ts';
import { askAws } from '../failures.ts';
import { BURIED_PARTITION, causeThatFits, entryKey, idOf, waitingPartition } from './entry.ts';
import { type Attributes, bodyOf, textOf } from './item.ts';
import { orderBehind, orderOf } from './order.ts';
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

const NAMES = {
  '#type': OUTBOX_ATTRIBUTES.type,
  '#body': OUTBOX_ATTRIBUTES.body,
  '#state': 'state',
  '#due': 'due',
  '#place': 'place',
  '#attempt': 'attempt',
  '#at': 'at',
  '#held': 'held',
  '#lapsed': 'lapsed',
  '#cause': 'cause',
  '#duePk': DUE_INDEX.partition,
  '#dueOrder': DUE_INDEX.sort,
} as const;

interface Change {
  readonly sets: string;
  readonly removes?: string;
  readonly when: string;
  readonly values: Attributes;
}

type Changed = { readonly now: Attributes } | { readonly refused: Attributes | undefined };

export function dynamoWork({ client, table, leaseSeconds }: DynamoWorkOptions): WorkQueue {
  const listing = { client, table };

  /** Changes an entry where the condition holds; otherwise says what it is, undefined where it is not there. */
  async function change(id: string, { sets, removes, when, values }: Change): Promise<Changed> {
    const update = `SET ${sets}${removes === undefined ? '' : ` REMOVE ${removes}`}`;
    const used = Object.entries(NAMES).filter(([name]) => new RegExp(`${name}\\b`, 'u').test(`${update} ${when}`));
    const request: UpdateItemCommandInput = {
      TableName: table,
      Key: entryKey(id),
      UpdateExpression: update,
      ConditionExpression: when,
      ExpressionAttributeNames: Object.fromEntries(used),
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    try {
      const { Attributes: now = {} } = await askAws('dynamodb:UpdateItem', () =>
        client.send(new UpdateItemCommand(request)),
      );
      return { now };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { refused: error.Item };
      throw error;
    }
  }

  const take: WorkQueue['take'] = async (id, now) => {
    const until = new Date(now.getTime() + leaseSeconds * 1000);
    const changed = await change(id, {
      sets: [
        '#due = :until, #dueOrder = #place + :order, #attempt = #attempt + :one',
        '#at = if_not_exists(#at, :at), #lapsed = #lapsed + #held, #held = :one',
      ].join(', '),
      when: '#state = :waiting AND #due <= :now',
      values: {
        ':until': { N: String(until.getTime()) },
        ':order': { N: orderOf(until) },
        ':one': { N: '1' },
        ':at': { S: now.toISOString() },
        ':waiting': { S: 'waiting' },
        ':now': { N: String(now.getTime()) },
      },
    });
    if ('now' in changed) return { outcome: 'taken', work: workOf(id, changed.now) };
    if (changed.refused === undefined) return { outcome: 'unknown' };
    if (textOf(changed.refused, 'state') !== 'waiting') return { outcome: 'ended' };
    return { outcome: 'not-due', until: new Date(Number(textOf(changed.refused, 'due'))) };
  };

  /** What is held by this claim, as far as anybody else knows. */
  const held = (attempt: number): Pick<Change, 'when' | 'values'> => ({
    when: '#state = :waiting AND #attempt = :attempt',
    values: { ':waiting': { S: 'waiting' }, ':attempt': { N: String(attempt) } },
  });

  return {
    take,
    async claim(now, types) {
      for await (const entry of waitingBefore(listing, orderBehind(now), AT_ONCE)) {
        if (types?.includes(textOf(entry, OUTBOX_ATTRIBUTES.type)) === false) continue;
        const taken = await take(idOf(entry), now);
        if (taken.outcome === 'taken') return taken.work;
      }
      return null;
    },
    async due(now, limit) {
      const found: Waiting[] = [];
      for await (const entry of waitingBefore(listing, orderBehind(now), Math.min(limit, 1000))) {
        if (found.length === limit) break;
        found.push(waitingOf(entry));
      }
      return found;
    },
    async revive(id) {
      const changed = await change(id, {
        sets: '#state = :waiting, #due = :new, #dueOrder = #place, #duePk = :partition, #attempt = :new, #held = :new, #lapsed = :new',
        removes: '#at, #cause',
        when: '#state = :buried',
        values: {
          ':waiting': { S: 'waiting' },
          ':new': { N: '0' },
          ':partition': { S: waitingPartition(id) },
          ':buried': { S: 'buried' },
        },
      });
      return 'now' in changed ? textOf(changed.now, OUTBOX_ATTRIBUTES.type) : null;
    },
    async done({ id }) {
      await change(id, {
        sets: '#state = :done',
        removes: '#body, #due, #place, #cause, #duePk, #dueOrder',
        when: 'attribute_exists(#state)',
        values: { ':done': { S: 'done' } },
      });
    },
    async retry(work, cause, notBefore) {
      const { when, values } = held(work.attempt);
      await change(work.id, {
        sets: '#due = :due, #dueOrder = #place + :order, #held = :no, #cause = :cause',
        when,
        values: {
          ...values,
          ':no': { N: '0' },
          ':due': { N: String(notBefore.getTime()) },
          ':order': { N: orderOf(notBefore) },
          ':cause': { S: causeThatFits(work, cause) },
        },
      });
    },
    async bury(work, cause) {
      const { when, values } = held(work.attempt);
      await change(work.id, {
        sets: '#state = :buried, #duePk = :partition, #dueOrder = #place, #cause = :cause',
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
      for await (const entry of entriesOf(listing, BURIED_PARTITION)) {
        buried.push({ id: idOf(entry), type: textOf(entry, OUTBOX_ATTRIBUTES.type), cause: textOf(entry, 'cause') });
      }
      return { waiting: await countWaiting(listing), buried };
    },
  };
}

function workOf(id: string, entry: Attributes): Work {
  return {
    id,
    type: textOf(entry, OUTBOX_ATTRIBUTES.type),
    body: bodyOf(entry),
    at: textOf(entry, 'at'),
    attempt: Number(textOf(entry, 'attempt')),
    lapsed: Number(textOf(entry, 'lapsed')),
  };
}

function waitingOf(entry: Attributes): Waiting {
  const due = Number(textOf(entry, 'due'));
  return { id: idOf(entry), type: textOf(entry, OUTBOX_ATTRIBUTES.type), due: due === 0 ? null : new Date(due) };
}
