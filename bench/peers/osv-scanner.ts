/**
 * Asks osv-scanner, offline, and Cavendish the same of the same advisories, and prints where they differ:
 *
 *     node bench/peers/osv-scanner.ts ADVISORIES… [--with osv-scanner] [--answers FILE]
 *
 * ADVISORIES are OSV records as JSON Lines (gzip or not), or advisories of nodejs/security-wg, which are converted. Asked
 * are all versions that they name, and their neighbours. `--answers` keeps what osv-scanner
 * says, a line a package, and where Cavendish differs what that says, and why.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

import { ecosystemFamily } from '../../lib/core/advisories/bucket.ts';
import { readOsv } from '../../lib/core/advisories/osv.ts';
import type { OsvRecord } from '../../lib/core/advisories/records.ts';
import { askOsvScanner } from './ask-osv-scanner.ts';
import { type Asked, boundaryPackages } from './boundary-packages.ts';
import { whyDifferent } from './known-differences.ts';
import { type SecurityWgAdvisory, securityWgToOsv } from './security-wg-to-osv.ts';

const CLI = join(import.meta.dirname, '../../bin/cavendish.ts');
/** What test data of OSV's projects has for an instant; any instant does here. */
const PLACEHOLDER = '<RFC3339 date with the year 2026>';
const SHOWN = 30;
const UNKNOWN = 'nobody knows why';

interface Raw {
  readonly id: string;
  readonly modified: string;
}

interface Answer {
  readonly purl: string;
  readonly error?: string;
  readonly gaps?: readonly string[];
  readonly findings?: readonly { readonly records: readonly string[] }[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { with: { type: 'string', default: 'osv-scanner' }, answers: { type: 'string' } },
});

const leftOut: string[] = [];
const folder = await mkdtemp(join(tmpdir(), 'cavendish-peers-'));
try {
  const raws = await readAdvisories(positionals);
  const records = raws.map((raw) => readOsv(raw));
  const byFamily = new Map<string, Map<string, string>>();
  for (const [at, { id, affected }] of records.entries()) {
    for (const family of affected.map(({ ecosystem }) => ecosystemFamily(ecosystem))) {
      byFamily.set(family, (byFamily.get(family) ?? new Map<string, string>()).set(id, JSON.stringify(raws[at])));
    }
  }
  const asked = boundaryPackages(records);
  console.log(`${String(raws.length)} advisories, ${String(asked.length)} packages`);
  console.log(`${String(leftOut.length)} records that are no OSV left out: ${leftOut.slice(0, SHOWN).join('; ')}`);
  const theirs = await askOsvScanner(values.with, folder, byFamily, asked);
  const ours = await askCavendish(raws, asked);
  await report(asked, records, theirs, ours);
} finally {
  await rm(folder, { recursive: true });
}

/** Of several copies of a record the newest. */
async function readAdvisories(files: readonly string[]): Promise<readonly Raw[]> {
  const newest = new Map<string, Raw>();
  for (const file of files) {
    const bytes = await readFile(file);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    for (const line of text.split('\n').filter((one) => one !== '')) {
      const raw = osvOf(JSON.parse(line) as object);
      if (raw === null || !isReadable(raw)) continue;
      const held = newest.get(raw.id);
      if (held === undefined || held.modified < raw.modified) newest.set(raw.id, raw);
    }
  }
  return [...newest.values()];
}

/** Null for what names no package: the advisories of Node itself. */
function osvOf(given: object): Raw | null {
  const raw = given as Raw | SecurityWgAdvisory;
  if ('modified' in raw) return { ...raw, ...(raw.modified === PLACEHOLDER && { modified: '2026-01-01T00:00:00Z' }) };
  return 'module_name' in raw ? (securityWgToOsv(raw) as Raw | null) : null;
}

/** What breaks the OSV schema neither of the two is asked about. */
function isReadable(raw: Raw): boolean {
  try {
    readOsv(raw);
    return true;
  } catch (error) {
    leftOut.push(Error.isError(error) ? error.message : String(error));
    return false;
  }
}

