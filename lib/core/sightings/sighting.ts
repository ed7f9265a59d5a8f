/**
 * A sighting: that a digest runs somewhere, with first seen, last seen and end.
 *
 * What is told of it is a report: at an instant, something was seen to run or had ended. Reports come
 * late, twice and in any order; note-report.ts makes a sighting of them.
 */
import { z } from 'zod';

import type { Digest } from '../image/digest.ts';
import type { Stage } from '../image/stage.ts';
import { plainLine } from '../text/plain.ts';

/** Who tells of it: a person or a job by the command line, Amazon ECS, AWS Lambda. */
export const SIGHTING_SOURCES = ['cli', 'ecs', 'lambda'] as const;
export type SightingSource = (typeof SIGHTING_SOURCES)[number];

/** In UTF-8: a key has room for so much besides a digest. */
const MOST_BYTES = 800;

/** Where something runs: one line of text, of 800 bytes at most. */
export const whereSchema = z
  .string()
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= MOST_BYTES, 'too long')
  .refine((text) => plainLine(text) === text && text.trim() === text, 'not one line of text');

interface Told {
  /** Of an image, or of an index: whoever runs it may name either. */
  readonly digest: Digest;
  readonly where: string;
  readonly environment: Stage;
  /** The reference as it was told. */
  readonly image: string | null;
  readonly source: SightingSource;
}

/** Instants are ISO 8601, UTC. */
export interface Sighting extends Told {
  readonly firstSeen: string;
  /** The last instant at which it was seen to run; null where only its end was ever told. */
  readonly lastSeen: string | null;
  /** Null while it runs. */
  readonly endedAt: string | null;
}

export interface Report extends Told {
  /** Which of the things that run there, where they come and go one by one (a task of ECS); '' for the place as a whole. */
  readonly unit: string;
  readonly at: string;
  /** True: it had ended by then. */
  readonly ended: boolean;
}

/** The unit of a report that speaks of the place as a whole. */
export const WHOLE = '';

export function isRunning({ endedAt }: Pick<Sighting, 'endedAt'>): boolean {
  return endedAt === null;
}
