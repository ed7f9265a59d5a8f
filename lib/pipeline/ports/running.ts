/**
 * What runs, as those say who run it: by events, which come at least once, in any order, and some never;
 * and by listings, which are the truth of their moment.
 */
import type { Digest } from '../../core/image/digest.ts';

/** An account in a Region. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/** A task of Amazon ECS. */
export interface RunningTask extends Scope {
  readonly cluster: string;
  /** What started it, as ECS says it: `service:web`, `family:migrate`. */
  readonly group: string;
  /** The last part of its ARN. */
  readonly task: string;
  /** Only those whose digest ECS tells. */
  readonly containers: readonly {
    readonly digest: Digest;
    readonly image: string | null;
    /** `gone`: it has stopped; `coming`: it does not run yet. */
    readonly state: 'coming' | 'running' | 'gone';
  }[];
}

/** A function of AWS Lambda that is made of an image. */
export interface RunningFunction extends Scope {
  readonly name: string;
  /** Of what is deployed, and of each version that an alias names. */
  readonly images: readonly { readonly digest: Digest; readonly image: string }[];
}

export type TaskEvent = RunningTask & {
  readonly kind: 'task';
  readonly id: string;
  /** When ECS says that it was so (ISO 8601, UTC). */
  readonly at: string;
};

export interface RunningTasks {
  readonly scope: Scope;
  /** All that run. @throws CavendishError `unavailable` */
  all(): AsyncIterable<RunningTask>;
}

export interface RunningFunctions {
  readonly scope: Scope;
  /** All that are made of images. @throws CavendishError `unavailable` */
  all(): AsyncIterable<RunningFunction>;
}
