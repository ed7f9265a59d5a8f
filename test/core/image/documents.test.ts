import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import type { CavendishError } from '../../../lib/core/errors/error.ts';
import { readDocument } from '../../../lib/core/image/documents.ts';
import { bytesOf } from './documents.support.ts';

const schema = z.object({ layers: z.array(z.object({ size: z.number() })) });

function refusal(bytes: Uint8Array, maxBytes = 1000, by: z.ZodType = schema): CavendishError {
  try {
    readDocument(bytes, by, 'the manifest', maxBytes);
  } catch (error) {
    return error as CavendishError;
  }
  throw new Error('it was read');
}

describe('readDocument', () => {
  it('reads what is by its schema', () => {
    expect(readDocument(bytesOf({ layers: [{ size: 3 }] }), schema, 'the manifest', 1000)).toEqual({
      layers: [{ size: 3 }],
    });
  });

  it('reads as many bytes as it may, and not one more', () => {
    const bytes = bytesOf({ layers: [] });

    expect(readDocument(bytes, schema, 'the manifest', bytes.length)).toEqual({ layers: [] });
    expect(refusal(bytes, bytes.length - 1)).toMatchObject({
      code: 'limit-exceeded',
      message: `the manifest has ${bytes.length} bytes; at most ${bytes.length - 1} are read`,
    });
  });

  it.each([
    ['text', 'no JSON'],
    ['half a character', new Uint8Array([0x22, 0xc3, 0x22])],
  ])('refuses %s, and keeps the cause', (_what, value) => {
    const error = refusal(bytesOf(value));

    expect(error).toMatchObject({ code: 'bad-input', message: 'the manifest is not JSON' });
    expect(Error.isError(error.cause)).toBe(true);
  });

  it('names the place of what is wrong, or none where it is the whole', () => {
    expect(refusal(bytesOf({ layers: [{ size: 1 }, { size: '2' }] })).message).toMatch(
      /^the manifest is not by its schema at layers\.1\.size: /u,
    );
    expect(refusal(bytesOf([])).message).toMatch(/^the manifest is not by its schema: /u);
  });
});
