/** A home that holds a whole population: each image scanned, judged and recorded as a push would leave it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openLocalEvidence } from '../../lib/adapters/local/evidence/local-evidence.ts';
import { openLocalStore } from '../../lib/adapters/local/store/local-store.ts';
import type { OsvRecord } from '../../lib/core/advisories/records.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { canonicalBytes } from '../../lib/core/canonical/canonical.ts';
import type { JudgedEvidence } from '../../lib/core/register/judged-evidence.ts';
import { importFeeds } from '../../lib/pipeline/feeds/import-feeds.ts';
import { storedIntelligence } from '../../lib/pipeline/feeds/stored-intelligence.ts';
import { judgeScan } from '../../lib/pipeline/judge-image/judge-scan.ts';
import { recordJudged } from '../../lib/pipeline/judge-placement/record-judged.ts';
import { rememberImage } from '../../lib/pipeline/lineage/remember-image.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';
import type { Versions } from '../../lib/pipeline/ports/intelligence.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';
import { counted } from '../../test/functions/support/counted.ts';
import { affecting, anAdvisory } from '../../test/support/advisory-builders.ts';
import { anAppetiteFile } from '../../test/support/appetites.ts';
import { advisory, aSource, cve, epss, kev } from '../../test/support/feed-parts.ts';
import { type MadeUp, population } from './population.ts';

const PUSHED = '2026-11-23T00:00:00.000Z';
const APPETITE = anAppetiteFile({ production: ['criteria: [{ id: none, says: No finding., finding: "true" }]'] });
/** Packages that advisories speak of from the beginning: each image has some fifteen findings. */
const SPOKEN_OF = [
  ...Array.from({ length: 10 }, (_, at) => `common-${at + 10}`),
  ...Array.from({ length: 20 }, (_, at) => `flavour-${at}-3`),
  ...Array.from({ length: 600 }, (_, at) => `own-${at}-5`),
];

/** Without these every verdict would rest on a gap, and so on every change of a feed. */
const FACTS = [
  kev('2026-11-22T00:00:00.000Z', 'CVE-2026-1000'),
  ...epss('2026-11-22T00:00:00.000Z', 'CVE-2026-1000', 'CVE-2026-10001'),
  cve('CVE-2026-10001', '2026-11-22T00:00:00.000Z', { published: '2026-11-01T00:00:00.000Z' }),
];

export interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly work: WorkQueue;
  /** The SQLite file. */
  readonly file: string;
  close(): Promise<void>;
}

export interface Held {
  readonly items: number;
  /** Rows that say which layers have a package. */
  readonly components: number;
  /** As DynamoDB would count them. */
  readonly bytes: number;
}

export interface LargeHome extends Stores {
  readonly intelligence: Versions;
  readonly appetite: JudgedEvidence['appetite'];
  /** Calls of the stores so far; take() begins anew. */
  take(): Readonly<Record<string, number>>;
  news(record: OsvRecord, at: string): Promise<void>;
}

/** As on a laptop: one SQLite file and a folder, on the disk that TMPDIR is on. */
export async function localStores(): Promise<Stores> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-scale-'));
  const file = join(folder, 'register.sqlite');
  const { register, work, close } = openLocalStore(file);
  const evidence = await openLocalEvidence(join(folder, 'evidence'));
  return {
    ...{ register, work, evidence, file },
    async close() {
      close();
      await rm(folder, { recursive: true });
    },
  };
}

export function countItems({ file }: Pick<Stores, 'file'>): Held {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const counts = "count(*) AS items, sum(pk LIKE 'COMPONENT#%') AS components, sum(size) AS bytes";
    const { items, components, bytes } = database.prepare(`SELECT ${counts} FROM items`).get() ?? {};
    return { items: Number(items), components: Number(components), bytes: Number(bytes) };
  } finally {
    database.close();
  }
}

/** The home on these stores, and all that is asked of them counted. */
export async function openLargeHome(stores: Stores): Promise<LargeHome> {
  const counts: Record<string, number> = {};
  const register = counted('register', stores.register, counts);
  const evidence = counted('evidence', stores.evidence, counts);
  const work = counted('work', stores.work, counts);
  const hash = await evidence.put(new TextEncoder().encode(APPETITE));
  return {
    ...{ register, evidence, work, file: stores.file, close: stores.close },
    intelligence: storedIntelligence(register, evidence),
    appetite: { hash, source: 'a benchmark', value: parseAppetite(APPETITE, 'a benchmark') },
    take() {
      const taken = { ...counts };
      for (const key of Object.keys(counts)) counts[key] = 0;
      return taken;
    },
    async news(record, at) {
      await importFeeds({ sources: aSource([advisory(record)]), at: new Date(at) }, { register, evidence });
    },
  };
}

/** A record about one package, which every version that images have is older than the fix of. */
export function aRecord(name: string, version: number): OsvRecord {
  return anAdvisory(`DSA-${name}`, {
    modified: new Date(Date.parse('2026-11-01T00:00:00Z') + version * 60_000).toISOString(),
    upstream: [`CVE-2026-${10_000 + version}`],
    affected: [affecting([{ introduced: '0' }, { fixed: `3.${version}` }], { name })],
  });
}

/** @returns how many images there are, bases counted */
export async function populate(home: LargeHome, clones: number): Promise<number> {
  const records = SPOKEN_OF.map((name) => aRecord(name, 1));
  const sources = aSource([...records.map(advisory), ...FACTS]);
  await importFeeds({ sources, complete: ['Debian:12'], at: new Date(PUSHED) }, home);
  let images = 0;
  for (const one of population(clones)) {
    await push(home, one);
    images += 1;
  }
  return images;
}

async function push(home: LargeHome, { image, inventory, repository }: MadeUp): Promise<void> {
  const { digest, platform } = image;
  const placement = { account: 'laptop', region: 'local', registry: 'embedded', repository, digest };
  const hash = await home.evidence.put(canonicalBytes(inventory));
  await rememberImage(image, inventory, PUSHED, home.register);
  const request = { digest, platform, reference: `${repository}:1.0`, placement, repository, stage: null, at: PUSHED };
  const judged = await judgeScan(request, { inventory, hash }, home);
  await recordJudged({ placement, platform, tag: '1.0', asOf: null }, judged, home);
}
