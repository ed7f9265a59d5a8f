/** EPSS scores, from their lines; see core/advisories/epss.ts for the format. */
import {
  EPSS_COLUMNS,
  type EpssHeader,
  isEpssHeader,
  readEpssHeader,
  readEpssLine,
} from '../../core/advisories/epss.ts';
import type { EpssRecord } from '../../core/advisories/records.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { FeedPart } from '../../pipeline/ports/feed-source.ts';

/** Scores handed on together. */
const BATCH = 1000;

/** @throws CavendishError `bad-input` that names the line or the vulnerability */
export async function* epssParts(lines: AsyncIterable<string>, where: string): AsyncIterable<FeedPart> {
  let number = 0;
  let columns = false;
  let any = false;
  let header: EpssHeader = { modelVersion: null, date: null };
  let records: EpssRecord[] = [];

  for await (const line of lines) {
    number += 1;
    if (columns) {
      records.push(readEpssLine(line, number));
      if (records.length === BATCH) {
        yield { kind: 'epss', records };
        records = [];
        any = true;
      }
    } else if (number === 1 && isEpssHeader(line)) header = readEpssHeader(line);
    else if (line === EPSS_COLUMNS) {
      columns = true;
      yield { kind: 'epss-header', where, header };
    } else throw new CavendishError('bad-input', `EPSS: line ${String(number)} is not the columns "${EPSS_COLUMNS}"`);
  }
  if (records.length > 0) yield { kind: 'epss', records };
  else if (!any) throw new CavendishError('bad-input', 'EPSS: the file holds no score');
}
