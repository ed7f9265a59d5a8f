/**
 * Reads a source to its end, and lays what it gives out by feed and bucket.
 *
 * A record of several ecosystem families goes into the feed of each, and into the bucket of each
 * package that it names, with what it says of that package and no more.
 */
import { advisoryBucket, cveBucket, epssBucket, KEV_BUCKET } from '../../core/advisories/bucket.ts';
import type { FeedKind } from '../../core/advisories/feed.ts';
import type { CveRecord, EpssRecord, OsvRecord } from '../../core/advisories/records.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { FeedPart, FeedSource, Scratch } from '../ports/feed-source.ts';
import { type Gathering, startGathering } from './gathering.ts';
import { type Remarks, startRemarks } from './remarks.ts';
import { revisionOf } from './revision.ts';

export interface Gathered {
  /** In the order of their id. */
  readonly gatherings: readonly Gathering[];
  readonly remarks: Remarks;
}

/** The id of the feed that a kind of intelligence about an ecosystem goes into. */
export type NameFeed = (kind: FeedKind, ecosystem: string) => string;

/** @throws CavendishError `bad-input`, and what the source throws */
export async function gatherParts(source: FeedSource, scratch: Scratch, nameFeed: NameFeed): Promise<Gathered> {
  const gatherings = new Map<string, Gathering>();
  const remarks = startRemarks();

  function gatheringOf(kind: FeedKind, ecosystem = ''): Gathering {
    const id = nameFeed(kind, ecosystem);
    const gathering = gatherings.get(id) ?? startGathering({ id, kind }, scratch);
    gatherings.set(id, gathering);
    return gathering;
  }

  function startWhole(kind: FeedKind, where: string, declared: string | null, modelVersion: string | null): Gathering {
    const id = nameFeed(kind, '');
    const other = gatherings.get(id)?.whole;
    if (other !== undefined && other !== null) {
      throw new CavendishError('bad-input', `two files are ${kind.toUpperCase()}: ${other} and ${where}`, {
        next: 'Each is a whole of its day: import the newer one only.',
      });
    }
    const gathering = startGathering({ id, kind, whole: where, declared, modelVersion }, scratch);
    gatherings.set(id, gathering);
    return gathering;
  }

  async function takeAdvisory(record: OsvRecord): Promise<void> {
    if (record.affected.length === 0) remarks.withoutPackage.add(record.id);
    const buckets = Map.groupBy(record.affected, ({ ecosystem, name }) => advisoryBucket(ecosystem, name));
    for (const [bucket, affected] of buckets) {
      const ecosystems = affected.map(({ ecosystem }) => ecosystem);
      const gathering = gatheringOf('advisories', ecosystems[0]);
      await gathering.add({ bucket, record: { ...record, affected } }, record.modified, ecosystems);
    }
  }

  async function takeKev({ where, catalogue }: Extract<FeedPart, { kind: 'kev' }>): Promise<void> {
    const gathering = startWhole('kev', where, catalogue.date, null);
    for (const record of catalogue.records) await gathering.add({ bucket: KEV_BUCKET, record }, null);
  }

  function startEpss({ where, header }: Extract<FeedPart, { kind: 'epss-header' }>): void {
    startWhole('epss', where, header.date, header.modelVersion);
  }

  async function takeCve(record: CveRecord): Promise<void> {
    const line = { bucket: keyOf(cveBucket, record.id), record };
    await gatheringOf('cve').add(line, revisionOf('cve', record));
  }

  async function takeEpss(records: readonly EpssRecord[]): Promise<void> {
    const gathering = gatheringOf('epss');
    for (const record of records) await gathering.add({ bucket: keyOf(epssBucket, record.id), record }, null);
  }

  for await (const part of source.parts()) {
    if (part.kind === 'advisory') await takeAdvisory(part.record);
    else if (part.kind === 'cve') await takeCve(part.record);
    else if (part.kind === 'kev') await takeKev(part);
    else if (part.kind === 'epss') await takeEpss(part.records);
    else if (part.kind === 'epss-header') startEpss(part);
    else if (part.kind === 'passed-over') remarks.passedOver.add(part.where);
    else remarks.leftOut.add(part.what);
  }
  return { gatherings: [...gatherings.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), remarks };
}

/** Readers let only CVE identifiers through. */
function keyOf(bucket: (vulnerability: string) => string | null, id: string): string {
  const key = bucket(id);
  if (key === null) throw new CavendishError('bad-input', `"${id}" is not a CVE identifier`);
  return key;
}
