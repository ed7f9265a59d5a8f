/**
 * A subscriber that somebody made by a command: their address, and what they want to hear of.
 *
 * The row stays when the subscriber goes: nothing is deleted from the register, and who was told when can be asked.
 */
import { z } from 'zod';

import type { Appetite } from '../appetite/appetite.ts';
import { isOwner } from '../appetite/people.ts';
import { stageSchema } from '../image/schemas.ts';
import { TOLD_KINDS } from './kinds.ts';
import { ROUND_UPS } from './round-up-times.ts';
import { type Interests, LEAST_SEVERITIES, type Subscriber, subscriberName } from './subscriber.ts';

/** What `subscribe` asks; null: not asked about. */
export const wishesFields = {
  /** Teams: what they own as such, and what their people own. */
  teams: z.array(z.string().trim().min(1).max(256)).min(1).max(50).readonly().nullable(),
  assets: z.array(z.string().min(1).max(512)).min(1).max(50).readonly().nullable(),
  stages: z.array(stageSchema).min(1).max(3).readonly().nullable(),
  kinds: z.array(z.enum(TOLD_KINDS)).min(1).max(TOLD_KINDS.length).readonly().nullable(),
  minSeverity: z.enum(LEAST_SEVERITIES).nullable(),
  /** One message a day or a week in place of single ones; null: each by itself. */
  roundUp: z.enum(ROUND_UPS).nullable().default(null),
};

const registeredSchema = z
  .object({
    name: subscriberName,
    /** Of e-mail. */
    address: z.string(),
    ...wishesFields,
    /** Owners letter by letter, for who may hear of these alone; null: of any. */
    owners: z.array(z.string()).readonly().nullable(),
    by: z.object({ principal: z.string(), person: z.string().nullable() }).readonly(),
    /** ISO 8601: when the address was subscribed. */
    at: z.string(),
    /**
     * `wanted`: the way to the address is being made. `made`: it is there. `unwanted`: it is being taken away, and
     * nothing is sent any more. `gone`: it is.
     */
    phase: z.enum(['wanted', 'made', 'unwanted', 'gone']),
  })
  .readonly();

export type Registered = z.output<typeof registeredSchema>;

/** @throws ZodError where a body is none */
export function readRegistered({ body }: { readonly body: unknown }): Registered {
  return registeredSchema.parse(body);
}

export const SUBSCRIBERS_PARTITION = 'SUBSCRIBERS';

export function registeredKey(name: string): { readonly pk: string; readonly sk: string } {
  return { pk: SUBSCRIBERS_PARTITION, sk: name };
}

/** A name made of an address, for who names none: `ada@example.com` is `ada-example-com`. */
export function nameOfAddress(address: string): string {
  return address
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 40);
}

/** What it wants, in the words of routing: a team is itself and its people, as the appetite has them now. */
export function interestsOf(
  { teams, owners, assets, stages, kinds, minSeverity }: Registered,
  { people }: Pick<Appetite, 'people'>,
): Interests {
  const ofTeams = teams?.flatMap((team) => [team, ...membersOf(team, people)]);
  const both = ofTeams === undefined ? owners : ofTeams.filter((owner) => owners?.includes(owner) ?? true);
  return {
    ...(both !== null && { owners: both }),
    ...(assets !== null && { assets }),
    ...(stages !== null && { stages }),
    ...(kinds !== null && { kinds }),
    ...(minSeverity !== null && { minSeverity }),
  };
}

/** Owners by which a team's people are named; a person is of a team, or is an owner by themselves. */
function membersOf(team: string, people: Appetite['people']): readonly string[] {
  return people
    .filter((person) => isOwner({ ...person, name: '', email: null }, team))
    .flatMap(({ name, email }) => (email === null ? [name] : [name, email]));
}

/** @param topicArn - of its topic */
export function subscriberOf(registered: Registered, topicArn: string, appetite: Pick<Appetite, 'people'>): Subscriber {
  return { name: registered.name, topicArn, ...interestsOf(registered, appetite) };
}
