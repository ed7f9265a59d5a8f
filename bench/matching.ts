/**
 * How long matching takes, as a ratio to JSON.parse of the same records in the same run.
 *
 *     node bench/matching.ts
 *
 * The sample (88 packages, 190 records), and a large image made up: 500 packages of Debian 12, 100
 * records each. Each figure is the best of several runs; ratios travel between machines, times don't.
 */
import { readFileSync } from 'node:fs';

import { readOsv } from '../lib/core/advisories/osv.ts';
import type { OsvRecord } from '../lib/core/advisories/records.ts';
import { matchPackages } from '../lib/core/matching/match-packages.ts';
import type { Package } from '../lib/core/sbom/inventory.ts';

const RUNS = 7;

interface Case {
  readonly name: string;
  readonly packages: readonly Package[];
  readonly records: readonly OsvRecord[];
}

function aPackage({ name, version, source }: Pick<Package, 'name' | 'version' | 'source'>): Package {
  return {
    ...{ type: 'deb', name, version, source, architecture: 'amd64', ecosystem: 'Debian:12' },
    purl: `pkg:deb/debian/${name}@${version}?arch=amd64`,
    layer: `sha256:${'1'.repeat(64)}`,
    path: 'var/lib/dpkg/status',
    foundBy: 'dpkg',
  };
}

function theSample(): Case {
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const packages = read('../test/fixtures/advisories/debian-12-packages.json') as Parameters<typeof aPackage>[0][];
  const records = read('../lib/cli/sample/advisories.json') as unknown[];
  return { name: 'sample', packages: packages.map(aPackage), records: records.map(readOsv) };
}

/** One record in ten matches; every fourth names its CVE by an alias, the others upstream. */
function aLargeImage(): Case {
  const packages = Array.from({ length: 500 }, (_, n) => {
    const name = `package${String(n)}`;
    return aPackage({ name, version: '1:2.36-9+deb12u5', source: { name, version: '1:2.36-9+deb12u5' } });
  });
  const records = packages.flatMap(({ name }, n) =>
    Array.from({ length: 100 }, (_, m) => {
      const cve = `CVE-${String(2007 + (m % 20))}-${String(10_000 + n * 100 + m)}`;
      const fixed = `1:2.${String(28 + (m % 10))}-${String(m % 9)}+deb12u${String(m % 13)}`;
      return readOsv({
        id: `DSA-${String(n)}-${String(m)}`,
        modified: '2026-11-23T00:00:00Z',
        ...(m % 4 === 0 ? { aliases: [cve, `GHSA-${String(n)}-${String(m)}`] } : { upstream: [cve] }),
        affected: ['Debian:11', 'Debian:12', 'Debian:13'].map((ecosystem) => ({
          package: { ecosystem, name },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
        })),
      });
    }),
  );
  return { name: 'large', packages, records };
}

/** Milliseconds, the best of several runs. */
function timed(work: () => unknown): number {
  let best = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

for (const { name, packages, records } of [theSample(), aLargeImage()]) {
  const byPackage = Map.groupBy(records, ({ affected }) => affected[0]?.name ?? '');
  const text = JSON.stringify(records);

  const parsing = timed(() => JSON.parse(text) as unknown);
  const matching = timed(() => matchPackages(packages, ({ name: of }) => byPackage.get(of) ?? []));
  const { matches } = matchPackages(packages, ({ name: of }) => byPackage.get(of) ?? []);
  console.log(
    [
      `matching ${name}: ${String(packages.length)} packages, ${String(records.length)} records, ${String(matches.length)} matches`,
      `${matching.toFixed(1)} ms, ${(matching / parsing).toFixed(2)} times JSON.parse of the records (${parsing.toFixed(1)} ms)`,
    ].join(': '),
  );
}
