/** docs/presets.md says what the presets do: its tables are what they decide. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { type Preset, PRESETS, presetText } from '../../lib/adapters/defaults/presets.ts';
import type { Appetite } from '../../lib/core/appetite/appetite.ts';
import { assetOf } from '../../lib/core/appetite/asset-of.ts';
import { evaluateCriteria, type Evaluated } from '../../lib/core/appetite/evaluate.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import type { Stage } from '../../lib/core/image/stage.ts';
import type { Finding } from '../../lib/core/matching/finding.ts';
import { aBareFinding, aSubject } from '../support/appetites.ts';
import { judgedSample } from '../support/judged-sample.ts';
import { tablesOf } from '../support/markdown.ts';

const DOC = readFileSync('docs/presets.md', 'utf8');
const NAMES = Object.keys(PRESETS) as Preset[];
/** Long after everything below is due. */
const LATE = '2026-12-31T00:00:00.000Z';

const appetites = new Map<Preset, Appetite>();
beforeAll(async () => {
  for (const name of NAMES) appetites.set(name, parseAppetite(await presetText(name), name));
});

function rows(...head: readonly string[]): readonly (readonly string[])[] {
  return tablesOf(DOC).find((table) => table.head.join() === head.join())?.rows ?? [];
}

interface Facts {
  readonly exposed?: boolean;
  readonly criticality?: 'low' | 'medium' | 'high' | 'critical';
  readonly at?: string;
}

function ask(preset: Preset, finding: Finding, { exposed = false, criticality = 'low', at = LATE }: Facts): Evaluated {
  const appetite = appetites.get(preset);
  if (appetite === undefined) throw new Error(`there is no preset ${preset}`);
  const unnamed = { owner: 'x', exposure: exposed ? 'internet' : 'internal', criticality } as const;
  return evaluateCriteria(
    appetite.stages.production,
    aSubject({ findings: [finding], unnamed, at, zone: appetite.zone }),
  );
}

describe('docs/presets.md', () => {
  it('lists every preset', () => {
    expect(rows('preset', 'for').map(([name]) => name)).toEqual(NAMES.map((name) => `\`${name}\``));
  });

  it('says what the sample comes to under each of them', async () => {
    const judged = [];
    for (const name of NAMES) {
      for (const stage of ['development', 'testing', 'production'] satisfies Stage[]) {
        const { verdict, blocking, reasons } = await judgedSample(stage, await presetText(name));
        const broken = reasons.map(({ criterion }) => `\`${criterion}\``).join(', ');
        judged.push([`\`${name}\``, stage, verdict, blocking ? 'yes' : 'no', broken]);
      }
    }

    expect(rows('preset', 'stage', 'verdict', 'stops it', 'broken')).toEqual(judged);
  });

  it.each(NAMES)('has %s name the sample, and somebody who approves and somebody who adopts', (name) => {
    const appetite = appetites.get(name);

    expect(appetite && assetOf(appetite, 'sample/debian').asset?.id).toBe('sample');
    expect(appetite?.people.flatMap(({ roles }) => roles)).toEqual(expect.arrayContaining(['approver', 'operator']));
  });
});

const BOD = [
  'in KEV',
  'exposed',
  'automatable, total',
  'automatable, partial',
  'not automatable, total',
  'not automatable, partial',
];
const CELLS = rows(...BOD).flatMap(([kev, exposed, ...terms]) =>
  terms.map((term, column) => ({
    kev: kev === 'yes',
    exposed: exposed === 'yes',
    automatable: column < 2,
    technicalImpact: column % 2 === 0 ? ('total' as const) : ('partial' as const),
    term,
  })),
);
const PUBLISHED = '2026-11-01T10:00:00.000Z';

