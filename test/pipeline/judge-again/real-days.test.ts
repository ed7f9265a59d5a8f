import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { readFeedFiles } from '../../../lib/adapters/feeds/read-feed-files.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { advisory, cve } from '../../support/feed-parts.ts';
import { aRoundHome, nameOf, type RoundHome } from '../../support/rounds.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/rounds');
const IMAGES = 500;
const TEAMS = ['cart', 'pay', 'search', 'stock', 'mail'];

/** The days on which KEV and EPSS were published. */
const START = '2026-06-14T12:00:00.000Z';
const KEV_DAY = '2026-08-07T17:00:00.000Z';
const EPSS_DAY = '2026-08-16T12:00:00.000Z';

const APPETITE = anAppetiteFile({
  production: [
    'tolerate: [feed-missing]',
    'criteria:',
    '  - { id: listed, says: Nothing is known to be exploited., finding: finding.kev.listed }',
    '  - { id: likely, says: Nothing is likely to be exploited., finding: finding.epss.known && finding.epss.score >= 0.5 }',
  ],
  assets: TEAMS.map(
    (team) =>
      `- { id: ${team}, owner: ${team} team, stage: production, exposure: internet, criticality: high, repositories: [${team}/*] }`,
  ),
});

/** Two vulnerabilities a package. */
const vulnerabilities = JSON.parse(await readFile(join(FIXTURES, 'vulnerabilities.json'), 'utf8')) as string[];
const packageOf = (place: number): string => `lib${Math.floor(place / 2)}`;
const PACKAGES = Math.ceil(vulnerabilities.length / 2);

/** Twenty bases of three packages; each image has one or two of its own besides. */
function layersOf(image: number): readonly (readonly string[])[] {
  const base = image % 20;
  const own = (image * 7) % PACKAGES;
  return [
    [0, 1, 2].map((step) => `lib${(base * 3 + step) % PACKAGES} 1`),
    [`lib${own} 1`, ...(image % 3 === 0 ? [`lib${(own + 11) % PACKAGES} 1`] : []), `app-${image} 1`],
  ];
}

interface Step {
  readonly expected: readonly string[];
  readonly recorded: readonly string[];
  readonly candidates: number;
  readonly notices: RoundHome['notices'];
  readonly verdicts: ReadonlyMap<string, readonly [before: string, after: string]>;
}

async function step(home: RoundHome, file: string, at: string): Promise<Step> {
  const before = new Map((await home.board()).map((one) => [nameOf(one), one]));
  home.notices.length = 0;
  home.at(at);
  await home.take(readFeedFiles([join(FIXTURES, file)]));
  const expected = await home.oracle();
  await home.work();
  const board = await home.board();
  const moved = board.filter((one) => before.get(nameOf(one))?.assessment !== one.assessment);
  return {
    ...{ expected, recorded: moved.map(nameOf).sort() },
    candidates: (await home.candidates()).length,
    notices: [...home.notices],
    verdicts: new Map(moved.map((one) => [nameOf(one), [before.get(nameOf(one))?.verdict ?? '', one.verdict]])),
  };
}

let kev: Step;
let epss: Step;
let home: RoundHome;

beforeAll(async () => {
  home = aRoundHome(APPETITE, START);
  const records = vulnerabilities.map((id, place) =>
    advisory(
      anAdvisory(id, { affected: [affecting([{ introduced: '0' }, { fixed: '9' }], { name: packageOf(place) })] }),
    ),
  );
  await home.take([...records, ...vulnerabilities.map((id) => cve(id, START))], {
    complete: ['Debian:12'],
    date: START,
  });
  await home.take(readFeedFiles([join(FIXTURES, 'kev-2025-08-25.json')]));
  await home.take(readFeedFiles([join(FIXTURES, 'epss-2026-06-14.csv')]));
  await home.work();
  for (let image = 0; image < IMAGES; image += 1) {
    home.at(new Date(Date.parse(START) + image).toISOString());
    await home.push({ repository: `${TEAMS[image % 5] ?? ''}/app-${image}`, layers: layersOf(image) });
  }
  home.at('2026-06-14T12:00:01.000Z');
  await home.work();
  kev = await step(home, 'kev-2026-08-07.json', KEV_DAY);
  epss = await step(home, 'epss-2026-08-16.csv', EPSS_DAY);
}, 120_000);

describe('KEV of 2025-08-25 and of 2026-08-07, over 500 images', () => {
  it('judges again exactly the placements that judging all of them again changes', () => {
    expect(kev.recorded).toEqual(kev.expected);
    expect(kev.recorded.length).toBeGreaterThan(50);
    expect(kev.recorded.length).toBeLessThan(IMAGES);
    expect(kev.candidates).toBe(kev.recorded.length);
  });

  it('tells each owner once, the news first', () => {
    expect(kev.notices.map(({ to }) => to).sort()).toEqual(TEAMS.map((team) => `${team} team`).sort());
    for (const { text, subject } of kev.notices) {
      expect(subject).toMatch(/^\[Cavendish\] \d+ vulnerabilities are exploited now: \d+ images, none running$/u);
      expect(text.indexOf('News (')).toBeLessThan(text.indexOf('Verdicts changed ('));
      expect(text).not.toContain('A new model of EPSS');
    }
  });
});

describe('EPSS of 2026-06-14 (v4) and of 2026-08-16 (v5), over 500 images', () => {
  it('judges again exactly the placements that judging all of them again changes', () => {
    expect(epss.recorded).toEqual(epss.expected);
    expect(epss.candidates).toBeLessThanOrEqual(IMAGES);
  });

  it('says that the model is another one, and takes no figure of it for a rise', () => {
    const moved = [...epss.verdicts.values()].filter(([before, after]) => before !== after);
    expect(moved.length).toBeGreaterThan(0);
    expect(epss.notices.length).toBeGreaterThan(0);
    expect(epss.notices.length).toBeLessThanOrEqual(TEAMS.length);
    for (const { text } of epss.notices) {
      expect(text).toContain('EPSS is made by the model v5 now (was v4)');
      expect(text).not.toContain('News (');
    }
  });

  it('changes no verdict silently: whoever owns one that changed is told', async () => {
    const moved = (await home.board()).filter((one) => {
      const [before, after] = epss.verdicts.get(nameOf(one)) ?? [];
      return before !== after;
    });
    const told = new Set(epss.notices.map(({ to }) => to));
    expect(told.isSupersetOf(new Set(moved.map(({ asset }) => `${asset ?? ''} team`)))).toBe(true);
    const counted = epss.notices.map(({ text }) => Number(/Verdicts changed \((\d+)\)/u.exec(text)?.[1]));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(moved.length);
  });
});
