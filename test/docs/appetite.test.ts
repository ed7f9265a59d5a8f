/** docs/appetite.md says what the code does: its names, its gaps, its examples and its answer to a wrong file. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import type { Criterion } from '../../lib/core/appetite/appetite.ts';
import { decide } from '../../lib/core/appetite/decide.ts';
import { evaluateCriteria } from '../../lib/core/appetite/evaluate.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { type Field, type Group, isField, VOCABULARY } from '../../lib/core/appetite/vocabulary.ts';
import { CavendishError } from '../../lib/core/errors/error.ts';
import { type Gap, GAP_KINDS } from '../../lib/core/sbom/gap.ts';
import { aBareFinding, anAppetiteFile, aPolicy, aSubject } from '../support/appetites.ts';
import { aReason } from '../support/assessments.ts';
import { tablesOf } from '../support/markdown.ts';

const DOC = readFileSync('docs/appetite.md', 'utf8');
const FILES = [...DOC.matchAll(/```yaml\n(?<text>.*?)```/gsu)].map(({ groups }) => groups?.['text'] ?? '');
const WHOLE = FILES.filter((text) => text.startsWith('version:'));
const CRITERIA = FILES.filter((text) => text.startsWith('- id:'));
/** People and exceptions, to be put beside the whole file. */
const PARTS = FILES.filter((text) => /^(?:zone|exceptions):/u.test(text));

const TYPES: Record<Field['type'], string> = {
  string: 'text',
  double: 'number',
  int: 'whole number',
  bool: 'true or false',
  'list<string>': 'list of texts',
};

function namesIn(group: Group, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(group).flatMap(([name, node]) => {
    const here = [...path, name];
    if (!isField(node)) return namesIn(node, here);
    const words = (node.words ?? []).map((word) => `\`"${word}"\``).join(', ');
    return [[`\`${here.join('.')}\``, words === '' ? TYPES[node.type] : `${TYPES[node.type]}: ${words}`, node.says]];
  });
}

function rows(...header: readonly string[]): readonly (readonly string[])[] {
  return tablesOf(DOC).find(({ head }) => head.join() === header.join())?.rows ?? [];
}

/** The criteria of all examples, as the file has them. */
function criterion(id: string): Criterion {
  const lines = CRITERIA.flatMap((text) => text.trimEnd().split('\n'));
  const file = anAppetiteFile({ production: ['criteria:', ...lines.map((line) => `  ${line}`)] });
  const found = parseAppetite(file, 'docs/appetite.md').stages.production.criteria.find((one) => one.id === id);
  if (found === undefined) throw new Error(`docs/appetite.md has no criterion ${id}`);
  return found;
}

interface Place {
  readonly kev: boolean;
  readonly exposed?: boolean;
  readonly automatable: boolean;
  readonly total: boolean;
  readonly exploitation?: 'none' | 'poc' | 'active';
  readonly criticality?: 'low' | 'medium' | 'high' | 'critical';
}

/** The least days of the criteria that a finding meets; null where it meets none. */
function days(ids: readonly string[], place: Place): number | null {
  const { kev, exposed = true, automatable, total, exploitation = 'none', criticality = 'low' } = place;
  const technicalImpact = total ? 'total' : 'partial';
  const finding = aBareFinding({
    ssvc: { exploitation, automatable, technicalImpact, source: 'adp:CISA-ADP' },
    kev: kev ? { dateAdded: '2026-11-01', dueDate: null, ransomware: false } : null,
  });
  const unnamed = { owner: 'x', exposure: exposed ? 'internet' : 'internal', criticality } as const;
  const subject = aSubject({ findings: [finding], unnamed, at: '2030-01-01T00:00:00.000Z' });
  const met = ids.map(criterion).filter((one) => {
    const { due, reasons } = evaluateCriteria(aPolicy({ criteria: [one] }), subject);
    return due[0] !== null || reasons.length > 0;
  });
  return met.length === 0 ? null : Math.min(...met.map(({ daysToFix }) => daysToFix ?? 0));
}

describe('docs/appetite.md', () => {
  it('lists every name that a criterion sees', () => {
    expect(rows('name', 'type', 'says')).toEqual(namesIn(VOCABULARY));
  });

  it('lists every gap, and which of them a stage may tolerate', () => {
    expect(rows('gap', 'means', 'may be tolerated')).toEqual(
      Object.entries(GAP_KINDS).map(([kind, { means, tolerable }]) => [`\`${kind}\``, means, tolerable ? 'yes' : 'no']),
    );
  });

  it('says how a verdict follows', () => {
    const gap: Gap = { kind: 'unread-ecosystem', subject: 'npm', message: 'npm is not read' };
    const table = rows(
      'a criterion is broken',
      'a gap that the stage does not tolerate',
      'verdict',
      'blocking under `enforce`',
    );

    expect(table).toHaveLength(4);
    for (const [broken, missing, verdict, blocks] of table) {
      const decided = decide(broken === 'yes' ? [aReason()] : [], missing === 'yes' ? [gap] : [], aPolicy());
      expect([decided.verdict, decided.blocking ? 'yes' : 'no']).toEqual([verdict, blocks]);
    }
  });

  it('has examples that are right', () => {
    expect(() => parseAppetite(WHOLE[0] ?? '', 'docs/appetite.md')).not.toThrow();
    expect(() => parseAppetite([WHOLE[0], ...PARTS].join('\n'), 'docs/appetite.md')).not.toThrow();
    expect(PARTS).toHaveLength(2);
    expect(CRITERIA.length).toBeGreaterThan(8);
    for (const text of CRITERIA) {
      for (const { id } of parse(text) as { id: string }[]) expect(criterion(id).id).toBe(id);
    }
  });

  it('has an example that is wrong, and what is said of it', () => {
    let said = '';
    try {
      parseAppetite(WHOLE[1] ?? '', 'appetite.yaml');
    } catch (error) {
      if (error instanceof CavendishError) said = error.message;
    }

    expect(said).not.toBe('');
    expect(DOC).toContain(`\`\`\`\n${said}\n\`\`\``);
  });

  it.each([
    [true, true, true, true, 3],
    [true, true, true, false, 3],
    [true, true, false, true, 3],
    [true, true, false, false, 14],
    [true, false, true, true, 3],
    [true, false, true, false, 14],
    [true, false, false, true, 14],
    [true, false, false, false, 14],
    [false, true, true, true, 3],
    [false, true, true, false, 14],
    [false, true, false, true, 14],
    [false, true, false, false, 60],
    [false, false, true, true, 60],
    [false, false, true, false, 60],
    [false, false, false, true, null],
    [false, false, false, false, null],
  ] as const)(
    'has the days of BOD 26-04: KEV %s, exposed %s, automatable %s, total %s: %s',
    (kev, exposed, automatable, total, within) => {
      expect(days(['bod-3-days', 'bod-14-days', 'bod-60-days'], { kev, exposed, automatable, total })).toBe(within);
    },
  );

  it.each([
    ['active', false, true, 'high', true],
    ['active', true, false, 'critical', true],
    ['active', true, true, 'medium', true],
    ['active', true, true, 'high', true],
    ['active', false, false, 'critical', false],
    ['active', true, false, 'medium', false],
    ['active', false, true, 'medium', false],
    ['active', true, true, 'low', false],
    ['poc', true, true, 'critical', false],
  ] as const)(
    'acts as the SSVC tree does: %s, %s, %s, %s: %s',
    (exploitation, automatable, total, criticality, act) => {
      expect(days(['act'], { kev: false, exploitation, automatable, total, criticality })).toBe(act ? 0 : null);
    },
  );
});
