/**
 * Reads CVE records (CVE JSON 5, https://github.com/CVEProject/cve-schema), trimmed.
 *
 * A record's identity, state and dates are read strictly. Its figures come from many hands: a
 * vector that is none is not a figure, and is left out without harm to the rest; whoever reads
 * many records is told of each (`onLeftOut`), and the vulnerability stays as unrated as it is.
 */
import { z } from 'zod';

import { vectorsOf } from './cve-metrics.ts';
import { type CveMetrics, ssvcOf } from './cve-ssvc.ts';
import { cveId, instant, list, nameOf, nullable, readAs } from './reading.ts';
import type { CveMetric, CveRecord } from './records.ts';

const container = z.object({
  providerMetadata: z.object({ shortName: z.string().nullish() }).nullish(),
  title: nullable(z.string()),
  tags: list(z.string()),
  problemTypes: list(z.object({ descriptions: list(z.object({ cweId: z.string().nullish() })) })),
  metrics: list(z.record(z.string(), z.unknown())),
});

type CveContainer = z.output<typeof container> & CveMetrics;

const record = z.object({
  dataType: z.literal('CVE_RECORD').optional(),
  cveMetadata: z.object({
    cveId,
    state: z.enum(['PUBLISHED', 'REJECTED']),
    datePublished: nullable(instant),
    dateUpdated: nullable(instant),
  }),
  containers: z.object({ cna: container, adp: list(container) }),
});

/**
 * @param onLeftOut - told of each figure that is none, in words
 * @throws CavendishError `bad-input` that names the record and the field
 */
export function readCve(raw: unknown, onLeftOut: (what: string) => void = () => undefined): CveRecord {
  const { cveMetadata, containers } = readAs(record, raw, nameOf('CVE record', idOf(raw)));
  const from = (role: string, one: z.output<typeof container>): CveContainer => ({
    ...one,
    source: `${role}:${one.providerMetadata?.shortName ?? 'unknown'}`,
  });
  const all = [from('cna', containers.cna), ...containers.adp.map((one) => from('adp', one))];

  return {
    id: cveMetadata.cveId,
    state: cveMetadata.state,
    published: cveMetadata.datePublished,
    updated: cveMetadata.dateUpdated,
    title: containers.cna.title,
    disputed: all.some(({ tags }) => tags.includes('disputed')),
    cwes: cwesOf(all),
    metrics: metricsOf(all, (what) => onLeftOut(`${cveMetadata.cveId}: ${what}`)),
    ssvc: ssvcOf(all),
  };
}

function idOf(raw: unknown): unknown {
  return (raw as { cveMetadata?: { cveId?: unknown } | null } | null | undefined)?.cveMetadata?.cveId;
}

function cwesOf(containers: readonly CveContainer[]): readonly string[] {
  const ids = containers.flatMap(({ problemTypes }) =>
    problemTypes.flatMap(({ descriptions }) => descriptions.map((description) => description.cweId ?? '')),
  );
  return [...new Set(ids.filter((id) => /^CWE-\d+$/u.test(id)))].sort();
}

/** In the order of the record: the CNA's first. The same vector from the same source is one. */
function metricsOf(containers: readonly CveContainer[], onLeftOut: (what: string) => void): readonly CveMetric[] {
  const metrics = containers.flatMap(({ source, metrics: raw }) =>
    vectorsOf(raw, (what) => onLeftOut(`${source}: ${what}`)).map((vector) => ({ source, vector })),
  );
  return [...new Map(metrics.map((metric) => [`${metric.source} ${metric.vector}`, metric])).values()];
}
