/** The stack whose rights docs/iam.md lists: one subscriber, one registry through a role, a pattern of repositories. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template as CdkTemplate } from 'aws-cdk-lib/assertions';

import { CavendishStack, type CavendishStackProps } from '../../lib/stacks/cavendish-stack.ts';
import { FUNCTIONS } from '../../lib/stacks/functions/names.ts';
import type { Template } from './matrix.ts';

export const DOCUMENTED: CavendishStackProps = {
  repositories: ['team/**'],
  subscribers: [{ name: 'shop' }],
  registries: [
    { account: '444455556666', region: 'eu-central-1', roleArn: 'arn:aws:iam::444455556666:role/cavendish-pull' },
  ],
};

/** Rights do not depend on what the functions hold: folders with something in them will do for bundles. */
export function synthesised(
  props: CavendishStackProps,
  change: (stack: CavendishStack) => void = () => undefined,
  app = new App(),
): Template {
  const bundles = mkdtempSync(join(tmpdir(), 'cavendish-bundles-'));
  try {
    for (const name of FUNCTIONS) {
      mkdirSync(join(bundles, name));
      writeFileSync(join(bundles, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
    }
    const stack = new CavendishStack(app, 'Cavendish', { bundles, ...props });
    change(stack);
    return CdkTemplate.fromStack(stack).toJSON() as Template;
  } finally {
    rmSync(bundles, { recursive: true });
  }
}
