/** The policies that the stack makes for people, as a table: which operations of the API each role may call. */
import { ROLES } from '../../lib/core/people/roles.ts';
import { flat } from '../../lib/stacks/nag/flat.ts';
import type { Template } from './matrix.ts';

interface Statement {
  readonly Action: string;
  readonly Resource: unknown;
}

/** Operations by role, from the managed policies of a template. @throws where one lets through anything else */
export function operationsByRole({ Resources: resources }: Template): ReadonlyMap<string, readonly string[]> {
  const policies = Object.entries(resources).filter(([, { Type: type }]) => type === 'AWS::IAM::ManagedPolicy');
  return new Map(
    policies.map(([id, { Properties: { PolicyDocument: document } = {} }]) => {
      const role = ROLES.find((name) => id.startsWith(`CavendishApiPolicy${name}`));
      if (role === undefined) throw new Error(`${id} is the policy of no role`);
      const { Statement: statements } = document as { readonly Statement: readonly Statement[] };
      return [role, statements.flatMap((one) => calledBy(one, id)).sort()];
    }),
  );
}

function calledBy({ Action: action, Resource: on }: Statement, id: string): readonly string[] {
  const resources = ([on].flat() as readonly unknown[]).map(flat);
  if (action === 'cloudformation:DescribeStacks' && resources.join() === '<AWS::StackId>') return [];
  return resources.map((arn) => {
    const [, name] = /^arn:.*:<CavendishApi[^/]*>\/\$default\/POST\/v1\/([a-z/-]+)$/u.exec(arn) ?? [];
    if (action !== 'execute-api:Invoke' || name === undefined) throw new Error(`${id} allows ${action} on ${arn}`);
    return name;
  });
}

/** The second table of docs/iam.md: a row for each operation. */
export function policiesOf(template: Template): string {
  const byRole = operationsByRole(template);
  const names = [...new Set([...byRole.values()].flat())].sort();
  const rows = names.map((name) => {
    const marks = ROLES.map((role) => (byRole.get(role)?.includes(name) === true ? '✓' : ''));
    return `| \`${name}\` | ${marks.join(' | ')} |`;
  });
  return [`| operation | ${ROLES.join(' | ')} |`, `| --- |${' :-: |'.repeat(ROLES.length)}`, ...rows].join('\n');
}
