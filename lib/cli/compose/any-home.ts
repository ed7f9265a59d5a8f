/** A home that a command has opened, whichever it is. */
import type { AwsHome } from './aws/open-aws.ts';
import type { Laptop } from './laptop.ts';

export type AnyHome = Laptop | AwsHome;
