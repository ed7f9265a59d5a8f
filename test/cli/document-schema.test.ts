import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { documentOf } from '../../lib/cli/document.ts';
import { documentJsonSchema } from '../../lib/cli/document-schema.ts';
import { aDigest, aFinding, anAssessment } from '../support/assessments.ts';

const published: object = JSON.parse(
  await readFile(new URL('../../docs/schemas/assessment.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(published);

describe('the published schema of an assessment', () => {
  it('is the one that the code makes (npm run schemas)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(documentJsonSchema())));
  });

  it.each([
    ['as it is', {}],
    ['without a score', { score: { inherent: null, residual: null, open: null } }],
    ['without a placement', { inputs: { ...anAssessment().inputs, sbom: null } }],
    [
      'with every figure',
      {
        findings: [
          aFinding({
            epss: { score: 0.1, percentile: 0.9, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' },
            kev: { dateAdded: '2026-01-01', dueDate: null, ransomware: true },
            ssvc: { exploitation: 'poc', automatable: null, technicalImpact: 'total', source: 'adp:CISA-ADP' },
          }),
        ],
      },
    ],
  ])('takes an assessment %s', (_, overrides) => {
    validate(documentOf(anAssessment(overrides), aDigest('assessment')));
    expect(validate.errors).toBeNull();
  });

  it('refuses what it does not name', () => {
    expect(validate({ ...documentOf(anAssessment(), aDigest('assessment')), extra: 1 })).toBe(false);
  });
});
