import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { answer, MOST_ANSWER } from '../../../functions/api/answer.ts';
import { createHandler } from '../../../functions/api/handler.ts';
import { MOST_BODY } from '../../../functions/api/request.ts';
import { CavendishError, ERROR_CODES, type ErrorCode } from '../../../lib/core/errors/error.ts';
import type { OperationContext } from '../../../lib/pipeline/operations/operation.ts';
import { anApiEvent, principalOfRole, sessionOf } from '../../support/api-front.ts';
import { aContext } from '../support/lambda.ts';
import { fakeParts, watchLog } from '../support/parts.ts';

let log: ReturnType<typeof watchLog>;

beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function ask(path: string, body: unknown, contextOf = personOf): Promise<[number, unknown]> {
  const handler = createHandler({ ...fakeParts(), trusted: [], contextOf });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { statusCode = 0, body: said } = await handler(anApiEvent(path, text, sessionOf('dev')), aContext());
  return [statusCode, JSON.parse(said ?? '') as unknown];
}

/** `whoami` reads nothing but the caller. */
function personOf(principal: string): Promise<OperationContext> {
  const caller = { principal, person: 'Ada', roles: ['auditor' as const], enforced: true };
  const context: Pick<OperationContext, 'caller' | 'at'> = { caller, at: '2026-11-25T00:00:00.000Z' };
  return Promise.resolve(context as OperationContext);
}

const failing = (error: Error) => () => Promise.reject(error);

describe('the API', () => {
  it('answers an operation for whom IAM vouches', async () => {
    const [status, said] = await ask('/v1/whoami', {});
    expect(status).toBe(200);
    expect(said).toMatchObject({
      principal: principalOfRole('dev'),
      person: 'Ada',
      roles: ['auditor'],
      enforced: true,
    });
  });

  it.each(['/v1/dance', '/v1/constructor', '/v1/', '/whoami', '/v1/whoami/', '/v2/whoami', '/v1/__proto__'])(
    'has nothing at %s',
    async (path) => {
      expect(await ask(path, {})).toEqual([404, expect.objectContaining({ code: 'not-found' })]);
    },
  );

  it.each([
    ['not JSON', 400, 'bad-input'],
    ['{"more": 1}', 400, 'bad-input'],
    ['[]', 400, 'bad-input'],
    [`"${'x'.repeat(MOST_BODY)}"`, 413, 'limit-exceeded'],
  ])('refuses the body %.12s…', async (body, status, code) => {
    expect(await ask('/v1/whoami', body)).toEqual([status, expect.objectContaining({ code })]);
  });

  it.each(Object.keys(ERROR_CODES) as ErrorCode[])(
    'says %s with a status of its own kind, and what to do',
    async (code) => {
      const error = new CavendishError(code, 'why', { next: 'do that' });
      const [status, said] = await ask('/v1/whoami', {}, failing(error));
      expect(said).toEqual({ code, message: 'why', next: 'do that' });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    },
  );

  it('says nothing of what was not foreseen but where to look, and logs it', async () => {
    const [status, said] = await ask('/v1/whoami', {}, failing(new Error('the password is hunter2')));
    expect(status).toBe(500);
    expect(JSON.stringify(said)).not.toContain('hunter2');
    expect(said).toMatchObject({ code: 'internal', next: expect.stringContaining(aContext().awsRequestId) });
    expect(log.lines()).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'failed' }));
  });

  it('logs who asked for what, and never what was said', async () => {
    await ask('/v1/whoami', { reason: 'only I may read this' });
    await ask('/v1/whoami', {});
    expect(JSON.stringify(log.lines())).not.toContain('only I may read this');
    expect(log.lines().at(-1)).toMatchObject({
      message: 'answered',
      operation: 'whoami',
      principal: principalOfRole('dev'),
    });
  });

  it('packs what is large for who takes it, and refuses what is larger than an answer may be', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => ({
      at,
      name: 'the same words again and again, in each row',
    }));
    expect(() => answer(rows)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
    const packed = answer(rows, 'br, gzip');
    expect(Buffer.byteLength(packed.body ?? '')).toBeLessThan(MOST_ANSWER);
    expect(JSON.parse(gunzipSync(Buffer.from(packed.body ?? '', 'base64')).toString('utf8'))).toEqual(rows);
    expect(answer({ a: 1 }, 'gzip')).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
  });
});
