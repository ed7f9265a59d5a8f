/** What osv-scanner answers of the same advisories, version by version: test/fixtures/peers/SOURCE.md. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { type SecurityWgAdvisory, securityWgToOsv } from '../../../bench/peers/security-wg-to-osv.ts';
import { readOsv } from '../../../lib/core/advisories/osv.ts';
import { matchPurls, type PurlAnswer } from '../../../lib/pipeline/match-purls/match-purls.ts';
import { aFeedHome } from '../../support/feed-home.ts';
import { advisory } from '../../support/feed-parts.ts';

interface Golden {
  readonly purl: string;
  readonly ids: readonly string[];
  readonly cavendish?: readonly string[];
  readonly whys?: readonly string[];
}

function linesOf(name: string): readonly object[] {
  const text = readFileSync(`test/fixtures/peers/${name}.jsonl`, 'utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as object);
}

const golden = linesOf('osv-scanner') as readonly Golden[];
let answers: readonly PurlAnswer[];

function idsOf(answer: PurlAnswer | undefined): readonly string[] {
  if (answer === undefined || 'error' in answer) throw new Error(`no answer: ${JSON.stringify(answer)}`);
  return [...new Set(answer.findings.flatMap(({ records }) => records))].sort();
}

beforeAll(async () => {
  const advisories = linesOf('advisories').map((line) =>
    'modified' in line ? line : securityWgToOsv(line as SecurityWgAdvisory),
  );
  const home = aFeedHome();
  await home.take(advisories.map((raw) => advisory(readOsv(raw))));
  const components = golden.map(({ purl }) => ({ name: purl, purl, source: null }));
  answers = await matchPurls(components, await home.intelligence.feeds(), home.intelligence);
});

describe("osv-scanner's answers", () => {
  it('are ours, but where a reason is known', () => {
    expect(golden.length).toBeGreaterThan(1500);
    const unlike = golden.flatMap(({ purl, ids, cavendish = ids }, at) => {
      const ours = idsOf(answers[at]);
      return ours.join(' ') === cavendish.join(' ') ? [] : [{ purl, theirs: cavendish, ours }];
    });
    expect(unlike).toEqual([]);
  });

  it('differ for these reasons, which docs/matching.md explains', () => {
    const whys = new Set(golden.flatMap((one) => one.whys ?? []));
    expect([...whys].sort()).toEqual([
      'osv-scanner does not find an advisory that spells the name of the package otherwise',
      'osv-scanner does not take a listed version in another spelling for the same',
      'osv-scanner reads no range behind one of type GIT',
      'package URLs of npm have no capitals: these speak of another package',
    ]);
    const page = readFileSync('docs/matching.md', 'utf8').replaceAll(/\s+/gu, ' ');
    for (const why of whys) expect(page).toContain(why);
  });
});
