import { readFileSync } from 'node:fs';

import { type ReadOpinion, readReport, type ReportFormat } from '../../../lib/adapters/reports/read-report.ts';

export function fixture(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`test/fixtures/reports/${name}`, 'utf8')) as Record<string, unknown>;
}

export function reading(document: unknown, format?: ReportFormat): ReadOpinion {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  return readReport(bytes, { source: 'report.json', ...(format !== undefined && { format }) });
}

/** Each finding as one line: `CVE-1 (GHSA-1) deb perl 5.36 high`. */
export function linesOf({ opinion }: ReadOpinion): readonly string[] {
  return opinion.findings.map(({ vulnerability, aliases, package: { type, name, version }, severity }) =>
    [vulnerability, aliases.map((alias) => `(${alias})`), type ?? '?', name, version ?? '?', severity].flat().join(' '),
  );
}