async function askCavendish(raws: readonly Raw[], asked: readonly Asked[]): Promise<ReadonlyMap<string, Answer>> {
  const [records, list, data] = [join(folder, 'records.jsonl'), join(folder, 'purls.txt'), join(folder, 'home')];
  await writeFile(records, raws.map((raw) => `${JSON.stringify(raw)}\n`).join(''));
  await writeFile(list, asked.map(({ purl }) => `${purl}\n`).join(''));
  cavendish(['feeds', 'import', records, '--data', data]);
  const lines = cavendish(['match', '--purls', list, '--data', data, '--json']).trimEnd().split('\n');
  const answers = lines.map((line) => JSON.parse(line) as Answer);
  return new Map(answers.map((answer) => [answer.purl, answer]));
}

function cavendish(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`cavendish ended with ${String(status)}: ${stderr.toString()}`);
  return stdout.toString();
}

/** Ids of the advisories that matched; what nobody can decide, or why it can't be asked, in words. */
function saidOf(answer: Answer | undefined): { readonly ids: readonly string[]; readonly open: readonly string[] } {
  if (answer === undefined) return { ids: [], open: ['no answer'] };
  const ids = [...new Set((answer.findings ?? []).flatMap(({ records }) => records))].sort();
  const open = (answer.gaps ?? []).filter((gap) => !gap.startsWith('no advisories that are held answer'));
  return { ids, open: answer.error === undefined ? open : [answer.error] };
}

async function report(
  asked: readonly Asked[],
  records: readonly OsvRecord[],
  theirs: ReadonlyMap<string, readonly string[] | null>,
  ours: ReadonlyMap<string, Answer>,
): Promise<void> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const compared = asked.map((one) => {
    const they = theirs.get(one.purl) ?? null;
    const { ids: we, open } = saidOf(ours.get(one.purl));
    const more = [...we.filter((id) => they?.includes(id) !== true), ...(they ?? []).filter((id) => !we.includes(id))];
    const whys = more.map((id) => whyOf(one, byId.get(id), we.includes(id)));
    return {
      ...one,
      family: ecosystemFamily(one.ecosystem),
      they,
      we,
      open,
      whys: they === null ? ['no answer'] : whys,
    };
  });
  if (values.answers !== undefined) {
    const lines = compared.map(({ purl, they: ids, we: cavendish, whys }) => {
      return `${JSON.stringify({ purl, ids, ...(whys.length > 0 && { cavendish, whys: [...new Set(whys)] }) })}\n`;
    });
    await writeFile(values.answers, lines.join(''));
  }
  for (const [family, some] of Map.groupBy(compared, (one) => one.family)) {
    const matches = some.reduce((sum, { they }) => sum + (they?.length ?? 0), 0);
    const unlike = some.filter(({ whys }) => whys.length > 0);
    console.log(
      `${family}: ${String(some.length)} packages, ${String(matches)} matches, ${String(unlike.length)} packages differ`,
    );
    for (const [why, those] of Map.groupBy(
      unlike.flatMap(({ whys, purl }) => [...new Set(whys)].map((why) => [why, purl])),
      ([why]) => why,
    )) {
      console.log(
        `  ${String(those.length)}: ${why ?? ''} (${those
          .slice(0, 3)
          .map(([, purl]) => purl)
          .join(', ')})`,
      );
    }
    for (const { purl, they, we, open } of unlike.filter(({ whys }) => whys.includes(UNKNOWN)).slice(0, SHOWN)) {
      console.log(`  ${purl}: osv-scanner [${they?.join(' ') ?? ''}], Cavendish [${we.join(' ')}] ${open.join('; ')}`);
    }
  }
}

function whyOf(asked: Asked, record: OsvRecord | undefined, isOurs: boolean): string {
  return (record && whyDifferent(asked, record, isOurs)) ?? UNKNOWN;
}
