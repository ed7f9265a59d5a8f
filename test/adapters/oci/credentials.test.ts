import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { dockerConfigCredentials, environmentCredentials, firstOf } from '../../../lib/adapters/oci/credentials.ts';

const FOUND = { username: 'user', password: 'pass:word' };
const AUTH = Buffer.from('user:pass:word').toString('base64');

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cavendish-docker-'));
  file = join(folder, 'config.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the file of docker login', () => {
  it.each([
    ['registry.example', { 'registry.example': { auth: AUTH } }],
    ['registry.example:5000', { 'https://registry.example:5000': { auth: AUTH } }],
    ['docker.io', { 'https://index.docker.io/v1/': { auth: AUTH } }],
    ['registry.example', { 'registry.example': { username: 'user', password: 'pass:word' } }],
  ])('has the credentials for %s', async (registry, auths) => {
    await writeFile(file, JSON.stringify({ auths, credsStore: 'desktop' }));
    expect(await dockerConfigCredentials(file)(registry)).toEqual(FOUND);
  });

  it.each([
    ['another registry', { auths: { 'other.example': { auth: AUTH } } }],
    ['a helper', { auths: { 'registry.example': {} }, credsStore: 'desktop' }],
    ['nobody', {}],
    ['what every object has', { auths: {}, registry: 'constructor' }],
  ])('has none for a registry where it has those of %s', async (_, config) => {
    await writeFile(file, JSON.stringify(config));
    const { registry = 'registry.example' } = config as { registry?: string };
    expect(await dockerConfigCredentials(file)(registry)).toBeNull();
  });

  it('need not be there', async () => {
    expect(await dockerConfigCredentials(file)('registry.example')).toBeNull();
  });

  it.each(['{', '[]', '{"auths":[]}', '{"auths":{"registry.example":{"auth":"bm9jb2xvbg=="}}}'])(
    'that says %s is refused, with its name',
    async (text) => {
      await writeFile(file, text);
      await expect(async () => dockerConfigCredentials(file)('registry.example')).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(file),
        next: expect.stringContaining('docker login'),
      });
    },
  );
});

describe('variables', () => {
  const variables = {
    CAVENDISH_REGISTRY: 'registry.example',
    CAVENDISH_REGISTRY_USERNAME: 'user',
    CAVENDISH_REGISTRY_PASSWORD: 'pass:word',
  };

  it('are for the registry that they name and no other', () => {
    expect(environmentCredentials(variables)('registry.example')).toEqual(FOUND);
    expect(environmentCredentials(variables)('evil.example')).toBeNull();
  });

  it.each(Object.keys(variables))('say nothing without %s', (name) => {
    expect(environmentCredentials({ ...variables, [name]: undefined })('registry.example')).toBeNull();
  });
});

describe('firstOf', () => {
  it('asks one after another', async () => {
    const other = { username: 'other', password: 'x' };
    expect(await firstOf()('registry.example')).toBeNull();
    expect(
      await firstOf(
        () => null,
        () => FOUND,
        () => other,
      )('registry.example'),
    ).toEqual(FOUND);
  });
});
