/** The CDK app: `npm run synth`, `npx cdk deploy`. */
import { App } from 'aws-cdk-lib';

import { CavendishStack } from '../lib/stacks/cavendish-stack.ts';

new CavendishStack(new App(), 'Cavendish');
