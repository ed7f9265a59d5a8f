/** By which appetite a function judges that lives on: what was deployed, until another is adopted. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openHome } from '../../../functions/shared/home/compose.ts';
import { openTools } from '../../../functions/shared/tools.ts';
import { adoptAppetite } from '../../../lib/pipeline/appetite/adopt.ts';
import { ENV } from '../../../lib/stacks/functions/names.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { type AwsTestHome, startAwsHome } from '../../support/aws-home.ts';

const AT = '2026-11-25T08:00:00.000Z';
const DEPLOYED = anAppetiteFile();
const OTHER = DEPLOYED.replace('What we accept', 'What we accept now').concat(
  'people: [{ name: Otto, principals: ["arn:aws:iam::111122223333:role/otto"], roles: [operator] }]\n',
);

let aws: AwsTestHome;
beforeAll(async () => {
  aws = await startAwsHome(new Date(AT));
  aws.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(DEPLOYED), checksum: undefined });
});
afterAll(() => aws.close());

describe('the home of a function', () => {
  it('judges by what is in force when it is asked, and reads each version once', async () => {
    const environment = {
      [ENV.table]: aws.table.table,
      [ENV.evidenceBucket]: 'evidence',
      [ENV.appetiteBucket]: 'assets',
      [ENV.appetiteKey]: 'appetite.yaml',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    };
    const { appetite } = openHome(environment, openTools());
    const deployed = await appetite();
    expect(deployed).toMatchObject({ source: 's3://assets/appetite.yaml', value: { statement: 'What we accept.' } });

    const { register, evidence } = aws;
    const caller = { principal: 'arn:aws:iam::111122223333:role/otto', person: 'Otto' };
    const { adoption } = await adoptAppetite(
      { text: OTHER, name: 'appetite.yaml', why: 'it was decided' },
      { register, evidence, caller, at: AT, appetite: deployed },
    );
    expect(adoption.before).toBe(deployed.hash);
    expect(await appetite()).toMatchObject({
      hash: adoption.hash,
      source: 'appetite.yaml, adopted 2026-11-25',
      value: { statement: 'What we accept now.' },
    });

    aws.reset();
    const read = aws.s3.requests.length;
    await appetite();
    expect(aws.s3.requests.slice(read)).toEqual([]);
    expect(aws.actions()).toEqual(['dynamodb:GetItem']);
  });
});
