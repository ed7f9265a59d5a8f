import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';

import type { CavendishError } from '../../../lib/core/errors/error.ts';
import { readConfig } from '../../../lib/stacks/config/read-config.ts';
import { stackFromConfig } from '../../../lib/stacks/config/stack-from-config.ts';

const ROOT = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'cavendish-config-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string, name = 'cavendish.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function refusal(text: string): CavendishError {
  try {
    readConfig(fileOf(text));
  } catch (error) {
    return error as CavendishError;
  }
  throw new Error('it was read');
}

describe('the config file', () => {
  it('may say nothing', () => {
    expect(readConfig(fileOf('# nothing\n'))).toEqual({
      ...{ stack: 'Cavendish', subscribers: [], operator: {}, registries: [] },
    });
  });

  it('is shown whole by the example, with what is commented out too', () => {
    const text = readFileSync(join(ROOT, 'cavendish.example.yaml'), 'utf8');
    expect(() => readConfig(fileOf(text))).not.toThrow();

    fileOf(readFileSync(join(ROOT, 'lib/adapters/defaults/appetite.yaml'), 'utf8'), 'appetite.yaml');
    const shown = text
      .replaceAll(/^(subscribers|registries): \[\]$/gmu, '$1:')
      .replaceAll(/^# (sightings|feeds):$/gmu, '$1:')
      .replaceAll(/^operator: \{\}$/gmu, 'operator:')
      .replaceAll(/^#( {1,2}(?: |- )| )(?=[ -]*[a-zA-Z]+: )/gmu, (_, space: string) => (space === ' ' ? '' : space));
    expect(readConfig(fileOf(shown))).toMatchObject({
      ...{ account: '111122223333', repositories: ['team/*', 'shop/**'], operator: { email: 'on-call@example.com' } },
      subscribers: [{ name: 'platform' }, { name: 'shop', stages: ['production'] }],
      registries: [{ account: '444455556666' }],
      sightings: [{ clusters: ['*-test', 'lab'], environment: 'testing' }],
      feeds: { kev: 'https://mirror.example.com/kev.json', ecosystems: ['npm'] },
    });
  });

  it.each([
    [
      'a key that is not there',
      'stack: A\nrepositry: [a]\n',
      /cavendish\.yaml:2:1 {2}unknown key "repositry".*repositories/u,
    ],
    [
      'a key of a subscriber',
      'subscribers:\n  - name: a\n    mail: x\n',
      /:3:5 {2}unknown key "mail" in subscribers\.0: .*email/u,
    ],
    ['a wrong stage', 'subscribers:\n  - { name: a, stages: [prod] }\n', /:2:25 .*production/u],
    ['an address that is none', 'operator: { email: me }\n', /:1:20 .*not an e-mail address/u],
    ['an account that is a number', 'account: 111122223333\n', /:1:10 .*has to be text/u],
    ['a topic of FIFO', 'operator: { topicArn: arn:aws:sqs:x:1:y }\n', /not an ARN of sns/u],
    ['two subscribers of one name', 'subscribers: [{ name: a }, { name: a }]\n', /two subscribers have the same name/u],
    ['a retention that CloudWatch does not offer', 'logRetentionDays: 31\n', /:1:19 {2}logRetentionDays is 31/u],
    ['no YAML', 'stack: [\n', /not YAML/u],
    [
      'everything that is wrong at once',
      'stakc: A\nsweepMinutes: 0\n',
      /stakc[\s\S]*sweepMinutes is 0: it is 1 at least/u,
    ],
  ])('is refused for %s, with line and column', (_what, text, says) => {
    expect(refusal(text)).toMatchObject({ code: 'bad-input', message: expect.stringMatching(says) });
  });

  it('is refused for an appetite that is not there, or not right, before anything is synthesised', () => {
    expect(refusal('appetite: gone.yaml\n')).toMatchObject({ code: 'not-found' });
    fileOf('version: 1\nstatment: x\n', 'broken.yaml');
    expect(refusal('appetite: broken.yaml\n').message).toMatch(/broken\.yaml:2:1 {2}unknown key "statment"/u);
  });

  it('that is not there is said to be so', () => {
    expect(() => stackFromConfig(new App({ context: { config: join(folder, 'none.yaml') } }))).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});
