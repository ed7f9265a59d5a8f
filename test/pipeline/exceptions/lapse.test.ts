import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { readFeedFiles } from '../../../lib/adapters/feeds/read-feed-files.ts';
import type { Grant } from '../../../lib/core/exceptions/exception.ts';
import type { Assessment } from '../../../lib/core/register/assessment.ts';
import type { Inventory } from '../../../lib/core/sbom/inventory.ts';
import { intelligenceAsOf } from '../../../lib/pipeline/feeds/intelligence-as-of.ts';
import { assessScan } from '../../../lib/pipeline/judge-image/judge-scan.ts';
import { readDocument } from '../../../lib/pipeline/judge-image/read-document.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { advisory, cve } from '../../support/feed-parts.ts';
import { grantIn } from '../../support/granting.ts';
import { aGrant, anExceptionId } from '../../support/grants.ts';
import { placed } from '../../support/round-shop.ts';
import { aRoundHome, type RoundHome } from '../../support/rounds.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/rounds');
/** The days on which KEV and EPSS were published. */
const START = '2026-06-14T12:00:00.000Z';
const GRANT = '2026-06-14T13:00:00.000Z';
const AFTER = '2026-06-14T14:00:00.000Z';
const KEV_DAY = '2026-08-07T17:00:00.000Z';
const EPSS_DAY = '2026-08-16T12:00:00.000Z';
/** Listed on 2026-01-21, which the catalogue of 2025-08-25 could not know. */
const LISTED = 'CVE-2026-20045';
/** 0.00089 on the first day and 0.51733 on the second, by two models. */
const RISEN = 'CVE-2018-25032';

const APPETITE = `${anAppetiteFile({
  production: ['tolerate: [feed-missing]', 'criteria: [{ id: all, says: Nothing is left., finding: "true" }]'],
  assets: ['- { id: shop, owner: shop team, stage: production, repositories: [shop/*] }'],
})}
people: [{ name: Olive Owner, principals: ['laptop:owner'] }]
`;

/** The scores of a day, as the model `v5` would have made them. */
async function underOneModel(file: string): Promise<readonly FeedPart[]> {
  const parts: FeedPart[] = [];
  for await (const part of readFeedFiles([join(FIXTURES, file)]).parts()) {
    parts.push(part.kind === 'epss-header' ? { ...part, header: { ...part.header, modelVersion: 'v5' } } : part);
  }
  return parts;
}

/** Two images of one vulnerability each, both accepted on the first day. */
async function accepted(epss: readonly FeedPart[]): Promise<RoundHome> {
  const home = aRoundHome(APPETITE, START);
  const records = [
    [LISTED, 'perl'],
    [RISEN, 'zlib'],
  ].map(([id = '', name = '']) => advisory(anAdvisory(id, { affected: [affecting([{ introduced: '0' }], { name })] })));
  await home.take([...records, ...[LISTED, RISEN].map((id) => cve(id, START))], {
    complete: ['Debian:12'],
    date: START,
  });
  await home.take(readFeedFiles([join(FIXTURES, 'kev-2025-08-25.json')]));
  await home.take(epss);
  await home.work();
  await home.push({ repository: 'shop/perl', layers: [['perl 1']] });
  await home.push({ repository: 'shop/zlib', layers: [['zlib 1']] });
  for (const [at, name] of ['perl', 'zlib'].entries()) {
    const assessment = await home.assessment(await placed(home, name));
    await grantIn(grantOf(at, name, assessment), { ...home.store, evidence: home.evidence });
  }
  home.at(AFTER);
  await home.work();
  expect(await verdicts(home)).toEqual(['go', 'go']);
  return home;
}

function grantOf(number: number, name: string, { findings }: Assessment): Grant {
  const facts = findings.map(({ vulnerability, package: found, kev, fixedIn, epss }) => ({
    ...{ vulnerability, source: found.source.name, kev: kev !== null, fixedIn },
    epss: epss === null ? null : { score: epss.score, modelVersion: epss.modelVersion },
  }));
  const scope = { packages: [name], images: { asset: 'shop' } };
  return aGrant({ id: anExceptionId(number), at: GRANT, scope, facts });
}

async function verdicts(home: RoundHome): Promise<readonly string[]> {
  return [(await placed(home, 'perl')).verdict, (await placed(home, 'zlib')).verdict];
}

async function lapsedIn(home: RoundHome, name: string): Promise<readonly string[]> {
  return (await home.assessment(await placed(home, name))).lapsed.map(({ why }) => why);
}

describe('an exception', () => {
  it('lapses when its vulnerability enters KEV, and what it covered is decided again at once', async () => {
    const home = await accepted(await underOneModel('epss-2026-06-14.csv'));
    home.notices.length = 0;
    home.at(KEV_DAY);
    await home.take(readFeedFiles([join(FIXTURES, 'kev-2026-08-07.json')]));
    await home.work();

    expect(await verdicts(home)).toEqual(['no-go', 'go']);
    const text = home.notices.map((notice) => notice.text).join('\n');
    expect(text).toContain(`${LISTED} in perl is known to be exploited (KEV)`);
    expect(text).toContain('1 go -> no-go');
  });

  it('lapses when EPSS rose under one model, and not when another model made the figures', async () => {
    const one = await accepted(await underOneModel('epss-2026-06-14.csv'));
    one.at(EPSS_DAY);
    await one.take(await underOneModel('epss-2026-08-16.csv'));
    await one.work();
    expect(await verdicts(one)).toEqual(['go', 'no-go']);

    const other = await accepted(await partsOf('epss-2026-06-14.csv'));
    other.at(EPSS_DAY);
    await other.take(readFeedFiles([join(FIXTURES, 'epss-2026-08-16.csv')]));
    await other.work();
    expect(await verdicts(other)).toEqual(['go', 'go']);
    expect(await lapsedIn(other, 'zlib')).toEqual([]);
  });

  it('is in force still for whoever asks as of an instant before that, over the versions that are held', async () => {
    const home = await accepted(await underOneModel('epss-2026-06-14.csv'));
    const before = await home.assessment(await placed(home, 'perl'));
    home.at(KEV_DAY);
    await home.take(readFeedFiles([join(FIXTURES, 'kev-2026-08-07.json')]));
    await home.work();
    const current = await placed(home, 'perl');
    expect(current.verdict).toBe('no-go');

    const { image, inputs, placement } = before;
    const hash = inputs.sbom ?? image.digest;
    const scan = { inventory: await readDocument<Inventory>(home.evidence, hash, 'SBOM'), hash };
    const { register } = home.store;
    const judgedAsOf = async (at: string) =>
      await assessScan({ ...image, placement, repository: inputs.repository, stage: null, at }, scan, {
        ...{ register, evidence: home.evidence, appetite: home.appetite },
        intelligence: intelligenceAsOf(at, home.intelligence, register),
      });
    expect(await judgedAsOf(AFTER)).toEqual(before);
    expect((await judgedAsOf(START)).verdict).toBe('no-go');
    expect((await judgedAsOf(KEV_DAY)).verdict).toBe('no-go');
  });
});

async function partsOf(file: string): Promise<readonly FeedPart[]> {
  const parts: FeedPart[] = [];
  for await (const part of readFeedFiles([join(FIXTURES, file)]).parts()) parts.push(part);
  return parts;
}
