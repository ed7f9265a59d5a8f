/** Templates of the whole stack for tests, and how to find things in them. */
import { Template } from 'aws-cdk-lib/assertions';

import { synthesised } from '../../docs/iam/stack-for-matrix.ts';
import type { CavendishStackProps } from '../../lib/stacks/cavendish-stack.ts';

type Properties = Readonly<Record<string, unknown>>;

export function templateOf(props: CavendishStackProps = {}): Template {
  return Template.fromJSON(synthesised(props));
}

/** Resources of a type whose logical id matches, by that id. */
export function resourcesOf(template: Template, type: string, named = /./u): ReadonlyMap<string, Properties> {
  const found = Object.entries<{ Properties?: Properties }>(template.findResources(type));
  return new Map(found.filter(([id]) => named.test(id)).map(([id, { Properties = {} }]) => [id, Properties]));
}

/** The one resource of a type whose logical id matches. */
export function resourceOf(template: Template, type: string, named = /./u): Properties {
  const found = [...resourcesOf(template, type, named).values()];
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${type} match ${named.source}`);
  return found[0];
}
