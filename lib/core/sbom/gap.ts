/**
 * A gap: a named hole in what the scan read, or in what the intelligence answers for.
 *
 * A gap makes a verdict unknown unless the appetite tolerates it, by name, for the stage. Some
 * gaps no stage may tolerate: what they hide has no bounds.
 */
export const GAP_KINDS = {
  'unknown-distribution': { tolerable: true, means: 'the operating system is not one that Cavendish reads' },
  'no-package-database': { tolerable: true, means: 'the image holds files but no package database' },
  'empty-image': { tolerable: true, means: 'the image holds no files at all' },
  'unread-ecosystem': { tolerable: true, means: 'packages of an ecosystem are present and were not read' },
  'malformed-database': { tolerable: false, means: 'a package database could not be read whole' },
  'unreadable-image': {
    tolerable: false,
    means: 'a manifest, a configuration or a layer could not be read or verified',
  },
  'limit-exceeded': { tolerable: false, means: 'the image passes a bound of the scanner' },
  'scan-failed': { tolerable: false, means: 'the scanner failed' },
  'unanswered-package': { tolerable: false, means: 'no advisories that are held answer for a package' },
  'unanswered-ecosystem': { tolerable: true, means: 'no advisories are held of a language whose packages are present' },
  'unanswered-runtime': { tolerable: true, means: 'no advisories speak of a runtime that no package manager brought' },
  'unparsable-version': { tolerable: false, means: 'a version can not be put in order' },
  'feed-missing': { tolerable: true, means: 'no feed of a kind is held' },
  'feed-stale': { tolerable: false, means: 'a feed is older than the stage allows' },
  'feed-future': { tolerable: false, means: 'a feed is dated after the instant of judgement' },
  'criterion-failed': { tolerable: false, means: 'a criterion could not be evaluated' },
} as const;

export type GapKind = keyof typeof GAP_KINDS;

export interface Gap {
  readonly kind: GapKind;
  /** What the gap is about: an ecosystem, a package, a layer, a feed, a criterion. Stable between runs. */
  readonly subject: string;
  /** One sentence for people. */
  readonly message: string;
}

/** The name by which an appetite tolerates a gap: `kind`, or `kind:subject`. */
export function gapNames({ kind, subject }: Gap): readonly [string, string] {
  return [kind, `${kind}:${subject}`];
}
