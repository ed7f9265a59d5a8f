/**
 * Refreshes made-up OSV archives of full size from a mirror on loopback, in a process of its own, and prints records,
 * seconds and the peak of its memory: `node bench/feeds.ts [RECORDS [debian|npm]]`; 200,000 records of either where
 * left out. Then the same again with 200 records changed, which are fetched one by one.
 *
 * The peak is what Linux says of the process (VmHWM); elsewhere it is not known.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startFeedMirror } from '../test/support/feed-mirror.ts';
import { type ShapeName, SHAPES } from './osv-shapes.ts';
import { writeZip } from './zip-writer.ts';

const CLI = join(import.meta.dirname, '../bin/cavendish.ts');
const records = Number(process.argv[2] ?? '200000');
const shapes = process.argv[3] === undefined ? (Object.keys(SHAPES) as ShapeName[]) : [process.argv[3] as ShapeName];

const folder = await mkdtemp(join(tmpdir(), 'cavendish-bench-'));
const mirror = await startFeedMirror();
try {
  for (const shape of shapes) await bench(shape);
} finally {
  await mirror.close();
  await rm(folder, { recursive: true });
}

async function bench(name: ShapeName): Promise<void> {
  const { family, recordOf } = SHAPES[name];
  const archive = join(folder, `${name}.zip`);
  let bytes = 0;
  function* files(): Iterable<readonly [string, string]> {
    for (let at = 0; at < records; at += 1) {
      const { id, text } = recordOf(at, 0);
      bytes += text.length;
      yield [`${id}.json`, text];
    }
  }
  await writeZip(archive, files());
  const base = `/osv/${encodeURIComponent(family)}`;
  mirror.put(`${base}/all.zip`, await readFile(archive), { lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' });
  mirror.put(`${base}/modified_id.csv`, listOf(0));
  console.log(`${name}: ${records} records, ${(bytes / 1024 ** 2).toFixed(0)} MB in an archive`);
  await refresh(name, family, 'the archive');

  const last = listOf(0).slice(0, listOf(0).indexOf(','));
  for (let at = 0; at < records; at += 1) {
    const { id, modified, text } = recordOf(at, at < 200 ? 1 : 0);
    // What changed last is fetched again: others may have changed at its instant.
    if (at < 200 || modified === last) mirror.put(`${base}/${id}.json`, text);
  }
  mirror.put(`${base}/modified_id.csv`, listOf(200));
  await refresh(name, family, '200 changes');

  function listOf(changed: number): string {
    const lines = Array.from({ length: records }, (_, at) => {
      const { id, modified } = recordOf(at, at < changed ? 1 : 0);
      return `${modified},${id}\n`;
    });
    return lines.sort().reverse().join('');
  }
}

async function refresh(name: ShapeName, family: string, what: string): Promise<void> {
  const env = {
    ...process.env,
    CAVENDISH_FEEDS: JSON.stringify({
      osv: `${mirror.address}/osv`,
      ecosystems: [family],
      quarantine: { staleDays: { advisories: 36_500 } },
    }),
  };
  const args = [CLI, 'feeds', 'refresh', '--only', 'osv', '--json', '--data', join(folder, name)];
  const began = Date.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  let peak = 0;
  const look = setInterval(() => void peakOf(child.pid ?? 0).then((now) => (peak = Math.max(peak, now))), 100);
  await once(child, 'close');
  clearInterval(look);
  const [{ outcome, cause, reasons, imported }] = JSON.parse(said) as [Record<string, unknown>];
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const count = (imported as { count?: number } | null)?.count ?? 0;
  console.log(
    `  ${what.padEnd(12)} ${String(outcome)} ${count} records  ${seconds} s  peak ${(peak / 1024).toFixed(0)} MB`,
  );
  if (outcome !== 'held') console.log(cause, reasons);
}

/** Kilobytes; 0 where it is not known, or the process has ended. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1] ?? '0');
}
