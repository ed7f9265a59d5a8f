/** Taking an entry of the outbox by its id: one request, whatever comes of it. */
import { randomBytes } from 'node:crypto';

import type { Taken, Work } from '../../../pipeline/ports/work-queue.ts';
import { OUTBOX_ATTRIBUTES } from '../../../stacks/register-table/names.ts';
import { changeEntry, type Outbox } from './change.ts';
import { type Attributes, bodyOf, textOf } from './item.ts';
import { orderOf } from './order.ts';

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

/** @throws CavendishError `unavailable` */
export async function takeEntry(outbox: Outbox, id: string, now: Date, leaseSeconds: number): Promise<Taken> {
  const until = new Date(now.getTime() + leaseSeconds * 1000);
  const owner = randomBytes(9).toString('base64url');
  const changed = await changeEntry(outbox, id, {
    sets: [
      '#due = :until, #dueOrder = #place + :order, #attempt = #attempt + :one, #at = if_not_exists(#at, :at)',
      '#lapsed = #lapsed + #held, #held = :one, #owner = :owner',
    ].join(', '),
    when: '#state = :waiting AND #due <= :now',
    values: {
      ':until': { N: String(until.getTime()) },
      ':order': { N: orderOf(until) },
      ':one': { N: '1' },
      ':at': { S: now.toISOString() },
      ':owner': { S: owner },
      ':waiting': { S: 'waiting' },
      ':now': { N: String(now.getTime()) },
    },
  });
  if ('now' in changed) return { outcome: 'taken', work: workOf(id, changed.now) };
  const held = changed.refused;
  if (held === undefined) return { outcome: 'unknown' };
  if (textOf(held, 'state') !== 'waiting') return { outcome: 'ended' };
  // The SDK asked once more since the answer was lost: the claim that stands in the way is this one.
  if (held['owner']?.S === owner) return { outcome: 'taken', work: workOf(id, held) };
  return { outcome: 'not-due', until: new Date(Number(textOf(held, 'due'))) };
}
