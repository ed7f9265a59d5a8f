/** What a refresh does, as it does it, and what it came to. */
import { counted, plainLine } from '../../core/text/plain.ts';
import { importedLines } from '../../pipeline/feeds/import-report.ts';
import type { RefreshedFeed, RefreshProgress } from '../../pipeline/refresh-feeds/refresh-feeds.ts';
import { type Io, remark } from '../io.ts';
import { coloursFor } from './colours.ts';

const MEGABYTE = 1024 ** 2;
/** Of what has no known size, a word each so many bytes. */
const EACH = 16 * MEGABYTE;

/** A line for each tenth of a file, on standard error. @param quiet - nothing is said: a program reads the result */
export function refreshProgress(io: Pick<Io, 'stderr'>, quiet: boolean): (progress: RefreshProgress) => void {
  if (quiet) return () => undefined;
  const { faint } = coloursFor(io.stderr);
  const said = new Map<string, number>();
  return (progress) => {
    if (progress.step === 'done') return;
    if (progress.step === 'read') {
      remark(io, faint(`read    ${progress.feed}: ${counted(progress.records, 'record')}`));
      return;
    }
    const { url, bytes, of } = progress;
    const step = Math.floor(of === null ? bytes / EACH : (bytes / of) * 10);
    if (said.get(url) === step) return;
    said.set(url, step);
    const part = of === null ? '' : ` of ${megabytes(of)}`;
    remark(io, faint(`fetch   ${megabytes(bytes)}${part} ${plainLine(url)}`));
  };
}

export function refreshedLines({
  feed,
  outcome,
  imported,
  reasons,
  news,
  cause,
  next,
}: RefreshedFeed): readonly string[] {
  if (imported !== null) return importedLines(imported);
  switch (outcome) {
    case 'set-aside':
      return [
        `${feed}: ${news ? 'set aside' : 'still set aside'}, what is held stays:`,
        ...reasons.map(({ message }) => `  ${plainLine(message)}`),
      ];
    case 'failed':
      return [
        `${feed}: failed, what is held stays: ${plainLine(cause ?? '')}`,
        ...(next === null ? [] : [`  ${plainLine(next)}`]),
      ];
    default:
      return [`${feed}: nothing new`];
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
