/** Asks osv-scanner what its offline database says: of a list of packages, by ecosystem, name and version. */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { spellingOf } from '../../lib/core/advisories/bucket.ts';
import { writeZip } from '../zip-writer.ts';
import type { Asked } from './boundary-packages.ts';

interface Answers {
  readonly results: readonly {
    readonly packages: readonly {
      readonly package: { readonly name: string; readonly version: string };
      readonly vulnerabilities?: readonly { readonly id: string }[];
    }[];
  }[];
}

/** Packages of an answer: it repeats each advisory with each of them. */
const TOGETHER = 1000;
const FLAGS = ['--offline', '--all-packages', '--all-vulns', '--no-resolve', '--format', 'json'];

/**
 * @param program - osv-scanner v2
 * @param folder - becomes its database
 * @param advisories - OSV records by the family of ecosystems, id → text
 * @returns package URL → ids of advisories, in order; null where it leaves the package out
 */
export async function askOsvScanner(
  program: string,
  folder: string,
  advisories: ReadonlyMap<string, ReadonlyMap<string, string>>,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, readonly string[] | null>> {
  for (const [family, records] of advisories) {
    const archive = join(folder, 'osv-scanner', family);
    await mkdir(archive, { recursive: true });
    await writeZip(
      join(archive, 'all.zip'),
      [...records].map(([id, text]) => [`${id}.json`, text] as const),
    );
  }
  const answers = new Map<string, readonly string[] | null>();
  // It joins packages of one name and version, whatever their ecosystem: each is asked about by itself.
  for (const all of Map.groupBy(asked, ({ ecosystem }) => ecosystem).values()) {
    for (let at = 0; at < all.length; at += TOGETHER) {
      const some = all.slice(at, at + TOGETHER);
      const found = await ask(program, folder, some);
      for (const { ecosystem, name, version, purl } of some) {
        // It answers of PyPI by names in one spelling.
        const said = ecosystem === 'PyPI' ? spellingOf(ecosystem, name) : name;
        answers.set(purl, found.get(`${said} ${version}`) ?? null);
      }
    }
  }
  return answers;
}

async function ask(program: string, folder: string, asked: readonly Asked[]) {
  const [list, output] = [join(folder, 'packages.json'), join(folder, 'answers.json')];
  const packages = asked.map(({ ecosystem, name, version }) => ({ package: { ecosystem, name, version } }));
  await writeFile(list, JSON.stringify({ results: [{ packages }] }));
  const { status, stderr } = spawnSync(
    program,
    ['scan', 'source', '-L', `osv-scanner:${list}`, ...FLAGS, '--output', output],
    { env: { ...process.env, OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: folder }, maxBuffer: 2 ** 30 },
  );
  // 1: it found some.
  if (status !== 0 && status !== 1) throw new Error(`${program} ended with ${String(status)}: ${String(stderr)}`);
  const { results } = JSON.parse(await readFile(output, 'utf8')) as Answers;
  const found = results.flatMap((result) => result.packages);
  return new Map(
    found.map(({ package: { name, version }, vulnerabilities = [] }) => [
      `${name} ${version}`,
      vulnerabilities.map(({ id }) => id).sort(),
    ]),
  );
}
