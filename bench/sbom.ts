/**
 * How long an SBOM takes and how much memory, as ratios in the same run to two others over the same layers:
 *
 * - the floor (bench/floor.ts): unpacking, a tar reader and both hashes in Node, nothing else;
 * - `gzip -dc LAYER | sha256sum`: the least that anybody does who verifies a layer.
 *
 * And what a clone with one small layer of its own costs, where the layers of its base are known.
 *
 *     node bench/sbom.ts IMAGE [RUNS]      an OCI layout (folder or tar) or an archive of docker save; 5 runs
 *
 * Each is a process of its own, with nothing kept from the one before. Each figure is the best of several runs, taken in
 * turns; ratios travel between machines, times don't.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { OpenImage } from '../lib/core/image/open-image.ts';
import { type LayerCache, type LayerResult, parseLayerResult, scanImage } from '../lib/scanner/scan-image.ts';
import { file, layer } from '../test/support/layers.ts';
import { withImage } from './with-image.ts';

const UNPACK: Readonly<Record<string, string>> = { gzip: 'gzip -dc', zstd: 'zstd -dc', tar: 'cat' };
const FLOOR = join(import.meta.dirname, 'floor.ts');

/** Of the work alone, without the start of Node; MiB. */
interface Cost {
  readonly milliseconds: number;
  readonly peak: number;
}

type Scanned = Cost & { readonly packages: number; readonly gaps: number };

/** @param known - a file of results of layers, written where it is empty */
async function scanOnce(path: string, known: string, isClone: boolean): Promise<Scanned> {
  const start = performance.now();
  const kept: LayerResult[] = isClone ? (JSON.parse(readFileSync(known, 'utf8')) as unknown[]).flatMap(read) : [];
  const cache: LayerCache = {
    get: (diffId) => Promise.resolve(kept.find((one) => one.diffId === diffId) ?? null),
    put: async (result) => {
      if (!isClone) kept.push(result);
      await Promise.resolve();
    },
  };
  const { packages, gaps } = await withImage(path, async (image) =>
    scanImage(isClone ? await cloneOf(image) : image, { cache }),
  );
  const milliseconds = performance.now() - start;
  const peak = process.resourceUsage().maxRSS / 1024;
  if (!isClone) writeFileSync(known, JSON.stringify(kept));
  return { milliseconds, peak, packages: packages.length, gaps: gaps.length };
}

function read(value: unknown): readonly LayerResult[] {
  const result = parseLayerResult(value);
  return result === null ? [] : [result];
}

/** One small layer more. */
async function cloneOf(image: OpenImage): Promise<OpenImage> {
  const { bytes, digest, diffId } = await layer([file('app/main.txt', 'of its own'.repeat(10_000))]);
  const own = { digest, diffId, size: bytes.byteLength, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' };
  return {
    ...image,
    layers: [...image.layers, { ...own, createdBy: null }],
    readLayer: async (of, signal) =>
      of.diffId === diffId ? Readable.from([bytes]) : await image.readLayer(of, signal),
  };
}

/** Layers as files, and the command that unpacks and hashes them all. */
async function gzipOf(path: string, folder: string): Promise<string> {
  return withImage(path, async (image) => {
    const commands: string[] = [];
    for (const [nth, one] of image.layers.entries()) {
      const stored = join(folder, String(nth));
      await pipeline(await image.readLayer(one), createWriteStream(stored));
      const [, packing = 'tar'] = /(gzip|zstd)$/u.exec(one.mediaType) ?? [];
      commands.push(`${UNPACK[packing] ?? 'cat'} < ${stored} | sha256sum`);
    }
    return commands.join('; ');
  });
}

function run(command: string, parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout;
}

function best(all: readonly Cost[]): Cost {
  return {
    milliseconds: Math.min(...all.map((one) => one.milliseconds)),
    peak: Math.min(...all.map((one) => one.peak)),
  };
}

async function measure(path: string, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cavendish-bench-'));
  try {
    const [command, known] = [await gzipOf(path, folder), join(folder, 'known.json')];
    const [gzips, floors, scans, clones]: [number[], Cost[], Scanned[], Scanned[]] = [[], [], [], []];
    for (let nth = 0; nth < runs; nth += 1) {
      const start = performance.now();
      run('sh', ['-c', command]);
      gzips.push(performance.now() - start);
      floors.push(JSON.parse(run(process.execPath, [FLOOR, path])) as Cost);
      for (const [all, how] of [
        [scans, '--once'],
        [clones, '--clone'],
      ] as const) {
        all.push(JSON.parse(run(process.execPath, [import.meta.filename, how, path, known])) as Scanned);
      }
    }
    const [gzip, floor, scan, clone] = [Math.min(...gzips), best(floors), best(scans), best(clones)];
    const times = (of: number, to: number): string => (of / to).toFixed(2);
    const lines = [
      `gzip | sha256sum  ${gzip.toFixed(0)} ms   ${String(command.split(';').length)} layers`,
      `floor             ${floor.milliseconds.toFixed(0)} ms   ${times(floor.milliseconds, gzip)} of gzip   ${floor.peak.toFixed(0)} MiB`,
      `SBOM              ${scan.milliseconds.toFixed(0)} ms   ${times(scan.milliseconds, floor.milliseconds)} of the floor   ` +
        `${times(scan.milliseconds, gzip)} of gzip   ${scan.peak.toFixed(0)} MiB, ${(scan.peak - floor.peak).toFixed(0)} above the floor   ` +
        `${String(scans[0]?.packages)} packages, ${String(scans[0]?.gaps)} gaps`,
      `a clone of it     ${clone.milliseconds.toFixed(0)} ms   ${times(clone.milliseconds, scan.milliseconds)} of the first`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, second, third] = process.argv.slice(2);
if ((first === '--once' || first === '--clone') && second !== undefined && third !== undefined)
  process.stdout.write(JSON.stringify(await scanOnce(second, third, first === '--clone')));
else if (first !== undefined) await measure(first, Number(second ?? '5'));
else throw new Error('name an image: node bench/sbom.ts IMAGE');
