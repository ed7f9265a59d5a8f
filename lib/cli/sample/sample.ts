/**
 * The bundled sample: a real image, and a dated, trimmed snapshot of the intelligence about it.
 *
 * Its feeds stand beside those that people import, under names of their own, and answer for the
 * source packages of the image that manifest.json names and for nothing else. SOURCES.md says where
 * everything comes from.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { instant } from '../../core/advisories/reading.ts';
import type { Digest } from '../../core/image/digest.ts';
import { counted } from '../../core/text/plain.ts';
import { importFeeds, type ImportPorts } from '../../pipeline/feeds/import-feeds.ts';
import type { ImportReport } from '../../pipeline/feeds/import-report.ts';
import { readFeedFiles } from '../compose/formats.ts';

const FOLDER = import.meta.dirname;
const FEEDS = ['advisories.json', 'cve-records.jsonl', 'epss.csv', 'kev.json'];

const DIGEST: Digest = 'sha256:938aa6db257bdbc1281b87f44df35e4f59d7d92f5b67e220c4a090b674f49951';

export const SAMPLE = {
  repository: 'sample/debian',
  tag: '12.15',
  /** Of the image's manifest. */
  digest: DIGEST,
  /** The OCI layout, a folder. */
  layout: join(FOLDER, 'image'),
  /** The instant as of which it is judged. */
  date: '2026-11-23T00:00:00Z',
} as const;

const manifest = z.object({
  at: instant,
  completeFor: z.array(z.object({ ecosystem: z.string(), packages: z.array(z.string()) })),
});

export interface ImportedSample {
  readonly report: ImportReport;
  /** False where all of it was held already. */
  readonly changed: boolean;
  /** One sentence for people. */
  readonly message: string;
}

/** Takes the sample's feeds in; what is held already is not stored again. */
export async function importSample(ports: ImportPorts, now: Date): Promise<ImportedSample> {
  const { completeFor } = manifest.parse(JSON.parse(await readFile(join(FOLDER, 'manifest.json'), 'utf8')));
  const report = await importFeeds(
    {
      sources: readFeedFiles(FEEDS.map((name) => join(FOLDER, name))),
      at: now,
      bundle: { prefix: 'sample', source: 'bundled sample (see lib/cli/sample/SOURCES.md)', completeFor },
    },
    ports,
  );
  const changed = report.feeds.some(({ outcome }) => outcome !== 'unchanged');
  const what = report.feeds.map(({ kind, count }) => WORDS[kind](count)).join(', ');
  const message = changed ? `intelligence taken in: ${what}` : `intelligence is held already: ${what}`;
  return { report, changed, message };
}

const WORDS = {
  advisories: (count: number) => counted(count, 'advisory', 'advisories'),
  cve: (count: number) => counted(count, 'CVE record'),
  epss: (count: number) => counted(count, 'EPSS score'),
  kev: (count: number) => counted(count, 'KEV entry', 'KEV entries'),
} as const;
