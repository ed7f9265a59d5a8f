/**
 * A risk register of many risks: how long it takes to list, filter and export it, now and as of a past month, and
 * what memory that needs; and what folding one assessment costs.
 *
 *     TMPDIR=/dev/shm node bench/risks.ts [RISKS]     # 50,000 where left out
 *
 * The figures go to bench/results/risks.json, with the machine and the day.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';

import { openLocalStore } from '../lib/adapters/local/store/local-store.ts';
import { writerOf } from '../lib/cli/render/register.ts';
import { parseAppetite } from '../lib/core/appetite/parse-appetite.ts';
import { canonicalBytes } from '../lib/core/canonical/canonical.ts';
import type { Risk } from '../lib/core/risks/risk.ts';
import { everyRow } from '../lib/pipeline/operations/every-row.ts';
import { recordAssessment } from '../lib/pipeline/record-assessment/record-assessment.ts';
import { assignRisk } from '../lib/pipeline/risks/change-risks.ts';
import { foldPlacement } from '../lib/pipeline/risks/fold-placement.ts';
import { EVERY_RISK, listRisks, type RiskFilter } from '../lib/pipeline/risks/list-risks.ts';
import { counted } from '../test/functions/support/counted.ts';
import { anAppetiteFile } from '../test/support/appetites.ts';
import { aDigest, aFinding, anAssessment, aPlacement } from '../test/support/assessments.ts';
import { memoryEvidence } from '../test/support/memory-evidence.ts';

const RISKS = Number(process.argv[2] ?? 50_000);
const EACH = 100;
const START = Date.parse('2026-06-01T00:00:00Z');
const MONTH = 30 * 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'cavendish-risks-'));
const store = openLocalStore(join(folder, 'register.sqlite'));
const asked: Record<string, number> = {};
const register = counted('register', store.register, asked);
const evidence = memoryEvidence();
const value = parseAppetite(anAppetiteFile({}), 'a benchmark');
let now = START;
const folding = { register, evidence, appetite: { value }, now: () => new Date(now) };
const nobody = { principal: 'laptop:bench', person: null, roles: [], enforced: false };
const listing = { register, caller: nobody, appetite: () => value };

interface Measured {
  readonly what: string;
  readonly seconds: number;
  readonly risks: number;
  readonly megabytes: number;
}

const measured: Measured[] = [];

async function measure(what: string, run: () => Promise<number>): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const began = performance.now();
  const risks = await run();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage().rss);
  measured.push({ what, seconds, risks, megabytes: Math.round((most - before) / 1_000_000) });
  console.log(what, measured.at(-1));
}

async function push(image: number, at: string): Promise<void> {
  const repository = `team-${String(image % 50)}/app-${String(image)}`;
  const placement = aPlacement({ repository, digest: aDigest(`image ${String(image)}`) });
  const findings = Array.from({ length: EACH }, (_, index) =>
    aFinding({ vulnerability: `CVE-2026-${String(10_000 + index)}` }),
  );
  const asset = {
    id: `asset-${String(image)}`,
    owner: `team ${String(image % 50)}`,
    exposure: 'internal',
    criticality: 'high',
  };
  const assessment = anAssessment({ placement, findings, asset, at });
  const id = await evidence.put(canonicalBytes(assessment));
  await recordAssessment({ assessment, id, tag: '1.0', basis: 'bench' }, register);
  await foldPlacement(placement, [], folding);
}

async function every(filter: Partial<RiskFilter>, at: string | null): Promise<readonly Risk[]> {
  return await everyRow((page) => listRisks({ ...EVERY_RISK, ...filter }, at, page, listing));
}

async function exported(format: 'csv' | 'json' | 'md', at: string | null): Promise<number> {
  const writer = writerOf(format, { at: at ?? '' });
  let count = 0;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRisks>> = await listRisks(
      EVERY_RISK,
      at,
      { limit: 1000, after },
      listing,
    );
    if (page.rows.length > 0) writer.rows(page.rows);
    count += page.rows.length;
    after = page.next;
  } while (after !== null);
  return count;
}

const images = Math.ceil(RISKS / EACH);
await measure('opened, 100 an assessment', async () => {
  for (let image = 0; image < images; image += 1) await push(image, new Date(now).toISOString());
  return images * EACH;
});
const past = new Date(START + 2 * MONTH).toISOString();
now = START + 3 * MONTH;
await measure('assigned since', async () => {
  const all = await every({}, null);
  const by = { principal: 'laptop:bench', person: null };
  for (const [place, { id }] of all.entries()) {
    if (place % 2 === 0)
      await assignRisk({ id, owner: 'somebody', why: null }, { register, at: new Date(now).toISOString(), by });
  }
  return Math.ceil(all.length / 2);
});
await measure('listed, all', async () => (await every({}, null)).length);
await measure('listed, of one owner', async () => (await every({ owner: 'somebody' }, null)).length);
await measure('listed, of one asset', async () => (await every({ asset: 'asset-7' }, null)).length);
await measure('exported as CSV', async () => await exported('csv', null));
await measure(
  'exported as CSV as of a month in which half of them were other',
  async () => await exported('csv', past),
);
await measure('exported as Markdown', async () => await exported('md', null));

for (const key of Object.keys(asked)) asked[key] = 0;
now += 1000;
await push(3, new Date(now).toISOString());
const requests = { ...asked };
console.log('an assessment that finds the same, recording counted', requests);

const [cpu] = cpus();
const machine = `${cpu?.model ?? 'unknown'} × ${String(cpus().length)}, ${arch()}, Linux ${release()}, Node ${process.version}`;
const results = join(import.meta.dirname, 'results');
mkdirSync(results, { recursive: true });
const day = new Date().toISOString().slice(0, 10);
writeFileSync(
  join(results, 'risks.json'),
  `${JSON.stringify({ machine, day, risks: images * EACH, measured, sameAgain: requests }, null, 2)}\n`,
);
store.close();
rmSync(folder, { recursive: true });
