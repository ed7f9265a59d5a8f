import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

import { eventJsonSchema, OUT_EVENTS, type OutEvent } from '../../../lib/core/events/out-event.ts';
import { verdictEvents } from '../../../lib/core/events/verdict-events.ts';
import { aDigest, anAssessment, aReason, type PlacedAssessment } from '../../support/assessments.ts';

const TYPES = Object.keys(OUT_EVENTS) as OutEvent['type'][];
// The schemas say instants by a pattern too; the format is for readers that know it.
const ajv = new Ajv2020({ allErrors: true, formats: { 'date-time': true } });
const published = new Map<string, ValidateFunction>();
const texts = new Map<string, unknown>();
for (const type of TYPES) {
  const file = `../../../docs/schemas/events/${type.toLowerCase().replaceAll(' ', '-')}.schema.json`;
  const schema = JSON.parse(await readFile(new URL(file, import.meta.url), 'utf8'));
  texts.set(type, schema);
  published.set(type, ajv.compile(schema));
}

const ID = aDigest('assessment');
const gap = (place: number, tolerated = false) =>
  ({ kind: 'unanswered-package', subject: `package ${place}`, message: 'Nobody answers for it.', tolerated }) as const;

function events(assessment: PlacedAssessment, previous: PlacedAssessment | null = null): readonly OutEvent[] {
  return verdictEvents({
    assessment,
    id: ID,
    tag: '1.0',
    previous,
    revision: 7,
    fallbackOwner: 'platform team',
  });
}

function mistakes({ type, detail }: { type: string; detail: unknown }) {
  const validate = published.get(type)!;
  validate(detail);
  return validate.errors;
}

const unknown = anAssessment({
  verdict: 'unknown',
  asset: null,
  reasons: [],
  score: { inherent: null, residual: null, open: null },
  gaps: Array.from({ length: 60 }, (_, place) => gap(place, place < 4)),
});

describe('the published schemas of events', () => {
  it.each(TYPES)('hold what the code makes of %s (npm run schemas)', (type) => {
    expect(texts.get(type)).toEqual(JSON.parse(JSON.stringify(eventJsonSchema(type))));
  });

  it.each([
    ['no-go', anAssessment()],
    ['go', anAssessment({ verdict: 'go', blocking: false, reasons: [] })],
    ['unknown', unknown],
  ])('take the events of %s', (_verdict, assessment) => {
    for (const event of events(assessment, anAssessment())) expect(mistakes(event)).toBeNull();
  });

  it('let pass what a later version adds, and nothing that lacks what this one promises', () => {
    const [{ type, detail }] = events(anAssessment()) as [OutEvent];
    const { revision, ...lacking } = detail as OutEvent['detail'] & { revision: number };

    expect(revision).toBe(7);
    expect(mistakes({ type, detail: { ...detail, new: 'later' } })).toBeNull();
    expect(mistakes({ type, detail: lacking })).toEqual([expect.objectContaining({ keyword: 'required' })]);
    expect(mistakes({ type, detail: { ...detail, assessment: 'sha256:abc' } })).toEqual([
      expect.objectContaining({ keyword: 'pattern' }),
    ]);
  });
});

describe('verdictEvents', () => {
  it('says what changed, from what, and why', () => {
    const [{ type, detail }] = events(
      anAssessment({ reasons: [aReason({ criterion: 'a' }), aReason({ criterion: 'b' })] }),
      anAssessment({ verdict: 'go' }),
    ) as [OutEvent];

    expect({ type, ...detail }).toMatchObject({
      type: 'Verdict Changed',
      id: `verdict-changed#1.0#${ID}`,
      revision: 7,
      verdict: 'no-go',
      previous: 'go',
      blocking: true,
      criteria: ['a', 'b'],
      vulnerabilities: 1,
      score: 40,
      owner: 'shop-team@example.com',
      platform: 'linux/amd64',
    });
  });

  it('tells of fifty gaps that are not tolerated, and how many more there are', () => {
    const [, event] = events(unknown);

    expect(event).toMatchObject({ type: 'Image Unknown', detail: { gapsOmitted: 6, owner: 'platform team' } });
    const { gaps } = event!.detail as Extract<OutEvent, { type: 'Image Unknown' }>['detail'];
    expect([gaps.length, gaps[0]]).toEqual([
      50,
      { kind: 'unanswered-package', subject: 'package 4', message: 'Nobody answers for it.' },
    ]);
  });

  it('keeps an event within what a bus takes, however long its texts are', () => {
    const long = Array.from({ length: 3000 }, (_, place) => ({ ...gap(place), message: '\u{1f34c}'.repeat(5000) }));
    const [, event] = events(anAssessment({ verdict: 'unknown', reasons: [], gaps: long }));

    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(256_000);
    expect(mistakes(event!)).toBeNull();
  });
});
