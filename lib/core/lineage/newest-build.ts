/** Which of the builds of a name is the newest. */
import { madeAt } from '../image/made.ts';
import { orderOf } from '../versions/version.ts';
import type { NamedBuild } from './build-name.ts';

/** A build, and when it was first seen (ISO 8601). */
export interface SeenBuild extends NamedBuild {
  readonly firstSeen: string;
}

/**
 * The newest for a platform: by when it says it was made, else by when it was first seen; null where
 * there is none for that platform.
 */
export function newestBuild<T extends SeenBuild>(builds: readonly T[], platform: string): T | null {
  return newestFirst(builds, platform)[0] ?? null;
}

export function newestFirst<T extends SeenBuild>(builds: readonly T[], platform: string): readonly T[] {
  return builds.filter((build) => build.platform === platform).sort(byAge);
}

function byAge(a: SeenBuild, b: SeenBuild): number {
  return dateOf(b) - dateOf(a) || orderOf(b.firstSeen, a.firstSeen) || orderOf(b.image, a.image);
}

function dateOf({ created, firstSeen }: SeenBuild): number {
  return madeAt(created) ?? Date.parse(firstSeen);
}
