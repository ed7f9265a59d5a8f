/**
 * A subscriber: who hears of what, and the topic that takes the notices there.
 *
 * The stack hands its own to the functions as JSON (`CAVENDISH_SUBSCRIBERS`), and its config file says the same with
 * the same words; others are made by a command: registered-subscriber.ts.
 */
import { z } from 'zod';

import { repositoryPattern } from '../appetite/appetite-schema.ts';
import { CavendishError } from '../errors/error.ts';
import { STAGES } from '../image/stage.ts';
import { NOTICE_KINDS, type NoticeKind } from './kinds.ts';

/** The operator's own topic is no subscriber: it gets what nobody else does, and what befalls the home. */
export const OPERATOR = 'operator';

export const KINDS = Object.keys(NOTICE_KINDS) as NoticeKind[];

export const LEAST_SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** What a subscriber wants to hear of; what is left out is not asked about. */
export const interestFields = {
  /** Patterns of repository names, as in the appetite: `team/app`, `team/*`, `team/**`. */
  repositories: z.array(repositoryPattern).min(1).max(200).readonly().exactOptional(),
  stages: z.array(z.enum(STAGES)).min(1).readonly().exactOptional(),
  verdicts: z
    .array(z.enum(['go', 'no-go', 'unknown']))
    .min(1)
    .readonly()
    .exactOptional(),
  /** Owners, letter by letter as the appetite names them. */
  owners: z.array(z.string().min(1).max(256)).min(1).max(200).readonly().exactOptional(),
  /** Assets, by id. */
  assets: z.array(z.string().min(1).max(512)).min(1).max(200).readonly().exactOptional(),
  /** Left out: all that is said of images. */
  kinds: z.array(z.enum(KINDS)).min(1).readonly().exactOptional(),
  /** The least that the worst vulnerability has to be; where it is not known, it counts as bad enough. */
  minSeverity: z.enum(LEAST_SEVERITIES).exactOptional(),
};

export const subscriberName = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/u, 'a name is 1 to 40 of a-z, 0-9 and -')
  .refine((name) => name !== OPERATOR, `"${OPERATOR}" is the name of the operator's own topic`);

/** `arn:aws:sns:eu-central-1:111122223333:cavendish-shop`; FIFO topics carry no e-mail. */
const topicArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/u, 'not the ARN of a standard SNS topic');

const subscriberSchema = z.strictObject({ name: subscriberName, topicArn, ...interestFields }).readonly();

export type Subscriber = z.output<typeof subscriberSchema>;

export type Interests = Omit<Subscriber, 'name' | 'topicArn'>;

const subscribersSchema = z
  .array(subscriberSchema)
  .max(500)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two subscribers have the same name')
  .readonly();

/**
 * Reads the subscribers from JSON.
 *
 * @throws CavendishError `bad-input`, with the subscriber and the field
 */
export function readSubscribers(json: string): readonly Subscriber[] {
  const read = subscribersSchema.safeParse(parse(json));
  if (read.success) return read.data;
  throw unreadable(z.prettifyError(read.error));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw unreadable(Error.isError(error) ? error.message : String(error));
  }
}

function unreadable(why: string): CavendishError {
  return new CavendishError('bad-input', `the subscribers can not be read: ${why}`, {
    next: 'The stack writes them from its configuration: mend that, and deploy again.',
  });
}
