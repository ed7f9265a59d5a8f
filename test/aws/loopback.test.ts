import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const LOOPBACK_ONLY = join(import.meta.dirname, 'parts', 'loopback-only.sh');

/** Runs a program as `npm run test:aws` runs these tests, but in a network of its own. */
function inside(script: string) {
  const { status, stdout } = spawnSync(LOOPBACK_ONLY, [process.execPath, '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, CAVENDISH_NETWORK: '' },
  });
  return { status, stdout };
}

describe('the network of these tests', () => {
  it('is the loopback and nothing else', () => {
    expect(process.env['CAVENDISH_NETWORK']).toBe('loopback');
    const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
    expect(addresses.filter(({ internal }) => !internal)).toEqual([]);
  });

  it.each([
    { what: 'a connection', script: "require('node:net').connect(80, '192.0.2.1').on('error', () => {})" },
    { what: 'a connection by IPv6', script: "require('node:net').connect(80, '2001:db8::1').on('error', () => {})" },
    {
      what: 'a datagram',
      script: "require('node:dgram').createSocket('udp4').send('x', 53, '192.0.2.1', () => process.exit())",
    },
  ])('counts $what that would leave it, though the program hides it, and fails', ({ script }) => {
    expect(inside(script)).toEqual({ status: 70, stdout: expect.stringMatching(/loopback only; [1-9]\d* attempts/u) });
  });

  it('gives the end of the program on where nothing left', () => {
    expect(inside('process.exit(3)').status).toBe(3);
    expect(inside('').stdout).toBe('network: loopback only; 0 attempts to leave it\n');
  });
});
