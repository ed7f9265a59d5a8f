import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

import { type Preset, PRESETS, presetText } from '../../../lib/adapters/defaults/presets.ts';
import { appetiteJsonSchema } from '../../../lib/core/appetite/appetite-json-schema.ts';

const published: object = JSON.parse(
  await readFile(new URL('../../../docs/schemas/appetite.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(published);

describe('the published schema of an appetite', () => {
  it('is the one that the code makes (npm run schemas)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(appetiteJsonSchema())));
  });

  it.each(Object.keys(PRESETS) as Preset[])('lets the preset %s pass', async (name) => {
    validate(parse(await presetText(name)));

    expect(validate.errors).toBeNull();
  });

  it.each(['mistakes', 'people-mistakes'])('finds what is wrong in the shape of %s', async (name) => {
    const file = new URL(`../../fixtures/appetite/${name}.yaml`, import.meta.url);

    expect(validate(parse(await readFile(file, 'utf8')))).toBe(false);
    expect(validate.errors?.length).toBeGreaterThan(5);
  });
});
