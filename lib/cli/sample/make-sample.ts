/**
 * Makes the data of the bundled sample from a folder of published files.
 *
 *     node lib/cli/sample/make-sample.ts FIXTURES
 *
 * FIXTURES holds the files that SOURCES.md names. Published shapes stay, so that the sample is
 * read by the readers that read the real feeds; only what no judgement reads is left away.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod';

const LAYOUT = 'images/oci-layout/debian-12.15-minbase-dbonly';
const ADVISORIES = 'advisories/debian-changelog-derived/Debian-12.osv.json';
const CVE_RECORDS = 'cve-records/cve-records-debian12-sample.jsonl';
const KEV = 'kev/known_exploited_vulnerabilities-2026.08.07.json';
const EPSS = 'epss/epss_scores-2026-08-16.csv.gz';

const ECOSYSTEM = 'Debian:12';
/** The instant as of which the sample is judged. */
const AT = '2026-11-23T00:00:00Z';

const osvRecords = z.array(
  z.object({
    schema_version: z.string(),
    id: z.string(),
    modified: z.string(),
    upstream: z.array(z.string()),
    aliases: z.array(z.string()),
    affected: z.array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }),
        ranges: z.array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) })),
      }),
    ),
  }),
);

const kevCatalogue = z.object({
  title: z.string(),
  catalogVersion: z.string(),
  dateReleased: z.string(),
  count: z.number(),
  vulnerabilities: z.array(
    z.object({
      cveID: z.string(),
      dateAdded: z.string(),
      dueDate: z.string(),
      knownRansomwareCampaignUse: z.string(),
    }),
  ),
});

const descriptors = z.object({ digest: z.string() });

/** One record a line: small, and readable where it changes. */
function lines(members: readonly unknown[]): string {
  return members.map((member) => JSON.stringify(member)).join(',\n');
}

async function blob(layout: string, digest: string): Promise<Buffer> {
  return await readFile(join(layout, 'blobs', ...digest.split(':')));
}

/** The source packages of the image, by the status file of its one layer. */
async function sourcePackages(layout: string): Promise<readonly string[]> {
  const { manifests } = z
    .object({ manifests: z.tuple([descriptors]) })
    .parse(JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')));
  const manifest = (await blob(layout, manifests[0].digest)).toString();
  const { layers } = z.object({ layers: z.tuple([descriptors]) }).parse(JSON.parse(manifest));

  const tar = Readable.from([gunzipSync(await blob(layout, layers[0].digest))]).pipe(extract());
  for await (const entry of tar) {
    if (entry.header.name !== 'var/lib/dpkg/status') entry.resume();
    else {
      const names = (await text(entry))
        .split('\n\n')
        .map((paragraph) => /^Source: (\S+)/mu.exec(paragraph)?.[1] ?? /^Package: (\S+)/mu.exec(paragraph)?.[1]);
      return [...new Set(names.flatMap((name) => name ?? []))].sort();
    }
  }
  throw new Error('the layer holds no var/lib/dpkg/status');
}

async function make(fixtures: string, sample: string): Promise<void> {
  await rm(join(sample, 'image'), { recursive: true, force: true });
  for (const name of await readdir(join(fixtures, LAYOUT), { recursive: true, withFileTypes: true })) {
    if (name.isFile()) {
      const to = join(sample, 'image', relative(join(fixtures, LAYOUT), name.parentPath), name.name);
      await mkdir(dirname(to), { recursive: true });
      await writeFile(to, await readFile(join(name.parentPath, name.name)));
    }
  }
  await writeFile(join(sample, 'cve-records.jsonl'), await readFile(join(fixtures, CVE_RECORDS)));

  const advisories = osvRecords.parse(JSON.parse(await readFile(join(fixtures, ADVISORIES), 'utf8')));
  await writeFile(join(sample, 'advisories.json'), `[\n${lines(advisories)}\n]\n`);

  const { vulnerabilities, ...head } = kevCatalogue.parse(JSON.parse(await readFile(join(fixtures, KEV), 'utf8')));
  const start = JSON.stringify({ ...head, vulnerabilities: [] }).slice(0, -2);
  await writeFile(join(sample, 'kev.json'), `${start}\n${lines(vulnerabilities)}\n]}\n`);

  const named = new Set(advisories.flatMap(({ upstream }) => upstream));
  const [header, columns, ...rows] = gunzipSync(await readFile(join(fixtures, EPSS)))
    .toString()
    .trimEnd()
    .split('\n');
  const kept = rows.filter((row) => named.has(row.split(',', 1)[0] ?? ''));
  await writeFile(join(sample, 'epss.csv'), `${[header, columns, ...kept].join('\n')}\n`);

  const manifest = {
    at: AT,
    completeFor: [{ ecosystem: ECOSYSTEM, packages: await sourcePackages(join(sample, 'image')) }],
  };
  await writeFile(join(sample, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const [fixtures] = process.argv.slice(2);
if (fixtures === undefined) throw new Error('say where the published files are: make-sample.ts FIXTURES');
await make(fixtures, import.meta.dirname);
