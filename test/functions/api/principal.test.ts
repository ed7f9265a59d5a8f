import { describe, expect, it } from '@jest/globals';

import { principalOf } from '../../../functions/api/principal.ts';

const SSO = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef';

describe('who calls, as IAM says it', () => {
  it.each([
    ['arn:aws:sts::111122223333:assumed-role/dev/eve', 'arn:aws:iam::111122223333:role/dev'],
    ['arn:aws:sts::111122223333:assumed-role/dev/ada@example.org', 'arn:aws:iam::111122223333:role/dev'],
    ['arn:aws-us-gov:sts::111122223333:assumed-role/dev/eve', 'arn:aws-us-gov:iam::111122223333:role/dev'],
    ['arn:aws:iam::111122223333:user/team/ada', 'arn:aws:iam::111122223333:user/team/ada'],
    [
      'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ada@example.org',
      'arn:aws:iam::111122223333:role/AWSReservedSSO_Dev_0123456789abcdef/ada@example.org',
    ],
    [
      'arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ada@example.org',
      'arn:aws:iam::444455556666:role/AWSReservedSSO_Dev_0123456789abcdef',
    ],
  ])('%s is %s', (userArn, principal) => {
    expect(principalOf(userArn, [SSO])).toBe(principal);
  });

  it.each([
    'arn:aws:iam::111122223333:root',
    'arn:aws:sts::111122223333:federated-user/ada',
    'arn:aws:sts::111122223333:assumed-role/dev',
    'arn:aws:sts::111122223333:assumed-role/dev/a/b',
    '',
  ])('%j is nobody who can be told apart', (userArn) => {
    expect(() => principalOf(userArn, [SSO])).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});
