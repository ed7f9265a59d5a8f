/** Options that every command has, and how given values are read. */
import { type Command, InvalidArgumentError, Option } from 'commander';

import { STAGES } from '../core/image/stage.ts';
import { whereSchema } from '../core/sightings/sighting.ts';
import { readCallerName } from './caller-name.ts';
import { type HomeName, LAPTOP, readHomeName } from './home-name.ts';

export interface CommonOptions {
  readonly data: string;
  readonly home: HomeName;
  /** Who says that they ask, on a laptop; AWS knows it. */
  readonly as?: string;
  readonly json?: boolean;
}

export const DEFAULT_DATA = '.cavendish';

export function withCommon(command: Command): Command {
  return withHomeOptions(command).addOption(
    new Option('--as <name>', "who asks, on a laptop (default: the machine's user); AWS knows it")
      .env('CAVENDISH_AS')
      .argParser(readCallerName),
  );
}

/** For commands in which nobody asks for anything: those that are a home, or judge beside it. */
export function withHomeOptions(command: Command): Command {
  return command
    .addOption(new Option('--data <folder>', 'where data lives').env('CAVENDISH_DATA').default(DEFAULT_DATA))
    .addOption(
      new Option('--home <home>', 'which home: laptop (the data folder), or aws:STACK[@REGION]')
        .env('CAVENDISH_HOME')
        .argParser(readHomeName)
        .default(LAPTOP, 'laptop'),
    )
    .option('--json', 'answer as JSON');
}

export function stageOption(): Option {
  return new Option('--stage <stage>', 'the lifecycle stage to judge for').choices(STAGES);
}

/** An instant: ISO 8601 with a zone, or a date, which is its first instant in UTC. */
export function readInstant(text: string): string {
  const form = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u;
  const instant = new Date(text);
  if (!form.test(text) || Number.isNaN(instant.getTime())) {
    throw new InvalidArgumentError('It is an instant with its zone (2026-11-23T00:00:00Z) or a date (2026-11-23).');
  }
  return instant.toISOString();
}

/** The name of a place: where something runs. */
export function readWhere(text: string): string {
  const read = whereSchema.safeParse(text);
  if (!read.success) throw new InvalidArgumentError('It is one line of text, as shop/production.');
  return read.data;
}

export function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,6}$/u.test(text) || count < 1) throw new InvalidArgumentError('It is a number from 1 to 999999.');
  return count;
}

export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/u.test(text) || port > 65_535) throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}

/** Stages, the option given several times. */
export function stagesOption(): Option {
  return new Option('--stage <stage>', 'for this stage; may be given several times').argParser(
    (text: string, before: readonly string[] | undefined) => {
      if (!STAGES.some((stage) => stage === text)) {
        throw new InvalidArgumentError(`Allowed choices are ${STAGES.join(', ')}.`);
      }
      return [...(before ?? []), text];
    },
  );
}

/** The instant at which something ends: one that is given, or the end of a day in UTC. */
export function readEnd(text: string): string {
  const instant = readInstant(text);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) ? new Date(Date.parse(instant) + 86_400_000).toISOString() : instant;
}

/** The name of a person, in one line. */
export function readPerson(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 200 || /\p{Cc}/u.test(name)) {
    throw new InvalidArgumentError('It is the name of a person, in one line.');
  }
  return name;
}
