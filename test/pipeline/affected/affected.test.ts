import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Placement } from '../../../lib/core/image/placement.ts';
import type { Inventory } from '../../../lib/core/sbom/inventory.ts';
import { type Affected, affectedBy } from '../../../lib/pipeline/affected/affected.ts';
import { partIn } from '../../../lib/pipeline/affected/part-in.ts';
import { type Question, type QuestionKind, readQuestion } from '../../../lib/pipeline/affected/question.ts';
import { readAssessment } from '../../../lib/pipeline/judge-image/read-assessment.ts';
import { readDocument } from '../../../lib/pipeline/judge-image/read-document.ts';
import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { mirrorGone } from '../../../lib/pipeline/registry-events/mirror.ts';
import { followMirror } from '../../../lib/pipeline/registry-events/standing.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import type { Member } from '../../support/family.ts';
import { aFeedHome, AT, type FeedHome } from '../../support/feed-home.ts';
import { judgeFamily } from '../../support/judged-family.ts';
import { aReport } from '../../support/sightings.ts';

let home: FeedHome;
let placed: Readonly<Record<Member, Placement>>;

beforeEach(async () => {
  home = aFeedHome();
  placed = await judgeFamily({ ...home.store, ...home });
});

async function ask(what: string, kind: QuestionKind | null = null): Promise<Question> {
  return await readQuestion(what, kind, home.store.register);
}

async function affected(question: Question, { limit = 100, after = null as string | null } = {}) {
  return await affectedBy(question, { limit, after }, { ...home.store, evidence: home.evidence });
}

function named(rows: readonly Affected[]): readonly string[] {
  return rows.map(({ current }) => `${current.placement.repository} ${current.stage}`);
}

async function run(member: Member, where: string, environment: 'production' | 'testing' = 'production') {
  const report = aReport({ digest: placed[member].digest, where, environment, at: AT.toISOString() });
  await sight(report, { register: home.store.register, now: () => AT });
}

describe('who is affected', () => {
  it('by a vulnerability: what has it, from which base, whose it is', async () => {
    const { rows } = await affected(await ask('DSA-1', 'vulnerability'));

    expect(new Set(named(rows))).toEqual(
      new Set([
        ...['base/debian testing', 'base/python testing', 'lab/desk testing'],
        ...['team/desk production', 'team/shop production'],
      ]),
    );
    expect(rows.find(({ current }) => current.placement.repository === 'team/shop')).toMatchObject({
      owner: 'shop team',
      packages: [
        { name: 'perl', version: '1.0-1', inheritedFrom: { image: placed.debian.digest, name: 'base/debian:1.0' } },
      ],
      ...{ vulnerabilities: 1, worst: { vulnerability: 'DSA-1', kev: false } },
    });
    expect(rows.find(({ current }) => current.placement.repository === 'lab/desk')?.owner).toBe('platform team');
    expect(rows.find(({ current }) => current.placement.repository === 'base/debian')?.packages).toMatchObject([
      { inheritedFrom: null },
    ]);
  });

  it('by a package, also where nothing is wrong with it', async () => {
    const { rows } = await affected(await ask('python3'));

    expect(rows).toHaveLength(4);
    expect(rows.every(({ vulnerabilities, worst }) => vulnerabilities === 0 && worst === null)).toBe(true);
    expect((await affected(await ask('nginx'))).rows).toMatchObject([
      { packages: [{ name: 'nginx', inheritedFrom: null }], vulnerabilities: 1 },
    ]);
  });

  it('by a base, by its name or its digest: itself, and what is built on it', async () => {
    for (const name of [placed.python.digest, 'base/python:1.0']) {
      const { rows } = await affected(await ask(name));
      expect(new Set(named(rows))).toEqual(
        new Set(['base/python testing', 'lab/desk testing', 'team/desk production', 'team/shop production']),
      );
      const shop = rows.find(({ current }) => current.placement.repository === 'team/shop');
      // DSA-1 comes from what the base is built on, and with it.
      expect(shop).toMatchObject({ base: { image: placed.python.digest }, vulnerabilities: 1 });
    }
    expect((await affected(await ask(placed.shop.digest))).rows).toHaveLength(1);
  });

  it('what runs comes first, in production before all, then the worst', async () => {
    await run('desk', 'shop/test', 'testing');
    await run('python', 'shop/production');
    const { rows } = await affected(await ask('DSA-1', 'vulnerability'));

    expect(named(rows).slice(0, 2)).toEqual(['base/python testing', 'team/desk production']);
    expect(rows[0]?.running).toMatchObject([{ where: 'shop/production' }]);
    expect(named(rows).at(2)).toBe('team/shop production');
  });

  it('is answered page by page: together the same, none twice', async () => {
    const question = await ask('DSA-1', 'vulnerability');
    const whole = (await affected(question)).rows;
    const pages: Affected[] = [];
    let after: string | null = null;
    let count = 0;
    do {
      const page: Awaited<ReturnType<typeof affected>> = await affected(question, { limit: 2, after });
      pages.push(...page.rows);
      after = page.next;
      count += 1;
    } while (after !== null);

    expect(pages).toEqual(whole);
    expect(count).toBe(3);
  });

  it('leaves out what its registry no longer holds, unless it runs', async () => {
    await mirrorGone(placed.shop, { why: 'deleted', at: AT.toISOString() }, home.store.register);
    await followMirror(placed.shop, home.store.register);
    const question = await ask('nginx');
    expect((await affected(question)).rows).toEqual([]);

    await run('shop', 'shop/production');
    expect((await affected(question)).rows).toMatchObject([{ current: { gone: { why: 'deleted' } } }]);
  });

  it('is exactly what looking at every verdict finds', async () => {
    const questions = [
      ...(await Promise.all(['DSA-1', 'DSA-2', 'DSA-3'].map((name) => ask(name, 'vulnerability')))),
      ...(await Promise.all(['perl', 'nginx', 'python3', 'base-files', 'zsh'].map((name) => ask(name, 'package')))),
      ...(await Promise.all(Object.values(placed).map(({ digest }) => ask(digest)))),
    ];
    const board = await readBoard(home.store.register, { all: false });
    for (const question of questions) {
      const expected = [];
      for (const current of board) {
        const assessment = await readAssessment(home.evidence, current.assessment);
        const inventory = await readDocument<Inventory>(home.evidence, assessment.inputs.sbom!, 'SBOM');
        if (partIn(question, assessment, inventory) !== null) expected.push(current);
      }
      const { rows } = await affected(question);
      expect(new Set(rows.map(({ current }) => current))).toEqual(new Set(expected));
    }
  });
});

describe('a question', () => {
  it.each([
    ['cve-2026-12345', null, { kind: 'vulnerability', name: 'CVE-2026-12345' }],
    ['GHSA-ABCD-1234-efgh', null, { kind: 'vulnerability', name: 'GHSA-abcd-1234-efgh' }],
    ['DSA-1', null, { kind: 'vulnerability', name: 'DSA-1' }],
    ['perl', null, { kind: 'package', name: 'perl' }],
    ['never-seen', 'package', { kind: 'package', name: 'never-seen' }],
  ] as const)('%s is understood', async (what, kind, question) => {
    expect(await ask(what, kind)).toEqual(question);
  });

  it('after what nobody knows says what can be asked', async () => {
    await expect(ask('never-seen')).rejects.toMatchObject({ code: 'not-found', next: expect.stringContaining('--as') });
  });
});
