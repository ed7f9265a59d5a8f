/** Who can be told, and who no longer can: a topic's subscriptions as they were, and as they are. */
import { z } from 'zod';

import { counted } from '../text/plain.ts';
import { says, step } from './letter.ts';
import type { Notice } from './notice.ts';
import { operatorNotice } from './operator-notice.ts';
import type { Reader } from './routing.ts';

/** What is known of a topic: `protocol endpoint` of each subscription, in order. */
const subscribedSchema = z.object({
  topic: z.enum(['there', 'gone']),
  confirmed: z.array(z.string()).readonly(),
  pending: z.array(z.string()).readonly(),
  /** ISO 8601: since when it is so; null: not known. */
  since: z.string().nullable().default(null),
  /** The operator was told that a day went by and one is still pending. */
  waited: z.boolean().default(false),
});

export type Subscribed = Readonly<z.output<typeof subscribedSchema>>;

export type Facts = Pick<Subscribed, 'topic' | 'confirmed' | 'pending'>;

/** @throws ZodError where a body is none */
export function readSubscribed({ body }: { readonly body: unknown }): Subscribed {
  return subscribedSchema.parse(body);
}

export const SUBSCRIPTIONS_PARTITION = 'SUBSCRIPTIONS';

/** What is known of the topic of a reader, by the reader's name. */
export function subscriptionsKey(reader: string): { readonly pk: string; readonly sk: string } {
  return { pk: SUBSCRIPTIONS_PARTITION, sk: reader };
}

/** `lost`: refused, unsubscribed or deleted; nobody asks for a confirmation any more. */
export type SubscriptionState = 'confirmed' | 'pending' | 'lost';

/** @param address - of e-mail; null: of anybody who is subscribed */
export function stateOf({ topic, confirmed, pending }: Facts, address: string | null): SubscriptionState {
  const is = (one: string): boolean => address === null || one.toLowerCase() === `email ${address.toLowerCase()}`;
  if (topic === 'there' && confirmed.some(is)) return 'confirmed';
  return topic === 'there' && pending.some(is) ? 'pending' : 'lost';
}

/** Whether the topics stand alike, since whenever. */
export function isSame(a: Facts, b: Facts): boolean {
  const facts = ({ topic, confirmed, pending }: Facts) => JSON.stringify([topic, confirmed, pending]);
  return facts(a) === facts(b);
}

/** A link of confirmation holds for two days: with one day left somebody may still look for the mail. */
const LONG = 86_400_000;

/** Whether somebody has been pending for so long that the operator has to hear of it again. */
export function isOverdue({ pending, since, waited }: Subscribed, at: string): boolean {
  return pending.length > 0 && !waited && since !== null && Date.parse(at) - Date.parse(since) >= LONG;
}

export function overdueOf({ name }: Pick<Reader, 'name'>, { pending }: Subscribed): readonly string[] {
  return pending.map((one) => `${name}: ${one} has not confirmed the subscription for a day`);
}

/** True where somebody who should be told of verdicts is not: the metric counts these, for as long as it is so. */
export function isLost({ topic, confirmed, pending }: Facts): boolean {
  return topic === 'gone' || confirmed.length === 0 || pending.length > 0;
}

/**
 * What is the matter now, in sentences, and what was lost since before.
 *
 * @param before - null where the topic was never looked at
 */
export function mattersOf({ name, topicArn }: Reader, now: Facts, before: Facts | null): readonly string[] {
  if (now.topic === 'gone') return [`${name}: the topic is gone (${topicArn}); its notices come to the operator`];
  const present = new Set([...now.confirmed, ...now.pending]);
  const lost = (before?.confirmed ?? []).filter((one) => !present.has(one));
  const nobody = now.confirmed.length + now.pending.length === 0;
  return [
    ...(nobody ? [`${name}: nobody is subscribed to its topic (${topicArn}): its notices reach nobody`] : []),
    ...lost.map((one) => `${name}: ${one} was subscribed and no longer is`),
    ...now.pending.map((one) => `${name}: ${one} has not confirmed the subscription, and gets nothing until then`),
  ];
}

export function subscriptionsNotice(matters: readonly string[], at: string): Notice {
  return operatorNotice({
    kind: 'subscription-lost',
    at,
    headline: `${counted(matters.length, 'subscription')} to look after`,
    matters,
    next: [
      step(
        'pending: open the mail "AWS Notification - Subscription Confirmation" and follow its link within 48 hours; where it is lost, subscribe again',
        'cavendish subscribe ADDRESS',
      ),
      says(
        "of the stack's configuration: aws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint ADDRESS",
      ),
      says('gone: subscribe again, or take the subscriber away (cavendish unsubscribe NAME; out of the configuration)'),
      step('see who is subscribed, and as what', 'cavendish subscribers'),
      step('see all of it', 'cavendish doctor --home aws:STACK'),
    ],
  });
}
