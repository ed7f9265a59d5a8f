import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { apiClient } from '../../../../lib/adapters/aws/api/api-client.ts';
import { type ApiFront, REGION, sessionOf, startApiFront } from '../../../support/api-front.ts';

let front: ApiFront;
let said: { readonly statusCode: number; readonly body: string };
let pauses: number[];

function clientOf(key: string, url = front.url) {
  return apiClient({
    ...{ url, region: REGION, sha256: new S3Client({ region: REGION }).config.sha256 },
    credentials: { accessKeyId: key, secretAccessKey: `secret of ${key === 'FORGED' ? 'DEV' : key}` },
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
}
const READ = { name: 'images', input: { all: true }, repeatable: true };
const CHANGE = { ...READ, repeatable: false };

beforeAll(async () => {
  front = await startApiFront(
    { DEV: sessionOf('dev'), FORGED: sessionOf('admin') },
    ({ rawPath, body, requestContext }) =>
      Promise.resolve(
        said.body === ''
          ? { statusCode: 200, body: JSON.stringify({ rawPath, body, by: requestContext.authorizer.iam.userArn }) }
          : said,
      ),
  );
});
afterAll(() => front.close());
beforeEach(() => {
  said = { statusCode: 200, body: '' };
  pauses = [];
  front.asked.length = 0;
});

describe('the client of the API', () => {
  it('signs what it asks with the credentials of the caller', async () => {
    expect(await clientOf('DEV')(READ)).toEqual({ rawPath: '/v1/images', body: '{"all":true}', by: sessionOf('dev') });
  });

  it.each(['FORGED', 'NOBODY'])('is told what to do where IAM lets the key %s not through', async (key) => {
    await expect(clientOf(key)(READ)).rejects.toMatchObject({
      code: 'forbidden',
      next: expect.stringContaining('docs/api.md'),
    });
  });

  it('waits, and asks again what was turned away for being too many, changes too', async () => {
    front.answerFirst(429, 429, 429);
    await expect(clientOf('DEV')(CHANGE)).resolves.toMatchObject({ rawPath: '/v1/images' });
    expect(pauses).toEqual([250, 500, 1000]);
    front.answerFirst(429, 429, 429, 429);
    await expect(clientOf('DEV')(CHANGE)).rejects.toMatchObject({
      code: 'unavailable',
      next: 'Try again in a minute.',
    });
  });

  it('asks again for what changes nothing, where the home was away; never for a change', async () => {
    front.answerFirst(503);
    await expect(clientOf('DEV')(READ)).resolves.toBeDefined();
    front.answerFirst(503);
    await expect(clientOf('DEV')(CHANGE)).rejects.toMatchObject({ code: 'unavailable' });
    expect(front.asked).toHaveLength(3);
  });

  it.each([
    [409, { code: 'conflict', message: 'somebody was faster', next: 'look' }, { code: 'conflict', next: 'look' }],
    [500, { code: 'internal', message: 'a defect' }, { code: 'unavailable', message: 'a defect' }],
    [404, { message: 'Not Found' }, { code: 'unsupported', next: expect.stringContaining('cdk deploy') }],
    [
      403,
      { message: 'The security token included in the request is expired' },
      { next: expect.stringMatching(/^Sign in/u) },
    ],
    [500, { message: 'Internal Server Error' }, { code: 'unavailable' }],
  ])('says a %d in its own words', async (statusCode, body, expected) => {
    said = { statusCode, body: JSON.stringify(body) };
    await expect(clientOf('DEV')(CHANGE)).rejects.toMatchObject(expected);
  });

  it('says that a home does not answer, and that a change may have been made', async () => {
    const gone = await startApiFront({}, () => Promise.resolve({}));
    await gone.close();
    const away = gone.url;
    await expect(clientOf('DEV', away)(READ)).rejects.toMatchObject({ code: 'unavailable' });
    expect(pauses).toHaveLength(3);
    await expect(clientOf('DEV', away)(CHANGE)).rejects.toMatchObject({
      next: expect.stringContaining('may have been done'),
    });
    said = { statusCode: 200, body: 'not JSON' };
    await expect(clientOf('DEV')(CHANGE)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
