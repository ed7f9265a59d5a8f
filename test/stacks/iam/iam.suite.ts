import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';

import { grantsOf, matrixOf } from '../../../docs/iam/matrix.ts';
import { operationsByRole, policiesOf } from '../../../docs/iam/policies.ts';
import { DOCUMENTED, synthesised } from '../../../docs/iam/stack-for-matrix.ts';
import { ROLES } from '../../../lib/core/people/roles.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/iam.md'), 'utf8');

/** Rows of tables, whatever room the formatter gave their cells. */
function rowsOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[ -]+\|/u.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .join(' | '),
    );
}

function table(name: string): readonly string[] {
  const from = page.indexOf(`<!-- ${name} -->`);
  return rowsOf(page.slice(from, page.indexOf('<!-- end -->', from)));
}
const documented = table('matrix');

describe('the rights of the stack', () => {
  it('are those that docs/iam.md lists (npm run iam)', () => {
    expect(rowsOf(matrixOf(synthesised(DOCUMENTED)))).toEqual(documented);
  });

  it('let people ask what docs/iam.md says, by the policy of each role', () => {
    const template = synthesised(DOCUMENTED);
    // Formatted, a column that is centred begins with `:`.
    expect(rowsOf(policiesOf(template)).filter((row) => !row.includes(':-'))).toEqual(
      table('policies').filter((row) => !row.includes(':-')),
    );
    expect([...operationsByRole(template).keys()].sort()).toEqual([...ROLES].sort());
  });

  it('are not, when one more is granted', () => {
    const more = synthesised(DOCUMENTED, ({ cavendish }) => {
      cavendish.workers.judge.allow(['s3:DeleteObject'], [cavendish.evidence.bucket.arnForObjects('sha256/x')]);
    });

    expect(rowsOf(matrixOf(more))).not.toEqual(documented);
  });

  it('are in policies of the roles alone: a managed policy is found out', () => {
    const managed = () =>
      synthesised(DOCUMENTED, ({ cavendish }) => {
        cavendish.workers.judge.lambda.role?.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
      });

    expect(() => matrixOf(managed())).toThrow(/not in a policy of its own/u);
  });

  const grants = grantsOf(synthesised(DOCUMENTED));
  const holders = (action: string): readonly string[] =>
    [...new Set(grants.filter((one) => one.action === action).map(({ who }) => who))].sort();

  it.each([
    ['sns:Publish', ['again', 'announce', 'refresh', 'remind', 'sweep']],
    ['events:PutEvents', ['again', 'announce', 'refresh', 'remind', 'sweep']],
    ['ecr:GetDownloadUrlForLayer', ['intake', 'scan', 'sweep']],
    ['sts:AssumeRole', ['intake', 'scan', 'sweep']],
    ['scheduler:CreateSchedule', ['remind', 'sweep']],
    ['scheduler:DeleteSchedule', ['remind', 'sweep']],
    ['scheduler:ListSchedules', ['sweep']],
    ['iam:PassRole', ['remind', 'sweep']],
    ['ecs:DescribeTasks', ['sweep']],
    ['lambda:GetFunction', ['sweep']],
    ['lambda:InvokeFunction', ['the schedule of refresh', 'the schedule of sweep']],
  ])('give %s to %j alone', (action, who) => {
    expect(holders(action)).toEqual(who);
  });

  it('never delete anything but a message, a timer and the topic of a subscriber, and never change who may do what', () => {
    const risky = grants.filter(({ action }) => /Delete|iam:|kms:Put|lambda:Update|:\*$/u.test(action));

    // To hand on the role of timers is none: which role, and to whom, test/stacks/timers says.
    expect([...new Set(risky.map(({ action }) => action))].sort()).toEqual([
      ...['iam:PassRole', 'scheduler:DeleteSchedule', 'sns:DeleteTopic', 'sqs:DeleteMessage'],
    ]);
  });
});
