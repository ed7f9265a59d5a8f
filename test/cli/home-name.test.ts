import { describe, expect, it } from '@jest/globals';

import { readHomeName } from '../../lib/cli/home-name.ts';
import { run } from '../support/running-home.ts';

describe('the name of a home', () => {
  it.each([
    ['laptop', { kind: 'laptop' }],
    ['aws:Cavendish', { kind: 'aws', stack: 'Cavendish', region: null }],
    ['aws:Team-Images@eu-central-1', { kind: 'aws', stack: 'Team-Images', region: 'eu-central-1' }],
    ['AWS:x@US-GOV-WEST-1', { kind: 'aws', stack: 'x', region: 'us-gov-west-1' }],
    ['aws:x@cn-northwest-1', { kind: 'aws', stack: 'x', region: 'cn-northwest-1' }],
  ])('reads %s', (text, name) => {
    expect(readHomeName(text)).toEqual(name);
  });

  it.each(['', 'aws', 'aws:', 'aws:1x', 'aws:a_b', 'aws:x@', 'aws:x@mars', 'azure:x', 'aws:x@eu-central-1 ', 'Laptop'])(
    'refuses "%s", and says what is right',
    async (text) => {
      const { code, stderr } = await run(['images', '--home', text]);
      expect(code).toBe(64);
      expect(stderr).toContain('It is laptop, aws:STACK or aws:STACK@REGION');
    },
  );

  it.each([
    [['up'], 'cavendish doctor'],
    [['judge', 'x'], 'cavendish show IMAGE'],
  ])('is refused by %j where it is on AWS, with what to do', async (argv, words) => {
    const { code, stdout, stderr } = await run([...argv, '--home', 'aws:Cavendish']);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain('works on this machine, not on aws:Cavendish');
    expect(stderr).toContain(words);
  });
});
