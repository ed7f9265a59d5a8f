/** The risk register as a document: rows as they come, so that it never has to be held whole. */
import { ownerOf, type Risk } from '../../core/risks/risk.ts';
import { csvOf } from '../../core/text/csv.ts';
import { plainLine } from '../../core/text/plain.ts';
import { actorName, whatOf } from './risk.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'md'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface Writer {
  readonly begin: string;
  /** Of one page; never of none. */
  readonly rows: (risks: readonly Risk[]) => string;
  readonly end: string;
}

type Column = readonly [string, (risk: Risk) => string];

const COLUMNS: readonly Column[] = [
  ['id', ({ id }) => id],
  ['kind', ({ kind }) => kind],
  ['asset', ({ asset }) => asset],
  ['what', whatOf],
  ['title', ({ title }) => title],
  ['aliases', ({ aliases }) => aliases.join(' ')],
  ['state', ({ state }) => state],
  ['severity', ({ severity }) => severity],
  ['likelihood', ({ scores }) => String(scores.likelihood)],
  ['impact', ({ scores }) => String(scores.impact)],
  ['inherent', ({ scores }) => String(scores.inherent)],
  ['residual', ({ scores }) => String(scores.residual)],
  ['fixed in', ({ fixedIn }) => fixedIn ?? ''],
  ['owner', ownerOf],
  ['stages', ({ stages }) => stages.join(' ')],
  ['bases', ({ bases }) => bases.join(' ')],
  ['treatment', ({ treatment }) => treatment.kind],
  ['due', ({ treatment }) => treatment.due ?? ''],
  ['exception', ({ treatment }) => treatment.exception ?? ''],
  ['treated because', ({ treatment }) => treatment.why ?? ''],
  ['treated by', ({ treatment }) => (treatment.at === null ? '' : actorName(treatment.by))],
  ['controls', ({ controls }) => controls.join(' | ')],
  ['first seen', ({ firstSeen }) => firstSeen],
  ['last seen', ({ lastSeen }) => lastSeen ?? ''],
  ['closed', ({ closed }) => closed?.at ?? ''],
  ['closed because', ({ closed }) => (closed === null ? '' : `${closed.how}: ${closed.why}`)],
  ['evidence', ({ closed }) => closed?.evidence ?? ''],
  ['reopened', ({ reopened }) => String(reopened)],
  ['merged into', ({ mergedInto }) => mergedInto ?? ''],
  ['changed', ({ changedAt }) => changedAt],
];

/** What a page of paper has room for. */
const ON_PAPER = [
  'id',
  'asset',
  'what',
  'state',
  'severity',
  'inherent',
  'residual',
  'owner',
  'treatment',
  'due',
  'closed because',
];

export function writerOf(format: ExportFormat, { at }: { readonly at: string }): Writer {
  switch (format) {
    case 'csv':
      return { begin: csvOf([COLUMNS.map(([name]) => name)]), rows: csvRows, end: '' };
    case 'json': {
      let lead = '';
      // One risk a line: a document of any length can be read line by line.
      const rows = (risks: readonly Risk[]): string => {
        const lines = risks.map((risk) => {
          const line = `${lead}${JSON.stringify(risk)}`;
          lead = ',';
          return line;
        });
        return lines.join('\n');
      };
      return { begin: `{"at":${JSON.stringify(at)},"risks":[`, rows, end: ']}' };
    }
    case 'md': {
      const columns = COLUMNS.filter(([name]) => ON_PAPER.includes(name));
      const head = [columns.map(([name]) => name), columns.map(() => '---')].map(mdRow);
      const rows = (risks: readonly Risk[]): string =>
        risks.map((risk) => mdRow(columns.map(([, of]) => mdCell(of(risk))))).join('\n');
      return { begin: [`# Risk register as of ${at}`, '', ...head].join('\n'), rows, end: '' };
    }
  }
}

function csvRows(risks: readonly Risk[]): string {
  return csvOf(risks.map((risk) => COLUMNS.map(([, of]) => plainLine(of(risk)))));
}

function mdRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Nothing of it is Markdown or HTML: what could be is escaped, and a web address is no link. */
function mdCell(text: string): string {
  return plainLine(text)
    .replace(/[&<>]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
    .replace(/[\\`*_{}[\]()#+!|~^$-]/gu, String.raw`\$&`)
    .replace(/:\/\//gu, ':&#47;&#47;')
    .replace(/@/gu, '&#64;')
    .replace(/www\./giu, (text_) => `${text_.slice(0, 3)}&#46;`);
}
