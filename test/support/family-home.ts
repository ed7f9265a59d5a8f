/** A home on disk into which a family of images is pushed, in whichever order. */
import { openLaptop } from '../../lib/cli/compose/laptop.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { type Placement, placementName } from '../../lib/core/image/placement.ts';
import { importFeeds } from '../../lib/pipeline/feeds/import-feeds.ts';
import { judgePlacement } from '../../lib/pipeline/judge-placement/judge-placement.ts';
import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import { anAppetiteFile } from './appetites.ts';
import { about, DAY_1 } from './feed-home.ts';
import { advisory, aSource } from './feed-parts.ts';
import { type BuiltImage, openImage } from './images.ts';

export interface Push {
  readonly built: BuiltImage;
  readonly repository: string;
  readonly tag: string;
  /** ISO 8601 */
  readonly at: string;
}

/** Put it into the data folder as appetite.yaml, for commands that ask for it. */
export const APPETITE = anAppetiteFile({
  assets: ['- { id: shop, owner: shop team, stage: production, repositories: [team/shop] }'],
});

/** Advisories about all versions of these source packages. */
export async function holdAdvisories(data: string, names: readonly string[]): Promise<void> {
  const laptop = await openLaptop({ data, as: 'beside', now: new Date() });
  try {
    const records = names.map((name) => advisory(about(`DSA-${name}`, DAY_1, name)));
    await importFeeds({ sources: aSource(records), at: new Date(DAY_1), complete: ['Debian'] }, laptop);
  } finally {
    await laptop.close();
  }
}

/** Judges what is pushed, one after the other, as the worker of `up` would. */
export async function push(data: string, pushes: readonly Push[]): Promise<void> {
  const laptop = await openLaptop({ data, as: 'beside', now: new Date() });
  try {
    const hash = await laptop.evidence.put(new TextEncoder().encode(APPETITE));
    const appetite = { hash, source: 'a test', value: parseAppetite(APPETITE, 'a test') };
    for (const { built, repository, tag, at } of pushes) {
      const images = {
        open: async (reference: string) => {
          const opened = { reference, images: [openImage(built)], unreadable: [], skipped: [] };
          return await Promise.resolve({ ...opened, close: () => Promise.resolve() });
        },
      };
      await judgePlacement(workOf({ built, repository, tag, at }), {
        ...laptop,
        ...{ appetite, images, referenceOf: placementName },
      });
    }
  } finally {
    await laptop.close();
  }
}

function workOf({ built, repository, tag, at }: Push): Work {
  const { digest } = built.manifest;
  const placement: Placement = { account: 'laptop', region: 'local', registry: 'embedded', repository, digest };
  const body = { placement, platform: built.platform, tag, asOf: null };
  return { id: `${repository}:${tag}`, type: 'judge-placement', body, at, attempt: 1, lapsed: 0 };
}
