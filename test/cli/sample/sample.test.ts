import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { importSample, SAMPLE } from '../../../lib/cli/sample/sample.ts';
import { cveBucket, epssBucket } from '../../../lib/core/advisories/bucket.ts';
import { answersFor, type HeldFeed } from '../../../lib/core/advisories/feed.ts';
import type { CveRecord } from '../../../lib/core/advisories/records.ts';
import { digestOf } from '../../../lib/core/canonical/canonical.ts';
import { matchPackages } from '../../../lib/core/matching/match-packages.ts';
import { recordsOf } from '../../../lib/core/register/read-records.ts';
import type { Package } from '../../../lib/core/sbom/inventory.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import type { Bucket, Intelligence } from '../../../lib/pipeline/ports/intelligence.ts';
import { aPackage } from '../../support/advisory-builders.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const NOW = new Date('2026-12-01T00:00:00Z');
const PACKAGES = new URL('../../fixtures/advisories/debian-12-packages.json', import.meta.url);

function aHome() {
  return { register: memoryStore().register, evidence: memoryEvidence() };
}

describe('importSample', () => {
  it('takes the snapshot in as feeds of its own, each of its own date', async () => {
    const ports = aHome();
    const { changed, message, report } = await importSample(ports, NOW);

    expect(changed).toBe(true);
    expect(message).toBe('intelligence taken in: 190 advisories, 11 CVE records, 186 EPSS scores, 1662 KEV entries');
    expect(report.feeds.map(({ id, date, count, modelVersion }) => [id, date, count, modelVersion])).toEqual([
      ['sample-advisories', '2026-11-23T00:00:00.000Z', 190, null],
      ['sample-cve', expect.stringMatching(/^2026-/u), 11, null],
      ['sample-epss', '2026-08-16T00:00:00.000Z', 186, 'v5'],
      ['sample-kev', '2026-08-07T16:45:47.064Z', 1662, null],
    ]);
  });

  it('does nothing the second time, and says so', async () => {
    const ports = aHome();
    await importSample(ports, NOW);
    const before = await storedIntelligence(ports.register, ports.evidence).feeds();
    const again = await importSample(ports, new Date('2026-12-02T00:00:00Z'));

    expect(again.changed).toBe(false);
    expect(again.message).toMatch(/^intelligence is held already: 190 advisories/u);
    expect(await storedIntelligence(ports.register, ports.evidence).feeds()).toEqual(before);
  });
});

describe('the sample', () => {
  let packages: readonly Package[];
  let intelligence: Intelligence;
  let feeds: readonly HeldFeed[];
  beforeAll(async () => {
    packages = (JSON.parse(await readFile(PACKAGES, 'utf8')) as Parameters<typeof aPackage>[0][]).map(aPackage);
    const ports = aHome();
    await importSample(ports, NOW);
    intelligence = storedIntelligence(ports.register, ports.evidence);
    feeds = await intelligence.feeds();
  });

  it('answers for every source package of the image, and for no other', () => {
    const held = feeds.find(({ feed }) => feed.kind === 'advisories');
    const sources = new Set(packages.map(({ source }) => source.name));

    expect(sources.size).toBe(63);
    for (const name of sources) expect(answersFor(held!.feed, 'Debian:12', name)).toBe(true);
    expect(held?.feed.completeFor).toEqual([{ ecosystem: 'Debian:12', packages: [...sources].sort() }]);
    expect(answersFor(held!.feed, 'Debian:11', 'perl')).toBe(false);
  });

  it('has 15 vulnerabilities, with the holes that there are in life', async () => {
    const read = async (kind: string, keys: readonly (string | null)[]) => {
      const held = feeds.find(({ feed }) => feed.kind === kind)!;
      const distinct = [...new Set(keys.flatMap((key) => key ?? []))];
      return await Promise.all(
        distinct.map(async (key) => {
          const bucket: Bucket | null = await intelligence.bucket(held, key);
          return { feed: held.feed.id, key, hash: bucket?.hash ?? null, records: bucket?.records ?? [] };
        }),
      );
    };
    const advisories = await read(
      'advisories',
      packages.map(({ source }) => `Debian/${source.name}`),
    );
    const { matches, gaps } = matchPackages(packages, recordsOf(feeds, advisories).advisoriesOf);
    const names = [...new Set(matches.map(({ vulnerability }) => vulnerability))];
    const { factsOf } = recordsOf(feeds, [
      ...(await read('cve', names.map(cveBucket))),
      ...(await read('epss', names.map(epssBucket))),
    ]);
    const without = (is: (cve: CveRecord | null) => boolean) => names.filter((name) => is(factsOf(name).cve)).length;

    expect(gaps).toEqual([]);
    expect([matches.length, names.length]).toEqual([16, 15]);
    expect({
      withoutRecord: without((cve) => cve === null),
      withoutCvss: without((cve) => (cve?.metrics.length ?? 0) === 0),
      withoutEpss: names.filter((name) => factsOf(name).epss === null).length,
    }).toEqual({ withoutRecord: 4, withoutCvss: 7, withoutEpss: 2 });
  });

  it('holds the image by the digest that it says', async () => {
    const index = JSON.parse(await readFile(join(SAMPLE.layout, 'index.json'), 'utf8')) as {
      manifests: { digest: string }[];
    };
    expect(index.manifests.map(({ digest }) => digest)).toEqual([SAMPLE.digest]);

    const blobs = join(SAMPLE.layout, 'blobs', 'sha256');
    for (const name of await readdir(blobs)) expect(digestOf(await readFile(join(blobs, name)))).toBe(`sha256:${name}`);
  });

  it('is judged as of the instant that its manifest says', async () => {
    const manifest = JSON.parse(await readFile(join(SAMPLE.layout, '..', 'manifest.json'), 'utf8')) as { at: string };
    expect(manifest.at).toBe(SAMPLE.date);
  });
});
