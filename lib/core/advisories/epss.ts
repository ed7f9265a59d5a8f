/**
 * Reads EPSS scores, as FIRST publishes them: CSV, one vulnerability a line.
 *
 *     #model_version:v2025.03.14,score_date:2026-06-14T00:00:00+0000
 *     cve,epss,percentile
 *     CVE-1999-0001,0.00988,0.77371
 *
 * Mirrors lose the model ("unknown") or the whole first line; the model is then the one that was
 * in use on the day of the scores (https://www.first.org/epss/model).
 */
import { CavendishError } from '../errors/error.ts';
import { plainLine } from '../text/plain.ts';
import { instantOf } from './reading.ts';
import type { EpssRecord } from './records.ts';

export interface EpssHeader {
  /** As published; null where the file does not say. */
  readonly modelVersion: string | null;
  /** Of which day the scores are (ISO 8601, UTC); null where the file does not say. */
  readonly date: string | null;
}

/** From which day each model made the published scores. */
const MODELS: readonly (readonly [since: string, model: string])[] = [
  ['2026-06-15', 'v5'],
  ['2025-03-17', 'v4'],
  ['2023-03-07', 'v3'],
  ['2022-02-04', 'v2'],
  ['2021-01-07', 'v1'],
];

export const EPSS_COLUMNS = 'cve,epss,percentile';

const LINE = /^(CVE-\d{4}-\d{4,19}),([^,]*),([^,]*)$/u;
/** Plain or with an exponent, as CSV writers print small figures. */
const FIGURE = /^\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/u;

/** True for the line that carries the model and the date. */
export function isEpssHeader(line: string): boolean {
  return line.startsWith('#');
}

/** @throws CavendishError `bad-input` where the date is none */
export function readEpssHeader(line: string): EpssHeader {
  const members = new Map(
    line
      .replace(/^#/u, '')
      .split(',')
      .map((member) => {
        const colon = member.indexOf(':');
        return [member.slice(0, colon).trim(), member.slice(colon + 1).trim()] as const;
      }),
  );
  const model = members.get('model_version') ?? '';
  const said = members.get('score_date');
  const date = said === undefined ? null : instantOf(said);
  if (said !== undefined && date === null) {
    throw new CavendishError('bad-input', `EPSS: "${plainLine(said)}" is not the date of its scores`);
  }
  return { modelVersion: model === '' || model.toLowerCase() === 'unknown' ? null : model, date };
}

/** The model that made the scores of a day (ISO 8601); `unknown` before the first. */
export function epssModelOf(date: string): string {
  return MODELS.find(([since]) => date.slice(0, 10) >= since)?.[1] ?? 'unknown';
}

/**
 * Reads a line.
 *
 * @param number - its place in the file, for the message
 * @throws CavendishError `bad-input` where it is no CVE with two figures between 0 and 1
 */
export function readEpssLine(line: string, number: number): EpssRecord {
  const [, id, score = '', percentile = ''] = LINE.exec(line) ?? [];
  if (id === undefined) {
    throw new CavendishError(
      'bad-input',
      `EPSS: line ${String(number)} is not "${EPSS_COLUMNS}": "${plainLine(line.slice(0, 80))}"`,
    );
  }
  return { id, score: figure(score, id, 'epss'), percentile: figure(percentile, id, 'percentile') };
}

function figure(text: string, id: string, column: string): number {
  const value = FIGURE.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new CavendishError('bad-input', `EPSS: ${id}: ${column} "${plainLine(text)}" is not a figure between 0 and 1`);
}