describe('bod-26-04', () => {
  it('has its sixteen combinations', () => {
    expect(CELLS).toHaveLength(16);
  });

  it.each(CELLS)('KEV $kev, exposed $exposed, automatable $automatable, $technicalImpact: $term', (cell) => {
    const { automatable, technicalImpact, exposed, term } = cell;
    const days = term === 'next upgrade' ? null : Number.parseInt(term, 10);
    // KEV: the whole days behind the listing; else so many times 24 hours.
    const due = cell.kev ? Date.UTC(2026, 10, 20 + (days ?? 0) + 1) : Date.parse(PUBLISHED) + (days ?? 0) * 86_400_000;
    const finding = aBareFinding({
      published: PUBLISHED,
      kev: cell.kev ? { dateAdded: '2026-11-20', dueDate: null, ransomware: false } : null,
      ssvc: { exploitation: 'none', automatable, technicalImpact, source: 'adp:CISA-ADP' },
    });
    const broken = (at: number) =>
      ask('bod-26-04', finding, { exposed, at: new Date(at).toISOString() }).reasons.map(({ criterion }) => criterion);

    expect(ask('bod-26-04', finding, { exposed }).due).toEqual([days === null ? null : new Date(due).toISOString()]);
    expect(broken(due - 1)).toEqual([]);
    if (days === null) expect(broken(Date.parse(LATE))).toEqual([]);
    else
      expect(broken(due)).toContain(term.endsWith('forensics') ? 'bod-3-days-forensics' : `bod-${String(days)}-days`);
    expect(broken(Date.parse(LATE)).includes('bod-3-days-forensics')).toBe(term.endsWith('forensics'));
  });

  it.each(CELLS)(
    'comes to the same where CVSS says so, and says that it is derived: $kev, $exposed, $automatable, $technicalImpact',
    (cell) => {
      const { automatable, technicalImpact, exposed } = cell;
      const kev = cell.kev ? { dateAdded: '2026-11-20', dueDate: null, ransomware: false } : null;
      const vector = `CVSS:3.1/AV:${automatable ? 'N' : 'L'}/AC:L/PR:N/UI:N/S:U/C:H/I:${technicalImpact === 'total' ? 'H' : 'N'}/A:N`;
      const known = { published: PUBLISHED, kev };
      const said = aBareFinding({
        ...known,
        ssvc: { exploitation: 'none', automatable, technicalImpact, source: 'cisa' },
      });
      const derived = aBareFinding({ ...known, cvss: { score: 7, vector, version: '3.1', source: 'cna:x' } });
      const one = ask('bod-26-04', said, { exposed });
      const other = ask('bod-26-04', derived, { exposed });

      expect(other.due).toEqual(one.due);
      expect(other.reasons.map(({ criterion }) => criterion)).toEqual(one.reasons.map(({ criterion }) => criterion));
      for (const { message } of one.reasons) expect(message).not.toContain('derived');
      for (const { message } of other.reasons) expect(message).toContain('; SSVC of 1 is derived from CVSS.');
    },
  );

  it('takes the worst where nobody has said anything, and says so', () => {
    const { reasons } = ask('bod-26-04', aBareFinding({ published: PUBLISHED }), { exposed: true });

    expect(reasons.map(({ criterion }) => criterion)).toContain('bod-3-days');
    for (const { message } of reasons)
      expect(message).toContain('; nobody has said anything of 1, so the worst is taken');
  });
});

const COLUMNS = ['low', 'medium', 'high'] as const;
const TREE = rows('exploitation', 'automatable', 'technical impact', ...COLUMNS).flatMap(
  ([exploitation, automatable, technicalImpact, ...outcomes]) =>
    COLUMNS.map((criticality, column) => ({
      exploitation: exploitation as 'none' | 'poc' | 'active',
      automatable: automatable === 'yes',
      technicalImpact: technicalImpact as 'partial' | 'total',
      criticality,
      outcome: outcomes[column]?.replace('\\', '') ?? '',
    })),
);
const CRITERIA: Readonly<Record<string, string>> = {
  Act: 'act',
  Attend: 'attend',
  'Track*': 'track-star',
  Track: 'track',
};

/** As the reference has it: exploitation / automatable / technical impact / mission and well-being. */
const REFERENCE: Readonly<Record<string, readonly RegExp[]>> = {
  Act: [/^active no total high$/u, /^active yes partial high$/u, /^active yes total (?:medium|high)$/u],
  Attend: [
    /^none yes \w+ high$/u,
    /^poc no total high$/u,
    /^poc yes \w+ high$/u,
    /^active no partial high$/u,
    /^active no total medium$/u,
    /^active yes partial (?:low|medium)$/u,
    /^active yes total low$/u,
  ],
  'Track*': [/^none no total high$/u, /^poc no partial high$/u, /^poc (?:no|yes) total medium$/u],
};

describe('ssvc', () => {
  it('has every row of the tree, as its publisher has it', () => {
    expect(TREE).toHaveLength(36);
    for (const { exploitation, automatable, technicalImpact, criticality, outcome } of TREE) {
      const row = [exploitation, automatable ? 'yes' : 'no', technicalImpact, criticality].join(' ');
      const [said = 'Track'] = Object.keys(REFERENCE).filter((name) =>
        (REFERENCE[name] ?? []).some((one) => one.test(row)),
      );
      expect([row, outcome]).toEqual([row, said]);
    }
  });

  it.each(TREE)(
    '$exploitation, automatable $automatable, $technicalImpact, $criticality: $outcome',
    ({ criticality, outcome, ...points }) => {
      const finding = aBareFinding({
        fixedIn: '9',
        published: '2020-01-01T00:00:00Z',
        ssvc: { ...points, source: 'cisa' },
      });
      const worst = (one: Finding, of: Facts) => ask('ssvc', one, of).reasons.map(({ criterion }) => criterion)[0];

      expect(worst(finding, { criticality })).toBe(CRITERIA[outcome]);
      // No fix excuses what has to be acted upon or attended to.
      const unfixed = outcome.startsWith('Track') ? undefined : CRITERIA[outcome];
      expect(worst({ ...finding, fixedIn: null }, { criticality })).toBe(unfixed);
      if (criticality === 'high') expect(worst(finding, { criticality: 'critical' })).toBe(CRITERIA[outcome]);
      if (points.exploitation === 'none') {
        const ssvc = { ...points, exploitation: null, source: 'cisa' };
        expect(worst({ ...finding, ssvc }, { criticality })).toBe(CRITERIA[outcome]);
      }
    },
  );
});
