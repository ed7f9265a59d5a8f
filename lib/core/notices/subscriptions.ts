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
});

export type Subscribed = Readonly<z.output<typeof subscribedSchema>>;

/** @throws ZodError where a body is none */
export function readSubscribed({ body }: { readonly body: unknown }): Subscribed {
  return subscribedSchema.parse(body);
}

/** True where somebody who should be told of verdicts is not: the metric counts these, for as long as it is so. */
export function isLost({ topic, confirmed, pending }: Subscribed): boolean {
  return topic === 'gone' || confirmed.length === 0 || pending.length > 0;
}

/**
 * What is the matter now, in sentences, and what was lost since before.
 *
 * @param before - null where the topic was never looked at
 */
export function mattersOf({ name, topicArn }: Reader, now: Subscribed, before: Subscribed | null): readonly string[] {
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
        'aws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint ADDRESS',
      ),
      says('gone: subscribe again, or take the subscriber out of the configuration and deploy'),
      step('see all of it', 'cavendish doctor --home aws:STACK'),
    ],
  });
}
