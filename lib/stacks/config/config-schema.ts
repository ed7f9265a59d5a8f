/** The config file of a stack: what may stand in it. `cavendish.example.yaml` shows each, with its default. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';

import { feedAddressesSchema } from '../../core/advisories/feed-addresses.ts';
import { repositoryPattern } from '../../core/appetite/appetite-schema.ts';
import { TOLD_KINDS } from '../../core/notices/kinds.ts';
import { interestFields, subscriberName } from '../../core/notices/subscriber.ts';
import { environmentRulesSchema } from '../../core/sightings/environments.ts';

const arn = (service: string) =>
  z
    .string()
    .regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:\\S{1,256}$`, 'u'), `not an ARN of ${service}`);
const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/u, 'not the ARN of a role');
const account = z.string().regex(/^\d{12}$/u, 'not an account number: twelve digits, in quotes');
const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/u, 'not a Region, such as eu-central-1');
const email = z.email('not an e-mail address').max(320);

/** What CloudWatch Logs offers (PutRetentionPolicy), in days; 9999 for ever. */
const logDays = z.enum(RetentionDays);

const subscriber = z.strictObject({
  name: subscriberName,
  email: email.exactOptional(),
  topicArn: arn('sns').exactOptional(),
  ...interestFields,
  kinds: z.array(z.enum(TOLD_KINDS)).min(1).readonly().exactOptional(),
});

export const configSchema = z.strictObject({
  stack: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/u, 'a name is of letters, digits and -, and begins with a letter')
    .default('Cavendish'),
  account: account.exactOptional(),
  region: region.exactOptional(),
  repositories: z.array(repositoryPattern).min(1).max(200).exactOptional(),
  appetite: z.string().min(1).exactOptional(),
  subscribers: z
    .array(subscriber)
    .max(100)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two subscribers have the same name')
    .default([]),
  operator: z.strictObject({ email: email.exactOptional(), topicArn: arn('sns').exactOptional() }).default({}),
  encryptionKeyArn: arn('kms').exactOptional(),
  eventBusArn: arn('events').exactOptional(),
  alarmTopicArn: arn('sns').exactOptional(),
  people: z
    .strictObject({
      trustedSessionRoles: z.array(roleArn).min(1).max(50),
    })
    .exactOptional(),
  registries: z
    .array(
      z.strictObject({
        account,
        region,
        roleArn: roleArn.exactOptional(),
      }),
    )
    .max(50)
    .default([]),
  logRetentionDays: logDays.exactOptional(),
  keepNoncurrentDays: z.int().min(1).max(3650).exactOptional(),
  sweepMinutes: z.int().min(1).max(1440).exactOptional(),
  sightings: environmentRulesSchema.exactOptional(),
  feeds: feedAddressesSchema.exactOptional(),
  refreshMinutes: z.int().min(1).max(1440).exactOptional(),
  scansAtOnce: z.int().min(2).max(1000).exactOptional(),
  scanMemoryMiB: z.int().min(512).max(10_240).exactOptional(),
  runbookUrl: z.url('not an address').exactOptional(),
});

export type Config = Readonly<z.output<typeof configSchema>>;
