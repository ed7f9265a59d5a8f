import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

import { DOCUMENTED, synthesised } from '../../../docs/iam/stack-for-matrix.ts';

const folder = mkdtempSync(join(tmpdir(), 'cavendish-nag-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What cdk-nag finds wrong, by rule; the CDK writes it down and fails. */
function violations(change: Parameters<typeof synthesised>[1] = () => undefined): readonly string[] {
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    synthesised(DOCUMENTED, change, app);
    return [];
  } catch {
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    return [...JSON.stringify(report).matchAll(/"ruleName":"([^"]+)"/gu)].map(([, rule = '']) => rule);
  }
}

describe('cdk-nag AwsSolutions', () => {
  it('has nothing to say that is not acknowledged with its reason', () => {
    expect(violations()).toEqual([]);
  });

  it('sees a wildcard that nobody acknowledged', () => {
    const found = violations(({ cavendish }) => {
      cavendish.workers.judge.allow(['s3:GetObject'], ['arn:aws:s3:::theirs/*']);
    });

    expect(found.join()).toContain('AwsSolutions-IAM5');
  });
});
