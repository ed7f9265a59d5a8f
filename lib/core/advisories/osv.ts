/**
 * Reads OSV records (https://ossf.github.io/osv-schema/), trimmed to what a judgement reads.
 *
 * Strict where a wrong reading could say "not affected": events, ranges and dates. Members that
 * no judgement reads (references, credits, database_specific) are passed over.
 */
import { z } from 'zod';

import { ecosystemFamily } from './bucket.ts';
import { isCve } from './cve-id.ts';
import { instant, list, nameOf, nullable, readAs } from './reading.ts';
import type { OsvAffected, OsvEvent, OsvRecord } from './records.ts';

const name = z.string().min(1).max(1000);

const EVENTS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

const event = z
  .partialRecord(z.enum(EVENTS), name)
  .refine((value) => Object.keys(value).length === 1, `is not exactly one of ${EVENTS.join(', ')}`)
  .transform((value): OsvEvent => value);

const range = z
  .object({ type: z.enum(['ECOSYSTEM', 'SEMVER', 'GIT']), events: z.array(event) })
  .refine(({ events }) => events.some(({ introduced }) => introduced !== undefined), 'has no "introduced" event');

const severity = z.object({ type: name, score: name });

const affected = z.object({
  package: z.object({ ecosystem: name, name }).nullish(),
  ranges: list(range),
  versions: list(z.string()),
  severity: list(severity),
});

/** What Go's tools write where there is no instant. */
const NO_INSTANT = '0001-01-01T00:00:00.000Z';

const record = z.object({
  id: name,
  modified: instant,
  published: nullable(instant).transform((value) => (value === NO_INSTANT ? null : value)),
  withdrawn: nullable(instant),
  aliases: list(name),
  upstream: list(name),
  related: list(name),
  summary: nullable(z.string()),
  severity: list(severity),
  affected: list(affected),
});

/**
 * Reads a record. What it says of no package (commits of a repository) is left out.
 *
 * @throws CavendishError `bad-input` that names the record and the field
 */
export function readOsv(raw: unknown): OsvRecord {
  const { related, ...read } = readAs(
    record,
    raw,
    nameOf('OSV record', (raw as { id?: unknown } | null | undefined)?.id),
  );
  return {
    ...read,
    aliases: [...new Set(read.aliases)],
    upstream: [...new Set(isErratum(read) ? related.filter(isCve) : read.upstream)],
    affected: read.affected.flatMap(({ package: about, ...rest }): OsvAffected[] =>
      about ? [{ ecosystem: about.ecosystem, name: about.name, ...rest }] : [],
    ),
  };
}

/** Distributions that file what an update mends. */
const ERRATA = new Set(['AlmaLinux', 'Rocky Linux', 'Red Hat', 'SUSE', 'openSUSE', 'Mageia']);

/**
 * A record of an update that says in `related` alone what the update mends, as OSV had it before there was `upstream`
 * (docs/decisions/0013-related-of-errata.md).
 */
function isErratum({
  aliases,
  upstream,
  affected: entries,
}: Pick<z.output<typeof record>, 'aliases' | 'upstream' | 'affected'>): boolean {
  const families = entries.flatMap(({ package: about }) => (about ? ecosystemFamily(about.ecosystem) : []));
  const isFiled = families.length > 0 && families.every((family) => ERRATA.has(family));
  return isFiled && aliases.length === 0 && upstream.length === 0;
}
