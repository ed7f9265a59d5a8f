/** How people name a home: `laptop`, or `aws:STACK`, or `aws:STACK@REGION`. */
import { InvalidArgumentError } from 'commander';

import { CavendishError } from '../core/errors/error.ts';

export interface AwsHomeName {
  readonly kind: 'aws';
  /** Of the CloudFormation stack. */
  readonly stack: string;
  /** Null: the Region that AWS's tools would use. */
  readonly region: string | null;
}

export type HomeName = { readonly kind: 'laptop' } | AwsHomeName;

export const LAPTOP: HomeName = { kind: 'laptop' };

/** Stack names: CreateStack, "StackName". */
const AWS = /^aws:(?<stack>[a-z][a-z0-9-]{0,127})(?:@(?<region>[a-z]{2,}(?:-[a-z]+)+-\d{1,2}))?$/iu;

export function readHomeName(text: string): HomeName {
  if (text === 'laptop') return LAPTOP;
  const { stack, region } = AWS.exec(text)?.groups ?? {};
  if (stack === undefined) {
    throw new InvalidArgumentError('It is laptop, aws:STACK or aws:STACK@REGION (aws:Cavendish@eu-central-1).');
  }
  return { kind: 'aws', stack, region: region?.toLowerCase() ?? null };
}

/**
 * For commands that need the machine they run on.
 *
 * @param instead - what does the same on AWS
 * @throws CavendishError `wrong-use`
 */
export function onlyOnLaptop(home: HomeName, command: string, instead: string): void {
  if (home.kind === 'laptop') return;
  throw new CavendishError('wrong-use', `${command} works on this machine, not on aws:${home.stack}`, {
    next: `${instead}\nOr leave out --home (and the variable CAVENDISH_HOME).`,
  });
}
